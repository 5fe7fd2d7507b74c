"""`mdj-plan accept`: live with a finding until a period, for a reason; appends a row to exceptions.csv."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.complete import units as units_completed
from mdj_plan.cli.options import Asked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.findings import Finding

ASKS = ()


def accept(
    asked: Asked,
    *,
    code: Annotated[str, typer.Argument(metavar="CODE", help="accept-code")],
    until: Annotated[str, typer.Option("--until", metavar="2018Q4", help="accept-until")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="accept-reason")],
    unit: Annotated[str, typer.Option("--unit", metavar="ID", help="accept-unit", autocompletion=units_completed)] = "",
    facility: Annotated[str, typer.Option("--facility", metavar="NAME", help="accept-facility")] = "",
    field: Annotated[str, typer.Option("--field", metavar="ID", help="accept-field")] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="accept-by")] = "",
) -> int:
    """Append the row where nothing is wrong with it; exit code 2 and the reason where something is."""
    from mdj_plan.archive.exceptions_table import HEADS
    from mdj_plan.cli.adding import add_row

    today = dt.datetime.now().astimezone().date().isoformat()
    given = (code, unit, facility, field, reason, by, today if by else "", until)
    row = dict(zip(HEADS, given, strict=True))

    def wrong(data: bytes, name: str) -> Iterable[Finding]:
        return _wrong(asked, data, name)

    return add_row(asked.loaded, asked.loaded.exceptions, HEADS, row, wrong, asked.texts)


def _wrong(asked: Asked, data: bytes, name: str) -> list[Finding]:
    """P106 of the last row, or of the whole table."""
    from mdj_plan.archive.exceptions_table import Line, understood
    from mdj_plan.sheets.tables.table import parse_table

    table = parse_table(data, name, Line, strict=True)
    found = understood(asked.loaded, table).wrong
    last = max((*(each.row for each in table.rows), *(slip.row for slip in table.slips)), default=-1)
    return [each for each in found if each.at.row - 1 == last or not table.rows]
