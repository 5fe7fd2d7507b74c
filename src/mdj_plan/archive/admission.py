"""Whether a return can be for the period that it names, by the day on which it was received (S110, contract 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.findings import finding
from mdj_plan.sheets.cells import as_typed, place

if TYPE_CHECKING:
    import datetime as dt

    from mdj_plan.findings import Finding
    from mdj_plan.intake.submission import Submission
    from mdj_plan.period import Period


def admitted(submission: Submission) -> Submission:
    """The return; one that came before its period's last month had begun cannot count, and S110 says so."""
    period, received = submission.period, submission.received
    if not submission.readable or period is None or received is None or received >= first_day(period):
        return submission
    told = _not_begun(submission, period, received)
    return submission._replace(readable=False, findings=(*submission.findings, told))


def first_day(period: Period) -> dt.date:
    """The first day of a period's last month: before it nobody can report the period."""
    return period.last_month.last_day.replace(day=1)


def _not_begun(submission: Submission, period: Period, received: dt.date) -> Finding:
    """S110, at 报出日期 where it is the day received. It belongs to no period, so that no run passes it over."""
    stated = next((d for d in submission.dated if d.what == "reported" and d.day == received), None)
    at, typed = submission.at, received.isoformat()
    if stated is not None:
        at = place(submission.file, stated.entry.sheet, stated.entry.row, stated.entry.column)
        typed = as_typed(stated.entry.value)
    args = {"stated": str(period), "received": received.isoformat(), "month": str(period.last_month)}
    return finding("S110", at, value=typed, unit=submission.unit, args=args)
