"""The circular's annexes: which tables, in which order, under which titles, in its text and on their pages alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.tables.departments import DEPARTMENTS
from mdj_plan.reports.tables.ranking import RANKING
from mdj_plan.reports.tables.restatements import RESTATEMENTS
from mdj_plan.reports.tables.returns import RETURNS
from mdj_plan.reports.tables.targets import LATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages
    from mdj_plan.reports.tables.table import Filled

_ANNEXES = (RANKING, DEPARTMENTS, LATE, RETURNS, RESTATEMENTS)


def annexes(a: Assessment, texts: Messages) -> Iterator[tuple[str, Filled]]:
    """Each annex by its title; restatements only where something published is another now."""
    for declared in _ANNEXES:
        table = declared.of(a)
        if table.rows or declared is not RESTATEMENTS:
            key = f"annex-{table.name}"
            yield texts(key) if texts.has(key) else table.title(texts), table
