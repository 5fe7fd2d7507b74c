"""The three figures that people subtract, as they are written: attainment, schedule and difference, decimals alike.

The figures themselves are the gap's (`measure.gaps`), exact. What is worked out here holds for what a reader sees.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.measure.gaps import bands_reached
from mdj_plan.records import NamedTuple
from mdj_plan.reports.figures import honest_places
from mdj_plan.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.measure.gaps import Gap
    from mdj_plan.plan.model import Band

_MOST = 6
"""Decimals at which even a stubborn case is left as it is."""


class Rates(NamedTuple):
    """Attainment and schedule as ratios of the target, exact; `difference` in percentage points as it is shown.

    `difference` is the attainment less the schedule, both as shown with `places` decimals, so that a reader's own
    subtraction gives the same; negative is behind. None where the attainment is unknown.
    """

    attainment: Fraction | None
    schedule: Fraction
    difference: Fraction | None
    places: int


def rates(gap: Gap, bands: Sequence[Band] = ()) -> Rates:
    """The rates of a target, with one decimal or as many as it takes not to contradict its status.

    That is: a rate short of 100 % does not show as 100.0 %, a lag does not show as none, and the difference shows on
    the same side of the plan's bands on which the exact one is.
    """
    due = gap.schedule_rate
    if gap.attainment is None or gap.lag_points is None:
        return Rates(None, due, None, honest_places(due * 100))
    places = max(honest_places(gap.attainment * 100), honest_places(due * 100))
    reached = _reached(gap.lag_points, bands)
    while places < _MOST and _reached(-_less(gap.attainment, due, places), bands) != reached:
        places += 1
    return Rates(gap.attainment, due, _less(gap.attainment, due, places), places)


def _less(attainment: Fraction, due: Fraction, places: int) -> Fraction:
    return Fraction(rounded(attainment * 100, places)) - Fraction(rounded(due * 100, places))


def _reached(lag: Fraction, bands: Sequence[Band]) -> tuple[bool, int]:
    """Whether there is a lag at all, and which of the plan's bands it reaches."""
    return lag > 0, bands_reached(lag, bands)
