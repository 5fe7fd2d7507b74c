"""How a delivery ends for the office: files by what becomes of them, and of its period who is still out, and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mdj_plan.archive.pending import REASONS, Question
from mdj_plan.names import Words
from mdj_plan.outcome import Verdict
from mdj_plan.phrases import phrase
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from mdj_plan.delivery import Reception
    from mdj_plan.intake.submission import Submission
    from mdj_plan.outcome import Outcome
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan
    from mdj_plan.plan.units import Directory

By = tuple[str, str | None]
"""A reporter: unit id and member (None: the unit as one)."""


class Pending(NamedTuple):
    """Somebody whose file came and settles nothing yet. `why`: ``rival`` (several came), ``unit`` or ``period`` (not
    certain), ``other`` (it is for `period`), ``unreadable``, ``unusable`` (on file, and cannot count).
    """

    who: Words
    why: str
    period: Period | None = None


class Tally(NamedTuple):
    """How a delivery ended: files by verdict; of the period that most of them are for, by name: who has sent nothing
    yet, who was sent back, and whose file is still in question.
    """

    counts: Counter[Verdict]
    period: Period | None
    silent: tuple[Words, ...]
    returned: tuple[Words, ...]
    pending: tuple[Pending, ...]


def tallied(reception: Reception, outcomes: Sequence[Outcome]) -> Tally:
    """The office's tally of a delivery."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    period = _period_of(reception.plan, outcomes)
    if period is None:
        return Tally(counts, None, (), (), ())
    return Tally(counts, period, *_out(reception, outcomes, period))


def _out(
    reception: Reception, outcomes: Sequence[Outcome], period: Period
) -> tuple[tuple[Words, ...], tuple[Words, ...], tuple[Pending, ...]]:
    """Those of whom nothing counts for a period: who is silent, who was sent back, whose file is in question."""
    counting = {by for by, of in reception.archive.counting.items() if period in of}
    back = _sent_back(reception, outcomes, period)
    asked = dict(_questions(reception, outcomes, period))
    silent, returned, pending = [], [], []
    for by, name in _reporters(reception.plan, counting | back | asked.keys()):
        if by in counting:
            continue
        if by in back:
            returned.append(name)
        elif by in asked:
            pending.append(asked[by]._replace(who=name))
        else:
            silent.append(name)
    return tuple(silent), tuple(returned), tuple(pending)


def _period_of(plan: Plan, outcomes: Sequence[Outcome]) -> Period | None:
    """The period that most files are for, the later of two; None where no file is of a unit for a period."""
    known = (outcome.read.submission for outcome in outcomes)
    periods = Counter(s.period for s in known if s.period is not None and s.unit in plan.units)
    return max(periods, key=lambda each: (periods[each], each), default=None)


def _sent_back(reception: Reception, outcomes: Sequence[Outcome], period: Period) -> set[By]:
    """Who was sent back for a period, now or before."""
    now = (o.read.submission for o in outcomes if o.verdict is Verdict.RETURNED)
    back = {(s.unit, s.member) for s in now if s.unit is not None and s.period == period}
    before = (r for r in reception.receipts.rows if r.period == period and not r.filed)
    return back | {(r.unit, r.member) for r in before if r.unit is not None}


def _questions(reception: Reception, outcomes: Sequence[Outcome], period: Period) -> Iterator[tuple[By, Pending]]:
    """Whose files settle nothing for a period, and why: on file first, so that what was handed in now is told."""
    for s in reception.archive.submissions:
        if s.unit is not None and s.period == period:
            yield (s.unit, s.member), _pending("unusable")
    for (who, of), question in reception.archive.pending.items():
        if of == period:
            yield who, _pending(question.why, question.stated)
    for outcome in outcomes:
        s = outcome.read.submission
        by = _reporter(reception, s)
        why = _question(outcome, period)
        if by is not None and why is not None:
            yield by, _pending(why, s.period)


def questions(reception: Reception, outcomes: Sequence[Outcome], received: dt.datetime) -> Iterator[Question]:
    """What of a delivery the office has still to answer, by whom the file is or may be, and for when: as it is kept."""
    main = _period_of(reception.plan, outcomes)
    for outcome in outcomes:
        s = outcome.read.submission
        by, period = _reporter(reception, s), s.period or main
        if by is None or period is None:
            continue
        asked, why, stated = _asked(outcome, period, main)
        if why in REASONS:
            name = outcome.read.handed.file.rsplit("/", 1)[-1]
            yield Question(0, received, by[0], asked, why, by[1], outcome.read.sha256 or None, name, stated)


def _asked(outcome: Outcome, period: Period, main: Period | None) -> tuple[Period, str | None, Period | None]:
    """For which period a file is in question, and why; and the period that it states, where it is on file for that."""
    if outcome.on_file and main is not None and period < main:
        return main, "other", period
    return period, _question(outcome, period), None


def _reporter(reception: Reception, s: Submission) -> By | None:
    """Whose a file is, or may be."""
    return (s.unit, s.member) if s.unit is not None else _perhaps(reception.directory, s)


def _pending(why: str, period: Period | None = None) -> Pending:
    return Pending(Words(""), why, period)


def _question(outcome: Outcome, period: Period) -> str | None:
    """Why a file settles nothing for a period; None where it does, or has nothing to do with it."""
    s = outcome.read.submission
    if outcome.verdict is Verdict.NO_RETURN:
        return None
    if s.period is not None and s.period < period:
        return "other"
    if s.period not in {None, period}:
        return None
    if outcome.verdict is Verdict.WHOSE:
        return "unit" if s.unit is None or _is_disputed(s, phrase("unit")) else "period"
    return {Verdict.RIVAL: "rival", Verdict.UNREADABLE: "unreadable"}.get(outcome.verdict)


def _is_disputed(s: Submission, what: Words) -> bool:
    """Whether cover, title and file name disagree on it."""
    return any(f.code == "L107" and dict(f.args).get("what") == what for f in s.findings)


def _perhaps(directory: Directory, s: Submission) -> By | None:
    """Whom a cover may mean that names no unit: asked about, never decided by."""
    like = (dict(f.args).get("suggestion") for f in s.findings if f.code == "V113" and f.facility is None)
    found = next((directory.find(name) for name in like if isinstance(name, str) and name), None)
    return None if found is None else (found.unit, found.member)


def _reporters(plan: Plan, came: set[By]) -> Iterator[tuple[By, Words]]:
    """Everybody who owes a return: each unit, or each member of one whose members report singly."""
    for unit in plan.participants:
        if any((unit.id, member) in came for member in unit.members):
            for member in unit.members:
                yield (unit.id, member), Words(member, member)
        else:
            yield (unit.id, None), unit.name
