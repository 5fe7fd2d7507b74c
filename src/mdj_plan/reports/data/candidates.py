"""Candidates for a title as rows (contract 6.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.data.csvtext import as_csv
from mdj_plan.reports.data.jsontext import head, row_by_row
from mdj_plan.reports.figures import json_number
from mdj_plan.reports.tables.candidates import CRITERIA_SETS
from mdj_plan.reports.tables.rows import data_rows

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.candidates import Candidate
    from mdj_plan.messages import Messages
    from mdj_plan.reports.data.jsontext import Row


def candidates_json(assessment: Assessment, texts: Messages) -> str:
    """What `candidates --format json` prints."""
    return row_by_row(
        {
            **head(assessment, texts),
            "sets": data_rows(CRITERIA_SETS.of(assessment), texts),
            "rows": [candidate_row(row, texts) for row in assessment.candidates.rows],
        }
    )


def candidates_csv(assessment: Assessment, texts: Messages) -> str:
    """What `candidates --format csv` prints: one row a facility, set and criterion."""
    names = ("criteria", "facility", "kind", "level", "credited_to", "facility_verdict")
    details = ("id", "name", "value", "required", "verdict", "short_by")
    rows = []
    for each in assessment.candidates.rows:
        row = candidate_row(each, texts)
        common = row | {"credited_to": " ".join(row["credited_to"]), "facility_verdict": row["verdict"]}
        rows += [{**common, **detail} for detail in row["details"]]
    return as_csv((*names, *details), rows)


def candidate_row(row: Candidate, texts: Messages) -> Row:
    """One row a facility and set of criteria (contract 6.2)."""
    return {
        "criteria": row.criteria.id,
        "facility": row.facility.values.name,
        "kind": row.facility.values.kind,
        "level": row.facility.values.level or "none",
        "credited_to": list(row.facility.credited),
        "verdict": row.verdict,
        "met": row.count("met"),
        "lacking": row.count("lacking"),
        "unknown": row.count("unknown"),
        "details": [
            {
                "id": detail.criterion.id,
                "name": texts.words(detail.criterion.name),
                "value": json_number(detail.value),
                "required": json_number(detail.required),
                "verdict": detail.verdict,
                "short_by": json_number(detail.short_by),
            }
            for detail in row.details
        ],
    }
