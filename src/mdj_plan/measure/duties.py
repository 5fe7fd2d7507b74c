"""Duties without a number: their status and summed progress (notice four (three) 4, 13, 14; contract 3, duty)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.period import span
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from mdj_plan.intake.submission import DutyReport
    from mdj_plan.measure.actuals import Measure
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Duty, Unit

SILENT, IN_PROGRESS, NOT_STARTED = "silent", "in_progress", "not_started"


class DutyState(NamedTuple):
    """One row per duty. `status` is silent when the unit's return for the period says nothing of it.

    `progress_total` is summed since the plan's start, in the duty's measure; None when no progress was ever stated.
    `reports` are the rows of the period's return.
    """

    duty: Duty
    unit: Unit
    status: str
    progress_total: Decimal | None
    reports: tuple[DutyReport, ...]


def duties(measure: Measure, period: Period) -> tuple[DutyState, ...]:
    """The state of every duty of a participating unit, in the plan's order."""
    return tuple(_state(measure, duty, period) for duty in measure.plan.duties)


def _state(measure: Measure, duty: Duty, period: Period) -> DutyState:
    now = tuple(_reports(measure, duty, period))
    since = [r.progress for each in span(measure.plan.start, period) for r in _reports(measure, duty, each)]
    stated = [progress for progress in since if progress is not None]
    unit = measure.plan.units[duty.unit]
    return DutyState(duty, unit, _status(now), sum(stated[1:], stated[0]) if stated else None, now)


def _reports(measure: Measure, duty: Duty, period: Period) -> Iterator[DutyReport]:
    for ret in measure.ledger.standing(duty.unit, period).fresh:
        yield from counted(ret.submission.duties, duty)


def counted(reports: tuple[DutyReport, ...], duty: Duty) -> Iterator[DutyReport]:
    """The first row of a return about a duty; a second one is a repeat (X101)."""
    first = next((report for report in reports if report.duty == duty.id), None)
    if first is not None:
        yield first


def _status(now: tuple[DutyReport, ...]) -> str:
    """What the return says; progress without a usable status is a duty in progress, a row without either is silence."""
    for report in now:
        if report.status is not None:
            return report.status
    progress = [report.progress for report in now if report.progress is not None]
    if not progress:
        return SILENT
    return IN_PROGRESS if any(progress) else NOT_STARTED
