"""The units' figures added up beside the city's own: how much of them counts in more than one unit."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.measure.actuals import Measure, Number
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Indicator


class Sum(NamedTuple):
    """An indicator whose city figure is known: `net` is that figure, `gross` the sum over the participating units."""

    indicator: Indicator
    net: Number
    gross: Fraction

    @property
    def overlap(self) -> Fraction:
        """What counts in more than one unit: the sum over the units less the city's own figure."""
        return self.gross - Fraction(self.net)


def sums(measure: Measure, period: Period) -> Iterator[Sum]:
    """One row each indicator with a figure of the city, in the plan's order."""
    for indicator in measure.plan.indicators.values():
        net = measure.actual(None, indicator, period).value
        if net is not None:
            own = (measure.actual(unit.id, indicator, period).value for unit in measure.plan.participants)
            gross = sum((Fraction(value) for value in own if value is not None), Fraction(0))
            yield Sum(indicator, net, gross)
