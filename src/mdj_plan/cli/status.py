"""`mdj-plan status`: who has reported what, when, on time or late, and which version counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mdj_plan.cli.options import Asked, Format
from mdj_plan.cli.output import put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages

ASKS = ("period", "unit", "format")


def status(
    asked: Asked, *, all_periods: Annotated[bool, typer.Option("--all-periods", help="status-all-periods")] = False
) -> int:
    """Show the returns of a period, or of all."""
    units = asked.units
    assessment = asked.assessed()
    if asked.format is Format.TABLE:
        from mdj_plan.reports.screen.returns import show_grid, show_returns

        show = show_grid if all_periods else show_returns
        show(assessment, asked.texts, units)
    else:
        as_json = asked.format is Format.JSON
        put(_data(assessment, asked.texts, units, all_periods=all_periods, as_json=as_json))
    return 0


def _data(
    assessment: Assessment, texts: Messages, units: frozenset[str] | None, *, all_periods: bool, as_json: bool
) -> str:
    from mdj_plan.measure.reporting import reporting
    from mdj_plan.reports import views
    from mdj_plan.reports.data.csvtext import as_csv
    from mdj_plan.reports.data.submissions import pending_rows, submission_row
    from mdj_plan.reports.filed import filed_row

    periods = views.periods_shown(assessment) if all_periods else (assessment.period,)
    states = [
        state
        for each in periods
        for state in reporting(assessment.measure, each)
        if units is None or state.unit.id in units
    ]
    rows = [submission_row(state, texts) for state in states]
    if as_json:
        files = [filed_row(each, texts) for each in assessment.filed(periods, units)]
        pending = [row for state in states for row in pending_rows(state)]
        return _document(assessment, submissions=rows, files=files, pending=pending)
    names = ("unit", "unit_name", "member", *_FROM_RETURN)
    return as_csv(names, [line for row in rows for line in _lines(row)])


def _document(assessment: Assessment, **rows: list[dict[str, Any]]) -> str:
    import json

    from mdj_plan.reports.data.jsontext import SCHEMA_VERSION

    head = {"schema_version": SCHEMA_VERSION, "period": str(assessment.period)}
    return json.dumps(head | rows, ensure_ascii=False, indent=1) + "\n"


_FROM_RETURN = ("period", "status", "due", "return_period", "received", "version", "file", "facilities")


def _lines(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A unit's line of the CSV, then its members'; what is the unit's alone is blank in theirs."""
    yield row | {"member": None}
    for member in row["members"]:
        yield row | {"return_period": None, "facilities": None} | member
