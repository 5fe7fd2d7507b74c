"""In which measure unit an indicator is shown: areas in 万平方米, everything else in its own."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mdj_plan.plan.model import Indicator
    from mdj_plan.reports.figures import Figure

_AREA = frozenset({"㎡", "平方米", "m²", "m2"})


def measure(indicator: Indicator) -> tuple[str, int, str]:
    """How an indicator is shown: its unit, what figures are divided by, and the number format."""
    if indicator.unit in _AREA:
        return "万平方米", 10_000, "#,##0.00"
    return indicator.unit, 1, "#,##0" if indicator.whole else "#,##0.0"


def scaled(figure: Figure | None, by: int) -> Fraction | None:
    """A figure in the measure unit in which it is shown; None stays None."""
    return None if figure is None else Fraction(figure) / by
