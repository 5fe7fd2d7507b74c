"""The circular's annexes: which tables, in which order, under which titles, in its text and on their pages alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.happened import happened
from mdj_plan.reports.tables.candidates import NEAREST, nearest
from mdj_plan.reports.tables.changes import CHANGES
from mdj_plan.reports.tables.departments import DEPARTMENTS
from mdj_plan.reports.tables.listed import TABLES
from mdj_plan.reports.tables.ranking import RANKING
from mdj_plan.reports.tables.restatements import RESTATEMENTS
from mdj_plan.reports.tables.returns import RETURNS
from mdj_plan.reports.tables.targets import LATE
from mdj_plan.reports.widths import cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages
    from mdj_plan.reports.tables.table import Filled, Table

_FIRST = (RANKING, DEPARTMENTS, LATE, RETURNS, CHANGES, NEAREST, RESTATEMENTS)
"""In this order, in which the text refers to them; whatever else shows itself on paper follows."""
SHORT, LONG = 2 * 56, 3 * 56
"""Two and three lines of the text, in columns of half a Chinese character: what takes more is counted and annexed."""


def annexes(a: Assessment, texts: Messages) -> Iterator[tuple[str, Filled]]:
    """Each annex by its title; what happened and who comes nearest to a title only where the text has no room for it,
    restatements only where something published is another now.
    """
    needed = {
        CHANGES.name: cells(happened(a.changes, texts)) > LONG,
        NEAREST.name: len(list(nearest(a))) > 1,
        RESTATEMENTS.name: any(each.rows for each in a.restatements),
    }
    for declared in _annexed():
        table = declared.of(a)
        if needed.get(table.name, table.rows or not declared.optional):
            key = f"annex-{table.name}"
            yield texts(key) if texts.has(key) else table.title(texts), table


def numbers(found: Sequence[tuple[str, Filled]]) -> dict[str, int]:
    """The number of each annex by its table's name; 0 of one that is not needed."""
    there = {table.name: number for number, (_, table) in enumerate(found, 1)}
    return {declared.name: there.get(declared.name, 0) for declared in _annexed()}


def _annexed() -> tuple[Table[Assessment], ...]:
    """Every table that may be annexed, in their order."""
    return (*_FIRST, *(table for table in TABLES if "paper" in table.media and table not in _FIRST))
