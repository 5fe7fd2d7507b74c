"""Stray cells: what stands beyond a wide gap below or beside everything else, left out and told (F105)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mdj_plan.intake.cells import Book, Fault, Sheet, as_typed
from mdj_plan.intake.values.reading import blank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.intake.cells import Cell

GAP_ROWS, GAP_COLUMNS = 2000, 200
"""Empty rows or columns beyond which what follows is a stray cell, not the table."""
_FEW = 2  # a row beyond a gap that holds more cells than this is no stray: it is left to be read


def without_strays(book: Book) -> Book:
    """The book without the stray cells of its sheets; a warning for the first of each direction."""
    faults: list[Fault] = []
    sheets = tuple(_beside(_below(sheet, faults), faults) for sheet in book.sheets)
    return Book(sheets, (*book.faults, *faults)) if faults else book


def _below(sheet: Sheet, faults: list[Fault]) -> Sheet:
    """A gap holds one row in so many: the others need not be looked at."""
    rows = sheet.rows
    for at in range(GAP_ROWS, len(rows), GAP_ROWS):
        if _is_empty(rows[at]) and (edge := _edge(rows, at)):
            if any(len(_filled(rows[row])) > _FEW for row in range(edge, len(rows))):
                return sheet
            _tell(sheet, edge, _filled(rows[edge])[0], faults)
            return sheet._replace(rows=rows[:edge])
    return sheet


def _edge(rows: Sequence[Sequence[Cell]], at: int) -> int:
    """The first row below the gap round an empty row; 0 where it is no gap between filled rows."""
    above = next((row for row in range(at, -1, -1) if not _is_empty(rows[row])), None)
    below = next((row for row in range(at, len(rows)) if not _is_empty(rows[row])), None)
    return below if above is not None and below is not None and below - above > GAP_ROWS else 0


def _beside(sheet: Sheet, faults: list[Fault]) -> Sheet:
    rows = sheet.rows
    if max(map(len, rows), default=0) <= GAP_COLUMNS:
        return sheet
    used = sorted({column for row in rows for column in _filled(row)})
    edge = next((b for a, b in pairwise(used) if b - a > GAP_COLUMNS), None)
    if edge is None:
        return sheet
    beyond = {i: [c for c in _filled(row) if c >= edge] for i, row in enumerate(rows) if len(row) > edge}
    if max(map(len, beyond.values())) > _FEW:
        return sheet
    row = next(i for i, columns in beyond.items() if columns)
    _tell(sheet, row, beyond[row][0], faults)
    return sheet._replace(rows=[row[:edge] for row in rows])


def _is_empty(row: Sequence[Cell]) -> bool:
    return not any(row) or not _filled(row)


def _filled(row: Sequence[Cell]) -> list[int]:
    return [column for column, cell in enumerate(row) if cell not in {None, ""} and not blank(cell)]


def _tell(sheet: Sheet, row: int, column: int, faults: list[Fault]) -> None:
    faults.append(Fault("F105", sheet.name, row, column, as_typed(sheet.rows[row][column]), "", (), warning=True))
