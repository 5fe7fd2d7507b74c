"""Who has reported: one row per participating unit, expected against received (contract 3)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from mdj_plan.archive.ledger import namesakes, of_one_facility
from mdj_plan.intake.submission import Claims
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from mdj_plan.archive.attempts import Attempt, By
    from mdj_plan.archive.ledger import Part, Standing
    from mdj_plan.archive.pending import Question
    from mdj_plan.intake.submission import Contact
    from mdj_plan.measure.actuals import Measure
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Indicator, Plan, Unit

RECEIVED, LATE, MISSING, CARRIED, PARTIAL, RETURNED = "received", "late", "missing", "carried", "partial", "returned"
PENDING = "pending"
_CAME = frozenset((RECEIVED, LATE))
_SUNDAY = 6


class MemberState(NamedTuple):
    """What a member of a unit that reports singly has sent. `return_period` is that of its return that stands,
    `contact` whom its last return names, else its unit's.
    """

    member: str
    status: str
    received: dt.date | None
    version: int | None
    file: str | None
    days_late: int = 0
    sent_back: Attempt | None = None
    pending: Question | None = None
    return_period: Period | None = None
    contact: Contact | None = None


class UnitState(NamedTuple):
    """What a unit has sent for a period. The figures after `due` are of the return that counts, None where none does.

    `facilities` counts the distinct rows that count. `members` is filled where they report singly; `file`, `version`
    and `received` are then theirs, not the unit's. `first_received` is the day of the first attempt, also one that was
    sent back, and by it `days_late` is counted (0: on time, or not known); `attempts` are those of the period by their
    receipts, `contact` whom the last return names. `pending` is what came and is not settled, where nothing else has.
    """

    unit: Unit
    period: Period
    status: str
    due: dt.date
    return_period: Period | None
    received: dt.date | None
    version: int | None
    file: str | None
    facilities: int | None
    members: tuple[MemberState, ...]
    first_received: dt.date | None = None
    attempts: tuple[Attempt, ...] = ()
    contact: Contact | None = None
    days_late: int = 0
    pending: Question | None = None

    @property
    def out(self) -> tuple[str, ...]:
        """The members of whom no return of the period counts."""
        return tuple(member.member for member in self.members if member.status not in {RECEIVED, LATE})

    @property
    def standing(self) -> str:
        """Its status; pending where that would be missing or carried, and a file that came is not settled."""
        return self.status if self.pending is None else PENDING

    @property
    def most_days_late(self) -> int:
        """By how many days it, or the last of its members, was late; 0 where nobody was, or nobody knows."""
        return max((self.days_late, *(member.days_late for member in self.members)))

    @property
    def in_time_by_first(self) -> bool:
        """Whether it is punctual by its first attempt alone: the version that counts came after the due day."""
        later = self.received is not None and self.received > self.due
        return self.status == RECEIVED and self.first_received is not None and later

    @property
    def sent_back(self) -> Attempt | None:
        """The last attempt that was sent back; None where none was."""
        return next((attempt for attempt in reversed(self.attempts) if attempt.returned), None)


def due_day(plan: Plan, period: Period) -> dt.date:
    """The last day on which a return for the period is on time; with `holidays` in the plan a working day."""
    day = period.last_day + dt.timedelta(days=plan.file.due_days)
    holidays = plan.file.holidays
    if holidays is None:
        return day
    while day in holidays.closed or (day.weekday() >= _SUNDAY - 1 and day not in holidays.open):
        day += dt.timedelta(days=1)
    return day


def reply_day(plan: Plan, period: Period, came: dt.date | None = None) -> dt.date | None:
    """Until when the office wants an answer: its days to reply after the due day, or after a return came if that was
    later; None where the plan gives none.
    """
    days, due = plan.file.office.reply_days, due_day(plan, period)
    return None if days is None else max(due, came or due) + dt.timedelta(days=days)


def reporting(measure: Measure, period: Period) -> tuple[UnitState, ...]:
    """One row per participating unit, districts first, in the plan's order."""
    return tuple(_state(measure, standing, period) for standing in measure.standings(period))


def first_received(measure: Measure, by: By, period: Period) -> dt.date | None:
    """The day of a reporter's first attempt for a period that can count or was sent back; None where nobody knows."""
    return measure.ledger.archive.first_received.get((by, period))


def days_late(measure: Measure, by: By, period: Period) -> int:
    """How long after the due day a reporter first came, 0 where on time. A correction does not make a punctual unit
    late (contract 1); one whose day nobody knows is not called late.
    """
    day = first_received(measure, by, period)
    return 0 if day is None else max((day - due_day(measure.plan, period)).days, 0)


def _status(measure: Measure, by: By, part: Part, period: Period) -> str:
    if part.ret is not None and part.ret.period == period:
        return LATE if days_late(measure, by, period) else RECEIVED
    if any(attempt.returned for attempt in _attempts(measure, by, period)):
        return RETURNED
    return MISSING if part.ret is None else CARRIED


def last_returned(measure: Measure, by: By, period: Period) -> Attempt | None:
    """The last attempt of a reporter that was sent back, a member's or its unit's as one; None where none was."""
    tried = (*_attempts(measure, (by[0], None), period), *(_attempts(measure, by, period) if by[1] else ()))
    return max((each for each in tried if each.returned), key=lambda each: each.received, default=None)


def _attempts(measure: Measure, by: By, period: Period) -> tuple[Attempt, ...]:
    return measure.ledger.archive.attempts.get((by, period), ())


def came_for_another(measure: Measure, by: By, period: Period) -> tuple[dt.date, Period] | None:
    """What a reporter sent instead while the period's return was to come: the last day, and the earlier period that
    it is for; None where nothing of the kind came. It may be a correction, or last quarter's file sent again.
    """
    attempts = measure.ledger.archive.attempts
    found = [
        (attempt.received, earlier)
        for (who, earlier), tried in attempts.items()
        if who == by and earlier < period
        for attempt in tried
        if period.last_day < attempt.received <= period.shift(1).last_day
    ]
    return max(found, default=None)


def _state(measure: Measure, standing: Standing, period: Period) -> UnitState:
    state = _whole(measure, standing, period) if _is_whole(standing) else _singly(measure, standing, period)
    reporters = [(standing.unit, member) for member in (None, *measure.plan.units[standing.unit].members)]
    days = [day for by in reporters if (day := first_received(measure, by, period)) is not None]
    attempts = [attempt for by in reporters for attempt in _attempts(measure, by, period)]
    status = state.status
    if status in {MISSING, CARRIED} and any(attempt.returned for attempt in attempts):
        status = RETURNED
    return state._replace(
        status=status,
        first_received=min(days, default=None),
        attempts=tuple(sorted(attempts, key=lambda attempt: attempt.received)),
        contact=measure.ledger.archive.contact(standing.unit, period),
        days_late=days_late(measure, (standing.unit, None), period) if status == LATE else 0,
        pending=_pending(measure, (standing.unit, None), period, status),
    )


def _pending(measure: Measure, by: By, period: Period, status: str) -> Question | None:
    """What came of a reporter and is not settled; None where anything else came."""
    return measure.ledger.archive.pending.get((by, period)) if status in {MISSING, CARRIED} else None


def _is_whole(standing: Standing) -> bool:
    return len(standing.parts) == 1 and standing.parts[0].member is None


def _whole(measure: Measure, standing: Standing, period: Period) -> UnitState:
    """A unit that reports as one."""
    plan, part = measure.plan, standing.parts[0]
    unit, due = plan.units[standing.unit], due_day(plan, period)
    status = _status(measure, (unit.id, None), part, period)
    if part.ret is None:
        return UnitState(unit, period, status, due, None, None, None, None, None, ())
    s = part.ret.submission
    distinct = len(part.ret.claims) if s.type != "unchanged" else _distinct(standing)
    return UnitState(unit, period, status, due, part.ret.period, s.received, s.version, s.file, distinct, ())


def _singly(measure: Measure, standing: Standing, period: Period) -> UnitState:
    """A unit whose members report singly."""
    plan = measure.plan
    unit = plan.units[standing.unit]
    members = tuple(_member(measure, unit, part, period) for part in standing.parts)
    words = {member.status for member in members}
    status = PARTIAL if words & _CAME else CARRIED
    if words <= _CAME:
        status = LATE if LATE in words else RECEIVED
    latest = max(ret.period for ret in standing.returns)
    distinct = _distinct(standing)
    return UnitState(unit, period, status, due_day(plan, period), latest, None, None, None, distinct, members)


def _distinct(standing: Standing) -> int:
    """How many distinct facilities a unit's returns claim."""
    claims = Claims.joined(ret.claims for ret in standing.returns)
    several = of_one_facility(claims, namesakes([key for ret in standing.returns for key in ret.keys]))
    return len(claims) - sum(len(places) - 1 for places in several)


def _member(measure: Measure, unit: Unit, part: Part, period: Period) -> MemberState:
    status = _status(measure, (unit.id, part.member), part, period)
    name, by = part.member or "", (unit.id, part.member)
    back = next((attempt for attempt in reversed(_attempts(measure, by, period)) if attempt.returned), None)
    pending = _pending(measure, by, period, status)
    contact = measure.ledger.archive.contact(unit.id, period, part.member)
    if part.ret is None:
        return MemberState(name, status, None, None, None, sent_back=back, pending=pending, contact=contact)
    s = part.ret.submission
    late = days_late(measure, by, period) if status == LATE else 0
    return MemberState(name, status, s.received, s.version, s.file, late, back, pending, part.ret.period, contact)


class Stale(NamedTuple):
    """Why a figure is not all of its period: it holds earlier returns, or one is out and nothing stands in for it."""

    carried: bool
    missing: bool


def stand_ins(measure: Measure, owner: str | None, indicator: Indicator, period: Period) -> Stale:
    """What stands in a figure for returns that are out: of its unit, or for the city (None) of any unit.

    A flow carries nothing: a quarter without a return adds nothing to it (contract 2).
    """
    carried, missing = measure.out(period).get(owner, (False, False))
    if indicator.flow:
        return Stale(carried=False, missing=carried or missing)
    return Stale(carried, missing)
