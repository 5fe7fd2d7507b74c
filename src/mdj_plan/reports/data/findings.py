"""Findings as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.commands import accepting, typed
from mdj_plan.reports.data.csvtext import as_csv

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.findings import Finding
    from mdj_plan.messages import Messages
    from mdj_plan.period import Period
    from mdj_plan.reports.data.jsontext import Row

FINDING_COLUMNS = (
    "code",
    "rule",
    "severity",
    "unit",
    "period",
    "file",
    "sheet",
    "cell",
    "value",
    "message",
    "hint",
    "facility",
    "field",
    "accepted",
)


def finding_row(finding: Finding, texts: Messages, period: Period | None = None) -> Row:
    """One row per finding, its texts in the language of the run (at `period`); the hint says how it can be accepted."""
    return {
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "unit": finding.unit,
        "period": str(finding.period) if finding.period else None,
        "file": finding.at.file,
        "sheet": finding.at.sheet,
        "cell": finding.at.cell,
        "value": finding.value,
        "message": texts.message(finding),
        "hint": _hint(finding, texts, period),
        "facility": finding.facility,
        "field": finding.field,
        "accepted": _accepted_row(finding),
    }


def _hint(finding: Finding, texts: Messages, period: Period | None) -> str:
    words = accepting(finding, period)
    hint = texts.hint(finding)
    return texts("hint-or-accept", hint=hint, command=typed("mdj-plan", *words)) if words else hint


def _accepted_row(finding: Finding) -> Row | None:
    if finding.accepted is None:
        return None
    reason, by, until = finding.accepted
    return {"reason": reason, "by": by, "until": str(until)}


def findings_csv(findings: Iterable[Finding], texts: Messages) -> str:
    """One row per finding; `accepted` is the period until which it is, and the reason."""
    return as_csv(FINDING_COLUMNS, [finding_row(f, texts) | {"accepted": _accepted_text(f)} for f in findings])


def _accepted_text(finding: Finding) -> str | None:
    return None if finding.accepted is None else f"{finding.accepted.until} {finding.accepted.reason}"
