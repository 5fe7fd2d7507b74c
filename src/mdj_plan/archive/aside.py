"""Every file of a period and what became of it: it counts, a later version took its place, or why it cannot count.

Contract 2, "Which return counts".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.findings import Severity
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.archive.holdings import Archive
    from mdj_plan.archive.ledger import Ledger
    from mdj_plan.findings import Finding
    from mdj_plan.intake.submission import Submission
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan


class Filed(NamedTuple):
    """One file on record. `taken_by` is the version that counts in its place; `worst` the first error that keeps it
    from counting; `outside` says that its unit stands outside the plan. All blank where it counts.
    """

    submission: Submission
    counts: bool
    taken_by: str | None
    worst: Finding | None
    outside: bool


def filed(
    plan: Plan, archive: Archive, ledger: Ledger, periods: Iterable[Period], units: frozenset[str] | None = None
) -> tuple[Filed, ...]:
    """The files of some periods and of some units (None: all), in order of path.

    A file whose period nobody can tell belongs to every period, lest it be overlooked.
    """
    wanted = set(periods)
    counting = {ret.submission.file for by_period in ledger.returns.values() for ret in by_period.values()}
    return tuple(
        _filed(plan, archive, submission, counts=submission.file in counting)
        for submission in archive.submissions
        if (wanted & submission.periods or not submission.periods) and (units is None or submission.unit in units)
    )


def _filed(plan: Plan, archive: Archive, s: Submission, *, counts: bool) -> Filed:
    if counts:
        return Filed(s, counts=True, taken_by=None, worst=None, outside=False)
    taken_by = None
    if s.file in archive.superseded and s.unit is not None and s.period is not None:
        taken_by = archive.counting[s.unit, s.member][s.period].file
    worst = next((finding for finding in s.findings if finding.severity is Severity.ERROR), None)
    return Filed(s, counts=False, taken_by=taken_by, worst=worst, outside=s.unit in plan.outside)
