"""Who has reported, on the screen: one period in detail, or all periods as a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.findings import Severity
from mdj_plan.measure.reporting import reporting
from mdj_plan.reports.screen import Column, Part, Screen, open_screen
from mdj_plan.reports.views import periods_shown

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment
    from mdj_plan.intake.submission import Submission
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.messages import Messages

_STYLES = {"received": "green", "late": "yellow", "partial": "yellow", "carried": "red", "missing": "bold red"}


def show_returns(assessment: Assessment, texts: Messages, units: frozenset[str] | None) -> None:
    """One line per unit and member: status, received, version, facilities, file; then files that do not count."""
    screen = open_screen(texts)
    period, expected = str(assessment.period), len(assessment.units)
    due = assessment.units[0].due.isoformat() if assessment.units else ""
    screen.line(
        (texts("returns-head", period=period, received=assessment.received, expected=expected, due=due), "bold")
    )
    heads = ("unit", "status", "received", "version", "facilities")
    columns = [Column(texts(f"returns-{head}")) for head in heads] + [Column(texts("returns-file"), "left", 20)]
    rows: list[list[Part]] = []
    for state in assessment.units:
        if units is None or state.unit.id in units:
            rows += _rows(state, texts)
    screen.table(columns, rows)
    _not_counting(screen, assessment, units)


def _rows(state: UnitState, texts: Messages) -> list[list[Part]]:
    word = texts(f"submission-{state.status}")
    if state.status == "carried":
        word += f" {state.return_period}"
    received = state.received.isoformat() if state.received else ""
    if state.status == "late" and state.received:
        received += f" (+{(state.received - state.due).days})"
    name, style = texts.words(state.unit.words), _STYLES[state.status]
    count = "" if state.facilities is None else str(state.facilities)
    rows: list[list[Part]] = [[name, (word, style), received, str(state.version or ""), count, state.file or ""]]
    for member in state.members:
        said = texts(f"submission-{member.status}")
        day = member.received.isoformat() if member.received else ""
        rows.append(
            [
                f"  {member.member}",
                (said, _STYLES[member.status]),
                day,
                str(member.version or ""),
                "",
                member.file or "",
            ]
        )
    return rows


def _not_counting(screen: Screen, assessment: Assessment, units: frozenset[str] | None) -> None:
    """Files of the period that do not count: superseded versions, and those with a finding that says why."""
    archive, texts = assessment.archive, screen.texts
    for submission in archive.submissions:
        if assessment.period not in submission.periods or (units is not None and submission.unit not in units):
            continue
        if submission.file in archive.superseded:
            screen.line(texts("returns-superseded", file=submission.file), indent=2, hanging=2)
        elif not submission.readable:
            why = _why(submission, texts)
            screen.line(texts("returns-not-counting", file=submission.file, why=why), indent=2, hanging=2)


def _why(submission: Submission, texts: Messages) -> str:
    worst = next((f for f in submission.findings if f.severity is Severity.ERROR), None)
    return f"{worst.code} {texts.message(worst)}" if worst else ""


def show_grid(assessment: Assessment, texts: Messages, units: frozenset[str] | None) -> None:
    """Units down, periods across, the status in each."""
    screen = open_screen(texts)
    periods = periods_shown(assessment)
    most = max(1, (screen.width - 22) // 10)
    for start in range(0, len(periods), most):
        block = periods[start : start + most]
        states = [{s.unit.id: s for s in reporting(assessment.measure, period)} for period in block]
        columns = [Column(texts("returns-unit")), *(Column(str(period)) for period in block)]
        rows: list[list[Part]] = []
        for unit in assessment.plan.participants:
            if units is None or unit.id in units:
                cells: list[Part] = [texts.words(unit.words)]
                for by_unit in states:
                    status = by_unit[unit.id].status
                    cells.append((texts(f"submission-{status}"), _STYLES[status]))
                rows.append(cells)
        screen.table(columns, rows)
        screen.blank()
