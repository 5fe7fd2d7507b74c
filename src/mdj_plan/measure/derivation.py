"""A figure taken apart: what every facility adds to it, from which cell, and what was left out of it (contract 2).

Nothing is worked out anew: the register, the dropped rows and the standings are those the figure itself came from.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from mdj_plan.findings import Location
from mdj_plan.measure.uncounted import uncounted
from mdj_plan.period import span
from mdj_plan.records import NamedTuple, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mdj_plan.archive.ledger import Dropped, Standing
    from mdj_plan.intake.submission import Claim, Claims, Submission
    from mdj_plan.measure.actuals import Measure, Number
    from mdj_plan.measure.register import Facility
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Indicator


class Evidence(NamedTuple):
    """What one claim says of a facility: its value (1 for a count; None: blank or unusable), and where it stands."""

    unit: str
    claim: Claim
    value: Number | None
    at: Location


class Contribution(NamedTuple):
    """What a facility adds: `taken` is the claim its value comes from, `others` what else is claimed of it."""

    facility: Facility
    taken: Evidence
    others: tuple[Evidence, ...]


class LeftOut(NamedTuple):
    """A facility that would count but for its `state`, or for lying in a unit outside the plan (`state` None)."""

    facility: Facility
    state: str | None
    at: Location


class Absent(NamedTuple):
    """A unit, or a member of it, without a return for a period: what stands in for it (None: nothing)."""

    unit: str
    member: str | None
    carried: Period | None


class Unchanged(NamedTuple):
    """A return that says "as last time": the claims that it confirms, and the period of the return that made them."""

    submission: Submission
    before: Period | None
    claims: Claims


@frozen
class Layer:
    """What one period adds to a figure of a unit, or of the city (`owner` None): a stock has one layer, a flow one for
    each period since the plan's start. Each part is worked out when it is first asked for.
    """

    measure: Measure
    indicator: Indicator
    owner: str | None
    period: Period

    @cached_property
    def contributions(self) -> tuple[Contribution, ...]:
        """The facilities that count, in register order."""
        counted = self.measure.counted(self.indicator, self.owner, self.period)
        confirmed = self._unchanged if self.indicator.flow else ()
        still = {id(claim): each.submission.file for each in confirmed for claim in each.claims}
        return tuple(_contribution(facility, self.indicator.sum, still) for facility in counted)

    @property
    def total(self) -> Number:
        """The sum of what is stated."""
        stated = [each.taken.value for each in self.contributions if each.taken.value is not None]
        return sum(stated, Decimal(0)) if any(isinstance(value, Decimal) for value in stated) else sum(stated)

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The facilities that would count if they operated within the plan."""
        return tuple(map(_left_out, uncounted(self.measure, self.indicator, self.owner, self.period)))

    @cached_property
    def dropped(self) -> tuple[tuple[str, Dropped], ...]:
        """The rows that do not count, of the returns that the figure draws on, each with the unit that sent it."""
        return tuple(
            (standing.unit, row)
            for standing in self._standings
            for ret in (standing.fresh if self.indicator.flow else standing.returns)
            for row in ret.dropped
        )

    @cached_property
    def absent(self) -> tuple[Absent, ...]:
        """Who has no return of the period itself, and of when is what stands in."""
        return tuple(
            Absent(standing.unit, part.member, part.ret.period if part.ret else None)
            for standing in self._standings
            for part in standing.parts
            if part.ret is None or part.ret.period != self.period
        )

    @property
    def unchanged(self) -> tuple[Unchanged, ...]:
        """The unit's returns that only say that nothing has changed."""
        return tuple(each for each in self._unchanged if self.owner in {None, each.submission.unit})

    @cached_property
    def _standings(self) -> tuple[Standing, ...]:
        """The standings of the period: the unit's own, for the city all."""
        return tuple(s for s in self.measure.standings(self.period) if self.owner in {None, s.unit})

    @cached_property
    def _unchanged(self) -> tuple[Unchanged, ...]:
        """The same of all units: what counts for a unit may stand in another's return."""
        return tuple(_confirming(self.measure.standings(self.period)))


def derive(measure: Measure, indicator: Indicator, owner: str | None, last: Period) -> tuple[Layer, ...]:
    """The layers of a figure at a period, of a unit or of the city (None), in order of time."""
    first = measure.plan.start if indicator.flow else last
    return tuple(Layer(measure, indicator, owner, period) for period in span(first, last))


def _confirming(standings: Iterable[Standing]) -> Iterator[Unchanged]:
    for standing in standings:
        for ret in standing.fresh:
            if ret.submission.type == "unchanged":
                yield Unchanged(ret.submission, ret.before.period if ret.before else None, ret.claims)


def _contribution(facility: Facility, field: str | None, still: Mapping[int, str]) -> Contribution:
    unit, taken = facility.stating(field)
    others = [(by, claim) for by, claim in facility.claims if claim is not taken]
    first, *rest = (_evidence(by, claim, field, still) for by, claim in [(unit, taken), *others])
    return Contribution(facility, first, tuple(rest))


def _evidence(unit: str, claim: Claim, field: str | None, still: Mapping[int, str]) -> Evidence:
    """`still` names the return that says "unchanged", and so zero, where the claim is an earlier return's."""
    value = 1 if field is None else claim.value(field)
    file = still.get(id(claim))
    return Evidence(unit, claim, value, place_of(claim, field or "name") if file is None else Location(file))


def place_of(claim: Claim, field: str) -> Location:
    """Where a field of a claim stands; where the table has no such column, where its name does."""
    at = claim.at(field)
    return at if at.cell else at._replace(cell=claim.at("name").cell)


def _left_out(facility: Facility) -> LeftOut:
    field = "region" if facility.outside else "state"
    state = None if facility.outside else facility.values.state
    return LeftOut(facility, state, place_of(facility.stating(field)[1], field))
