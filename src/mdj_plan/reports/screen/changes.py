"""Changes of facilities on the screen: one paragraph an event, each facility with what it was and is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.measure.changes import EVENTS
from mdj_plan.reports.figures import shown
from mdj_plan.reports.screen.paper import open_screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.assess import Assessment
    from mdj_plan.measure.changes import Change
    from mdj_plan.messages import Messages
    from mdj_plan.period import Period

_WORDS = ("state", "level", "demonstration")


def show_changes(a: Assessment, texts: Messages, since: Period, rows: Sequence[Change]) -> None:
    """The events in their order, with how many there were of each."""
    screen = open_screen(texts)
    screen.line((texts("changes-head", since=str(since), period=str(a.period)), "bold"))
    for event in EVENTS:
        found = [row for row in rows if row.event == event]
        if found:
            n = sum(1 if row.value is None else row.value for row in found)
            screen.heading(texts(f"change-{event}", n=n))
            for row in found:
                screen.line(_told(a, texts, row), indent=2, hanging=2)
    if not rows:
        screen.line(texts("changes-none"))


def _told(a: Assessment, texts: Messages, row: Change) -> str:
    names = texts("joint-list").join(texts.words(a.plan.units[unit].name) for unit in row.facility.credited)
    parts = [texts("named-with", name=row.facility.values.name or "", more=names)]
    if row.before is not None or row.after is not None:
        parts.append(" → ".join(_word(a, texts, value) for value in (row.before, row.after) if value is not None))
    if row.value is not None:
        parts.append(str(row.value))
    parts += [row.document] if row.document else []
    parts += [texts("change-amount", amount=shown(row.amount, 4))] if row.amount is not None else []
    return "  ".join(parts)


def _word(a: Assessment, texts: Messages, value: str) -> str:
    if value in a.plan.units:
        return texts.words(a.plan.units[value].name)
    return next((texts(f"{kind}-{value}") for kind in _WORDS if texts.has(f"{kind}-{value}")), value)
