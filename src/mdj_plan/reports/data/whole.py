"""The whole assessment as one JSON object: what `check --format json` prints (contract 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.findings import Severity
from mdj_plan.reports.data.closed import closed_row, restatement_row
from mdj_plan.reports.data.duties import duty_row
from mdj_plan.reports.data.findings import finding_row
from mdj_plan.reports.data.gaps import gap_row
from mdj_plan.reports.data.jsontext import head, row_by_row
from mdj_plan.reports.data.overlaps import overlap_row
from mdj_plan.reports.data.scores import score_row
from mdj_plan.reports.data.submissions import submission_row
from mdj_plan.reports.narrowed import narrowed

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages
    from mdj_plan.reports.data.jsontext import Row


def as_json(assessment: Assessment, texts: Messages, *, units: frozenset[str] | None = None) -> str:
    """The whole assessment as one JSON object, ending in a line break; `units` keeps only what is of those units."""
    return row_by_row(document(narrowed(assessment, units), texts))


def document(assessment: Assessment, texts: Messages) -> Row:
    """The object that `check --format json` prints."""
    return {
        **head(assessment, texts),
        "as_of": str(assessment.as_of),
        "gaps": [gap_row(gap, texts) for gap in assessment.gaps],
        "duties": [duty_row(state) for state in assessment.duties],
        "submissions": [submission_row(state, texts) for state in assessment.units],
        "overlaps": [overlap_row(overlap) for overlap in assessment.overlaps],
        "findings": [finding_row(finding, texts, assessment.period) for finding in assessment.findings],
        "summary": summary(assessment),
        "closed": closed_row(assessment.closed),
        "restatements": [restatement_row(each, texts) for each in assessment.restatements],
        "actions": _actions(assessment, texts),
        "scores": [score_row(row, texts) for row in assessment.scores],
    }


def _actions(assessment: Assessment, texts: Messages) -> list[dict[str, object]]:
    """The decisions; where there are none the declaration of their table need not be loaded."""
    if not assessment.actions:
        return []
    from mdj_plan.reports.tables.actions import ACTIONS
    from mdj_plan.reports.tables.rows import data_rows

    return data_rows(ACTIONS.of(assessment), texts)


def summary(assessment: Assessment) -> Row:
    """Counts: returns expected and received, findings by severity, targets by status and scope, rules not run."""
    return {
        "returns_expected": len(assessment.units),
        "returns_received": assessment.received,
        "findings": {severity.value: assessment.count(severity) for severity in Severity},
        "accepted": len(assessment.accepted),
        "statuses": dict(sorted(assessment.statuses().items())),
        "recovered": len(assessment.recovered),
        "skipped": [{"unit": s.unit, "rules": list(s.codes), "reason": s.reason} for s in assessment.skipped],
    }
