"""What is handed in together: each file judged, and what becomes of it, whether it is filed now or only said to be.

The same decisions for `receive`, for its dry run and for `validate`. Nothing here writes but through `archive.filing`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mdj_plan.archive.dossier import read_exceptions
from mdj_plan.archive.editions import NEVER_CLOSED, read_editions
from mdj_plan.archive.filing import Item, next_version, put_among_returned, put_on_file
from mdj_plan.archive.holdings import as_read, file_away, read_archive
from mdj_plan.archive.identities import Identities
from mdj_plan.archive.places import place_of, suffix_of
from mdj_plan.archive.receipts import read_receipts
from mdj_plan.findings import Location, Severity, finding
from mdj_plan.intake.claims import retold
from mdj_plan.names import Words, listed
from mdj_plan.outcome import Outcome, Read, Verdict, attributed, described, is_no_return
from mdj_plan.plan.units import Directory
from mdj_plan.trial import Trial, judged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mdj_plan.archive.editions import Editions
    from mdj_plan.archive.exceptions import Exceptions
    from mdj_plan.archive.holdings import Archive
    from mdj_plan.archive.receipts import Receipts
    from mdj_plan.intake.claims import Rows
    from mdj_plan.intake.handed import Handed
    from mdj_plan.intake.submission import Submission
    from mdj_plan.outcome import Supplied
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan
    from mdj_plan.readings.desk import Desk

_NO_RETURN = frozenset(
    (".txt", ".md", ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".pdf", ".doc")
)
"""What lies beside returns in an inbox."""
_DISPUTED = frozenset(("L105", "L106", "L107"))
_NO_TABLE = frozenset(("F101", "L101"))


@dataclass
class Reception:
    """Where returns are handed in: the plan, what is on file, and what has been decided in this delivery."""

    plan: Plan
    directory: Directory
    identities: Identities
    archive: Archive
    receipts: Receipts
    exceptions: Exceptions
    accept_errors: bool = False
    editions: Editions = NEVER_CLOSED
    seen: dict[str, str] = field(default_factory=dict)
    handed: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, plan: Plan, desk: Desk, *, accept_errors: bool = False) -> Reception:
        """The reception of a plan. Raises PlanError for unusable receipts, register or editions, OSError for a folder
        that cannot be opened.
        """
        from mdj_plan.archive.holdings import Archive

        archive = read_archive(plan, desk) if plan.submissions.is_dir() else Archive()
        receipts, identities = read_receipts(plan.receipts), Identities.of(plan, desk.shelf)
        accepted = read_exceptions(plan, identities, desk.shelf)
        editions = read_editions(plan)
        return cls(plan, Directory(plan.file), identities, archive, receipts, accepted, accept_errors, editions)

    @staticmethod
    def read(desk: Desk, everything: Sequence[Handed], supplied: Supplied) -> list[Read]:
        """The files as the office hands them in."""
        told = [each._replace(given=supplied.given) for each in everything]
        received = (supplied.received or dt.datetime.now().astimezone()).date()
        return [
            Read(handed, read._replace(received=received))
            for handed, read in zip(told, desk.read(told, "handed"), strict=True)
        ]

    def decided(self, everything: Sequence[Read]) -> Iterator[Outcome]:
        """What becomes of each file, in order. Whoever files one tells so (`taken`) before taking the next."""
        self.handed = {read.sha256 for read in everything}
        others = rivals(self.plan, (read for read in everything if self._on_file(read) is None))
        for read in everything:
            yield self._decided(read, others.get(read.handed.shown, ()))

    def _on_file(self, read: Read) -> Outcome | None:
        """What becomes of a file that is on file already; None for any other, and for one filed again on purpose."""
        same = next((one for one in self.archive.submissions if one.sha256 == read.sha256), None)
        if same is None or (self.accept_errors and self._is_to_count_again(same)):
            return None
        verdict = Verdict.SUPERSEDED if same.file in self.archive.superseded else Verdict.ON_FILE
        return Outcome(read, verdict, place=same.file, version=same.version)

    def _is_to_count_again(self, old: Submission) -> bool:
        """Whether a version was replaced, and by none that is handed in beside it: an inbox that is received anew."""
        same = [
            s for s in self.archive.submissions if (s.unit, s.member, s.period) == (old.unit, old.member, old.period)
        ]
        beside = any(s.version > old.version and s.sha256 in self.handed for s in same)
        return old.file in self.archive.superseded and not beside

    def _decided(self, read: Read, others: tuple[Words, ...]) -> Outcome:
        return self._unjudged(read) or self._judged(read, others)

    def _unjudged(self, read: Read) -> Outcome | None:
        """What becomes of a file that is not judged: its bytes cannot be had, came already, or are on file."""
        if not read.sha256:
            s = read.submission
            return Outcome(read, Verdict.UNREADABLE, Trial(s, s.findings, 0, 0))
        first = self.seen.setdefault(read.sha256, read.handed.shown)
        if first != read.handed.shown:
            return Outcome(read, Verdict.COPY, place=first)
        return self._on_file(read)

    def _judged(self, read: Read, others: tuple[Words, ...]) -> Outcome:
        s = read.submission
        trial = judged(self.plan, self.archive, self.identities, s, self.exceptions)
        former = self.former(trial)
        if not attributed(self.plan, s):
            return Outcome(read, Verdict.NO_RETURN if is_no_return(read) else Verdict.WHOSE, trial)
        if others:
            return Outcome(read, Verdict.RIVAL, with_rivals(trial, others), others=others, former=former)
        if trial.count(Severity.ERROR) and not (self.accept_errors and s.readable):
            return Outcome(read, Verdict.RETURNED, trial, former=former)
        version = next_version(self.receipts, s, self.highest(s))
        place = place_of(self.plan, self.directory, s, version, suffix_of(read.handed.file))
        closed = self.editions.latest.get(s.period) if s.period else None
        return Outcome(read, Verdict.FILED, trial, place, version, former=former, closed=closed)

    def former(self, trial: Trial) -> Trial | None:
        """The trial of the version that a return would replace; None where it replaces none."""
        if trial.comparison is None:
            return None
        return judged(
            self.plan, self.archive, self.identities, trial.comparison.replaced, self.exceptions, on_file=True
        )

    def highest(self, s: Submission) -> int:
        """The highest version on file of a return."""
        same = (
            o.version for o in self.archive.submissions if (o.unit, o.member, o.period) == (s.unit, s.member, s.period)
        )
        return max(same, default=0)

    def settle(self, outcome: Outcome, supplied: Supplied) -> tuple[Outcome, OSError | None]:
        """Write what was decided: a return on file, or one that is sent back among the returned, once for equal bytes.

        What went wrong once all was done comes beside it. Call within `filing`. Raises OSError, with nothing written.
        """
        item = _item(outcome, supplied)
        if outcome.verdict is Verdict.FILED:
            kept = put_on_file(self.plan, self.directory, item, outcome.version or 1)
            return outcome._replace(place=kept.receipt.file), kept.trouble
        known = {receipt.sha256 for receipt in self.receipts.rows if not receipt.filed}
        if outcome.verdict is Verdict.RETURNED and outcome.read.sha256 not in known:
            kept = put_among_returned(self.plan, self.directory, item)
            return outcome._replace(place=kept.receipt.file), kept.trouble
        return outcome, None

    def taken(self, outcome: Outcome) -> None:
        """Count a return that is filed among those on file, whether it was written or only said to be."""
        if outcome.verdict is not Verdict.FILED:
            return
        s = renamed(outcome.read.submission, outcome.place)._replace(version=outcome.version or 1)
        again = file_away([*as_read(self.archive.submissions), s], self.archive.attempts)
        left = {
            key: asked for key, asked in self.archive.pending.items() if key[1] not in again.counting.get(key[0], {})
        }
        self.archive = again._replace(pending=left)


def renamed(submission: Submission, shown: str) -> Submission:
    """The submission under the name by which the user knows it, in its findings and addresses too."""

    def moved(rows: Rows) -> Rows:
        return rows.told_anew(origin=rows.origin._replace(file=shown))

    return submission._replace(
        file=shown,
        claims=submission.claims.retold(moved),
        duties=retold(submission.duties, moved),
        findings=tuple(f._replace(at=f.at._replace(file=shown)) for f in submission.findings),
    )


def _item(outcome: Outcome, supplied: Supplied) -> Item:
    trial, read = outcome.trial, outcome.read
    return Item(
        submission=read.submission,
        read=read.handed.read,
        sha256=read.sha256,
        original=read.handed.file.rsplit("/", 1)[-1],
        errors=trial.count(Severity.ERROR) if trial else 0,
        warnings=trial.count(Severity.WARNING) if trial else 0,
        received=supplied.received,
        given=supplied.noted,
    )


def rivals(plan: Plan, everything: Iterable[Read]) -> dict[str, tuple[Words, ...]]:
    """Files of a delivery for the same unit, member and period, each (as it is shown) with the others, of equal bytes
    the first alone: nothing says which of them holds.
    """
    groups: dict[tuple[str | None, str | None, Period | None], dict[str, Read]] = defaultdict(dict)
    for read in everything:
        s = read.submission
        if s.readable and attributed(plan, s):
            groups[s.unit, s.member, s.period].setdefault(read.sha256, read)
    several = [list(group.values()) for group in groups.values() if len(group) > 1]
    return {
        read.handed.shown: tuple(described(other) for other in group if other is not read)
        for group in several
        for read in group
    }


def with_rivals(trial: Trial, others: tuple[Words, ...]) -> Trial:
    """The trial with S103: other files that were handed in are for the same unit and period."""
    s = trial.submission
    args = {"others": listed(others)}
    told = finding("S103", Location(s.file), unit=s.unit, period=s.period, variant="delivery", args=args)
    return replace(trial, findings=(told, *trial.findings))
