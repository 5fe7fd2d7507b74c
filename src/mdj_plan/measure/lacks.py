"""Why a figure may be too low: whose returns are out, who left it blank, whose rows cannot be used (contract 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mdj_plan.period import span
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.archive.ledger import Return, Standing
    from mdj_plan.measure.actuals import Measure
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Indicator

Why = Literal["missing", "partly", "blank", "unusable"]
"""No return, or not every member's; facilities without the figure; rows that cannot be used."""


class Lack(NamedTuple):
    """What one unit is short of: in which periods, and how many facilities or rows (0: whole returns)."""

    unit: str
    why: Why
    periods: tuple[Period, ...]
    number: int


def lacks(measure: Measure, owner: str | None, indicator: Indicator, period: Period) -> tuple[Lack, ...]:
    """Everything that makes a figure incomplete, in the plan's order of units; nothing where it is not."""
    found: dict[tuple[str, Why], tuple[tuple[Period, ...], int]] = {}
    periods = span(measure.plan.start, period) if indicator.flow else (period,)
    for each in periods:
        for unit, why, count in _short(measure, owner, indicator, each):
            before, counted = found.get((unit, why), ((), 0))
            found[unit, why] = ((*before, each), counted + count)
    order = {unit.id: place for place, unit in enumerate(measure.plan.participants)}
    rows = (Lack(unit, why, when, count) for (unit, why), (when, count) in found.items())
    return tuple(sorted(rows, key=lambda row: (order[row.unit], row.periods)))


def _short(measure: Measure, owner: str | None, indicator: Indicator, period: Period) -> Iterator[tuple[str, Why, int]]:
    for standing in measure.standings(period):
        if owner in {None, standing.unit}:
            yield from _of_returns(standing, flow=indicator.flow)
    if indicator.sum is None:
        return
    blank: dict[str, int] = {}
    for facility in measure.counted(indicator, owner, period):
        if facility.values.value(indicator.sum) is None:
            unit = facility.claims[0][0]
            blank[unit] = blank.get(unit, 0) + 1
    yield from ((unit, "blank", count) for unit, count in blank.items())


def _of_returns(standing: Standing, *, flow: bool) -> Iterator[tuple[str, Why, int]]:
    """What is wrong with a unit's returns: a flow needs every one, a stock only usable rows in those that stand."""
    if flow:
        if standing.reporting != "reported":
            yield standing.unit, "partly" if standing.fresh else "missing", 0
        short = [ret for ret in standing.fresh if ret.flow_short]
    else:
        short = [ret for ret in standing.returns if ret.short]
    if short:
        yield standing.unit, "unusable", sum(map(_unusable, short))


def _unusable(ret: Return) -> int:
    """How many rows cannot be used of a return, or of the one that it leaves unchanged."""
    dropped = ret.dropped or (ret.before or ret).dropped
    return sum(row.reason == "unusable" for row in dropped)
