"""`mdj-plan actions`: the joint meeting's decisions, what has become of them; `actions add` appends one."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.options import Asked, Format
from mdj_plan.cli.output import put

if TYPE_CHECKING:
    import datetime as dt

    from mdj_plan.findings import Finding

ASKS = ("period", "as_of", "unit", "format")
HEADS = ("编号", "会议日期", "事项", "责任单位", "完成时限", "指标", "目标值", "完成日期", "进展", "备注")
"""The columns of a new table, as in contract 6.1."""


class Do(StrEnum):
    """What to do other than show."""

    ADD = "add"


def actions(
    asked: Asked,
    *,
    do: Annotated[Do | None, typer.Argument(metavar="[add]", help="actions-do")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="2018-09-30", help="actions-on")] = None,
    number: Annotated[str, typer.Option("--id", metavar="TEXT", help="actions-number")] = "",
    meeting: Annotated[str, typer.Option("--meeting", metavar="DATE", help="actions-meeting")] = "",
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help="actions-text")] = "",
    due: Annotated[str, typer.Option("--due", metavar="DATE", help="actions-due")] = "",
    indicator: Annotated[str, typer.Option("--indicator", metavar="ID", help="actions-indicator")] = "",
    wanted: Annotated[str, typer.Option("--wanted", metavar="NUMBER", help="actions-wanted")] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="actions-note")] = "",
) -> int:
    """Show every decision at a day; with `add` append one for the units asked for, if it can be used."""
    if do is Do.ADD:
        units = "、".join(asked.unit or ())
        given = (number, meeting, text, units, due, indicator, wanted, "", "", note)
        return _add(asked, dict(zip(HEADS, given, strict=True)))
    units_asked = asked.units
    from mdj_plan.reports.narrowed import narrowed

    assessment = narrowed(asked.assessed(on=_day(on)), units_asked)
    if asked.format is Format.TABLE:
        from mdj_plan.reports.screen.paper import open_screen
        from mdj_plan.reports.screen.tables import show_table
        from mdj_plan.reports.tables.actions import ACTIONS

        screen = open_screen(asked.texts)
        screen.line(asked.texts("actions-head", on=assessment.on.isoformat(), period=str(assessment.period)))
        show_table(screen, ACTIONS.of(assessment))
    else:
        from mdj_plan.reports.data.actions import actions_csv, actions_json

        write = actions_json if asked.format is Format.JSON else actions_csv
        put(write(assessment, asked.texts))
    return 0


def _day(text: str | None) -> dt.date | None:
    """The day asked for. Raises UsageError for what is none."""
    from mdj_plan.sheets.values.dates import whole_day
    from mdj_plan.usage import UsageError

    if text is None:
        return None
    reading = whole_day(text)
    if reading.value is None:
        raise UsageError("not-a-day", found=text)
    day: dt.date = reading.value
    return day


def _add(asked: Asked, row: dict[str, str]) -> int:
    """Append the row where nothing is wrong with it; the table as it would be is judged first."""
    from mdj_plan.cli.adding import add_row

    def wrong(data: bytes, name: str) -> list[Finding]:
        return _wrong(asked, data, name)

    return add_row(asked.loaded, asked.loaded.actions, HEADS, row, wrong, asked.texts)


def _wrong(asked: Asked, data: bytes, name: str) -> list[Finding]:
    """P110 of the last row."""
    from mdj_plan.archive.actions_table import ActionRow, understood
    from mdj_plan.sheets.tables.table import parse_table

    table = parse_table(data, name, ActionRow)
    last = max((*(each.row for each in table.rows), *(slip.row for slip in table.slips)), default=-1)
    return [found for found in understood(asked.loaded, table).findings if found.at.row - 1 == last]
