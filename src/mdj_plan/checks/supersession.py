"""S112: versions on file that took facilities or figures away, and returns that came after a later period's."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mdj_plan.archive.supersession import backwards, compared, doubtful, replaced
from mdj_plan.checks.check import Check
from mdj_plan.findings import Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from mdj_plan.checks.case import Case
    from mdj_plan.findings import Finding
    from mdj_plan.intake.submission import Submission
    from mdj_plan.period import Period


def supersession(case: Case) -> Iterator[Finding]:
    """S112, a warning once it is on file: what the version that counts lost of the one before; an old period late."""
    known = _first_days(case)
    for ret in case.fresh_returns:
        s = ret.submission
        before = replaced(case.archive, s)
        if before is not None:
            comparison = compared(case.plan, case.measure.identities, before, s)
            yield from doubtful(comparison, s, Severity.WARNING)
        after = _came_after(s, known.get(s.unit or "", ()))
        if after is not None:
            yield backwards(s, after, Severity.WARNING)


def _first_days(case: Case) -> Mapping[str, Sequence[tuple[Period, dt.date]]]:
    """For which later periods each unit has reported, and on which day first."""
    days: dict[str, list[tuple[Period, dt.date]]] = defaultdict(list)
    for ((unit, _), period), day in case.archive.first_received.items():
        if period > case.period:
            days[unit].append((period, day))
    return days


def _came_after(s: Submission, known: Sequence[tuple[Period, dt.date]]) -> Period | None:
    """The latest later period for which the unit had reported when the return came; None where there is none."""
    if s.received is None:
        return None
    return max((later for later, day in known if day < s.received), default=None)


RULES = (Check(("S112",), supersession, "return"),)
