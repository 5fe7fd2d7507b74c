"""Sheets written as text: a line a row, ``|`` between cells; figures become numbers, as a spreadsheet makes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mdj_plan.intake.layout.headers import vocabulary
from mdj_plan.intake.layout.survey import Layout, survey
from mdj_plan.intake.layout.table import Table
from mdj_plan.sheets.cells import Book, Cell, Range, Sheet, address, column_letters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mdj_plan.sheets.cells import Fault

_FIGURE = re.compile(r"[0-9]+(\.[0-9]+)?")
_CORNERS = re.compile(r"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)")
_LETTERS = {column_letters(i): i for i in range(100)}


def sheet(text: str, name: str | None = "季报", *, merged: Sequence[str] = (), **more: Any) -> Sheet:
    rows = [[_cell(cell.strip()) for cell in line.split("|")] for line in text.strip("\n").split("\n")]
    return Sheet(name, rows, merged=tuple(map(_range, merged)), **more)


def _cell(text: str) -> Cell:
    if not _FIGURE.fullmatch(text):
        return text.replace("\\n", "\n")
    return float(text)


def _range(corners: str) -> Range:
    found = _CORNERS.fullmatch(corners)
    assert found
    return Range(int(found[2]) - 1, _LETTERS[found[1]], int(found[4]) - 1, _LETTERS[found[3]])


def laid_out(*sheets: Sheet | str, synonyms: Mapping[str, tuple[str, ...]] | None = None) -> Layout:
    return survey(Book(tuple(s if isinstance(s, Sheet) else sheet(s) for s in sheets)), vocabulary(synonyms))


def columns(table: Table) -> dict[str, str]:
    return {name: address(column.row, column.index) for name, column in table.columns.items()}


def names(table: Table) -> list[Cell]:
    return list(table.cells("name"))


def faults(layout: Layout) -> list[tuple[str, str]]:
    """Each fault as its code and its place."""
    return [(fault.code, _place(fault)) for fault in layout.faults]


def _place(fault: Fault) -> str:
    if fault.row < 0:
        return ""
    return address(fault.row, fault.column) if fault.column >= 0 else f"row {fault.row + 1}"


def arguments(fault: Fault) -> dict[str, str]:
    return {name: arg if isinstance(arg, str) else arg.zh for name, arg in fault.args}
