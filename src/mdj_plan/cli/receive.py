"""`mdj-plan receive`: judge returns and file them in the archive, each with its receipt."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - Typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.options import Asked
from mdj_plan.cli.output import put
from mdj_plan.names import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mdj_plan.delivery import Reception
    from mdj_plan.messages import Messages
    from mdj_plan.outcome import Outcome, Read, Supplied
    from mdj_plan.plan.mentions import Reporter
    from mdj_plan.plan.model import Plan


ASKS = ()


class Form(StrEnum):
    """Forms of the result."""

    TEXT = "text"
    JSON = "json"


def receive(
    asked: Asked,
    *,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="receive-files")],
    received: Annotated[str | None, typer.Option("--received", metavar="2018-10-10", help="receive-received")] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="ID", help="receive-unit")] = None,
    period: Annotated[str | None, typer.Option("--period", metavar="2018Q3", help="receive-period")] = None,
    accept_errors: Annotated[bool, typer.Option("--accept-errors", help="receive-accept-errors")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="receive-dry-run")] = False,
    format_: Annotated[Form, typer.Option("--format", help="receive-format")] = Form.TEXT,
) -> int:
    """File what can be filed; exit code 1 when a return was not filed."""
    from mdj_plan.archive.inbox import handed_over
    from mdj_plan.delivery import Reception
    from mdj_plan.outcome import settled_all
    from mdj_plan.plan.units import Directory
    from mdj_plan.reports.screen import reception as words
    from mdj_plan.reports.screen.paper import open_screen
    from mdj_plan.reports.screen.tally import counted, still_out
    from mdj_plan.tally import tallied
    from mdj_plan.usage import UsageError

    plan, texts = asked.loaded, asked.texts
    supplied = _supplied(plan, received, unit, period)
    everything = list(handed_over(files, Directory(plan.file)))
    if not everything:
        raise UsageError("nothing-handed-over", paths=listed(map(str, files)))
    outcomes: list[Outcome] = []
    screen = open_screen(texts)
    with asked.desk() as desk:
        reads = Reception.read(desk, everything, supplied)
        with _held(plan, texts, dry_run=dry_run):
            reception = Reception.of(plan, desk, accept_errors=accept_errors)
            for done, trouble in _settled(reception, reads, supplied, dry_run=dry_run):
                outcomes.append(done)
                if format_ is Form.TEXT:
                    screen.prose(words.lines(done, texts, dry_run=dry_run))
                _say(words.leftover(trouble, texts))
            if not dry_run:
                _keep(reception, outcomes, supplied)
    tally = tallied(reception, outcomes)
    if format_ is Form.JSON:
        from mdj_plan.reports.data.delivery import delivery_json

        put(delivery_json(outcomes, tally, texts))
    else:
        screen.prose([counted(tally, texts, done=not dry_run), *still_out(tally, texts)])
        _say(words.tips(outcomes, texts, accept_errors=accept_errors))
    return int(not settled_all(outcomes))


def _settled(
    reception: Reception, reads: Sequence[Read], supplied: Supplied, *, dry_run: bool
) -> Iterator[tuple[Outcome, OSError | None]]:
    """What becomes of each file, done unless nothing is to be; what went wrong behind it comes beside it."""
    for outcome in reception.decided(reads):
        done, trouble = (outcome, None) if dry_run else reception.settle(outcome, supplied)
        reception.taken(done)
        yield done, trouble


def _keep(reception: Reception, outcomes: list[Outcome], supplied: Supplied) -> None:
    """Write down what came and is not settled, so that nobody is told to have sent nothing."""
    from mdj_plan.archive.pending import keep_pending
    from mdj_plan.archive.receipts import read_receipts
    from mdj_plan.tally import questions

    plan, received = reception.plan, supplied.received or dt.datetime.now().astimezone()
    now = questions(reception, outcomes, received)
    keep_pending(plan.pending, now, read_receipts(plan.receipts), reception.archive.counting)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr)


@contextmanager
def _held(plan: Plan, texts: Messages, *, dry_run: bool) -> Iterator[None]:
    """The archive held from before it is read until all is filed: what is decided is decided by what is on file.

    What a killed run left is put right first, and told. A dry run holds nothing, and leaves all as it is.
    """
    if dry_run:
        yield
        return
    from mdj_plan.archive.filing import filing
    from mdj_plan.reports.screen.reception import mended

    with filing(plan) as found:
        _say(mended(found, texts))
        yield


def _supplied(plan: Plan, received: str | None, unit: str | None, period: str | None) -> Supplied:
    """What the office knows better. Raises UsageError for a unit, a period or a day that is none."""
    from mdj_plan.cli.meant import period_of
    from mdj_plan.intake.given import Given
    from mdj_plan.outcome import Supplied

    reporter = None if unit is None else _reporter(plan, unit)
    return Supplied(Given(reporter, period_of(period)), None if received is None else _moment(plan, received))


def _reporter(plan: Plan, unit: str) -> Reporter:
    from mdj_plan.names import nearest
    from mdj_plan.plan.units import Directory
    from mdj_plan.usage import UsageError

    directory = Directory(plan.file)
    reporter = directory.find(unit)
    if reporter is None:
        near = nearest(unit, plan.units) or directory.suggestion(unit) or listed(plan.units)
        raise UsageError("unknown-unit", found=unit, near=near)
    return reporter


def _moment(plan: Plan, received: str) -> dt.datetime:
    """The day, or the time, that the office names; in the plan's time zone, else this machine's."""
    from mdj_plan.sheets.tables.parsers import moment
    from mdj_plan.usage import UsageError

    at = moment(received).value
    if not isinstance(at, dt.datetime):
        raise UsageError("not-a-day", found=received)
    if at.tzinfo is not None:
        return at
    if plan.file.timezone is None:
        return at.astimezone()
    from zoneinfo import ZoneInfo

    return at.replace(tzinfo=ZoneInfo(plan.file.timezone))
