"""V121: what formatting says of a table's cells: struck through, or beneath a merged range (contract 1).

A row struck through counts, since nobody can know whether it was meant to be deleted; what lies beneath a merged
range is not read, since no program shows it. Both are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.sheets.cells import Fault, address, as_typed
from mdj_plan.sheets.values.reading import blank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.intake.layout.table import Table

_KEYS = {"facilities": "name", "duties": "duty"}


def formatting(table: Table) -> list[Fault]:
    """V121 for each row that is struck through, each other cell that is, and each cell hidden beneath a merge."""
    sheet = table.sheet
    found: list[Fault] = []
    if sheet.struck:
        for row in table.rows:
            found += _struck(table, row)
    if sheet.beneath:
        found += _beneath(table)
    return found


def _struck(table: Table, row: int) -> Iterator[Fault]:
    """One for the row where its name is struck through, else one for each such cell."""
    cells = table.sheet.rows[row]
    places = {name: column.index for name, column in table.columns.items() if column.index < len(cells)}
    struck = [name for name, index in places.items() if (row, index) in table.sheet.struck and not blank(cells[index])]
    key = _KEYS[table.kind]
    if key in struck:
        yield Fault("V121", table.sheet.name, row, places[key], as_typed(cells[places[key]]), "row")
        return
    for name in struck:
        args = (("field", table.fields[name].label),)
        yield Fault(
            "V121",
            table.sheet.name,
            row,
            places[name],
            as_typed(cells[places[name]]),
            "",
            args,
            field=_field(table, name),
        )


def _beneath(table: Table) -> Iterator[Fault]:
    """One for each figure beneath a merge, and for each text there that is not the one shown."""
    sheet = table.sheet
    rows = set(table.rows)
    named = {column.index: name for name, column in table.columns.items()}
    for (row, column), (value, over) in sorted(sheet.beneath.items()):
        name = named.get(column)
        if row not in rows or name is None or blank(value):
            continue
        top = sheet.rows[over.top]
        shown = as_typed(top[over.left]) if over.left < len(top) else ""
        if value == shown and over.left == column and not table.fields[name].numeric:
            continue
        args = (("field", table.fields[name].label), ("over", address(over.top, over.left)), ("shown", shown))
        yield Fault("V121", sheet.name, row, column, value, "beneath", args, field=_field(table, name))


def _field(table: Table, name: str) -> str | None:
    """What a finding's `field` says: a field of facilities, or None."""
    return name if table.kind == "facilities" else None
