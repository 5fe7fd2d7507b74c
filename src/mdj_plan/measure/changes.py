"""What happened to facilities between two periods (contract 5.5): opened, closed, promoted, graduated and the like."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from mdj_plan.fields import LEVELS
from mdj_plan.measure.identity import pairs
from mdj_plan.measure.register import NO_FACILITIES
from mdj_plan.period import Period, span
from mdj_plan.records import NamedTuple, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from mdj_plan.measure.actuals import Measure
    from mdj_plan.measure.identity import Pairs
    from mdj_plan.measure.register import Facility, Register
    from mdj_plan.plan.model import Plan

EVENTS = (
    *("new", "opened", "stopped", "gone", "operator_changed", "promoted", "demoted", "titled", "untitled", "moved"),
    "graduated",
)


class Change(NamedTuple):
    """One event of one facility. `value` counts graduated firms; `amount` is in 万元, None where the plan pays nothing.

    `facility` is as at the later period, of one that is gone as at the earlier.
    """

    event: str
    facility: Facility
    before: str | None = None
    after: str | None = None
    value: int | None = None
    document: str | None = None
    amount: Decimal | None = None

    @property
    def times(self) -> int:
        """How often it counts: of graduated firms how many they are, else once."""
        return 1 if self.value is None else self.value


@frozen
class Changes:
    """What happened after the period `since`, up to another: to facilities credited to some `units` (None: to all).

    Worked out when it is first asked for: most runs do not, and it compares two registers.
    """

    measure: Measure
    since: Period
    period: Period
    units: frozenset[str] | None = None

    @cached_property
    def rows(self) -> tuple[Change, ...]:
        """One row an event: in register order, then those of facilities that are gone."""
        found = _changes(self.measure, self.since, self.period)
        units = self.units
        return tuple(row for row in found if units is None or not units.isdisjoint(row.facility.credited))

    def of(self, units: frozenset[str]) -> Changes:
        """Those of facilities that are credited to some units."""
        return replace(self, units=units if self.units is None else self.units & units)


class Total(NamedTuple):
    """How many `times` an event happened to facilities of a unit (None: the city, each once), and what is paid."""

    unit: str | None
    event: str
    times: int
    amount: Decimal | None


def _changes(measure: Measure, since: Period, period: Period) -> Iterator[Change]:
    """Every change between two periods. Before the plan's start there was nothing."""
    then = measure.facilities(since) if since >= measure.plan.start else NO_FACILITIES
    now = measure.facilities(period)
    ends = pairs(then, now, measure.identities)
    before = {id(later): earlier for earlier, later in ends.all}
    graduates = _graduates(measure, since, period, then, ends)
    found = [c for f in now for c in _of(before.get(id(f)), f, graduates.get(id(f), 0))]
    kept = {id(earlier): later for earlier, later in ends.all}
    for facility in then:
        later = kept.get(id(facility))
        if later is None or (later.outside and not facility.outside):
            found.append(Change("gone", facility, before=_state(facility)))
    return (each._replace(amount=_amount(measure.plan, each)) for each in found)


def counted(found: Iterable[Change]) -> dict[str, int]:
    """How often each event happened, of graduated firms how many; those that did, in their order."""
    times: Counter[str] = Counter()
    for change in found:
        times[change.event] += change.times
    return {event: times[event] for event in EVENTS if times[event]}


def totals(plan: Plan, found: Sequence[Change]) -> tuple[Total, ...]:
    """By the city and each unit that a facility is credited to, in report order, then by event."""
    rows: dict[tuple[str | None, str], list[Change]] = defaultdict(list)
    for change in found:
        for unit in (None, *change.facility.credited):
            rows[unit, change.event].append(change)
    order = [(unit, event) for unit in (None, *(u.id for u in plan.participants)) for event in EVENTS]
    return tuple(_total(key, rows[key]) for key in order if key in rows)


def _total(key: tuple[str | None, str], group: Sequence[Change]) -> Total:
    paid = [change.amount for change in group if change.amount is not None]
    return Total(*key, sum(change.times for change in group), sum(paid[1:], paid[0]) if paid else None)


def _of(before: Facility | None, now: Facility, graduates: int) -> Iterator[Change]:
    """The changes of a facility that is in the register now; of one outside the plan there are none."""
    if now.outside:
        return
    if before is None:
        yield Change("new", now, after=_state(now))
    if now.operating and (before is None or not before.measured):
        yield Change("opened", now, before=_state(before) if before else None, after=_state(now))
    if before is not None:
        yield from _of_known(before, now)
    if graduates > 0:
        yield Change("graduated", now, value=graduates)


def _of_known(before: Facility, now: Facility) -> Iterator[Change]:
    """What happened to a facility that is there at both ends, in the order of the events."""
    was, is_ = before.values, now.values
    if before.operating and not now.operating:
        yield Change("stopped", now, _state(before), _state(now))
    if None not in {was.credit_code, is_.credit_code} and was.credit_code != is_.credit_code:
        yield Change("operator_changed", now, was.credit_code, is_.credit_code)
    yield from _of_honours(before, now)
    if None not in {was.region, is_.region} and was.region != is_.region:
        yield Change("moved", now, was.region, is_.region)


def _of_honours(before: Facility, now: Facility) -> Iterator[Change]:
    """Levels and titles that were won or lost."""
    was, is_ = before.values, now.values
    old, new = was.level or "none", is_.level or "none"
    if old != new:
        event = "promoted" if LEVELS[new] > LEVELS[old] else "demoted"
        yield Change(event, now, old, new, document=is_.level_document)
    had, has = was.demonstration or (), is_.demonstration or ()
    yield from (Change("titled", now, after=title) for title in has if title not in had)
    yield from (Change("untitled", now, before=title) for title in had if title not in has)


def _state(facility: Facility) -> str:
    return facility.values.state or "operating"


def _graduates(measure: Measure, after: Period, last: Period, then: Register, ends: Pairs) -> dict[int, int]:
    """New graduates over the periods after one, as a flow counts them, by the facility of the register at the last.

    Of a facility that was handed on, those under its former operator too.
    """
    now = measure.facilities(last)
    heirs = {id(earlier): later for earlier, later in ends.handed_on}
    found: dict[int, int] = defaultdict(int)
    for period in span(max(after.shift(1), measure.plan.start), last):
        told = measure.facilities(period, fresh=True)
        of_now = pairs(told, now, measure.identities).same
        of_then = pairs(told, then, measure.identities).same if heirs else ()
        links = {(id(f), id(later)): (f, later) for f, later in of_now}
        links |= {(id(f), id(heir)): (f, heir) for f, one in of_then if (heir := heirs.get(id(one)))}
        for facility, later in links.values():
            if facility.measured:
                found[id(later)] += facility.values.new_graduates or 0
    return found


def _amount(plan: Plan, change: Change) -> Decimal | None:
    """What the first fitting reward of the plan pays; for graduates by the firm."""
    for reward in plan.file.rewards:
        if reward.event == change.event and reward.to in {None, change.after}:
            return reward.amount * change.times
    return None
