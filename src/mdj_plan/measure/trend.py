"""The trend: each figure by period, as `check` of that period gives it, with its change (contract 5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.measure.gaps import gaps
from mdj_plan.period import Period, span
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from mdj_plan.measure.actuals import Measure, Number
    from mdj_plan.measure.gaps import Gap

LONG = 3
"""Quarters in a row from which somebody is said to be behind for long."""
Key = tuple[str | None, str]
"""A figure: unit id (None: the city) and indicator id."""


class Step(NamedTuple):
    """A figure at one period: its gap at that period's last month, and `change`, the actual less that of the period
    before; None where either is unknown, and at the plan's start.
    """

    period: Period
    gap: Gap
    change: Number | None

    @property
    def actual(self) -> Number | None:
        """The figure."""
        return self.gap.actual

    @property
    def schedule(self) -> Fraction:
        """What the schedule asked at the period's end."""
        return self.gap.schedule

    @property
    def status(self) -> str:
        """How it stood at the period's end."""
        return self.gap.status


class Way(NamedTuple):
    """A figure over the periods, oldest first: one step a period."""

    unit: str | None
    indicator: str
    steps: tuple[Step, ...]

    @property
    def last(self) -> Gap:
        """The figure at the last period."""
        return self.steps[-1].gap

    def since(self, period: Period) -> Way:
        """The same from a period on."""
        return self._replace(steps=tuple(step for step in self.steps if step.period >= period))

    @property
    def long_behind(self) -> bool:
        """Whether it has been behind for three quarters and more."""
        return self.behind_for() >= LONG

    def behind_for(self) -> int:
        """How many periods in a row, up to the last, the figure has been worse than on schedule."""
        count = 0
        for step in reversed(self.steps):
            if not step.gap.behind:
                break
            count += 1
        return count


def trend(measure: Measure, first: Period, last: Period, wanted: Iterable[Key] | None = None) -> tuple[Way, ...]:
    """Every figure (or those wanted) from `first` to `last`, in report order."""
    by_period = [(period, gaps(measure, period, period.last_month)) for period in span(first, last)]
    keys = None if wanted is None else frozenset(wanted)
    ways = []
    for row, target in enumerate(measure.plan.owed):
        if keys is None or (target.unit, target.indicator) in keys:
            steps = tuple(_step(measure, period, found[row]) for period, found in by_period)
            ways.append(Way(target.unit, target.indicator, steps))
    return tuple(ways)


def _step(measure: Measure, period: Period, gap: Gap) -> Step:
    if period <= measure.plan.start or gap.actual is None:
        return Step(period, gap, None)
    before = measure.actual(gap.target.unit, gap.indicator, period.shift(-1)).value
    return Step(period, gap, None if before is None else gap.actual - before)
