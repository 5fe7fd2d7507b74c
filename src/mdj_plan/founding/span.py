"""From when to when a new plan runs: as asked, else as its table says, else three years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.founding.layout import span_of
from mdj_plan.period import Period
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    import datetime as dt

    from mdj_plan.founding.breakdown import Breakdown

_YEARS = 3


class Span(NamedTuple):
    """The first and the last quarter of a plan, and whether its table says so."""

    start: Period
    end: Period
    stated: bool = False

    def holds(self, period: Period) -> bool:
        """Whether it is one of the plan's quarters."""
        return self.start <= period <= self.end


def span(table: Breakdown | None, start: Period | None, end: Period | None, today: dt.date) -> Span:
    """The plan's quarters. Without a word anywhere the present year and the two after it: what has been asked for since
    its first quarter can be received at once.
    """
    first, last = _of_table(table) if table is not None else (None, None)
    stated = (start is None and first is not None) or (end is None and last is not None)
    start, end = start or first, end or last
    if start is None:
        start = Period(end.year - _YEARS + 1, 1) if end is not None else Period(today.year, 1)
    return Span(start, end or Period(start.year + _YEARS - 1, 4), stated)


def _of_table(table: Breakdown) -> tuple[Period | None, Period | None]:
    """What a title says (2020—2022年), widened by what is due."""
    told = span_of(table.titles)
    due = [period for each in table.promises for period in (each.due, *each.milestones) if period is not None]
    starts, ends = ([Period(told[0], 1)], [Period(told[1], 4)]) if told is not None else ([], [])
    if told is not None or any(each.milestones for each in table.promises):  # a due period alone names no beginning
        starts += [Period(each.year, 1) for each in due]
    return min(starts, default=None), max([*due, *ends], default=None)
