"""Changes of facilities on the screen: one paragraph an event, each facility with what it was and is, and its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.measure.changes import counted
from mdj_plan.reports.screen.paper import open_screen
from mdj_plan.reports.tables.changes import CHANGES
from mdj_plan.reports.tables.values import Status, told

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages
    from mdj_plan.reports.tables.table import Row


def show_changes(a: Assessment, texts: Messages) -> None:
    """The events in their order, with how many there were of each."""
    screen, table = open_screen(texts), CHANGES.of(a)
    screen.line((texts("changes-head", since=str(a.changes.since), period=str(a.period)), "bold"))
    for event, n in counted(a.changes.rows).items():
        screen.heading(texts(f"change-{event}", n=n))
        for row in table.rows:
            if isinstance(row["event"], Status) and row["event"].id == event:
                screen.line(_told(row, texts), (f"  {row['where']}", "bright_black"), indent=2, hanging=2)
    if not table.rows:
        screen.line(table.empty(texts))


def _told(row: Row, texts: Messages) -> str:
    """The facility and whose it is, what was and is, the document, what is paid."""
    parts = [texts("named-with", name=told(row["facility"], texts), more=told(row["whose"], texts))]
    parts += [told(row[key], texts) for key in ("change", "document") if row[key]]
    paid = told(row["amount"], texts, "")
    return "  ".join([*parts, texts("change-amount", amount=paid)] if paid else parts)
