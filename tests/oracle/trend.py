"""Contract 5.1: each figure of `check` by period, the change of the actual, and what was published."""

from __future__ import annotations

from collections.abc import Sequence

from tests.oracle.calculation import Calculation, rounded
from tests.oracle.closing import Edition
from tests.oracle.submissions import Record
from tests.oracle.world import World, written

SAME = (
    "scope",
    "unit",
    "unit_name",
    "indicator",
    "indicator_name",
    "measure_unit",
    "target",
    "actual",
    "actual_reported",
    "schedule",
    "attainment",
    "lag_points",
    "status",
    "reporting",
    "incomplete",
)


def trend(world: World, editions: Sequence[Edition], first: int | None, unit: str | None) -> list[Record]:
    """Rows from the quarter `first` (default: the start) to the world's period; `unit` leaves out all others."""
    calculation = Calculation(world.owed(world.period))
    published = {one.period: one.published for one in editions}
    rows = []
    for line in calculation.lines():
        if unit and (line.unit is None or line.unit.id != unit):
            continue
        for period in range(first or world.start, world.period + 1):
            gap = calculation.at(period).gap(line)
            now, before = (calculation.actual(line, one).value for one in (period, period - 1))
            known = now is not None and before is not None and period > world.start
            then = published.get(period, {}).get((line.unit.id if line.unit else None, line.indicator.id))
            rows.append(
                {key: gap[key] for key in SAME}
                | {
                    "period": written(period),
                    "change": rounded(now - before) if known else None,  # type: ignore[operator] # both are known
                    "published": then["actual"] if then else None,
                }
            )
    return rows
