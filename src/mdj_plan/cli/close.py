"""`mdj-plan close`: keep a period's figures as published; later differences are told as restatements (contract 5.3)."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.meant import period_of
from mdj_plan.cli.options import Asked
from mdj_plan.findings import Severity
from mdj_plan.text import legible

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.plan.model import Plan

ASKS = ("as_of",)


def close(
    asked: Asked,
    *,
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="close-period")],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="close-note")] = "",
    again: Annotated[bool, typer.Option("--again", help="close-again")] = False,
    accept_errors: Annotated[bool, typer.Option("--accept-errors", help="close-accept-errors")] = False,
) -> int:
    """Show what is to be kept, and keep it; exit code 1 where there are errors."""
    from mdj_plan.reports.screen.closed import show_closing

    number = _number(asked.loaded, period, again=again)
    assessment = replace(asked, period=period).assessed()
    show_closing(assessment, asked.texts, number)
    errors = assessment.count(Severity.ERROR)
    if errors and not accept_errors:
        print(asked.texts("close-errors", n=errors, period=str(assessment.period)), file=sys.stderr)
        return 1
    place = _write(assessment, number, note)
    print(asked.texts("close-done", period=str(assessment.period), n=number, file=place))
    return 0


def _number(plan: Plan, wish: str, *, again: bool) -> int:
    """The number of the edition to be written. Raises UsageError where the period is closed, unless it is so again."""
    from mdj_plan.archive.closing import next_number, place_of
    from mdj_plan.usage import UsageError

    period = period_of(wish)
    assert period is not None  # noqa: S101 - a text was given
    number = next_number(plan, period)
    if number > 1 and not again:
        last = place_of(plan, period, number - 1)
        raise UsageError("already-closed", period=str(period), n=str(number - 1), file=str(last))
    return number


def _write(assessment: Assessment, number: int, note: str) -> str:
    from mdj_plan.archive.closing import place_of, write_edition
    from mdj_plan.archive.lock import BusyError, alone
    from mdj_plan.messages import messages
    from mdj_plan.reports.data.edition import edition_json
    from mdj_plan.usage import UsageError

    plan = assessment.plan
    path = place_of(plan, assessment.period, number)
    now = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    text = edition_json(assessment, messages(plan.language), number=number, closed_at=now, note=legible(note) or None)
    try:
        with alone(plan.data):
            write_edition(path, text)
    except FileExistsError:  # another run was quicker
        raise UsageError("already-closed", period=str(assessment.period), n=str(number), file=str(path)) from None
    except BusyError as error:
        raise UsageError("archive-busy", path=str(error.path), holder=error.holder or "?") from None
    return str(path)
