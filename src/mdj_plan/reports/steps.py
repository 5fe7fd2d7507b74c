"""What comes next after a run: whom to chase, what to decide, which returns to send back, which figure to look at."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mdj_plan.findings import Severity
from mdj_plan.measure.counts import gravest
from mdj_plan.records import NamedTuple
from mdj_plan.reports.views import by_file, is_plans

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
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
    """What comes next but calling those who are out (`tables.calls`); a unit stands in one of the first two at most.

    `choose`: (unit id, files) of which one must be chosen.
    `gravest`: the gap in the plan's gravest band with the greatest lag, None where nobody is behind; `as_grave` counts
    those of the same status.
    """

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
    late = gravest(assessment.behind)
    return Steps(
        choose=tuple((unit, tuple(files)) for unit, files in rivals.items()),
        mend=_mend(assessment, {file for files in rivals.values() for file in files}),
        gravest=late[0] if late else None,
        as_grave=len(late),
    )


def _is_wrong_return(group: FileFindings) -> bool:
    """Whether findings are about a return, and one of them is an error."""
    return bool(group.file and group.counts[Severity.ERROR]) and not is_plans(group)


def _mend(assessment: Assessment, rivals: set[str]) -> tuple[Mend, ...]:
    found = []
    for group in by_file(assessment):
        if not _is_wrong_return(group) or group.file in rivals:
            continue
        errors = (f for f in group.findings if f.severity is Severity.ERROR)
        unread = next((f for f in errors if f.code in _NOT_READ), None)
        if unread is None or unread.variant != "denied":  # a file that may not be opened is for the office to mend
            found.append(Mend(group, unread))
    return tuple(found)
