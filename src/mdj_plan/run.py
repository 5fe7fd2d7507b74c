"""A run: from paths and wishes to an `Assessment`. What the command line and the notebook interface share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.archive.holdings import read_archive
from mdj_plan.archive.identities import Identities
from mdj_plan.assess import Assessment, assess
from mdj_plan.names import listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from mdj_plan.archive.holdings import Archive
    from mdj_plan.findings import Argument
    from mdj_plan.period import Month, Period
    from mdj_plan.plan.model import Plan


class UsageError(Exception):
    """Something asked for cannot be done: the key of a message, and what fills it (exit code 2)."""

    def __init__(self, name: str, /, **args: Argument) -> None:
        super().__init__(name, args)
        self.name, self.args_ = name, args


def run(
    plan: Plan,
    *,
    period: Period | None = None,
    as_of: Month | None = None,
    all_periods: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Assessment:
    """Read the archive and assess it. Raises UsageError, PlanError, or OSError for an unreadable folder."""
    if not plan.submissions.is_dir():
        raise UsageError("no-submissions", path=str(plan.submissions))
    archive = read_archive(plan, progress)
    chosen = chosen_period(archive, period)
    month = as_of or chosen.last_month
    if month < chosen.first_month:
        raise UsageError("as-of-before-period", as_of=str(month), period=str(chosen))
    return assess(plan, archive, Identities.of(plan), chosen, month, all_periods=all_periods)


def chosen_period(archive: Archive, wish: Period | None) -> Period:
    """The wished period, which must have a return; else the latest with one."""
    known = archive.periods()
    if wish is None:
        latest = archive.latest()
        if latest is None:
            raise UsageError("no-returns")
        return latest
    if wish not in known:
        nearest = sorted(known, key=lambda each: (abs(each.number - wish.number), each))[:3]
        near = listed(str(each) for each in sorted(nearest))
        raise UsageError("period-without-return", period=str(wish), near=near)
    return wish
