"""Targets as rows: the figures of each, exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.data.csvtext import as_csv
from mdj_plan.reports.figures import json_number
from mdj_plan.reports.narrowed import narrowed

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.messages import Messages
    from mdj_plan.reports.data.jsontext import Row


def gap_row(gap: Gap, texts: Messages) -> Row:
    """One row per target; figures in the indicator's measure unit, attainment a ratio, lag in percentage points."""
    return {
        "scope": gap.scope,
        "unit": gap.unit.id if gap.unit else None,
        "unit_name": texts.words(gap.unit.name) if gap.unit else texts("city"),
        "indicator": gap.indicator.id,
        "indicator_name": texts.words(gap.indicator.name),
        "measure_unit": gap.indicator.unit.in_language("zh"),
        "baseline": json_number(gap.target.baseline),
        "target": json_number(gap.target.value),
        "due": str(gap.target.due),
        "actual": json_number(gap.actual),
        "actual_reported": json_number(gap.actual_reported),
        "gap": json_number(gap.gap),
        "attainment": json_number(gap.attainment),
        "schedule": json_number(gap.schedule),
        "lag_points": json_number(gap.lag_points),
        "status": gap.status,
        "previous_status": gap.previous_status,
        "recovered": gap.recovered,
        "needed_per_quarter": json_number(gap.needed_per_quarter),
        "forecast": json_number(gap.forecast),
        "reporting": gap.reporting,
        "incomplete": gap.incomplete,
        "clause": gap.target.clause,
        "target_original": json_number(gap.original.value),
        "attainment_original": json_number(gap.attainment_original),
        "revised_from": str(gap.revised_from) if gap.revised_from else None,
    }


def gaps_csv(assessment: Assessment, texts: Messages, *, units: frozenset[str] | None = None) -> str:
    """The gap rows as CSV: UTF-8 with BOM, CRLF, nothing that a spreadsheet could run."""
    rows = [gap_row(gap, texts) for gap in narrowed(assessment, units).gaps]
    names = list(gap_row(assessment.gaps[0], texts)) if assessment.gaps else []
    return as_csv(names, rows)
