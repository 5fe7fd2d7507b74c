"""Changes of facilities as rows, for scripts (contract 5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.data.csvtext import as_csv
from mdj_plan.reports.data.jsontext import head, row_by_row
from mdj_plan.reports.figures import json_number
from mdj_plan.reports.tables.changes import CHANGES
from mdj_plan.reports.tables.rows import data_keys, data_rows, flat_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.changes import Total
    from mdj_plan.messages import Messages


def changes_json(a: Assessment, texts: Messages, totals: Sequence[Total]) -> str:
    """What `changes --format json` prints."""
    start = head(a, texts)
    period = start.pop("period")
    added = [
        {"unit": each.unit, "event": each.event, "count": each.times, "amount": json_number(each.amount)}
        for each in totals
    ]
    rows = data_rows(CHANGES.of(a), texts)
    return row_by_row({**start, "since": str(a.changes.since), "period": period, "rows": rows, "totals": added})


def changes_csv(a: Assessment, texts: Messages) -> str:
    """The rows as CSV; the units credited with spaces between them."""
    table = CHANGES.of(a)
    return as_csv(data_keys(table), flat_rows(table, texts))
