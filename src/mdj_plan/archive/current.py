"""Which period a run is about where none is asked for (contract 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.archive.holdings import Archive
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan


def current_period(plan: Plan, archive: Archive) -> Period | None:
    """The latest period of the plan for which a return of a unit that takes part counts.

    Where none does, the latest that some file names, one of the plan before others; None without any.
    """
    counting = (by for by in archive.counting if plan.units[by[0]].participates)
    periods = {period for by in counting for period in archive.counting[by]}
    named = archive.periods()
    return _latest(plan, periods) or _latest(plan, named) or max(named, default=None)


def _latest(plan: Plan, periods: Iterable[Period]) -> Period | None:
    return max((period for period in periods if within(plan, period)), default=None)


def within(plan: Plan, period: Period) -> bool:
    """Whether a period is one of the plan's."""
    return plan.start <= period <= plan.end
