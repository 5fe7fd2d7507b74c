"""The `Assessment` as JSON and CSV, for scripts (contract 3). Keys are always there; what is unknown is null."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mdj_plan import __version__
from mdj_plan.findings import Severity
from mdj_plan.plan.lint import lint, reconcile
from mdj_plan.reports.commands import accepting, typed
from mdj_plan.reports.figures import json_number
from mdj_plan.reports.published import closed_row, restatement_row
from mdj_plan.reports.views import narrowed
from mdj_plan.text import visible
from mdj_plan.trial import progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mdj_plan.archive.attempts import Attempt
    from mdj_plan.assess import Assessment, Overlap
    from mdj_plan.delivery import Outcome, Tally
    from mdj_plan.findings import Finding
    from mdj_plan.intake.claims import Value
    from mdj_plan.measure.actions import ActionState
    from mdj_plan.measure.candidates import Candidate, SetState
    from mdj_plan.measure.duties import DutyState
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.reporting import MemberState, UnitState
    from mdj_plan.measure.score import UnitScore
    from mdj_plan.messages import Messages
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan, Target
    from mdj_plan.trial import Trial

SCHEMA_VERSION = 1
Row = dict[str, Any]


def as_json(assessment: Assessment, texts: Messages, *, units: frozenset[str] | None = None) -> str:
    """The whole assessment as one JSON object, ending in a line break; `units` keeps only what is of those units."""
    return row_by_row(document(narrowed(assessment, units), texts))


def row_by_row(document: Row) -> str:
    """JSON with each row of a table on a line of its own: to be read, compared, and written fast."""

    def written(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def part(value: Any) -> str:
        if isinstance(value, list) and value:
            return "[\n  " + ",\n  ".join(map(written, value)) + "\n ]"
        return written(value)

    return "{\n " + ",\n ".join(f"{written(key)}: {part(value)}" for key, value in document.items()) + "\n}\n"


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
        "actions": [action_row(state, assessment, texts) for state in assessment.actions],
        "scores": [score_row(row, texts) for row in assessment.scores],
    }


def action_row(state: ActionState, assessment: Assessment, texts: Messages) -> Row:
    """One row each decision × unit (contract 6.1); `wanted` and `actual` in the indicator's measure unit."""
    action = state.action
    return {
        "id": action.id,
        "unit": action.unit,
        "unit_name": texts.words(assessment.plan.units[action.unit].name),
        "meeting": _day(action.meeting),
        "text": action.text,
        "due": action.due.isoformat(),
        "indicator": action.indicator,
        "wanted": json_number(state.wanted),
        "actual": json_number(state.actual),
        "status": state.status,
        "days_overdue": state.days_overdue,
        "completed": _day(action.completed),
        "progress": action.progress,
    }


def score_row(row: UnitScore, texts: Messages) -> Row:
    """One row per participating unit (contract 6.3)."""
    return {
        "unit": row.unit.id,
        "unit_name": texts.words(row.unit.name),
        "kind": row.unit.kind,
        "score": json_number(row.score),
        "rank": row.rank,
        "parts": [
            {
                "indicator": part.indicator.id,
                "weight": json_number(part.weight),
                "ratio": json_number(part.ratio),
                "points": json_number(part.points),
            }
            for part in row.parts
        ],
        "deductions": [
            {"what": each.what, "count": each.times, "points": json_number(each.points)} for each in row.deductions
        ],
    }


def candidate_row(row: Candidate, texts: Messages) -> Row:
    """One row a facility and set of criteria (contract 6.2)."""
    return {
        "criteria": row.criteria.id,
        "facility": row.facility.values.name,
        "kind": row.facility.values.kind,
        "level": row.facility.values.level,
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


def set_row(state: SetState, texts: Messages) -> Row:
    """One row a set of criteria in force."""
    return {
        "id": state.criteria.id,
        "name": texts.words(state.criteria.name),
        "document": state.criteria.document,
        "counts_for": state.criteria.counts_for,
        "wanted": json_number(state.wanted),
        "ready": state.ready,
    }


def candidates_json(assessment: Assessment, texts: Messages) -> str:
    """What `candidates --format json` prints."""
    return row_by_row(
        {
            **head(assessment, texts),
            "sets": [set_row(state, texts) for state in assessment.candidates.sets],
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


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


ACTION_COLUMNS = (
    *("id", "unit", "unit_name", "meeting", "text", "due", "indicator", "wanted", "actual", "status", "days_overdue"),
    *("completed", "progress"),
)


def actions_json(assessment: Assessment, texts: Messages) -> str:
    """What `actions --format json` prints."""
    return row_by_row(
        {
            **head(assessment, texts),
            "on": assessment.on.isoformat(),
            "rows": [action_row(state, assessment, texts) for state in assessment.actions],
        }
    )


def actions_csv(assessment: Assessment, texts: Messages) -> str:
    """What `actions --format csv` prints."""
    return as_csv(ACTION_COLUMNS, [action_row(state, assessment, texts) for state in assessment.actions])


def head(assessment: Assessment, texts: Messages) -> Row:
    """What every result for scripts begins with: schema, tool, plan and period."""
    stated = assessment.plan.file.plan
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "mdj-plan", "version": __version__},
        "plan": {"id": stated.id, "title": texts.words(stated.title), "document": stated.document},
        "period": str(assessment.period),
    }


def gap_row(gap: Gap, texts: Messages) -> Row:
    """One row per target; figures in the indicator's measure unit, attainment a ratio, lag in percentage points."""
    return {
        "scope": gap.scope,
        "unit": gap.unit.id if gap.unit else None,
        "unit_name": texts.words(gap.unit.name) if gap.unit else texts("city"),
        "indicator": gap.indicator.id,
        "indicator_name": texts.words(gap.indicator.name),
        "measure_unit": texts.words(gap.indicator.unit),
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


def duty_row(state: DutyState) -> Row:
    """One row per duty."""
    return {
        "unit": state.unit.id,
        "duty": state.duty.id,
        "status": state.status,
        "progress_total": json_number(state.progress_total),
        "clause": state.duty.clause,
    }


def submission_row(state: UnitState, texts: Messages) -> Row:
    """One row per participating unit: what it has sent for the period."""
    return {
        "unit": state.unit.id,
        "unit_name": texts.words(state.unit.name),
        "period": str(state.period),
        "status": state.status,
        "due": state.due.isoformat(),
        "return_period": str(state.return_period) if state.return_period else None,
        "received": state.received.isoformat() if state.received else None,
        "version": state.version,
        "file": state.file,
        "facilities": state.facilities,
        "members": [_member_row(member) for member in state.members],
        "first_received": state.first_received.isoformat() if state.first_received else None,
        "attempts": [_attempt_row(attempt) for attempt in state.attempts],
        "contact": {"author": state.contact.author, "phone": state.contact.phone} if state.contact else None,
    }


def _attempt_row(attempt: Attempt) -> Row:
    """One attempt to report, by its receipt."""
    return {
        "received": attempt.received.isoformat(),
        "state": attempt.state,
        "errors": attempt.errors,
        "warnings": attempt.warnings,
        "original_name": attempt.original_name,
        "member": attempt.member,
    }


def _member_row(member: MemberState) -> Row:
    return {
        "member": member.member,
        "status": member.status,
        "received": member.received.isoformat() if member.received else None,
        "version": member.version,
        "file": member.file,
    }


def overlap_row(overlap: Overlap) -> Row:
    """One row per operating facility that several units claim."""
    values = overlap.facility.values
    return {
        "name": values.name,
        "kind": values.kind,
        "claimed_by": list(overlap.claimed_by),
        "credited_to": list(overlap.credited_to),
    }


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


def summary(assessment: Assessment) -> Row:
    """Counts: returns expected and received, findings by severity, targets by status and scope, rules not run."""
    statuses = Counter(gap.status for gap in assessment.gaps)
    return {
        "returns_expected": len(assessment.units),
        "returns_received": assessment.received,
        "findings": {severity.value: assessment.count(severity) for severity in Severity},
        "accepted": len(assessment.accepted),
        "statuses": dict(sorted(statuses.items())),
        "recovered": sum(gap.recovered for gap in assessment.gaps),
        "skipped": [{"unit": s.unit, "rules": list(s.codes), "reason": s.reason} for s in assessment.skipped],
    }


def gaps_csv(assessment: Assessment, texts: Messages, *, units: frozenset[str] | None = None) -> str:
    """The gap rows as CSV: UTF-8 with BOM, CRLF, nothing that a spreadsheet could run."""
    rows = [gap_row(gap, texts) for gap in narrowed(assessment, units).gaps]
    names = list(gap_row(assessment.gaps[0], texts)) if assessment.gaps else []
    return as_csv(names, rows)


def as_csv(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV text: UTF-8 BOM, CRLF; blank for null; text that could run as a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_csv_cell(row[name]) for name in names])
    return "\ufeff" + out.getvalue()


def _csv_cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return value
    return harmless(visible(str(value)))


def harmless(text: str) -> str:
    """Text that a spreadsheet would take for a formula, with an apostrophe before it."""
    return "'" + text if text[:1] in {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} else text


def validation_json(judged: Iterable[tuple[Trial, Trial | None]], texts: Messages) -> str:
    """What `validate --format json` prints: one entry per file, with its findings; `compared` with a former version."""
    files = [_trial_row(trial, former, texts) for trial, former in judged]
    return json.dumps({"schema_version": SCHEMA_VERSION, "files": files}, ensure_ascii=False, indent=1) + "\n"


def _trial_row(trial: Trial, former: Trial | None, texts: Messages) -> Row:
    s = trial.submission
    return {
        "file": s.file,
        "unit": s.unit,
        "period": str(s.period) if s.period else None,
        "version": s.version,
        "facilities": trial.facilities,
        "findings": [finding_row(finding, texts) for finding in trial.findings],
        "compared": compared_row(trial, former) if former is not None else None,
    }


def compared_row(trial: Trial, former: Trial) -> Row:
    """A return against its former version: how many findings are fixed, still open and new, and every change."""
    since = progress(trial, former)
    changes = trial.comparison.changes if trial.comparison is not None else ()
    return {
        "version": former.submission.version,
        "fixed": len(since.fixed),
        "open": len(since.still_open),
        "new": len(since.new),
        "changes": [
            {
                "facility": change.facility,
                "field": change.field,
                "before": _plain_value(change.before),
                "after": _plain_value(change.after),
                "cell": change.at.cell,
            }
            for change in changes
        ],
    }


def _plain_value(value: Value) -> object:
    """A value of a return as JSON has it: numbers, else text; several words as a list."""
    if isinstance(value, Decimal):
        return json_number(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def delivery_json(outcomes: Iterable[Outcome], tally: Tally, texts: Messages) -> str:
    """What `receive --format json` prints: what became of each file, and the office's tally."""
    files = []
    for outcome in outcomes:
        row: Row = {"file": outcome.read.handed.shown, "verdict": outcome.verdict.value}
        row |= {"place": outcome.place or None, "filed_version": outcome.version}
        if outcome.trial is not None:
            row |= _trial_row(outcome.trial, outcome.former, texts) | {"file": outcome.read.handed.shown}
        files.append(row)
    told = {
        "period": str(tally.period) if tally.period else None,
        "counts": {verdict.value: tally.counts[verdict] for verdict in tally.counts},
        "silent": [texts.words(name) for name in tally.silent],
        "returned": [texts.words(name) for name in tally.returned],
    }
    document = {"schema_version": SCHEMA_VERSION, "files": files, "tally": told}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


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


def findings_csv(findings: Iterable[Finding], texts: Messages) -> str:
    """One row per finding; `accepted` is the period until which it is, and the reason."""
    return as_csv(FINDING_COLUMNS, [finding_row(f, texts) | {"accepted": _accepted_text(f)} for f in findings])


def _accepted_text(finding: Finding) -> str | None:
    return None if finding.accepted is None else f"{finding.accepted.until} {finding.accepted.reason}"


def plan_csv(plan: Plan, texts: Messages) -> str:
    """What `plan --format csv` prints: one row per city target and quota; milestones as 2017Q4=2, separated by ;."""
    rows = []
    for target in plan.owed:
        name = texts("city") if target.unit is None else texts.words(plan.units[target.unit].name)
        promise = _promise(target)
        dated = "; ".join(f"{period}={value}" for period, value in promise["milestones"].items())
        rows.append(promise | {"unit_name": name, "milestones": dated})
    return as_csv(("unit", "unit_name", *(name for name in _PROMISED if name != "unit")), rows)


_PROMISED = ("unit", "indicator", "target", "baseline", "milestones", "due", "clause", "note")


def _promise(target: Target) -> Row:
    return {
        "unit": target.unit,
        "indicator": target.indicator,
        "target": json_number(target.value),
        "baseline": json_number(target.baseline),
        "milestones": {str(period): json_number(value) for period, value in target.milestones},
        "due": str(target.due),
        "clause": target.clause,
        "note": target.note,
    }


def plan_json(plan: Plan, texts: Messages) -> str:
    """What `plan --format json` prints: targets and quotas, duties, the reconciliation, and the P findings."""
    owed = [_promise(target) for target in plan.owed]
    sums = [
        {
            "indicator": row.target.indicator,
            "target": json_number(row.target.value),
            "allocated": json_number(row.allocated),
            "if_all": json_number(row.if_all),
        }
        for row in reconcile(plan)
    ]
    document = {
        "schema_version": SCHEMA_VERSION,
        "plan": {
            "id": plan.file.plan.id,
            "title": texts.words(plan.file.plan.title),
            "document": plan.file.plan.document,
            "start": str(plan.start),
            "end": str(plan.end),
        },
        "targets": owed,
        "outside": [{"unit": u.id, "note": u.note} for u in plan.units.values() if not u.participates],
        "bands": [
            {
                "status": band.status,
                "from": json_number(band.from_),
                "over": json_number(band.over),
                "colour": band.colour,
            }
            for band in plan.file.bands
        ],
        "duties": [{"unit": d.unit, "duty": d.id, "measure": d.measure, "clause": d.clause} for d in plan.duties],
        "reconciliation": sums,
        "findings": [finding_row(finding, texts) for finding in lint(plan)],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
