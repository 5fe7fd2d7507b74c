"""What comes next after a run: whom to chase, what to decide, which returns to send back, which figure to look at."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.findings import Severity
from mdj_plan.reports.views import behind, by_file, is_plans

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment
    from mdj_plan.findings import Finding
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.reports.views import FileFindings

_NOT_READ = frozenset({"F101", "F102", "F103", "F104", "F105", "F107", "L101"})
"""Errors of a file in which no table was read, so that no cell of it can be marked."""


class Mend(NamedTuple):
    """A return with errors: to be marked and corrected, or, where nothing could be read of it (`unread`), sent anew."""

    group: FileFindings
    unread: Finding | None


class Steps(NamedTuple):
    """A unit stands in one of the first three at most, for one period.

    `chase`: (unit id, member or "") from whom nothing came. `choose`: (unit id, files) of which one must be chosen.
    `gravest`: the gap in the plan's gravest band with the greatest lag, None where nobody is behind; `as_grave` counts
    those of the same status.
    """

    chase: tuple[tuple[str, str], ...]
    choose: tuple[tuple[str, tuple[str, ...]], ...]
    mend: tuple[Mend, ...]
    gravest: Gap | None
    as_grave: int


def steps(assessment: Assessment) -> Steps:
    """The steps after a run, in the order of its findings."""
    rivals: dict[str, list[str]] = defaultdict(list)
    for finding in assessment.findings:
        if finding.code == "S103" and finding.at.file is not None:
            rivals[finding.unit or ""].append(finding.at.file)
    order = {unit.id: i for i, unit in enumerate(assessment.plan.participants)}
    out = [f for f in assessment.findings if f.code == "S101" and f.period == assessment.period]
    late = behind(assessment)
    return Steps(
        chase=tuple((f.unit or "", _member(f)) for f in sorted(out, key=lambda f: order.get(f.unit or "", 0))),
        choose=tuple((unit, tuple(files)) for unit, files in rivals.items()),
        mend=_mend(assessment, {file for files in rivals.values() for file in files}),
        gravest=late[0] if late else None,
        as_grave=sum(gap.status == late[0].status for gap in late) if late else 0,
    )


def _member(finding: Finding) -> str:
    member = dict(finding.args).get("member", "")
    return member if isinstance(member, str) else ""


def _mend(assessment: Assessment, rivals: set[str]) -> tuple[Mend, ...]:
    found = []
    for group in by_file(assessment.findings):
        if not group.file or group.file in rivals or is_plans(group) or not group.counts[Severity.ERROR]:
            continue
        errors = (f for f in group.findings if f.severity is Severity.ERROR)
        unread = next((f for f in errors if f.code in _NOT_READ), None)
        if unread is None or unread.variant != "denied":  # a file that may not be opened is for the office to mend
            found.append(Mend(group, unread))
    return tuple(found)
