"""Stray cells: what stands beyond a wide gap below or beside everything else, left out and told (F105).

One rule for every format: for sheets read whole (`without_strays`), and for cells read one by one, before anything is
made of the blanks between them (`Cells.rows`).
"""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

from mdj_plan.sheets.cells import Book, Fault, Sheet, as_typed
from mdj_plan.sheets.values.reading import blank

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mdj_plan.sheets.cells import Cell

GAP_ROWS, GAP_COLUMNS = 2000, 200
"""Empty rows or columns beyond which what follows is a stray cell, not the table."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""No sheet has more; what claims to stand beyond is a stray cell wherever the rest is."""
_COLUMNS = tuple(range(LAST_COLUMN))
"""Each column's number once, so that a million cells do not make a million numbers."""
_FEW = 2  # a row beyond a gap that holds more cells than this is no stray: it is left to be read
Filled = dict[int, list[int]]
"""By row in order: its columns in which something stands, in order."""


def without_strays(book: Book) -> Book:
    """The book without the stray cells of its sheets; a warning for the first of each direction."""
    faults: list[Fault] = []
    sheets = tuple(_tidied(sheet, faults) for sheet in book.sheets)
    return Book(sheets, (*book.faults, *faults)) if faults else book


def _tidied(sheet: Sheet, faults: list[Fault]) -> Sheet:
    if not _may_have_gaps(sheet.rows):
        return sheet
    filled = filled_in(((number, _filled(row)) for number, row in enumerate(sheet.rows) if row), sheet.flaws)
    below, beside = edges(filled)
    found = firsts(filled, below, beside)
    if not found:
        return sheet
    faults += [stray(sheet.name, row, column, _typed(sheet, row, column)) for row, column in found]
    flaws = {place: flaw for place, flaw in sheet.flaws.items() if place[0] < below and place[1] < beside}
    height = max((row for row in filled if row < below), default=-1) + 1
    return sheet._replace(rows=[row[:beside] for row in sheet.rows[:height]], flaws=flaws)


def _may_have_gaps(rows: Sequence[Sequence[Cell]]) -> bool:
    """A gap of rows holds one row in so many: the others need not be looked at."""
    far = any(not any(rows[at]) for at in range(GAP_ROWS, len(rows), GAP_ROWS))
    return far or max(map(len, rows), default=0) > GAP_COLUMNS


def _filled(row: Sequence[Cell]) -> list[int]:
    numbers = _COLUMNS if len(row) <= LAST_COLUMN else range(len(row))
    return [n for n, cell in zip(numbers, row, strict=False) if cell is not None and cell != "" and not blank(cell)]


def _typed(sheet: Sheet, row: int, column: int) -> str:
    return sheet.flaws.get((row, column)) or as_typed(sheet.rows[row][column])


def stray(sheet: str | None, row: int, column: int, typed: str) -> Fault:
    """F105 for a cell that is left out while the table is read."""
    return Fault("F105", sheet, row, column, typed, "", (), warning=True)


def filled_in(rows: Iterable[tuple[int, list[int]]], flaws: Iterable[tuple[int, int]]) -> Filled:
    """Where something stands: the columns of each row whose cells are not blank, in order, and flaws."""
    found = dict(rows)
    flawed: dict[int, set[int]] = {}
    for row, column in flaws:
        flawed.setdefault(row, set()).add(column)
    found |= {row: sorted(columns.union(found.get(row, ()))) for row, columns in flawed.items()}
    return {row: found[row] for row in sorted(found) if found[row]}


def edges(filled: Filled) -> tuple[int, int]:
    """The row and the column from which on everything is stray; the sheet's own ends where nothing is."""
    full = max((row for row, columns in filled.items() if len(columns) > _FEW), default=-1)
    below = _edge([row for row in filled if row < LAST_ROW], GAP_ROWS, full, LAST_ROW)
    inside = [[c for c in columns if c < LAST_COLUMN] for row, columns in filled.items() if row < below]
    full = max((columns[-_FEW - 1] for columns in inside if len(columns) > _FEW), default=-1)
    return below, _edge(sorted(set(chain.from_iterable(inside))), GAP_COLUMNS, full, LAST_COLUMN)


def _edge(used: Sequence[int], gap: int, full: int, end: int) -> int:
    """The first gap beyond which no row holds more than a few cells: `full` is the last place where one does."""
    return next((b for a, b in pairwise(used) if b - a > gap and b > full), end)


def firsts(filled: Filled, below: int, beside: int) -> list[tuple[int, int]]:
    """The first stray cell below, and the first beside."""
    found = []
    for row, columns in filled.items():
        if row >= below:
            found.append((row, columns[0]))
            break
    for row, columns in filled.items():
        if row < below and columns[-1] >= beside:
            found.append((row, next(column for column in columns if column >= beside)))
            break
    return found
