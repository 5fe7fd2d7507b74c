"""Tables of candidates for a title, and of the sets of criteria that they are held against (contract 6.2)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mdj_plan.names import Words
from mdj_plan.reports.figures import shown
from mdj_plan.reports.tables.columns import CREDITED_TO, FACILITY, FACILITY_KIND
from mdj_plan.reports.tables.table import DATA, EVERYWHERE, PEOPLE, Column, Row, Table
from mdj_plan.reports.tables.values import Amount, Joined, Status, Text, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.fields import Field
    from mdj_plan.measure.candidates import Candidate, Detail, SetState
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Plan

_BY = "joint-then"
_NEAREST = 3
"""Candidates named for each title that is still wanted."""
_COLOURS = {"ready": "green", "lacking": "plain", "unknown": "yellow"}


def _sets(a: Assessment) -> Iterator[Row]:
    for state in a.candidates.sets:
        yield {
            "id": state.criteria.id,
            "name": state.criteria.name,
            "document": state.criteria.document,
            "counts_for": state.criteria.counts_for,
            "wanted": Amount(state.wanted),
            "ready": state.ready,
            "note": state.criteria.note,
        }


def nearest(a: Assessment) -> Iterator[tuple[SetState, list[Candidate]]]:
    """Each set of criteria of whose title more are wanted, with the few candidates that lack the least."""
    for state in a.candidates.sets:
        rows = [row for row in a.candidates.rows if row.criteria is state.criteria][:_NEAREST]
        if state.wanted and rows:
            yield state, rows


def _candidates(a: Assessment) -> Iterator[Row]:
    return _listed(a, a.candidates.rows)


def _nearest(a: Assessment) -> Iterator[Row]:
    for _, rows in nearest(a):
        yield from _listed(a, rows)


def _listed(a: Assessment, rows: Iterable[Candidate]) -> Iterator[Row]:
    units = a.plan.units
    for row in rows:
        values = row.facility.values
        yield {
            "unit": row.facility.credited[0],
            "criteria": row.criteria.name,
            "name": values.name,
            "kind": said(f"kind-{values.kind}"),
            "level": said(f"level-{values.level or 'none'}"),
            "credited_to": Joined(tuple(units[unit].name for unit in row.facility.credited)),
            "verdict": _verdict(row),
            "lacking": Joined(tuple(_lacking(each, a.plan) for each in row.of("lacking")), _BY),
            "unknown": Joined(tuple(_unknown(row, each, a.plan) for each in row.of("unknown")), _BY),
        }


def _verdict(row: Candidate) -> Status:
    args = {"met": row.count("met"), "of": len(row.details)}
    return Status(row.verdict, said(f"candidate-{row.verdict}", **args), _COLOURS[row.verdict])


def _lacking(detail: Detail, plan: Plan) -> Text:
    """``孵化面积差800平方米``: by how much, in the field's own measure."""
    short = shown(detail.short_by, 2)
    if detail.asked.months_since is not None:
        return said("candidate-short-months", name=detail.criterion.name, n=short)
    field = plan.fields.get(detail.asked.of or "")
    if field is None:
        return detail.criterion.name
    name = Words(field.header, field.english)
    return said("candidate-short", name=name, n=short, measure=partial(_measure, field))


def _measure(field: Field, texts: Messages) -> str:
    """A field's measure unit, which its English name says already."""
    return field.measure if texts.language == "zh" else ""


def _unknown(row: Candidate, detail: Detail, plan: Plan) -> Text:
    """``成立日期 未填（F7）``: the fields that would have to be stated, and in which cell."""
    claim = row.facility.claims[0][1]
    fields = [(plan.fields[name], claim.at(name).cell) for name in dict.fromkeys(detail.fields) if name in plan.fields]
    blank = Joined(tuple(_place(field, cell) for field, cell in fields))
    return lambda texts: texts("candidate-unknown-in", name=detail.criterion.name, fields=blank.told(texts))


def _place(field: Field, cell: str | None) -> Text:
    return said("named-with", name=field.label, more=cell) if cell else field.label


def _states(a: Assessment) -> Iterable[Status]:
    return (_verdict(row) for row in a.candidates.rows)


_CRITERIA = Column("criteria", least=16, most=36, quiet=True)
CRITERIA_SETS: Table[Assessment] = Table(
    "criteria-sets",
    (
        Column("id", "code", media=DATA),
        replace(_CRITERIA, key="name", head="criteria"),
        Column("document", least=20, most=28),
        Column("counts_for", "code", media=DATA),
        Column("wanted", "number", head="candidates-wanted"),
        Column("ready", "count", head="candidates-ready"),
        Column("note", head="remark", media=PEOPLE - {"screen"}, least=20, most=60, blank=""),
    ),
    _sets,
    media=frozenset({"book", "page"}),
    optional=True,
)
_VERDICT = (
    CREDITED_TO,
    Column("verdict", "status", head="status", least=14),
    Column("lacking", head="candidate-lacking", least=24, most=60, blank=""),
    Column("unknown", head="candidate-unknown", media=EVERYWHERE - {"screen"}, least=24, most=60, blank=""),
)
CANDIDATES: Table[Assessment] = Table(
    "candidates",
    (
        _CRITERIA,
        FACILITY,
        Column("kind", FACILITY_KIND.kind, head="kind", media=EVERYWHERE - {"screen"}, least=12),
        Column("level", media=EVERYWHERE - {"screen"}, least=8),
        *_VERDICT,
    ),
    _candidates,
    states=_states,
    optional=True,
)
NEAREST: Table[Assessment] = Table(
    "nearest",
    (_CRITERIA, FACILITY, *_VERDICT),
    _nearest,
    media=frozenset(),
    states=_states,
    optional=True,
)
"""For each title still wanted the nearest candidates: an annex of the circular."""
