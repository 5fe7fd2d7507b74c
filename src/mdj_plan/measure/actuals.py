"""Actuals: what has been achieved, per unit and indicator, stock or flow, with what may be missing (contract 2)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal, localcontext
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from mdj_plan.measure.register import register
from mdj_plan.names import trimmed
from mdj_plan.period import Period, span
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mdj_plan.archive.identities import Identities
    from mdj_plan.archive.ledger import Ledger, Return, Standing
    from mdj_plan.intake.submission import Claims
    from mdj_plan.measure.register import Facility, Register
    from mdj_plan.plan.model import Indicator, Plan

Number = int | Decimal
Owner = str | None
"""A unit id, or None for the city."""


class Actual(NamedTuple):
    """A figure: `value` is None where nothing is known; `incomplete` where it may be too low."""

    value: Number | None
    incomplete: bool


class Tally(NamedTuple):
    """Facilities that an indicator admits: how many, the sum where the field is stated, how many leave it blank."""

    admitted: int = 0
    total: Number = 0
    blank: int = 0

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(self.admitted + other.admitted, self.total + other.total, self.blank + other.blank)

    def value(self, indicator: Indicator) -> Number | None:
        """The figure in the indicator's measure unit, exact; None for a sum over blanks only."""
        if indicator.sum is None:
            return self.admitted
        if self.admitted and self.blank == self.admitted:
            return None
        if indicator.factor == 1:
            return self.total
        with localcontext(prec=60):
            return self.total / indicator.factor


_EMPTY = Tally()


class Measure:
    """Figures of a plan from its ledger, at any period. What is costly is worked out once and kept."""

    __slots__ = ("_memory", "identities", "ledger", "plan")

    def __init__(self, plan: Plan, ledger: Ledger, identities: Identities) -> None:
        self.plan, self.ledger, self.identities = plan, ledger, identities
        self._memory: dict[Any, Any] = {}

    def _once(self, key: tuple[Any, ...], work: Callable[[], Any]) -> Any:
        if key not in self._memory:
            self._memory[key] = work()
        return self._memory[key]

    def standings(self, period: Period) -> tuple[Standing, ...]:
        """What stands for every participating unit at a period."""
        found: tuple[Standing, ...] = self._once(("standings", period), lambda: self.ledger.standings(period))
        return found

    def facilities(self, period: Period, *, fresh: bool = False) -> Register:
        """The register at a period; `fresh` from the returns of that period alone."""

        def work() -> Register:
            standings = self.standings(period)
            pairs = [(s.unit, ret) for s in standings for ret in (s.fresh if fresh else s.returns)]
            # the same returns make the same register, whatever the period: where nothing is carried, fresh is all
            found: Register = self._once(
                ("register", *(id(ret) for _, ret in pairs)),
                lambda: register(pairs, self.plan.units, self.plan.outside),
            )
            return found

        facilities: Register = self._once(("facilities", period, fresh), work)
        return facilities

    def tallies(self, period: Period, *, flow: bool, fresh: bool = False) -> Mapping[tuple[Owner, str], Tally]:
        """The stocks, or the flows, over a period's measured facilities, for the city (None) and each credited unit."""
        facilities = self.facilities(period, fresh=fresh or flow)

        def work() -> Mapping[tuple[Owner, str], Tally]:
            indicators = [indicator for indicator in self.plan.indicators.values() if indicator.flow is flow]
            asked = {name for indicator in indicators for name in indicator.where}
            return tally(indicators, facilities.values, alike(facilities, asked))

        found: Mapping[tuple[Owner, str], Tally] = self._once(("tallies", flow, id(facilities)), work)
        return found

    def known(self, owner: Owner, period: Period, *, flow: bool = False) -> bool:
        """Whether the unit ever reported up to a period, or a claim was made for it; for flows since the start."""
        first: Mapping[Owner, Period] = self._once(("known", flow), lambda: self._first_named(flow=flow))
        return owner in first and first[owner] <= period

    def _first_named(self, *, flow: bool) -> Mapping[Owner, Period]:
        """The earliest period of a return from each unit, or with a claim for it; of a flow from the start on."""
        first: dict[Owner, Period] = {}
        for unit, ret in self.ledger.everything():
            if flow and ret.period < self.plan.start:
                continue
            for owner in self._named(unit, ret):
                first[owner] = min(first.get(owner, ret.period), ret.period)
        return first

    def actual(self, owner: Owner, indicator: Indicator, period: Period) -> Actual:
        """The figure at a period, carried returns included; a flow has none before the plan's start."""
        if indicator.flow:
            found = self.flows(period).get((owner, indicator.id), _EMPTY)
            short = owner in self._lacking(period)
        else:
            found = self.tallies(period, flow=False).get((owner, indicator.id), _EMPTY)
            short = owner in self._short(period)
        value = found.value(indicator) if self.known(owner, period, flow=indicator.flow) else None
        return Actual(value, short or (indicator.sum is not None and found.blank > 0))

    def _short(self, period: Period) -> frozenset[Owner]:
        """Units with an unusable row in a return that stands, and the city if there is one."""

        def work() -> frozenset[Owner]:
            return _and_city(s.unit for s in self.standings(period) if any(ret.short for ret in s.returns))

        found: frozenset[Owner] = self._once(("short", period), work)
        return found

    def _since_start(self, name: str, period: Period, nothing: Any, plus: Callable[[Any, Period], Any]) -> Any:
        """What adds up from the plan's start to a period, every period worked out once; `nothing` before the start."""
        if (name, period) in self._memory:
            return self._memory[name, period]
        total = nothing
        for each in span(self.plan.start, period):
            total = self._once((name, each), partial(plus, total, each))
        return total

    def _lacking(self, period: Period) -> frozenset[Owner]:
        """Units (and the city) of whom a return since the start is out, or has an unusable row."""

        def plus(before: frozenset[Owner], each: Period) -> frozenset[Owner]:
            out = (s for s in self.standings(each) if s.reporting != "reported" or any(r.flow_short for r in s.fresh))
            return before | _and_city(s.unit for s in out)

        found: frozenset[Owner] = self._since_start("lacking", period, frozenset(), plus)
        return found

    def flows(self, period: Period) -> Mapping[tuple[Owner, str], Tally]:
        """The flows added up from the plan's start to a period, each facility once a period."""

        def plus(before: Mapping[tuple[Owner, str], Tally], each: Period) -> Mapping[tuple[Owner, str], Tally]:
            total = dict(before)
            with localcontext(prec=60):
                for key, more in self.tallies(each, flow=True).items():
                    total[key] = total[key].plus(more) if key in total else more
            return total

        found: Mapping[tuple[Owner, str], Tally] = self._since_start("flows", period, {}, plus)
        return found

    def out(self, period: Period) -> Mapping[Owner, tuple[bool, bool]]:
        """The units, and the city, with a return of the period out: whether something earlier stands in, or nothing."""

        def work() -> Mapping[Owner, tuple[bool, bool]]:
            found: dict[Owner, tuple[bool, bool]] = {}
            for s in self.standings(period):
                for part in s.parts:
                    if part.ret is None or part.ret.period != period:
                        for owner in (None, s.unit):
                            carried, missing = found.get(owner, (False, False))
                            found[owner] = (carried or part.ret is not None, missing or part.ret is None)
            return found

        found: Mapping[Owner, tuple[bool, bool]] = self._once(("out", period), work)
        return found

    def actual_reported(self, owner: Owner, indicator: Indicator, period: Period) -> Number | None:
        """The same from the returns of the period alone; of a flow the actual itself."""
        if indicator.flow:
            return self.actual(owner, indicator, period).value

        def work() -> frozenset[Owner]:
            return frozenset().union(*(self._named(s.unit, ret) for s in self.standings(period) for ret in s.fresh))

        named: frozenset[Owner] = self._once(("fresh", period), work)
        if owner not in named:
            return None
        return self.tallies(period, flow=False, fresh=True).get((owner, indicator.id), _EMPTY).value(indicator)

    def _named(self, unit: str, ret: Return) -> frozenset[Owner]:
        """The city, the unit that a return comes from, and those that its claims credit."""

        def work() -> frozenset[Owner]:
            found: set[Owner] = {None, unit, *ret.claims.column("department")}
            if not self.plan.units[unit].lies_in_districts:
                found.update(ret.claims.column("region"))
            return frozenset(found)

        found: frozenset[Owner] = self._once(("named", id(ret)), work)
        return found

    def counted(self, indicator: Indicator, owner: Owner, period: Period) -> list[Facility]:
        """The facilities behind a figure at a period: of a stock as carried, of a flow that period's own."""
        facilities = self.facilities(period, fresh=indicator.flow)
        together = alike(facilities, indicator.where)
        admits = admission(indicator.where, together.asked)
        groups = together.groups.items()
        found = (at for (answers, who), at in groups if (owner is None or owner in who) and admits(answers))
        return [facilities[at] for at in sorted(chain.from_iterable(found))]


def _and_city(units: Iterable[str]) -> frozenset[Owner]:
    """The units, and the city where there is any."""
    found = frozenset(units)
    return found | {None} if found else found


class Alike(NamedTuple):
    """The places of a register's measured facilities by what they answer to `asked` and whom they are credited to."""

    asked: Sequence[str]
    groups: Mapping[tuple[tuple[Any, ...], tuple[str, ...]], Sequence[int]]


def alike(facilities: Register, asked: Iterable[str]) -> Alike:
    """The measured facilities, those together that say the same in all fields asked and are credited to the same."""
    asked = sorted(asked)
    said = list(zip(*map(facilities.values.column, asked), facilities.credited, strict=True))
    groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for at in facilities.measured:
        groups[said[at]].append(at)
    return Alike(asked, {(each[:-1], each[-1]): places for each, places in groups.items()})


def tally(indicators: Sequence[Indicator], values: Claims, together: Alike) -> Mapping[tuple[Owner, str], Tally]:
    """The indicators over measured facilities of some `values`, for the city and each unit they are credited to."""
    tests = [(indicator, admission(indicator.where, together.asked)) for indicator in indicators]
    columns = {field: None if field is None else values.column(field) for field in {each.sum for each in indicators}}
    admitted: dict[tuple[Any, ...], list[Indicator]] = {}
    totals: dict[tuple[Owner, str], Tally] = {}
    with localcontext(prec=60):
        for (answers, credited), places in together.groups.items():
            if answers not in admitted:
                admitted[answers] = [indicator for indicator, admits in tests if admits(answers)]
            sums = {field: _summed(columns[field], places) for field in {each.sum for each in admitted[answers]}}
            for indicator in admitted[answers]:
                for owner in (None, *credited):
                    before = totals.get((owner, indicator.id), _EMPTY)
                    totals[owner, indicator.id] = before.plus(sums[indicator.sum])
    return totals


def _summed(column: Sequence[Number | None] | None, places: Sequence[int]) -> Tally:
    """The sum of a column at some places; how many they are where none is summed."""
    if column is None:
        return Tally(len(places))
    stated = [value for at in places if (value := column[at]) is not None]
    return Tally(len(places), sum(stated), len(places) - len(stated))


def admission(where: Mapping[str, str | tuple[str, ...]], asked: Sequence[str]) -> Callable[[tuple[Any, ...]], bool]:
    """A `where` as a test of a facility's answers to what is asked: texts trimmed, titles by membership."""
    wanted = []
    for name, value in where.items():
        allowed = {trimmed(text) for text in ((value,) if isinstance(value, str) else value)}
        wanted.append((asked.index(name), allowed, _DEFAULTS.get(name)))

    def admits(answers: tuple[Any, ...]) -> bool:
        return all(_holds(answers[i], allowed, default) for i, allowed, default in wanted)

    return admits


_DEFAULTS = {"level": "none", "state": "operating"}
"""What a blank means where it means something (contract 1): a level of none, an operating facility."""


def _holds(answer: Any, allowed: set[str], default: str | None) -> bool:
    if isinstance(answer, tuple):
        return not allowed.isdisjoint(answer)
    answer = default if answer is None else answer
    return answer is not None and trimmed(answer) in allowed
