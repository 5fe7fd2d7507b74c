"""What every department owes: quotas with their figures, duties without a number, and those that owe neither."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mdj_plan.measure.duties import SILENT
from mdj_plan.reports.tables.columns import NUMBER, WHO
from mdj_plan.reports.tables.statuses import possible
from mdj_plan.reports.tables.table import ON_GLASS, ON_PAPER, Column, Row, Table
from mdj_plan.reports.tables.targets import ACTUAL, ATTAINMENT, NEEDED, STATUS, TARGET, mark_notes, target_rows
from mdj_plan.reports.tables.values import Amount, Joined, Status, said
from mdj_plan.reports.views import departments, source_cell
from mdj_plan.reports.wording import source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.intake.submission import DutyReport
    from mdj_plan.measure.duties import DutyState
    from mdj_plan.reports.tables.values import Text, Value

_COLOURS = {SILENT: "yellow", "done": "green"}


def _departments(a: Assessment) -> Iterator[Row]:
    for line in departments(a):
        for row in target_rows(a, line.gaps):
            yield row | {"evidence": row["known"], "clause": _source(row["clause"])}
        yield from map(duty_row, line.duties)
        if not line.gaps and not line.duties:
            yield {"unit": line.unit.id, "unit_name": line.unit.name, "clause": _source(line.unit.clause)}


def duty_row(state: DutyState) -> Row:
    """A duty with its status, its progress since the start, and what the return says of it; a unit that reports on it
    without a figure has not failed to report.
    """
    duty = state.duty
    name: Text = said("named-as", name=duty.name, more=duty.measure) if duty.measure else duty.name
    progress = Amount(state.progress_total, 2)
    told = [(text, place) for report in state.reports for text, place in _told(report)]
    return {
        "unit": state.unit.id,
        "unit_name": state.unit.name,
        "clause": _source(duty.clause),
        "owed": name,
        "actual": progress if state.status == SILENT else progress._replace(unknown="—"),
        "done": progress,
        "status": Status(state.status, said(f"duty-{state.status}"), _COLOURS.get(state.status, "plain")),
        "evidence": Joined(tuple(text for text, _ in told), by="joint-then"),
        "evidence_at": Joined(tuple(said("named-with", name=text, more=place) for text, place in told), by=""),
    }


def _source(clause: Value) -> Value:
    return source(clause) if isinstance(clause, str) else clause


def _told(report: DutyReport) -> Iterator[tuple[str, str]]:
    """What a return says of a duty, with the cell."""
    for field, text in (("evidence", report.evidence), ("remark", report.remark)):
        if text:
            at = report.origin.at(report.row, field)
            yield text, source_cell(at.file, at.sheet, at.cell)


_OWES = Column("owed", head="owes", least=20, most=48)
DEPARTMENTS = Table(
    "departments",
    (
        NUMBER,
        WHO,
        _OWES,
        TARGET,
        ACTUAL,
        Column("done", "standing", media=ON_GLASS),
        replace(ATTAINMENT, media=ON_PAPER),
        STATUS,
        replace(NEEDED, blank=""),
        Column("clause", "code", media=frozenset({"book", "page"}), blank="", least=12),
        Column("evidence", media=frozenset({"book"}), blank="", least=40),
        Column("evidence_at", head="evidence", media=frozenset({"page"}), blank=""),
    ),
    _departments,
    notes=lambda a, rows: mark_notes(a, (row.get("actual") for row in rows), ON_PAPER),
    states=possible,
)
DUTIES: Table[Assessment] = Table(
    "duties",
    (WHO, _OWES, Column("actual", "number", head="progress"), STATUS),
    lambda a: map(duty_row, a.duties),
    media=frozenset(),
)
