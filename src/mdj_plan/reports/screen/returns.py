"""Who has reported, on the screen: one period in detail, or all periods as a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.measure.reporting import reporting
from mdj_plan.reports.filed import filed, why
from mdj_plan.reports.screen.paper import Cell, Column, Part, Screen, open_screen
from mdj_plan.reports.views import narrowed, periods_shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from mdj_plan.assess import Assessment
    from mdj_plan.measure.reporting import MemberState, UnitState
    from mdj_plan.messages import Messages
    from mdj_plan.period import Period
    from mdj_plan.reports.filed import Filed

_NAME = 28
"""Cells left for a unit's name beside the periods; a longer one is wrapped."""
_STYLES = {"received": "green", "late": "yellow", "partial": "yellow", "carried": "red", "missing": "bold red"}


def show_returns(assessment: Assessment, texts: Messages, units: frozenset[str] | None) -> None:
    """One line per unit and member: status, received, version, facilities, file; then files that do not count."""
    screen = open_screen(texts)
    shown = narrowed(assessment, units)
    period, expected = str(shown.period), len(shown.units)
    due = shown.units[0].due.isoformat() if shown.units else "—"
    partly = sum(state.status == "partial" for state in shown.units)
    part = texts("screen-returns-partly", n=partly) if partly else ""
    head = texts("returns-head", period=period, received=shown.received, expected=expected, part=part, due=due)
    screen.line((head, "bold"))
    heads = ("status", "received", "version", "facilities")
    columns = [Column(texts("returns-unit"), "left", 16), *(Column(texts(f"returns-{each}")) for each in heads)]
    rows = [row for state in shown.units for row in _rows(state, texts)]
    if rows:
        screen.table([*columns, Column(texts("returns-file"), "left", 18)], rows)
    _show_aside(screen, filed(assessment, [assessment.period], units))


def _rows(state: UnitState, texts: Messages) -> list[list[Part]]:
    """The unit's line, then its members' where they report singly; files without the folder of the period."""
    count = "" if state.facilities is None else str(state.facilities)
    here = f"{state.period}/"
    name = texts.words(state.unit.name)
    rows = [[name, *_sent(state, state.due, texts), count, (state.file or "").removeprefix(here)]]
    if state.status == "carried" and state.return_period is not None:
        rows[0][1] = (texts("returns-carried", period=str(state.return_period)), _STYLES["carried"])
    rows += [
        [f"  {m.member}", *_sent(m, state.due, texts), "", (m.file or "").removeprefix(here)] for m in state.members
    ]
    return rows


def _sent(state: UnitState | MemberState, due: dt.date, texts: Messages) -> list[Part]:
    """Status with the days it is late by, day received, version."""
    word = texts(f"submission-{state.status}")
    if state.status == "late" and state.received is not None:
        word = texts("returns-late", days=(state.received - due).days)
    received = state.received.isoformat() if state.received else "—"
    return [(word, _STYLES[state.status]), received, "—" if state.version is None else str(state.version)]


def _show_aside(screen: Screen, files: Sequence[Filed]) -> None:
    """The files that do not count, each with the reason; nothing where all count."""
    texts = screen.texts
    aside = [each for each in files if not each.counts]
    if aside:
        screen.heading(texts("returns-aside", n=len(aside)))
    for each in aside:
        screen.line((each.submission.file, "bold"), f"  {why(each, texts)}", indent=2, hanging=2)


def show_grid(assessment: Assessment, texts: Messages, units: frozenset[str] | None) -> None:
    """Units down, periods across, the status in each; then the files that do not count."""
    screen = open_screen(texts)
    shown = narrowed(assessment, units)
    periods = periods_shown(assessment)
    names = [texts.words(state.unit.name) for state in shown.units]
    columns = [_column(assessment, period, screen, shown.units) for period in periods]
    widest = max((screen.cells(*cell) for column in columns for cell in column), default=0)
    room = screen.width - min(_NAME, max(map(screen.cells, names), default=0))
    most = max(1, room // (max(widest, len(str(assessment.period))) + 2))
    most = -(-len(periods) // -(-len(periods) // most))
    for start in range(0, len(periods), most):
        if start:
            screen.blank()
        heads = [Column(texts("returns-unit"), "left", 10), *(Column(str(p)) for p in periods[start : start + most])]
        rows: list[list[Cell]] = [
            [name, *(column[i] for column in columns[start : start + most])] for i, name in enumerate(names)
        ]
        screen.table(heads, rows)
    _show_aside(screen, filed(assessment, periods, units))


def _column(assessment: Assessment, period: Period, screen: Screen, rows: Sequence[UnitState]) -> list[list[Part]]:
    """One period's cells: on time, late by how many days, in part, out, or sent but not to be used."""
    texts = screen.texts
    states = {state.unit.id: state for state in reporting(assessment.measure, period)}
    came = {each.submission.unit for each in filed(assessment, [period]) if not each.counts and each.submission.periods}
    cells: list[list[Part]] = []
    for row in rows:
        state = states[row.unit.id]
        out = state.status in {"missing", "carried"}
        word = texts("returns-unusable") if out and row.unit.id in came else texts(f"submission-{state.status}")
        if state.status == "late" and state.received is not None:
            word = texts("returns-late", days=(state.received - state.due).days)
        cells.append([(word, _STYLES[state.status])])
    return cells
