"""Whom to call: who is furthest behind, and whose return of the period is out or was sent back, with whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple
from mdj_plan.reports.measures import unit_of
from mdj_plan.reports.rates import rates
from mdj_plan.reports.tables.statuses import standing_of
from mdj_plan.reports.tables.table import Column, Note, Row, Table
from mdj_plan.reports.tables.targets import amount_of
from mdj_plan.reports.tables.values import Joined, Points, Standing, said, told, with_unit
from mdj_plan.reports.wording import day_of_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.archive.attempts import Attempt
    from mdj_plan.archive.pending import Question
    from mdj_plan.assessment import Assessment
    from mdj_plan.intake.submission import Contact
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.reporting import MemberState, UnitState
    from mdj_plan.names import Words
    from mdj_plan.plan.model import Unit
    from mdj_plan.reports.tables.values import Text

_MOST_BEHIND = 3
"""Targets of the unit furthest behind that are named; the rest are counted."""
_CAME = frozenset({"received", "late"})


class Call(NamedTuple):
    """A reporter to be called: its unit, its name (a member's own), how it stands in words, the unit's targets that
    are behind, gravest first, and whom its last return names.
    """

    unit: Unit
    name: Words | str
    situation: Text
    behind: tuple[Gap, ...]
    contact: Contact | None


def calls(assessment: Assessment) -> tuple[Call, ...]:
    """Everybody whose return of the period does not count: those whose targets are behind most gravely first."""
    found = [call for state in assessment.units for call in _calls(assessment, state)]
    return tuple(sorted(found, key=lambda call: assessment.urgency_of(call.unit.id)))


def _calls(assessment: Assessment, state: UnitState) -> Iterator[Call]:
    late = assessment.behind_of(state.unit.id)
    out = [member for member in state.members if member.status not in _CAME]
    for member in out:
        said_of = situation(assessment, state, member)
        yield Call(state.unit, member.member, said_of, late, member.contact)
    if not state.members and state.status not in _CAME:
        yield Call(state.unit, state.unit.name, situation(assessment, state), late, state.contact)


def returned_since(back: Attempt) -> Text:
    """That a return was sent back, on which day, and with how many errors."""
    day = back.received
    return said("returned-since", day=lambda texts: day_of_year(day, texts.language), errors=back.errors or 0)


def pending_since(question: Question) -> Text:
    """That files came on a day, and what has still to be answered about them."""
    day, why = question.received_at.date(), said(f"tally-why-{question.why}", period=str(question.stated))
    return said("came-pending", day=lambda texts: day_of_year(day, texts.language), why=why)


def worst(assessment: Assessment) -> Text | None:
    """The unit furthest behind, how it stands where its return is out, and in what; None where nobody is behind."""
    unit = assessment.furthest_behind
    if unit is None:
        return None
    gaps = assessment.behind_of(unit.id)
    figures = [lagging(assessment, gap) for gap in gaps[:_MOST_BEHIND]]
    if len(gaps) > _MOST_BEHIND:
        figures.append(said("worst-more", n=len(gaps) - _MOST_BEHIND))
    state = next(state for state in assessment.units if state.unit.id == unit.id)
    out = not state.members and state.status not in _CAME
    name = said("named-with", name=unit.name, more=situation(assessment, state)) if out else unit.name
    return said("worst", unit=name, figures=Joined(tuple(figures)).told)


def lagging(assessment: Assessment, gap: Gap) -> Text:
    """``Incubators 0/4 (seriously behind, −58.3 points)``."""
    bands = assessment.plan.file.bands
    standing = Standing(amount_of(gap, gap.actual), amount_of(gap, gap.target.value))
    shown = rates(gap, bands)
    return said(
        "lagging",
        indicator=with_unit(gap.indicator.name, unit_of(gap.indicator)),
        figures=standing.told,
        status=standing_of(gap, bands).told,
        points=lambda texts: told(Points(shown.difference, shown.places), texts),
    )


def situation(assessment: Assessment, state: UnitState, member: MemberState | None = None) -> Text:
    """How a reporter whose return does not count stands: sent back, in question, unusable, for another period, out."""
    of = member or state
    if of.status == "returned" and of.sent_back is not None:
        return returned_since(of.sent_back)
    if of.pending is not None:
        return pending_since(of.pending)
    if state.unit.id in assessment.unusable:
        return said("came-unusable")
    other = assessment.came_for_another(state.unit.id, member.member if member else None)
    if other is not None:
        day, period = other
        return said("came-for-another", day=lambda texts: day_of_year(day, texts.language), period=str(period))
    return said("submission-missing")


def _rows(a: Assessment) -> Iterator[Row]:
    for call in calls(a):
        yield {
            "unit": call.unit.id,
            "unit_name": call.name,
            "situation": call.situation,
            "behind": standing_of(call.behind[0], a.plan.file.bands) if call.behind else None,
            "author": call.contact.author if call.contact else None,
            "phone": call.contact.phone if call.contact else None,
        }


def _unchecked(a: Assessment, rows: tuple[Row, ...]) -> Iterator[Note]:
    if rows:
        yield Note(said("note-unchecked", due=a.units[0].due.isoformat()))


_WHOM = (Column("unit_name", head="who", least=14, most=34), Column("situation", "code", least=16, most=40))
_KNOWN = (Column("behind", "status", blank=""), Column("author", "code", blank=""), Column("phone", "code", blank=""))


def _columns(a: Assessment) -> tuple[Column, ...]:
    """What is known of anybody: no column stands empty."""
    rows = list(_rows(a))
    return (*_WHOM, *(column for column in _KNOWN if any(row[column.key] for row in rows)))


CALLS: Table[Assessment] = Table(
    "calls",
    _columns,
    _rows,
    media=frozenset({"screen"}),
    notes=_unchecked,
    optional=True,
)
"""Whose return is out or was sent back, a line each, with whom to call; those furthest behind first."""
