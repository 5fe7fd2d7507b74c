"""Who has reported what, as rows for scripts: what `status --format json` and `csv` print."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mdj_plan.reports import views
from mdj_plan.reports.data.csvtext import as_csv
from mdj_plan.reports.data.jsontext import SCHEMA_VERSION
from mdj_plan.reports.data.submissions import pending_rows, submission_row
from mdj_plan.reports.filed import filed_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.messages import Messages
    from mdj_plan.period import Period
    from mdj_plan.reports.data.jsontext import Row

_FROM_RETURN = ("period", "status", "due", "return_period", "received", "version", "file", "facilities")


def returns_json(a: Assessment, texts: Messages, units: frozenset[str] | None, *, all_periods: bool) -> str:
    """One row a unit and period, then every file, then what came and is not settled."""
    periods = _periods(a, all_periods=all_periods)
    states = _states(a, periods, units)
    document = {
        "schema_version": SCHEMA_VERSION,
        "period": str(a.period),
        "submissions": [submission_row(state, texts) for state in states],
        "files": [filed_row(each, texts) for each in a.filed(periods, units)],
        "pending": [row for state in states for row in pending_rows(state)],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def returns_csv(a: Assessment, texts: Messages, units: frozenset[str] | None, *, all_periods: bool) -> str:
    """One row a unit and period, and below it one each member that reports singly."""
    states = _states(a, _periods(a, all_periods=all_periods), units)
    lines = [line for state in states for line in _lines(submission_row(state, texts))]
    return as_csv(("unit", "unit_name", "member", *_FROM_RETURN), lines)


def _periods(a: Assessment, *, all_periods: bool) -> tuple[Period, ...]:
    return views.periods_shown(a) if all_periods else (a.period,)


def _states(a: Assessment, periods: tuple[Period, ...], units: frozenset[str] | None) -> list[UnitState]:
    every = (state for period in periods for state in a.units_at(period))
    return [state for state in every if units is None or state.unit.id in units]


def _lines(row: Row) -> Iterator[dict[str, Any]]:
    """A unit's line, then its members'; what is the unit's alone is blank in theirs."""
    yield row | {"member": None}
    for member in row["members"]:
        yield row | {"return_period": None, "facilities": None} | member
