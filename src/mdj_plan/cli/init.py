"""`mdj-plan init`: a plan folder to begin with, of an existing breakdown table or as an example."""

from __future__ import annotations

import datetime as dt
from pathlib import Path  # noqa: TC003 - Typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.meant import period_of
from mdj_plan.cli.options import LanguageOption

if TYPE_CHECKING:
    from mdj_plan.founding.found import Founded
    from mdj_plan.messages import Messages
    from mdj_plan.period import Period


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="init-folder", show_default=False)],
    *,
    table: Annotated[Path | None, typer.Option("--from", metavar="TABLE", help="init-from")] = None,
    start: Annotated[str | None, typer.Option("--start", metavar="2020Q1", help="init-start")] = None,
    end: Annotated[str | None, typer.Option("--end", metavar="2022Q4", help="init-end")] = None,
    lang: LanguageOption = None,
) -> int:
    """Write the folder and say row by row what was understood; exit code 2, and nothing written, where it cannot be."""
    from mdj_plan.messages import messages
    from mdj_plan.reports.screen.founding import show_founded

    language = lang.value if lang is not None else str(context.obj)
    texts = messages(language)
    made = _founded(folder, table, (period_of(start), period_of(end)), texts)
    show_founded(made, folder, texts)
    return 0


def _founded(folder: Path, table: Path | None, asked: tuple[Period | None, Period | None], texts: Messages) -> Founded:
    """The folder written. Raises UsageError for what a user can mend, OSError, PlanError."""
    from mdj_plan.findings import Location, finding
    from mdj_plan.founding.breakdown import NoBreakdownError
    from mdj_plan.founding.folder import NotEmptyError
    from mdj_plan.founding.found import SpanError, found
    from mdj_plan.usage import UsageError

    start, end = asked
    today = dt.datetime.now().astimezone().date()
    try:
        return found(folder, table, start=start, end=end, today=today, language=texts.language)
    except NotEmptyError as error:
        key = "init-not-empty" if error.name else "init-no-folder"
        raise UsageError(key, path=str(folder), name=error.name) from error
    except SpanError as error:
        raise UsageError("init-ends-early", start=str(error.asked.start), end=str(error.asked.end)) from error
    except NoBreakdownError as error:
        if error.fault is None:
            raise UsageError("init-no-table", path=str(table)) from error
        fault = error.fault
        told = finding(
            fault.code, Location(str(table)), value=fault.value, variant=fault.variant, args=dict(fault.args)
        )
        raise UsageError("init-unreadable", path=str(table), reason=texts.message(told)) from error
