"""S112: versions on file that took facilities or figures away, and returns that came after a later period's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.archive.supersession import backwards, compared, doubtful, replaced
from mdj_plan.checks.check import Check
from mdj_plan.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.checks.case import Case
    from mdj_plan.findings import Finding
    from mdj_plan.intake.submission import Submission
    from mdj_plan.period import Period


def supersession(case: Case) -> Iterator[Finding]:
    """S112, a warning once it is on file: what the version that counts lost of the one before; an old period late."""
    for ret in case.fresh_returns:
        s = ret.submission
        before = replaced(case.archive, s)
        if before is not None:
            comparison = compared(case.plan, case.measure.identities, before, s)
            yield from doubtful(comparison, s, Severity.WARNING)
        after = _came_after(case, s)
        if after is not None:
            yield backwards(s, after, Severity.WARNING)


def _came_after(case: Case, s: Submission) -> Period | None:
    """The latest later period for which the unit had reported when the return came; None where there is none."""
    if s.received is None:
        return None
    known = case.archive.first_received.items()
    later = (p for ((unit, _), p), day in known if unit == s.unit and p > case.period and day < s.received)
    return max(later, default=None)


RULES = (Check(("S112",), supersession, "return"),)
