"""Where a target should stand at the end of a month: the schedule line (序时进度), by whole months (contract 2).

The notice fixes only the end (section three, 到2019年); the straight line between dated points is the usual reading.
A revised target bends its line: up to the revision the line of the version before, from there on its own (5.2).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.period import Month, Period
    from mdj_plan.plan.model import Target

Corner = tuple[int, Fraction]
"""Months since the plan's start, and the value due at their end."""


def in_force(versions: Sequence[Target], period: Period) -> tuple[Target, ...]:
    """The original and its revisions up to a period: the last of them is the version in force."""
    return tuple(version for version in versions if version.since is None or version.since <= period)


def points(versions: Sequence[Target], start: Period) -> list[Corner]:
    """The line's corners: baseline, milestones, target; of a revised target also the point at which it bends.

    `versions` are the original and its revisions in order of time; the line is that of the last.
    """
    corners: list[Corner] = [(0, Fraction(versions[0].baseline))]
    for version in versions:
        if version.since is not None:
            bend = months_of(start, version.since.shift(-1).last_month)
            corners = [*(corner for corner in corners if corner[0] < bend), (bend, _height(corners, bend))]
        corners += [(months_of(start, period.last_month), Fraction(value)) for period, value in version.milestones]
        corners.append((months_of(start, version.due.last_month), Fraction(version.value)))
    return corners


def schedule(versions: Sequence[Target], start: Period, as_of: Month) -> Fraction:
    """The value due at the end of the month `as_of`, exact; the baseline before the start, the target after the due."""
    return _height(points(versions, start), months_of(start, as_of))


def _height(corners: Sequence[Corner], at: int) -> Fraction:
    """The line's value after so many months; level off both its ends."""
    if at <= corners[0][0]:
        return corners[0][1]
    for (m0, v0), (m1, v1) in pairwise(corners):
        if at <= m1:
            return v0 + (v1 - v0) * Fraction(at - m0, m1 - m0)
    return corners[-1][1]


def quarters_left(target: Target, as_of: Month) -> Fraction:
    """Quarters from the end of `as_of` to the end of the due period, not rounded; negative when overdue."""
    return Fraction(target.due.last_month.number - as_of.number, 3)


def months_of(start: Period, month: Month) -> int:
    """Months from the plan's start to the end of a month: 1 for the first."""
    return month.number - start.first_month.number + 1
