"""In which measure unit an indicator is shown: areas in 万平方米, everything else in its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.names import Words

if TYPE_CHECKING:
    from mdj_plan.plan.model import Indicator
    from mdj_plan.rounding import Figure

_AREA = frozenset({"㎡", "平方米", "m²", "m2"})
_LARGE = 100_000
SQUARE, _TEN_THOUSAND = Words("平方米", "m²"), Words("万平方米", "10,000 m²")


def unit_of(indicator: Indicator) -> Words:
    """The measure unit in which an indicator is shown."""
    return _TEN_THOUSAND if indicator.unit.zh in _AREA else indicator.unit


def unit_after(indicator: Indicator) -> Words:
    """The same as it stands behind a figure: 50万平方米, 50 × 10,000 m²."""
    return _TEN_THOUSAND._replace(en=f"× {_TEN_THOUSAND.en}") if indicator.unit.zh in _AREA else indicator.unit


def unit_beside(indicator: Indicator) -> Words:
    """The same beside the indicator's name: in English a blank where the name says it, Incubators +4."""
    unit = unit_after(indicator)
    said = bool(unit.en) and unit.en.casefold() in indicator.name.in_language("en").casefold()
    return unit._replace(en=" ") if said else unit


def own_unit(indicator: Indicator) -> Words:
    """The measure unit of an indicator's own figures, such as those of one facility."""
    return SQUARE if indicator.unit.zh in _AREA else indicator.unit


def divided(indicator: Indicator) -> int:
    """What figures in the indicator's own measure unit are divided by to be shown."""
    return 10_000 if indicator.unit.zh in _AREA else 1


def places(indicator: Indicator, scale: Figure, *, loose: bool = False) -> int:
    """Decimals to show: of whole-number indicators none, of areas two, or four where what they are measured against
    (`scale`) is less than 10 万平方米, else one. `loose` figures, such as schedules and forecasts, need not be whole.
    """
    if indicator.unit.zh in _AREA:
        return 2 if scale >= _LARGE else 4
    return 1 if loose or not indicator.whole else 0
