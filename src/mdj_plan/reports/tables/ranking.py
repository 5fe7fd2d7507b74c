"""Districts side by side on each indicator: attainment, rank, and what moved since the quarter before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.tables.columns import NUMBER, WHO
from mdj_plan.reports.tables.statuses import possible
from mdj_plan.reports.tables.table import Column, Note, Row, Table
from mdj_plan.reports.tables.targets import (
    ACTUAL,
    ATTAINMENT,
    DIFFERENCE,
    OWED,
    SCHEDULE_RATE,
    STATUS,
    TARGET,
    amount_of,
    mark_notes,
    target_notes,
    target_rows,
)
from mdj_plan.reports.tables.values import Amount, said
from mdj_plan.reports.views import of_scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.gaps import Gap


_CHANGE = Column("change", "number")


def _with_change(a: Assessment, gaps: Sequence[Gap]) -> Iterator[Row]:
    for gap, row in zip(gaps, target_rows(a, gaps), strict=True):
        change = a.way(gap.target.unit, gap.indicator.id).steps[-1].change
        yield row | {"change": amount_of(gap, change)}


def _legend(a: Assessment, rows: tuple[Row, ...]) -> Iterator[Note]:  # noqa: ARG001 - as what a table may declare
    """What the marks that occur mean, in few words: the annexes say of whom."""
    marked = "".join(row["actual"].marks for row in rows if isinstance(row["actual"], Amount))
    told = (("*", "note-incomplete"), ("°", "note-stale"))
    return (Note(said(key)) for mark, key in told if mark in marked)


CITY_IN_SHORT: Table[Assessment] = Table(
    "city-in-short",
    (OWED, TARGET, ACTUAL, _CHANGE, ATTAINMENT, SCHEDULE_RATE, DIFFERENCE, STATUS),
    lambda a: _with_change(a, of_scope(a, "city")),
    media=frozenset(),
    notes=_legend,
    states=possible,
)
"""What stands in the text of the circular: no more columns than an upright page holds."""


def _of_units(a: Assessment) -> list[Gap]:
    return [gap for gap in a.gaps if gap.unit is not None]


UNIT_IN_SHORT: Table[Assessment] = Table(
    "unit-in-short",
    (WHO, OWED, TARGET, ACTUAL, _CHANGE, ATTAINMENT, SCHEDULE_RATE, DIFFERENCE, STATUS),
    lambda a: _with_change(a, _of_units(a)),
    media=frozenset(),
    notes=lambda a, rows: mark_notes(a, (row["actual"] for row in rows)),
    states=possible,
)
"""The same of the units that a visit is to; of one alone, without its name in every row."""


def _ranking(a: Assessment) -> Iterator[Row]:
    rows = _with_change(a, [each.gap for each in a.ranking])
    for each, row in zip(a.ranking, rows, strict=True):
        yield row | {"rank": each.rank}


RANKING: Table[Assessment] = Table(
    "ranking",
    (
        NUMBER,
        OWED,
        WHO,
        TARGET,
        ACTUAL,
        _CHANGE,
        ATTAINMENT,
        SCHEDULE_RATE,
        DIFFERENCE,
        Column("rank", "count"),
        STATUS,
    ),
    _ranking,
    media=frozenset({"paper"}),
    notes=target_notes,
    states=possible,
)
