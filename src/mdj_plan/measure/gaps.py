"""Gaps: each target against its actual, its schedule and its status (contract 2; domain 7 for the practice)."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.measure.outlook import forecast, needed_per_quarter
from mdj_plan.plan.schedule import in_force, quarters_left, schedule
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.measure.actuals import Measure, Number
    from mdj_plan.period import Month, Period
    from mdj_plan.plan.model import Band, Indicator, Plan, Scope, Target, Unit

Urgency = tuple[int, Fraction]
"""Sorts gaps, and whose they are: what cannot wait comes first."""
NOT_URGENT: Urgency = (0, Fraction(0))
"""Of whoever has no target that is behind."""
NOT_REPORTED, DONE, ON_SCHEDULE, SLIGHTLY_BEHIND = "not_reported", "done", "on_schedule", "slightly_behind"


class Gap(NamedTuple):
    """One row per target. All figures are exact and in the indicator's measure unit; None is unknown.

    `target` is the version in force at the period, `versions` the original and its revisions up to that one.
    `attainment` is a ratio, unclamped; `lag_points` are percentage points of the target, negative when ahead. `rank`
    is the status's gravity: -1 not reported, 0 done, 1 on schedule, 2 slightly behind, 3 and more the plan's bands.
    """

    target: Target
    versions: tuple[Target, ...]
    scope: Scope
    unit: Unit | None
    indicator: Indicator
    actual: Number | None
    actual_reported: Number | None
    gap: Number | None
    attainment: Fraction | None
    schedule: Fraction
    lag_points: Fraction | None
    status: str
    previous_status: str
    recovered: bool
    needed_per_quarter: Number | Fraction | None
    forecast: Fraction | None
    quarters_left: Fraction
    reporting: str
    incomplete: bool
    rank: int

    @property
    def original(self) -> Target:
        """The first version."""
        return self.versions[0]

    @property
    def attainment_original(self) -> Fraction | None:
        """The actual against the original target: a ratio, unclamped."""
        return None if self.actual is None else Fraction(self.actual) / Fraction(self.original.value)

    @property
    def revised_from(self) -> Period | None:
        """The first period of the version in force; None for the original."""
        return self.target.since

    @property
    def schedule_rate(self) -> Fraction:
        """What the schedule asks, as a ratio of the target."""
        return self.schedule / Fraction(self.target.value)

    @property
    def forecast_rate(self) -> Fraction | None:
        """The forecast as a ratio of the target, unclamped; None is unknown."""
        return None if self.forecast is None else self.forecast / Fraction(self.target.value)

    @property
    def behind(self) -> bool:
        """Whether the status is worse than on schedule."""
        return self.rank >= 2

    @property
    def in_a_band(self) -> bool:
        """Whether the lag reaches any of the plan's bands."""
        return self.rank >= 3

    @property
    def within_one(self) -> bool:
        """Whether it is short of its schedule and on schedule all the same: by less than one whole unit (domain 7)."""
        return self.lag_points is not None and self.lag_points > 0 and not self.behind

    @property
    def urgency(self) -> Urgency:
        """The gravest status first, then the greatest lag; an unknown lag counts as none."""
        return -self.rank, -(self.lag_points or Fraction(0))


def gaps(measure: Measure, period: Period, as_of: Month) -> tuple[Gap, ...]:
    """One row for each city target and each quota of a participating unit, in report order."""
    reporting = reporting_by_owner(measure, period)
    return tuple(_gap(measure, target, period, as_of, reporting) for target in measure.plan.owed)


def reporting_by_owner(measure: Measure, period: Period) -> dict[str | None, str]:
    """How each unit reported, and the city (None): reported, missing if all are, else partial."""
    found: dict[str | None, str] = {s.unit: s.reporting for s in measure.standings(period)}
    words = set(found.values())
    found[None] = words.pop() if words in ({"reported"}, {"missing"}) else "partial"
    return found


def _gap(measure: Measure, owed: Target, period: Period, as_of: Month, reporting: dict[str | None, str]) -> Gap:
    plan, unit = measure.plan, owed.unit
    versions = in_force(plan.versions(unit, owed.indicator), period)
    target = versions[-1]
    indicator = plan.indicators[target.indicator]
    actual, incomplete = measure.actual(unit, indicator, period)
    due = schedule(versions, plan.start, as_of)
    status = status_of(plan, target, actual, due)
    previous = _previous_status(measure, owed, indicator, period.shift(-1))
    left = quarters_left(target, as_of)
    gap = None if actual is None else target.value - actual
    return Gap(
        target=target,
        versions=versions,
        scope=plan.scope(unit),
        unit=None if unit is None else plan.units[unit],
        indicator=indicator,
        actual=actual,
        actual_reported=measure.actual_reported(unit, indicator, period),
        gap=gap,
        attainment=None if actual is None else Fraction(actual) / Fraction(target.value),
        schedule=due,
        lag_points=lag(target, actual, due),
        status=status,
        previous_status=previous,
        recovered=target.since != period and _recovered(plan, previous, status),
        needed_per_quarter=needed_per_quarter(gap, left, whole=indicator.whole),
        forecast=forecast(measure, unit, indicator, period, left),
        quarters_left=left,
        reporting=reporting[unit],
        incomplete=incomplete,
        rank=gravity(plan, status),
    )


def _previous_status(measure: Measure, owed: Target, indicator: Indicator, before: Period) -> str:
    """The status a period ago, by the version then in force, at that period's last month."""
    plan = measure.plan
    versions = in_force(plan.versions(owed.unit, owed.indicator), before)
    actual = measure.actual(owed.unit, indicator, before).value
    return status_of(plan, versions[-1], actual, schedule(versions, plan.start, before.last_month))


def lag(target: Target, actual: Number | None, due: Fraction) -> Fraction | None:
    """How far the actual is behind the schedule, in percentage points of the target; negative when ahead."""
    return None if actual is None else (due - Fraction(actual)) / Fraction(target.value) * 100


def status_of(plan: Plan, target: Target, actual: Number | None, due: Fraction) -> str:
    """Not reported, done, on schedule, slightly behind, or the gravest of the plan's bands that the exact lag reaches.

    A shortfall of less than one whole unit is not late for whole-number indicators (domain 7).
    """
    if actual is None:
        return NOT_REPORTED
    if actual >= target.value:
        return DONE
    reached = Fraction(actual)
    if reached >= due or (plan.indicators[target.indicator].whole and reached >= math.floor(due)):
        return ON_SCHEDULE
    bands = plan.file.bands
    number = bands_reached((due - reached) / Fraction(target.value) * 100, bands)
    return bands[number - 1].status if number else SLIGHTLY_BEHIND


def bands_reached(points: Fraction, bands: Sequence[Band]) -> int:
    """The number of the last of the plan's bands that a lag in percentage points reaches, from 1; 0 for none."""
    return max((number for number, band in enumerate(bands, 1) if _reaches(points, band)), default=0)


def _reaches(points: Fraction, band: Band) -> bool:
    return points > band.floor or (points == band.floor and band.from_ is not None)


def gravity(plan: Plan, status: str) -> int:
    """-1 not reported, 0 done, 1 on schedule, 2 slightly behind, 3 and more the plan's bands in order."""
    fixed = {NOT_REPORTED: -1, DONE: 0, ON_SCHEDULE: 1, SLIGHTLY_BEHIND: 2}
    return fixed[status] if status in fixed else 3 + [band.status for band in plan.file.bands].index(status)


def _recovered(plan: Plan, previous: str, status: str) -> bool:
    """Then in the plan's gravest band, now on schedule or done."""
    bands = plan.file.bands
    return bool(bands) and previous == bands[-1].status and status in {ON_SCHEDULE, DONE}
