"""Where a target should stand at the end of a month: the schedule line (序时进度), by whole months (contract 2).

The notice fixes only the end (section three, 到2019年); the straight line between dated points is the usual reading.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from mdj_plan.period import Month, Period
    from mdj_plan.plan.model import Target


def points(target: Target, start: Period) -> list[tuple[int, Decimal]]:
    """The line's corners as (months since the plan's start, value): baseline, milestones, target."""
    corners = [(0, target.baseline)]
    corners += [(_months(start, period.last_month), value) for period, value in target.milestones]
    return [*corners, (_months(start, target.due.last_month), target.value)]


def schedule(target: Target, start: Period, as_of: Month) -> Fraction:
    """The value due at the end of the month `as_of`, exact; the baseline before the start, the target after the due."""
    at = _months(start, as_of)
    corners = points(target, start)
    if at <= 0:
        return Fraction(target.baseline)
    for (m0, v0), (m1, v1) in pairwise(corners):
        if at <= m1:
            return Fraction(v0) + (Fraction(v1) - Fraction(v0)) * Fraction(at - m0, m1 - m0)
    return Fraction(target.value)


def quarters_left(target: Target, as_of: Month) -> Fraction:
    """Quarters from the end of `as_of` to the end of the due period, not rounded; negative when overdue."""
    return Fraction(target.due.last_month.number - as_of.number, 3)


def _months(start: Period, month: Month) -> int:
    return month.number - start.first_month.number + 1
