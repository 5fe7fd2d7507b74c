"""Units side by side on one indicator, by attainment: the figure that the notice asks districts to be compared by."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from mdj_plan.measure.gaps import Gap
    from mdj_plan.plan.model import Plan


class Ranked(NamedTuple):
    """A unit's gap with its rank among the same indicator's: 1, 2, 2, 4; None where the attainment is unknown."""

    gap: Gap
    rank: int | None


def ranking(plan: Plan, gaps: Iterable[Gap]) -> tuple[Ranked, ...]:
    """Each gap with its rank: by indicator in the plan's order, the best first, equals and unknown in report order."""
    by_indicator: dict[str, list[Gap]] = defaultdict(list)
    for gap in gaps:
        by_indicator[gap.indicator.id].append(gap)
    return tuple(row for indicator in plan.indicators for row in _ranked(by_indicator[indicator]))


def _ranked(gaps: Sequence[Gap]) -> Iterator[Ranked]:
    """Compared by the exact attainment, so that equals share a rank and what only looks equal does not."""
    first: dict[Fraction, int] = {}
    ordered = sorted(gaps, key=lambda gap: (gap.attainment is None, -(gap.attainment or 0)))
    for place, gap in enumerate(ordered, 1):
        yield Ranked(gap, None if gap.attainment is None else first.setdefault(gap.attainment, place))
