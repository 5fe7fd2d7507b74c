"""Changes of facilities as rows, for scripts (contract 5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mdj_plan.reports.data.csvtext import as_csv
from mdj_plan.reports.data.jsontext import head, row_by_row
from mdj_plan.reports.figures import json_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.assess import Assessment
    from mdj_plan.measure.changes import Change, Total
    from mdj_plan.messages import Messages
    from mdj_plan.period import Period

Row = dict[str, Any]
COLUMNS = (
    *("event", "facility", "kind", "credited_to", "before", "after", "value", "document", "amount"),
    *("file", "sheet", "cell"),
)


def changes_json(a: Assessment, texts: Messages, since: Period, rows: Sequence[Change], totals: Sequence[Total]) -> str:
    """What `changes --format json` prints."""
    start = head(a, texts)
    period = start.pop("period")
    added = [
        {"unit": each.unit, "event": each.event, "count": each.times, "amount": json_number(each.amount)}
        for each in totals
    ]
    told = [change_row(change) for change in rows]
    return row_by_row({**start, "since": str(since), "period": period, "rows": told, "totals": added})


def changes_csv(rows: Sequence[Change]) -> str:
    """The rows as CSV; the units credited with spaces between them."""
    told = (change_row(change) for change in rows)
    return as_csv(COLUMNS, [row | {"credited_to": " ".join(row["credited_to"])} for row in told])


def change_row(change: Change) -> Row:
    """One row an event; the cell is that of the facility's name in its deciding claim."""
    values = change.facility.values
    at = change.facility.claims[0][1].at("name")
    return {
        "event": change.event,
        "facility": values.name,
        "kind": values.kind,
        "credited_to": list(change.facility.credited),
        "before": change.before,
        "after": change.after,
        "value": change.value,
        "document": change.document,
        "amount": json_number(change.amount),
        "file": at.file,
        "sheet": at.sheet,
        "cell": at.cell,
    }
