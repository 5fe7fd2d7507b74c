"""A return judged before it is filed, by the same stages as the monthly run, against what is on file (validate).

The return takes its place in the archive in thought, as the newest version of its unit and period; nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mdj_plan.archive.admission import admitted
from mdj_plan.archive.exceptions import NOTHING_ACCEPTED, accepting
from mdj_plan.archive.holdings import Archive, as_read, file_away
from mdj_plan.archive.ledger import enter, sift
from mdj_plan.archive.supersession import backwards, compared, doubtful, latest_of, replaced
from mdj_plan.checks.case import Case
from mdj_plan.checks.rules import judge, ordered
from mdj_plan.findings import Severity, counted, finding
from mdj_plan.measure.actuals import Measure
from mdj_plan.plan.severity import settled
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.archive.exceptions import Exceptions
    from mdj_plan.archive.identities import Identities
    from mdj_plan.archive.supersession import Comparison
    from mdj_plan.findings import Finding
    from mdj_plan.intake.submission import Claim, Submission
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan

_OF_THE_PERIOD = frozenset({"S101", "P105", "S102", "S112"})
"""Findings about who has reported, not about this return."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A return and every finding about it, in sheet order. `facilities` counts the distinct rows that count, `blank`
    those of them in which no figure at all was filled in. `comparison` is with the version on file that it would
    replace, None where there is none.
    """

    submission: Submission
    findings: tuple[Finding, ...]
    facilities: int
    blank: int
    comparison: Comparison | None = None

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that the office has not accepted."""
        return tuple(each for each in self.findings if each.accepted is None)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity, those that the office has accepted left out."""
        return counted(self.findings)[severity]


def judged(
    plan: Plan,
    archive: Archive,
    identities: Identities,
    submission: Submission,
    exceptions: Exceptions = NOTHING_ACCEPTED,
    *,
    on_file: bool = False,
) -> Trial:
    """Judge one return as if it were filed now; one that is `on_file` as the version that it is."""
    submission = admitted(submission)
    owner = plan.units.get(submission.unit or "")
    counted = sift(submission.claims, owner, identities).counted
    sizes = (len(counted), sum(map(_without_a_figure, counted)))
    if submission.period is None or owner is None or not owner.participates:
        return Trial(submission, ordered(settled(plan, _outside(plan, submission))), *sizes)
    before, tried = _in_its_place(archive, submission, on_file=on_file)
    case = _with(plan, before, tried, identities, submission.period)
    own = [f for f in judge(case) if f.at.file == submission.file and f.code not in _OF_THE_PERIOD]
    undated = settled(plan, (f for f in submission.findings if f.period is None))
    found = accepting((*own, *undated), exceptions, submission.period)
    comparison = _comparison(plan, identities, before, tried)
    doubts = [] if on_file else list(_doubts(before, tried, comparison))
    return Trial(submission, ordered([*found, *doubts]), *sizes, comparison)


def _in_its_place(archive: Archive, submission: Submission, *, on_file: bool) -> tuple[Archive, Submission]:
    """What is on file before a return, and the return as the newest version; one that is `on_file` as the one it is."""
    others = archive.submissions
    if on_file:
        others = tuple(s for s in others if not _same_place(s, submission) or s.version < submission.version)
    newest = max((s.version for s in others if _same_place(s, submission)), default=0) + 1
    tried = submission._replace(version=max(newest, submission.version))
    return file_away(as_read(others), archive.attempts), tried


def _with(plan: Plan, before: Archive, tried: Submission, identities: Identities, period: Period) -> Case:
    """The case of a period with a return on file that is tried."""
    ledger, archive = enter(plan, file_away([*before.submissions, tried], before.attempts), identities)
    return Case(plan, archive, Measure(plan, ledger, identities), period, period)


def _comparison(plan: Plan, identities: Identities, before: Archive, tried: Submission) -> Comparison | None:
    """What the return changes of the version that it would replace."""
    former = replaced(before, tried)
    return compared(plan, identities, former, tried) if former is not None and tried.readable else None


def _doubts(before: Archive, tried: Submission, comparison: Comparison | None) -> Iterator[Finding]:
    """S112, which before filing is an error: only who knows better files such a return."""
    if not tried.readable or tried.period is None:
        return
    if comparison is not None:
        yield from doubtful(comparison, tried, Severity.ERROR)
    latest = latest_of(before, tried)
    if latest is not None and latest > tried.period:
        yield backwards(tried, latest, Severity.ERROR)


def _without_a_figure(claim: Claim) -> bool:
    """Whether no number stands in a row, not even one that cannot be used."""
    figures = (field.id for field in claim.fields.values() if field.numeric)
    return all(claim.value(name) is None and name not in claim.flaws for name in figures)


def _same_place(s: Submission, other: Submission) -> bool:
    return (s.unit, s.member, s.period) == (other.unit, other.member, other.period)


def _outside(plan: Plan, submission: Submission) -> tuple[Finding, ...]:
    if submission.unit in plan.outside:
        unit = plan.units[submission.unit or ""]
        return (finding("S107", submission.at, unit=unit.id, period=submission.period, args={"unit": unit.name}),)
    return submission.findings


class Progress(NamedTuple):
    """A return against its former version: findings that are fixed, still open, and new, each in sheet order."""

    fixed: tuple[Finding, ...]
    still_open: tuple[Finding, ...]
    new: tuple[Finding, ...]


def progress(trial: Trial, former: Trial) -> Progress:
    """Compare by code, facility and column: rows may have moved since. Notes are left out."""
    before = _placed(former)
    now = _placed(trial)
    return Progress(
        tuple(f for key, f in before.items() if key not in now),
        tuple(f for key, f in now.items() if key in before),
        tuple(f for key, f in now.items() if key not in before),
    )


def _placed(trial: Trial) -> dict[tuple[str, ...], Finding]:
    """The findings above a note by what they are about: the facility of the row where there is one, else the cell."""
    names = {
        (claim.origin.sheet, claim.row + 1): claim.name for claim in trial.submission.claims if claim.name is not None
    }
    placed: dict[tuple[str, ...], Finding] = {}
    for one in trial.open:
        if one.severity is Severity.NOTE:
            continue
        at = one.at
        name = names.get((at.sheet, at.row))
        key = (one.code, name or at.cell or one.value or "", str(at.column) if name else "")
        placed.setdefault(key, one)
    return placed
