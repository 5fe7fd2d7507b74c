"""In which measure unit an indicator is shown: areas in 万平方米, everything else in its own."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.names import Words

if TYPE_CHECKING:
    from mdj_plan.plan.model import Indicator
    from mdj_plan.reports.figures import Figure

_AREA = frozenset({"㎡", "平方米", "m²", "m2"})
_TEN_THOUSAND = Words("万平方米", "10,000 m²")


def unit_of(indicator: Indicator) -> Words:
    """The measure unit in which an indicator is shown."""
    return _TEN_THOUSAND if indicator.unit.zh in _AREA else indicator.unit


def divided(indicator: Indicator) -> int:
    """What figures in the indicator's own measure unit are divided by to be shown."""
    return 10_000 if indicator.unit.zh in _AREA else 1


def places(indicator: Indicator, *, loose: bool = False) -> int:
    """Decimals to show: of areas two, of whole-number indicators none, else one; `loose` figures, such as schedules
    and forecasts, need not be whole.
    """
    if indicator.unit.zh in _AREA:
        return 2
    return 1 if loose or not indicator.whole else 0


def measure(indicator: Indicator) -> tuple[str, int, str]:
    """How an indicator is shown: its unit, what figures are divided by, and the number format."""
    by, decimals = divided(indicator), places(indicator)
    return unit_of(indicator).zh, by, "#,##0" + ("." + "0" * decimals if decimals else "")


def scaled(figure: Figure | None, by: int) -> Fraction | None:
    """A figure in the measure unit in which it is shown; None stays None."""
    return None if figure is None else Fraction(figure) / by
