"""Figures and lists in words, as a circular writes them: never more precise than the figure, never about nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.reports.figures import percent, shown, shown_fixed
from mdj_plan.reports.measures import measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.measure.gaps import Gap
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Indicator
    from mdj_plan.reports.figures import Figure

_QUARTERS = "一二三四"


def amount(figure: Figure | None, indicator: Indicator, *, loose: bool = False) -> str:
    """A figure with its unit: 24家, 17.99万平方米; `loose` for schedules and forecasts, which need not be whole."""
    unit = "" if figure is None else measure(indicator)[0]
    return f"{number(figure, indicator, loose=loose)}{unit}"


def number(figure: Figure | None, indicator: Indicator, *, loose: bool = False) -> str:
    """The same without its unit: 24, 17.99."""
    if figure is None:
        return "—"
    _, by, form = measure(indicator)
    places = 2 if by != 1 else 1 if loose or not form.endswith("0") or "." in form else 0
    return shown(Fraction(figure) / by, places)


def rate(gap: Gap) -> str:
    """The attainment as a percentage, unclamped, one decimal."""
    return percent(gap.attainment)


def points(gap: Gap) -> str:
    """The lag in percentage points without its sign; say ahead or behind beside it."""
    return shown_fixed(abs(gap.lag_points) if gap.lag_points is not None else None)


def quarter(period: Period, language: str) -> str:
    """2018年第二季度, or 2018Q2."""
    return f"{period.year}年第{_QUARTERS[period.quarter - 1]}季度" if language == "zh" else str(period)


def listed(words: Iterable[str], language: str) -> str:
    """Several names in one sentence."""
    return ("、" if language == "zh" else ", ").join(words)
