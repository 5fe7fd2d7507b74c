"""A figure taken apart: what every facility adds to it, from which cell, and what was left out of it (contract 2).

Nothing is worked out anew: the register, the dropped rows and the standings are those the figure itself came from.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mdj_plan.measure.uncounted import uncounted
from mdj_plan.period import span
from mdj_plan.records import NamedTuple
from mdj_plan.reports.views import source_cell, stating

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mdj_plan.archive.ledger import Dropped, Standing
    from mdj_plan.assessment import Assessment
    from mdj_plan.intake.submission import Claim, Claims, Submission
    from mdj_plan.measure.actuals import Number
    from mdj_plan.measure.register import Facility
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Indicator


class Evidence(NamedTuple):
    """What one claim says of a facility: its value (1 for a count; None: blank or unusable), and the cell."""

    unit: str
    claim: Claim
    value: Number | None
    place: str


class Contribution(NamedTuple):
    """What a facility adds: `taken` is the claim its value comes from, `others` what else is claimed of it."""

    facility: Facility
    taken: Evidence
    others: tuple[Evidence, ...]


class LeftOut(NamedTuple):
    """A facility that would count but for its `state`, or for lying in a unit outside the plan (`state` None)."""

    facility: Facility
    state: str | None
    place: str


class Absent(NamedTuple):
    """A unit, or a member of it, without a return for a period: what stands in for it (None: nothing)."""

    unit: str
    member: str | None
    carried: Period | None


class Layer(NamedTuple):
    """What one period adds to a figure: a stock has one, a flow one for each period since the plan's start.

    `unchanged` are the unit's returns that only say so (file, and period of the return they confirm).
    """

    period: Period
    contributions: tuple[Contribution, ...]
    left_out: tuple[LeftOut, ...]
    dropped: tuple[Dropped, ...]
    absent: tuple[Absent, ...]
    unchanged: tuple[tuple[str, Period | None], ...]

    @property
    def total(self) -> Number:
        """The sum of what is stated."""
        stated = [each.taken.value for each in self.contributions if each.taken.value is not None]
        return sum(stated, Decimal(0)) if any(isinstance(value, Decimal) for value in stated) else sum(stated)


def derive(assessment: Assessment, indicator: Indicator, owner: str | None) -> tuple[Layer, ...]:
    """The layers of a figure of a unit, or of the city (None), in order of time."""
    first = assessment.plan.start if indicator.flow else assessment.period
    return tuple(_layer(assessment, indicator, owner, period) for period in span(first, assessment.period))


def _layer(assessment: Assessment, indicator: Indicator, owner: str | None, period: Period) -> Layer:
    measure = assessment.measure
    standings = [s for s in measure.standings(period) if owner in {None, s.unit}]
    unchanged = list(_unchanged(assessment, period))
    still = {id(c): s.file for _, s, claims in unchanged for c in claims} if indicator.flow else {}
    counted = measure.counted(indicator, owner, period)
    return Layer(
        period,
        tuple(_contribution(facility, indicator.sum, still) for facility in counted),
        tuple(_left_out(assessment, indicator, owner, period)),
        tuple(_dropped(standings, indicator)),
        tuple(_absent(standings, period)),
        tuple((s.file, before) for before, s, _ in unchanged if owner in {None, s.unit}),
    )


def _dropped(standings: Iterable[Standing], indicator: Indicator) -> Iterator[Dropped]:
    """The rows that do not count, of the returns that the figure draws on."""
    for standing in standings:
        for ret in standing.fresh if indicator.flow else standing.returns:
            yield from ret.dropped


def _absent(standings: Iterable[Standing], period: Period) -> Iterator[Absent]:
    """Who has no return of the period itself, and of when is what stands in."""
    for standing in standings:
        for part in standing.parts:
            if part.ret is None or part.ret.period != period:
                yield Absent(standing.unit, part.member, part.ret.period if part.ret else None)


def _unchanged(assessment: Assessment, period: Period) -> Iterator[tuple[Period | None, Submission, Claims]]:
    """The returns of a period that say "as last time": period of the last one, the return, the claims it confirms."""
    for standing in assessment.measure.standings(period):
        for ret in standing.fresh:
            if ret.submission.type == "unchanged":
                yield ret.before.period if ret.before else None, ret.submission, ret.claims


def _contribution(facility: Facility, field: str | None, still: Mapping[int, str]) -> Contribution:
    unit, taken = stating(facility, field)
    others = [(by, claim) for by, claim in facility.claims if claim is not taken]
    first, *rest = (_evidence(by, claim, field, still) for by, claim in [(unit, taken), *others])
    return Contribution(facility, first, tuple(rest))


def _evidence(unit: str, claim: Claim, field: str | None, still: Mapping[int, str]) -> Evidence:
    """`still` names the return that says "unchanged", and so zero, where the claim is an earlier return's."""
    value = 1 if field is None else claim.value(field)
    return Evidence(unit, claim, value, still.get(id(claim)) or cell_of(claim, field or "name"))


def cell_of(claim: Claim, field: str) -> str:
    """``file › sheet!cell`` of a field of a claim; of its name where the table has no such column."""
    at = claim.at(field)
    cell = at.cell or claim.at("name").cell
    return source_cell(at.file, at.sheet, cell)


def _left_out(assessment: Assessment, indicator: Indicator, owner: str | None, period: Period) -> Iterator[LeftOut]:
    for facility in uncounted(assessment.measure, indicator, owner, period):
        field = "region" if facility.outside else "state"
        state = None if facility.outside else facility.values.state
        yield LeftOut(facility, state, cell_of(stating(facility, field)[1], field))
