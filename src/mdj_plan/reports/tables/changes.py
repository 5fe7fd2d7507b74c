"""The table of what happened to facilities since an earlier period (载体变动, contract 5.5)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mdj_plan.measure.changes import EVENTS, counted
from mdj_plan.reports.tables.columns import FACILITY, FACILITY_KIND, NUMBER
from mdj_plan.reports.tables.table import DATA, PEOPLE, Column, Medium, Note, Row, Table
from mdj_plan.reports.tables.values import Amount, Joined, Status, Text, said, worded
from mdj_plan.reports.views import source_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.changes import Change
    from mdj_plan.messages import Messages

_COLOURS = {"stopped": "red", "gone": "red", "demoted": "yellow", "untitled": "yellow"}
_GOOD = frozenset(("new", "opened", "promoted", "titled", "graduated"))
_WORDS = ("state", "level")
_TITLES = frozenset(("titled", "untitled"))


def change_row(a: Assessment, change: Change) -> Row:
    """An event of a facility; the cell is that of the facility's name in its deciding claim."""
    facility = change.facility
    at, units = facility.claims[0][1].at("name"), a.plan.units
    return {
        "unit": " ".join(facility.credited),
        "event": event_of(change.event),
        "facility": facility.values.name,
        "kind": Status(facility.values.kind or "", said(f"kind-{facility.values.kind}")),
        "credited_to": Joined(facility.credited),
        "whose": Joined(tuple(units[unit].name for unit in facility.credited)),
        "change": told_of(a, change),
        "before": change.before,
        "after": change.after,
        "value": change.value,
        "document": change.document,
        "amount": Amount(change.amount, 4),
        "where": source_cell(at.file, at.sheet, at.cell),
        "file": at.file,
        "sheet": at.sheet,
        "cell": at.cell,
    }


def event_of(event: str) -> Status:
    """An event's word and colour."""
    return Status(event, said(f"event-{event}"), _COLOURS.get(event, "green" if event in _GOOD else "plain"))


def told_of(a: Assessment, change: Change) -> Text | None:
    """What was and is, or how many: 筹建 → 运营, 3户; None where the event says it all."""
    if change.value is not None:
        return said("change-firms", n=change.value)
    both = tuple(state for state in (change.before, change.after) if state is not None)
    if change.event in _TITLES:
        return said(f"demonstration-{both[0]}")
    states = tuple(word_of(a, state) for state in both)

    def joined(texts: Messages) -> str:
        return " → ".join(worded(state, texts) for state in states)

    return joined if states else None


def word_of(a: Assessment, state: str) -> Text:
    """A state, level or unit in words; a credit code as it is."""
    if state in a.plan.units:
        return a.plan.units[state].name

    def word(texts: Messages) -> str:
        return next((texts(f"{kind}-{state}") for kind in _WORDS if texts.has(f"{kind}-{state}")), state)

    return word


def _columns(a: Assessment) -> tuple[Column, ...]:
    paid: frozenset[Medium] = PEOPLE if a.plan.file.rewards else frozenset()
    return (
        NUMBER,
        Column("event", "status", least=10),
        replace(FACILITY, key="facility"),
        FACILITY_KIND,
        Column("credited_to", media=DATA),
        Column("whose", media=PEOPLE, head="credited_to", least=16, most=36),
        Column("before", media=DATA),
        Column("after", media=DATA),
        Column("change", media=PEOPLE, head="what-changed", least=14, most=44),
        Column("value", media=DATA),
        Column("document", "code", head="level_document", least=12, most=30, blank=""),
        Column("amount", "number", media=DATA | paid, head="reward", blank="", total=bool(paid)),
        Column("where", "cell", media=PEOPLE - {"paper"}, head="cells", least=34, most=56),
        *(Column(name, media=DATA) for name in ("file", "sheet", "cell")),
    )


def _rows(a: Assessment) -> Iterator[Row]:
    return (change_row(a, change) for change in a.changes.rows)


def _lead(a: Assessment) -> Iterator[Note]:
    """Since when, and how often each event happened."""
    found = counted(a.changes.rows)
    counts = Joined(tuple(said(f"change-{event}", n=n) for event, n in found.items()), by="joint-then")
    if found:
        yield Note(said("changes-counted", since=str(a.changes.since), period=str(a.period), counts=counts.told))


CHANGES: Table[Assessment] = Table(
    "changes",
    _columns,
    _rows,
    lead=_lead,
    states=lambda _: map(event_of, EVENTS),
)
