"""Every file of a period and what became of it: it counts, a later version took its place, or why it cannot count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mdj_plan.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.assess import Assessment
    from mdj_plan.findings import Finding
    from mdj_plan.intake.submission import Submission
    from mdj_plan.messages import Messages
    from mdj_plan.period import Period


class Filed(NamedTuple):
    """One file on record. `taken_by` is the version that counts in its place; `worst` the first error that keeps it
    from counting; `outside` says that its unit stands outside the plan. All blank where it counts.
    """

    submission: Submission
    counts: bool
    taken_by: str | None
    worst: Finding | None
    outside: bool


def filed(assessment: Assessment, periods: Iterable[Period], units: frozenset[str] | None = None) -> tuple[Filed, ...]:
    """The files of some periods and of some units (None: all), in order of path.

    A file whose period nobody can tell belongs to every period, lest it be overlooked.
    """
    wanted = set(periods)
    returns = assessment.measure.ledger.returns.values()
    counting = {ret.submission.file for by_period in returns for ret in by_period.values()}
    return tuple(
        _filed(assessment, submission, counts=submission.file in counting)
        for submission in assessment.archive.submissions
        if (wanted & submission.periods or not submission.periods) and (units is None or submission.unit in units)
    )


def _filed(assessment: Assessment, s: Submission, *, counts: bool) -> Filed:
    if counts:
        return Filed(s, counts=True, taken_by=None, worst=None, outside=False)
    taken_by = None
    if s.file in assessment.archive.superseded and s.unit is not None and s.period is not None:
        taken_by = assessment.archive.counting[s.unit, s.member][s.period].file
    worst = next((finding for finding in s.findings if finding.severity is Severity.ERROR), None)
    return Filed(s, counts=False, taken_by=taken_by, worst=worst, outside=s.unit in assessment.plan.outside)


def unusable(assessment: Assessment) -> frozenset[str]:
    """Ids of the units from which a file of the period came and none that counts, as one or from any member."""
    counting = {standing.unit for standing in assessment.measure.standings(assessment.period) if standing.fresh}
    came = {each.submission.unit for each in filed(assessment, [assessment.period]) if each.submission.periods}
    return frozenset(unit for unit in came if unit is not None) - counting


def why(each: Filed, texts: Messages) -> str:
    """Why a file does not count, in one line; "" where it does."""
    if each.outside:
        return f"S107 {texts.about('S107', 'title')}"
    if each.taken_by is not None:
        return texts("returns-superseded", by=each.taken_by)
    return f"{each.worst.code} {texts.message(each.worst)}" if each.worst else ""


def filed_row(each: Filed, texts: Messages) -> dict[str, Any]:
    """One row per file, for scripts; `reason` is the code that keeps it from counting."""
    s = each.submission
    return {
        "file": s.file,
        "unit": s.unit,
        "member": s.member,
        "period": str(s.period) if s.period else None,
        "version": s.version,
        "received": s.received.isoformat() if s.received else None,
        "counts": each.counts,
        "superseded_by": each.taken_by,
        "reason": "S107" if each.outside else each.worst.code if each.worst and not each.taken_by else None,
        "message": texts.message(each.worst) if each.worst and not each.taken_by and not each.outside else None,
        "sha256": s.sha256,
    }
