"""Who has reported: one row per participating unit, expected against received (contract 3)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.archive.ledger import apart

if TYPE_CHECKING:
    from mdj_plan.archive.identities import Key
    from mdj_plan.archive.ledger import Part, Return, Standing
    from mdj_plan.intake.submission import Claim
    from mdj_plan.measure.actuals import Measure
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Indicator, Plan, Unit

RECEIVED, LATE, MISSING, CARRIED, PARTIAL = "received", "late", "missing", "carried", "partial"


class MemberState(NamedTuple):
    """What a member of a unit that reports singly has sent."""

    member: str
    status: str
    received: dt.date | None
    version: int | None
    file: str | None


class UnitState(NamedTuple):
    """What a unit has sent for a period. The figures after `due` are of the return that counts, None where none does.

    `facilities` counts the distinct rows that count. `members` is filled where they report singly; `file`, `version`
    and `received` are then theirs, not the unit's.
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


def due_day(plan: Plan, period: Period) -> dt.date:
    """The last day on which a return for the period is on time."""
    return period.last_day + dt.timedelta(days=plan.file.due_days)


def reporting(measure: Measure, period: Period) -> tuple[UnitState, ...]:
    """One row per participating unit, districts first, in the plan's order."""
    return tuple(_state(measure, standing, period) for standing in measure.standings(period))


def is_late(plan: Plan, ret: Return) -> bool:
    """Whether a return came after its due day; one whose date nobody knows is not called late."""
    received = ret.submission.received
    return received is not None and received > due_day(plan, ret.period)


def _status(plan: Plan, ret: Return | None, period: Period) -> str:
    if ret is None:
        return MISSING
    if ret.period != period:
        return CARRIED
    return LATE if is_late(plan, ret) else RECEIVED


def _state(measure: Measure, standing: Standing, period: Period) -> UnitState:
    plan = measure.plan
    unit = plan.units[standing.unit]
    due = due_day(plan, period)
    if len(standing.parts) == 1 and standing.parts[0].member is None:
        ret = standing.parts[0].ret
        status = _status(plan, ret, period)
        if ret is None:
            return UnitState(unit, period, status, due, None, None, None, None, None, ())
        s = ret.submission
        distinct = len(ret.claims) if s.type != "unchanged" else _distinct(standing)
        return UnitState(unit, period, status, due, ret.period, s.received, s.version, s.file, distinct, ())
    members = tuple(_member(plan, part, period) for part in standing.parts)
    words = [member.status for member in members]
    if all(word in {RECEIVED, LATE} for word in words):
        status = LATE if LATE in words else RECEIVED
    elif any(word in {RECEIVED, LATE} for word in words):
        status = PARTIAL
    else:
        status = CARRIED
    latest = max(ret.period for ret in standing.returns)
    return UnitState(unit, period, status, due, latest, None, None, None, _distinct(standing), members)


def _distinct(standing: Standing) -> int:
    """How many distinct facilities a unit's returns claim."""
    groups: dict[Key, list[Claim]] = defaultdict(list)
    for ret in standing.returns:
        for claim, key in zip(ret.claims, ret.keys, strict=True):
            groups[key].append(claim)
    return sum(len(apart(group)) for group in groups.values())


def _member(plan: Plan, part: Part, period: Period) -> MemberState:
    status = _status(plan, part.ret, period)
    name = part.member or ""
    if part.ret is None:
        return MemberState(name, status, None, None, None)
    s = part.ret.submission
    return MemberState(name, status, s.received, s.version, s.file)


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
