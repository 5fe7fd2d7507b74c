"""The archive: every return on file, and which of them counts for whom and when (contract 1 and 2).

Of several versions the highest that can count does; two files of the same unit, member, period and version are an
error and neither counts.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING

from mdj_plan.archive.admission import admitted
from mdj_plan.archive.attempts import By, attempts_of, first_days
from mdj_plan.archive.inbox import handed_over
from mdj_plan.findings import Location, finding
from mdj_plan.intake.given import Given
from mdj_plan.names import listed
from mdj_plan.plan.mentions import Reporter
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mdj_plan.archive.attempts import Attempt
    from mdj_plan.archive.pending import Question
    from mdj_plan.archive.receipts import Receipt, Receipts
    from mdj_plan.intake.handed import Handed
    from mdj_plan.intake.submission import Contact, Submission
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan
    from mdj_plan.readings.desk import Desk

Contacts = dict[By, list[tuple["Period", int, "Contact"]]]
"""Whom the returns of a reporter, and of a unit with all its members (member None), name: by period and version."""


class Archive(NamedTuple):
    """All returns on file. `counting` holds, by reporter, the return that counts for each period; `submissions`
    every file in order of path, `superseded` the paths of versions that a later one replaced, `versions` those of a
    reporter's period that can count, the lowest first. `attempts` are those of
    the receipts, `first_received` is the earliest day known of each reporter's attempts (contract 1); `pending` is what
    came of whom nothing counts for a period, and is not settled.
    """

    submissions: tuple[Submission, ...] = ()
    counting: Mapping[By, Mapping[Period, Submission]] = MappingProxyType({})
    superseded: frozenset[str] = frozenset()
    attempts: Mapping[tuple[By, Period], tuple[Attempt, ...]] = MappingProxyType({})
    first_received: Mapping[tuple[By, Period], dt.date] = MappingProxyType({})
    contacts: Mapping[By, Sequence[tuple[Period, int, Contact]]] = MappingProxyType({})
    pending: Mapping[tuple[By, Period], Question] = MappingProxyType({})
    versions: Mapping[tuple[By, Period], Sequence[Submission]] = MappingProxyType({})

    def periods(self) -> tuple[Period, ...]:
        """Every period that some file names, in order of time."""
        return tuple(sorted({period for s in self.submissions for period in s.periods}))

    def contact(self, unit: str, period: Period, member: str | None = None) -> Contact | None:
        """Whom a unit's last return up to a period names, or a member's own: where that names nobody, the unit's; None
        where none does.
        """
        known = self.contacts.get((unit, member), ())
        place = bisect.bisect_right(known, period, key=lambda each: each[0])
        if place:
            return known[place - 1][2]
        return None if member is None else self.contact(unit, period)

    def times_returned(self, by: By, period: Period) -> int:
        """How often a return for a period was sent back to a reporter."""
        return sum(attempt.returned for attempt in self.attempts.get((by, period), ()))


def read_archive(plan: Plan, desk: Desk) -> Archive:
    """Read every return on file. Raises OSError when the folder cannot be read, PlanError for unusable receipts."""
    receipts, timezone = _receipts(plan), plan.file.timezone
    by_file = {} if receipts is None else receipts.by_file()
    everything = [_as_given(each, by_file.get(each.file), plan) for each in handed_over([plan.submissions])]
    read = desk.read(everything, str(plan.submissions))
    found = (admitted(_received(each, by_file.get(each.file), timezone)) for each in read)
    archive = file_away(found, {} if receipts is None else attempts_of(receipts, timezone))
    return archive._replace(pending=_pending(plan, archive)) if plan.pending.exists() else archive


def _receipts(plan: Plan) -> Receipts | None:
    """The receipts; None where the office keeps none, and what reads them need not be loaded."""
    if not plan.receipts.exists():
        return None
    from mdj_plan.archive.receipts import read_receipts

    return read_receipts(plan.receipts)


def _pending(plan: Plan, archive: Archive) -> Mapping[tuple[By, Period], Question]:
    from mdj_plan.archive.pending import by_reporter, read_pending

    return by_reporter(read_pending(plan.pending), archive.counting)


def _as_given(handed: Handed, receipt: Receipt | None, plan: Plan) -> Handed:
    """The file with what the office said of it when it was filed, by its receipt."""
    if receipt is None or not (supplied := receipt.supplied.keys() & {"unit", "period"}):
        return handed
    known = "unit" in supplied and receipt.unit in plan.units
    reporter = Reporter(receipt.unit or "", receipt.member) if known else None
    return handed._replace(given=Given(reporter, receipt.period if "period" in supplied else None))


def _received(submission: Submission, receipt: Receipt | None, timezone: str | None) -> Submission:
    """The return with its receipt's date, and S108 where the bytes are no longer those received."""
    if receipt is None:
        return submission
    findings = submission.findings
    if receipt.sha256 and submission.sha256 and receipt.sha256 != submission.sha256:
        changed = finding("S108", Location(submission.file), unit=submission.unit, period=submission.period)
        findings = (*findings, changed)
    return submission._replace(received=receipt.day(timezone), findings=findings)


def file_away(submissions: Iterable[Submission], attempts: Mapping[tuple[By, Period], tuple[Attempt, ...]]) -> Archive:
    """Decide which returns count. Adds S103 to files that stand beside one of the same version."""
    found = list(submissions)
    rivals = _rivals(found)
    judged = [_rivalled(s, rivals[s.file]) if s.file in rivals else s for s in found]
    versions = _versions(judged)
    counting: dict[By, dict[Period, Submission]] = defaultdict(dict)
    for (by, period), same in versions.items():
        counting[by][period] = same[-1]
    replaced = {s.file for same in versions.values() for s in same[:-1]}
    return Archive(
        submissions=tuple(judged),
        counting=dict(counting),
        superseded=frozenset(replaced | _outdone(judged, counting)),
        attempts=attempts,
        first_received=first_days(judged, attempts),
        contacts=_contacts(judged),
        versions=versions,
    )


def _versions(judged: Iterable[Submission]) -> dict[tuple[By, Period], list[Submission]]:
    """What can count of each reporter's period, the lowest version first."""
    found: dict[tuple[By, Period], list[Submission]] = defaultdict(list)
    for s in sorted((s for s in judged if s.readable), key=lambda s: s.version):
        if s.unit is not None and s.period is not None:
            found[(s.unit, s.member), s.period].append(s)
    return dict(found)


def as_read(submissions: Iterable[Submission]) -> Iterator[Submission]:
    """Returns on file as they were read, without S103: filing tells anew which stand beside one of their version."""
    for s in submissions:
        told = tuple(found for found in s.findings if found.code != "S103")
        yield s if len(told) == len(s.findings) else s._replace(readable=True, findings=told)


def _contacts(submissions: Iterable[Submission]) -> Contacts:
    found: Contacts = defaultdict(list)
    for s in submissions:
        if s.contact is not None and s.unit is not None and s.period is not None:
            for by in {(s.unit, None), (s.unit, s.member)}:
                found[by].append((s.period, s.version, s.contact))
    return {by: sorted(each, key=lambda one: one[:2]) for by, each in found.items()}


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


def _by_version(found: Iterable[Submission]) -> dict[tuple[str, str | None, Period, int], list[Submission]]:
    """The files that can count, those together that claim to be the same version."""
    groups: dict[tuple[str, str | None, Period, int], list[Submission]] = defaultdict(list)
    for s in found:
        if s.unit is not None and s.period is not None and s.readable:
            groups[s.unit, s.member, s.period, s.version].append(s)
    return groups


def _rivals(found: Iterable[Submission]) -> dict[str, list[str]]:
    """Files of the same unit, member, period and version, each with the others; and members' beside a whole return."""
    groups = _by_version(found)
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
