"""The files that do not count, and why (contract 2, "Which return counts")."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.findings import Severity

if TYPE_CHECKING:
    from mdj_plan.archive.holdings import Archive
    from mdj_plan.findings import Finding
    from mdj_plan.intake.submission import Submission
    from mdj_plan.period import Period


class SetAside(NamedTuple):
    """A file of the period that does not count: a later version took its place, or its gravest finding says why."""

    submission: Submission
    superseded: bool
    worst: Finding | None


def not_counting(archive: Archive, period: Period) -> tuple[SetAside, ...]:
    """The files of a period that do not count, in order of path."""
    found = []
    for submission in archive.submissions:
        if period not in submission.periods:
            continue
        if submission.file in archive.superseded:
            found.append(SetAside(submission, superseded=True, worst=None))
        elif not submission.readable:
            worst = next((f for f in submission.findings if f.severity is Severity.ERROR), None)
            found.append(SetAside(submission, superseded=False, worst=worst))
    return tuple(found)
