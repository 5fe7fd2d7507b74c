"""The outlook: what is needed each quarter from now on, and where the present pace leads (contract 2)."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mdj_plan.measure.actuals import Measure, Number
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Indicator

_LOOK_BACK = 4
"""Quarters over which the mean change is taken."""


def needed_per_quarter(gap: Number | None, left: Fraction, *, whole: bool) -> Number | Fraction | None:
    """What each quarter left must add; 0 when nothing is open, None when no quarter is left or nothing is known."""
    if gap is None:
        return None
    if gap <= 0:
        return 0
    if left <= 0:
        return None
    needed = Fraction(gap) / left
    return math.ceil(needed) if whole else needed


def forecast(
    measure: Measure, owner: str | None, indicator: Indicator, period: Period, left: Fraction
) -> Fraction | None:
    """The figure at the due period if the mean change of up to four quarters goes on.

    The mean runs from the earliest of the four periods before that has an actual; None where none has. The actual
    itself when nothing is left. Never below 0, and for a flow, which cannot fall, never below the actual.
    """
    now = measure.actual(owner, indicator, period).value
    if now is None:
        return None
    if left <= 0:
        return Fraction(now)
    for back in range(_LOOK_BACK, 0, -1):
        then = measure.actual(owner, indicator, period.shift(-back)).value
        if then is not None:
            led_to = Fraction(now) + left * (Fraction(now) - Fraction(then)) / back
            return max(led_to, Fraction(now if indicator.flow else 0))
    return None
