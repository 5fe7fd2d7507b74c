"""The workbook's sheets of returns: who has reported, the files that do not count, the files behind the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.filed import filed, unusable, why
from mdj_plan.reports.views import periods_shown
from mdj_plan.reports.widths import fitted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from mdj_plan.assess import Assessment
    from mdj_plan.measure.reporting import MemberState, UnitState
    from mdj_plan.messages import Messages
    from mdj_plan.period import Period
    from mdj_plan.reports.workbook.sheet import Paper, Sheet

_SHADES = {"received": "green", "late": "yellow", "partial": "yellow", "carried": "red", "missing": "red"}


def returns(paper: Paper, a: Assessment) -> None:
    """Who has reported: one row per unit, and per member where they report singly.

    What is carried says so: the day on which it came is no day of this period.
    """
    texts = paper.texts
    who = fitted((name for state in a.units for name in _names(state, texts)), 14, 34)
    files = fitted((file for state in a.units for file in _files(state)), 30, 50)
    sheet = paper.sheet(texts("book-returns"), texts("book-returns-title"), [6, who, 14, 13, 13, 9, 8, 9, files, 46])
    heads = ("number", "who", "status", "due", "received", "days", "version", "facilities", "file", "remark")
    sheet.heads([texts(f"book-{head}") for head in heads], fixed=2, filtered=True)
    came = unusable(a)
    since = {
        (standing.unit, part.member): part.ret.period
        for standing in a.measure.standings(a.period)
        for part in standing.parts
        if part.ret is not None
    }
    for number, state in enumerate(a.units, 1):
        sheet.count(0, number)
        sheet.text(1, _names(state, texts)[0])
        sheet.count(7, state.facilities)
        _sent(sheet, state, state.due, state.return_period, came=state.unit.id in came)
        for member in state.members:
            _member(sheet, state, member, since)
    sheet.finish()


def _names(state: UnitState, texts: Messages) -> list[str]:
    return [texts.words(state.unit.name), *map(_below, state.members)]


def _files(state: UnitState) -> list[str]:
    return [state.file or "", *(member.file or "" for member in state.members)]


def _below(member: MemberState) -> str:
    return f"　{member.member}"


def _member(
    sheet: Sheet, state: UnitState, member: MemberState, since: Mapping[tuple[str, str | None], Period]
) -> None:
    sheet.count(0, None)
    sheet.text(1, _below(member))
    sheet.count(7, None)
    _sent(sheet, member, state.due, since.get((state.unit.id, member.member)), came=False)


def _sent(sheet: Sheet, state: UnitState | MemberState, due: dt.date, since: Period | None, *, came: bool) -> None:
    """Status, days, version, file and remark; of what is carried the day stands in the remark."""
    texts = sheet.paper.texts
    carried = state.status == "carried"
    word = texts("returns-carried", period=str(since)) if carried else texts(f"submission-{state.status}")
    received = None if carried else state.received
    late = (received - due).days if state.status == "late" and received else None
    remark = [texts("book-came-unusable", sheet=texts("book-aside"))] if came else []
    if carried:
        day = state.received.isoformat() if state.received else "—"
        said = "book-carried-of" if state.file else "book-carried-members"
        remark.append(texts(said, period=str(since), received=day))
    sheet.status(2, word, _SHADES[state.status])
    sheet.date(3, due)
    sheet.date(4, received)
    sheet.count(5, late)
    sheet.count(6, None if carried else state.version)
    sheet.text(8, state.file or "")
    sheet.text(9, texts("book-then").join(remark))
    sheet.next()


def aside(paper: Paper, a: Assessment) -> None:
    """The files that do not count, each with the reason."""
    texts, units = paper.texts, a.plan.units
    periods = periods_shown(a) if a.all_periods else (a.period,)
    found = [each for each in filed(a, periods) if not each.counts]
    names = [texts.words(unit.name) for unit in units.values()]
    files = fitted((each.submission.file for each in found), 30, 48)
    sheet = paper.sheet(
        texts("book-aside"), texts("book-aside-title"), [6, fitted(names, 14, 28), 10, files, 8, 13, 64]
    )
    heads = ("number", "who", "period", "file", "version", "received", "why")
    sheet.heads([texts(f"book-{head}") for head in heads], fixed=2, filtered=True)
    order = {unit: i for i, unit in enumerate(units)}
    for number, each in enumerate(sorted(found, key=lambda e: order.get(e.submission.unit or "", len(order))), 1):
        s = each.submission
        unit = units.get(s.unit or "")
        sheet.count(0, number)
        sheet.text(1, texts.words(unit.name) if unit else texts("unit-unknown"))
        sheet.text(2, str(s.period) if s.period else texts("book-period-unknown"), align="center")
        sheet.text(3, s.file)
        sheet.count(4, s.version)
        sheet.date(5, s.received)
        sheet.text(6, why(each, texts))
        sheet.next()
    if not found:
        sheet.note(texts("book-none-aside"))
    sheet.finish()
