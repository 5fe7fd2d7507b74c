"""How many targets stand where, which of them gravest, and which units have all of theirs done or on schedule."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.measure.gaps import Gap


def statuses(gaps: Iterable[Gap]) -> Counter[str]:
    """How many gaps there are of each status; 0 of one that does not occur."""
    return Counter(gap.status for gap in gaps)


def gravest(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Of some gaps those of the gravest status that any has, in their order."""
    found = tuple(gaps)
    worst = max((gap.rank for gap in found), default=0)
    return tuple(gap for gap in found if gap.rank == worst)


class Wholly(NamedTuple):
    """Ids of the units that owe anything, in the order of their gaps: all; those that have done all of it; those of
    which nothing is behind or unknown, and not all of it done.
    """

    owing: tuple[str, ...]
    done: tuple[str, ...]
    on_schedule: tuple[str, ...]


def wholly(gaps: Iterable[Gap]) -> Wholly:
    """How units stand with all that they owe; a city's gap is no unit's."""
    ranks: dict[str, set[int]] = defaultdict(set)
    for gap in gaps:
        if gap.target.unit is not None:
            ranks[gap.target.unit].add(gap.rank)
    done = tuple(unit for unit, own in ranks.items() if own == {0})
    return Wholly(tuple(ranks), done, tuple(unit for unit, own in ranks.items() if own in ({1}, {0, 1})))
