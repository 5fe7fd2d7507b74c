"""One figure's last quarters in numbers, as they stand below its chart (contract 5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple
from mdj_plan.reports.tables.columns import PERIOD
from mdj_plan.reports.tables.statuses import standing_of
from mdj_plan.reports.tables.table import Column, Filled, Row, Table
from mdj_plan.reports.tables.targets import amount_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.trend import Step, Way


class Quarters(NamedTuple):
    """A figure's way, and how many of its last quarters are shown."""

    assessment: Assessment
    way: Way
    last: int

    @property
    def steps(self) -> Sequence[Step]:
        """Those quarters, oldest first."""
        return self.way.steps[-self.last :]


def _rows(quarters: Quarters) -> Iterator[Row]:
    a = quarters.assessment
    for step in quarters.steps:
        gap, key = step.gap, (step.gap.target.unit, step.gap.indicator.id)
        yield {
            "period": step.period,
            "actual": amount_of(gap, gap.actual, marks="*" if gap.incomplete and gap.actual is not None else ""),
            "change": amount_of(gap, step.change),
            "schedule": amount_of(gap, gap.schedule, loose=True),
            "status": standing_of(gap, a.plan.file.bands),
            "needed": amount_of(gap, gap.needed_per_quarter),
            "published": amount_of(gap, a.editions.published(step.period, *key)),
        }


def _columns(quarters: Quarters) -> tuple[Column, ...]:
    shown = [
        PERIOD,
        Column("actual", "number", head="actual"),
        Column("change", "number", head="change"),
        Column("schedule", "number", head="schedule"),
        Column("status", "status", head="status"),
        Column("needed", "number", head="needed"),
    ]
    if any(step.period in quarters.assessment.editions.latest for step in quarters.steps):
        shown.append(Column("published", "number", head="published"))
    return tuple(shown)


def quarters_of(quarters: Quarters) -> Filled:
    """The table of one figure; it stands below the figure's chart, never by itself."""
    return Table("quarters", _columns, _rows, media=frozenset()).of(quarters)
