"""Decisions of the joint meeting as rows (contract 6.1): the declared table, figures in the measure units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.data.csvtext import as_csv
from mdj_plan.reports.data.jsontext import head, row_by_row
from mdj_plan.reports.tables.actions import ACTIONS
from mdj_plan.reports.tables.rows import data_keys, data_rows

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages


def actions_json(assessment: Assessment, texts: Messages) -> str:
    """What `actions --format json` prints: one row each decision and unit."""
    rows = data_rows(ACTIONS.of(assessment), texts)
    return row_by_row({**head(assessment, texts), "on": assessment.on.isoformat(), "rows": rows})


def actions_csv(assessment: Assessment, texts: Messages) -> str:
    """What `actions --format csv` prints."""
    table = ACTIONS.of(assessment)
    return as_csv(data_keys(table), data_rows(table, texts))
