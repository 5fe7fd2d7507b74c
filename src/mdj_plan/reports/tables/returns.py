"""Tables of returns: who has reported, also by quarter, which files do not count, which are behind the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan import __version__
from mdj_plan.names import Words
from mdj_plan.reports.filed import why
from mdj_plan.reports.tables.calls import situation
from mdj_plan.reports.tables.columns import FILE, NUMBER, PERIOD, RECEIVED, VERSION, WHO
from mdj_plan.reports.tables.table import Column, Medium, Note, Row, Table
from mdj_plan.reports.tables.values import Below, Joined, Status, Text, said
from mdj_plan.reports.views import periods_shown
from mdj_plan.reports.wording import day_of_year

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from mdj_plan.archive.aside import Filed
    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.reporting import MemberState, UnitState
    from mdj_plan.period import Period
    from mdj_plan.reports.tables.values import Value

_OUT = frozenset({"missing", "carried", "returned"})
_COLOURS = {"received": "green", "late": "yellow", "partial": "yellow"}
_BOOK: frozenset[Medium] = frozenset({"book"})
_SCREEN: frozenset[Medium] = frozenset({"screen"})


def submission_status(status: str) -> Status:
    """How a unit has reported, in a word and its colour."""
    return Status(status, said(f"submission-{status}"), _COLOURS.get(status, "red"))


def _returns(a: Assessment) -> Iterator[Row]:
    """A row for each unit, and for each of its members below it where they report singly."""
    came = a.unusable
    for state in a.units:
        remark = [said("remark-unusable", table=said("tab-aside"))] if state.unit.id in came else []
        row = _sent(state, _status(a, state, state.return_period), state.due, state.return_period, remark)
        yield row | {"unit": state.unit.id, "unit_name": state.unit.name, "facilities": state.facilities}
        for member in state.members:
            before = member.return_period
            own = _sent(member, _status(a, state, before, member), state.due, before, [])
            yield own | {"unit": state.unit.id, "unit_name": Below(member.member)}


def _status(a: Assessment, state: UnitState, since: Period | None, member: MemberState | None = None) -> Status:
    """How a reporter has reported: of one that is out in which way, and whose figures stand in."""
    status = submission_status((member or state).status)
    if status.id == "received" and member is None:
        return _in_time(state, status)
    if status.id not in _OUT or (state.members and member is None):
        return status
    word = situation(a, state, member)
    return status._replace(word=word if since is None else said("carried-from", situation=word, period=str(since)))


def _in_time(state: UnitState, status: Status) -> Status:
    """Punctual by its first attempt, where the version that counts came only after the due day."""
    first = state.first_received
    if first is None or not state.in_time_by_first:
        return status
    return status._replace(word=said("in-time-first", day=lambda texts: day_of_year(first, texts.language)))


def _sent(
    state: UnitState | MemberState, status: Status, due: dt.date, since: Period | None, remark: Sequence[Text]
) -> Row:
    """Status, days, version and file. The day of what is carried stands in the remark: it is no day of this period."""
    carried = state.status in {"carried", "returned"}
    late = state.days_late or None
    if carried and since is not None:
        remark = [*remark, _carried(state, since)]
    return {
        "status": status,
        "told": status if late is None else status._replace(word=said("late-by", days=late)),
        "due_day": due,
        "received": None if carried else state.received,
        "days": late,
        "version": None if carried else state.version,
        "file": state.file,
        "short_file": (state.file or "").rpartition("/")[2] if not carried else state.file,
        "remark": Joined(tuple(remark), by="joint-then"),
    }


def _carried(state: UnitState | MemberState, since: Period) -> Text:
    """Which return stands in, and of which day where somebody knows."""
    if state.file is None:
        return said("remark-members-carried")
    if state.received is None:
        return said("remark-carried-undated", period=str(since))
    return said("remark-carried-from", period=str(since), received=state.received.isoformat())


RETURNS: Table[Assessment] = Table(
    "returns",
    (
        NUMBER,
        Column("unit_name", head="who", least=14, most=34),
        Column("status", "status", media=frozenset({"book", "page", "paper", "data"}), least=14),
        Column("told", "status", head="status", media=_SCREEN),
        Column("due_day", "date", media=_BOOK),
        RECEIVED,
        Column("days", "count", media=frozenset({"book", "page", "data"}), least=9, blank=""),
        Column("version", "count", least=8),
        Column("facilities", "count", least=9, blank=""),
        Column("file", "cell", media=frozenset({"book", "page", "data"}), least=30, most=50, blank=""),
        Column("short_file", "cell", head="file", media=_SCREEN, blank=""),
        Column("remark", media=_BOOK, least=20, most=46),
    ),
    _returns,
)


def _quarters(a: Assessment) -> tuple[Column, ...]:
    periods = (Column(str(period), "status", head=Words(str(period))) for period in periods_shown(a))
    return (Column("unit_name", head="who", least=10, most=28), *periods)


def _history(a: Assessment) -> Iterator[Row]:
    """How every unit has reported for every period: late by how many days, in part, out, or sent but not to be used."""
    rows: dict[str, Row] = {state.unit.id: {"unit": state.unit.id, "unit_name": state.unit.name} for state in a.units}
    for period, states in a.history.items():
        unusable = a.unusable_at(period)
        for state in states:
            if state.unit.id in rows:
                rows[state.unit.id][str(period)] = _at(state, unusable=state.unit.id in unusable)
    yield from rows.values()


def _at(state: UnitState, *, unusable: bool) -> Value:
    status = submission_status(state.status)
    if state.pending is not None:
        return status._replace(word=said("submission-pending"))
    if unusable and state.status in {"missing", "carried"}:
        return status._replace(word=said("came-unusable"))
    if state.days_late:
        return status._replace(word=said("late-by", days=state.days_late))
    return status


HISTORY = Table("history", _quarters, _history, media=frozenset({"page"}), fixed=1, listed=False)


def _aside(a: Assessment) -> Iterator[Row]:
    for each in _not_counting(a):
        s = each.submission
        unit = a.plan.units.get(s.unit or "")
        yield {
            "unit": s.unit,
            "unit_name": unit.name if unit else said("unit-unknown"),
            "period": s.period or said("period-unknown"),
            "file": s.file,
            "version": s.version,
            "received": s.received,
            "why": _why(each),
        }


def _not_counting(a: Assessment) -> list[Filed]:
    """The files of the period (of all, where all are shown) that do not count, by unit; those of nobody known last."""
    periods = periods_shown(a) if a.all_periods else (a.period,)
    shown = frozenset(state.unit.id for state in a.units)
    whole = len(shown) == len(a.plan.participants)
    found = (each for each in a.filed(periods, None if whole else shown) if not each.counts)
    order = {unit: i for i, unit in enumerate(a.plan.units)}
    return sorted(found, key=lambda each: order.get(each.submission.unit or "", len(order)))


def _why(each: Filed) -> Text:
    return lambda texts: why(each, texts)


ASIDE: Table[Assessment] = Table(
    "aside",
    (
        NUMBER,
        Column("unit_name", head="who", media=frozenset({"book", "page", "data"}), least=14, most=28),
        Column("period", "code", media=frozenset({"book", "page", "data"}), least=10),
        FILE,
        Column("version", "count", media=_BOOK, least=8),
        Column("received", "date", media=_BOOK),
        Column("why", least=24, most=64),
    ),
    _aside,
)


def _made(a: Assessment) -> Iterator[Note]:
    head = a.plan.file.plan
    yield Note(said("made-from", id=head.id, document=head.document or "", version=__version__))
    yield Note(said("made-for", period=str(a.period), as_of=str(a.as_of)))
    yield Note(said("note-all-sources"))


def _files(a: Assessment, periods: Sequence[Period]) -> Iterator[Row]:
    for row in a.sources(periods):
        whose: Text = row.unit.name if row.member is None else said("named-with", name=row.unit.name, more=row.member)
        yield {
            "unit": row.unit.id,
            "unit_name": whose,
            "period": row.period,
            "file": row.file,
            "version": row.version,
            "received": row.received,
            "sha256": row.sha256,
        }


_SHA256 = Column("sha256", "hash", media=frozenset({"book", "page", "data"}), printed=False)
_OF_A_FILE = (NUMBER, WHO, PERIOD, FILE, VERSION, RECEIVED, _SHA256)
SOURCES: Table[Assessment] = Table(
    "sources",
    _OF_A_FILE,
    lambda a: _files(a, (a.period,)),
    media=frozenset({"page"}),
    lead=lambda _: [Note(said("note-sources"))],
)
ALL_SOURCES = Table(
    "all-sources", _OF_A_FILE, lambda a: _files(a, periods_shown(a)), media=frozenset({"book"}), lead=_made
)
"""The returns of every period shown: flows, trends and forecasts draw on all of them."""
