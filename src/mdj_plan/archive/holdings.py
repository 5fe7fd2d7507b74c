"""The archive: every return on file, and which of them counts for whom and when (contract 1 and 2).

Of several versions the highest that can count does; two files of the same unit, member, period and version are an
error and neither counts.
"""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.archive.admission import admitted
from mdj_plan.archive.inbox import handed_over
from mdj_plan.archive.receipts import read_receipts
from mdj_plan.findings import Location, finding
from mdj_plan.names import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mdj_plan.archive.receipts import Receipt
    from mdj_plan.intake.submission import Submission
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan
    from mdj_plan.readings.desk import Desk

By = tuple[str, str | None]
"""A reporter: unit id and member (None: the unit as one)."""


class Archive(NamedTuple):
    """All returns on file. `counting` holds, by reporter, the return that counts for each period; `submissions`
    every file in order of path, `superseded` the paths of versions that a later one replaced.
    """

    submissions: tuple[Submission, ...] = ()
    counting: Mapping[By, Mapping[Period, Submission]] = MappingProxyType({})
    superseded: frozenset[str] = frozenset()

    def periods(self) -> tuple[Period, ...]:
        """Every period that some file names, in order of time."""
        return tuple(sorted({period for s in self.submissions for period in s.periods}))


def read_archive(plan: Plan, desk: Desk) -> Archive:
    """Read every return on file. Raises OSError when the folder cannot be read, PlanError for unusable receipts."""
    receipts = read_receipts(plan.receipts)
    read = desk.read(list(handed_over([plan.submissions])), str(plan.submissions))
    return file_away(admitted(_received(each, receipts.get(each.file))) for each in read)


def _received(submission: Submission, receipt: Receipt | None) -> Submission:
    """The return with its receipt's date, and S108 where the bytes are no longer those received."""
    if receipt is None:
        return submission
    findings = submission.findings
    if receipt.sha256 and submission.sha256 and receipt.sha256 != submission.sha256:
        changed = finding("S108", Location(submission.file), unit=submission.unit, period=submission.period)
        findings = (*findings, changed)
    return submission._replace(received=receipt.received_at.date(), findings=findings)


def file_away(submissions: Iterable[Submission]) -> Archive:
    """Decide which returns count. Adds S103 to files that stand beside one of the same version."""
    found = list(submissions)
    rivals = _rivals(found)
    judged = [_rivalled(s, rivals[s.file]) if s.file in rivals else s for s in found]
    counting: dict[By, dict[Period, Submission]] = defaultdict(dict)
    superseded = set()
    for submission in sorted((s for s in judged if s.readable), key=lambda s: s.version):
        if submission.unit is None or submission.period is None:
            continue
        versions = counting[submission.unit, submission.member]
        before = versions.get(submission.period)
        if before is not None:
            superseded.add(before.file)
        versions[submission.period] = submission
    superseded |= _outdone(judged, counting)
    return Archive(tuple(judged), dict(counting), frozenset(superseded))


def _outdone(judged: Iterable[Submission], counting: Mapping[By, Mapping[Period, Submission]]) -> set[str]:
    """Files that cannot count, of a version below the one that does."""
    outdone = set()
    for s in judged:
        if s.unit is None or s.period is None or s.readable:
            continue
        best = counting.get((s.unit, s.member), {}).get(s.period)
        if best is not None and best.version > s.version:
            outdone.add(s.file)
    return outdone


def _rivals(found: Iterable[Submission]) -> dict[str, list[str]]:
    """Files of the same unit, member, period and version, each with the others; and members' beside a whole return."""
    groups: dict[tuple[str, str | None, Period, int], list[Submission]] = defaultdict(list)
    for s in found:
        if s.unit is not None and s.period is not None and s.readable:
            groups[s.unit, s.member, s.period, s.version].append(s)
    rivals = {s.file: [o.file for o in group if o is not s] for group in groups.values() for s in group if group[1:]}
    whole = {(u, p): group[0].file for (u, m, p, _), group in groups.items() if m is None and not group[1:]}
    for (unit, member, period, _), group in groups.items():
        if member is not None and (unit, period) in whole:
            for s in group:
                rivals.setdefault(s.file, []).append(whole[unit, period])
    return rivals


def _rivalled(submission: Submission, others: list[str]) -> Submission:
    raised = finding(
        "S103",
        Location(submission.file),
        unit=submission.unit,
        period=submission.period,
        args={"others": listed(others), "version": str(submission.version)},
    )
    return submission._replace(readable=False, findings=(*submission.findings, raised))
