"""Sheets of cells as they stand in a file, before anybody reads meaning into them.

Every format becomes the same thing: a `Book` of `Sheet`s. Rows and columns count from 0 inside the program and are
written as ``A1`` addresses for people.
"""

from __future__ import annotations

import datetime as dt
import functools
from types import MappingProxyType
from typing import TYPE_CHECKING

from mdj_plan.findings import Argument, Location
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Cell = str | int | float | dt.date | dt.datetime | dt.time | dt.timedelta | None
"""What a cell holds: text, a number, a date or time; None or "" when blank. Booleans arrive as text TRUE/FALSE."""


class Fault(NamedTuple):
    """An objection raised while reading, not yet attributed to a unit and period.

    `row` and `column` count from 0, -1 where the fault is about the whole file or sheet; `args` and `variant` fill the
    message of the catalogue; `warning` asks for severity warning where the contract lets the case decide (F105).
    `field` is the id of the field of facilities that the fault is about, None where it is about no one field.
    """

    code: str
    sheet: str | None = None
    row: int = -1
    column: int = -1
    value: str | None = None
    variant: str = ""
    args: tuple[tuple[str, Argument], ...] = ()
    warning: bool = False
    field: str | None = None


class Range(NamedTuple):
    """A merged range, both corners included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Covered(NamedTuple):
    """What stands in a cell beneath a merged range's first: its text, and the range."""

    text: str
    by: Range


class Sheet(NamedTuple):
    """One sheet. `rows` starts at row 0, column 0 of the sheet (leading blanks are there); rows may differ in length.

    `name` is None for text files. `flaws` maps (row, column) of cells whose value cannot be known to what stands
    there: an error such as ``#DIV/0!`` or, beginning with ``=``, a formula without a stored result (the cell itself is
    then None in `rows`). `merged` holds the merged ranges, whose value stands in the top left cell alone.
    What formatting says (contract 1): digits raised or lowered within a cell's text stand in `rows` as such (20¹, 20₁;
    `values.footnotes` makes them), `struck` holds cells that are struck through, `beneath` maps cells under a merged
    range's first to what stands there unread (None in `rows`). `lines` are the lines of a text file in which its rows
    begin (from 1), None for other formats; `broken` maps those of its rows whose record does not fit the header to what
    is wrong (F108): they are not counted. `since_1904`: days that stand as plain numbers count from 1904.
    """

    name: str | None
    rows: Sequence[Sequence[Cell]]
    visible: bool = True
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    flaws: Mapping[tuple[int, int], str] = MappingProxyType({})
    struck: frozenset[tuple[int, int]] = frozenset()
    beneath: Mapping[tuple[int, int], Covered] = MappingProxyType({})
    since_1904: bool = False
    broken: Mapping[int, str] = MappingProxyType({})
    lines: Sequence[int] | None = None


class Book(NamedTuple):
    """What a file holds: its sheets in order (none when it could not be read), and the faults found on the way."""

    sheets: tuple[Sheet, ...] = ()
    faults: tuple[Fault, ...] = ()


@functools.lru_cache(maxsize=4096)
def column_letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The A1 address of a cell counted from 0."""
    return f"{column_letters(column)}{row + 1}"


def place(file: str | None, sheet: str | None, row: int, column: int) -> Location:
    """A location from coordinates counted from 0; without a cell where `row` is -1."""
    if row < 0:
        return Location(file, sheet)
    if column < 0:
        return Location(file, sheet, None, row + 1)
    return Location(file, sheet, address(row, column), row + 1, column + 1)


def as_typed(value: Cell) -> str:
    """The cell as a person sees it: whole floats without ``.0``, dates as ISO, blanks as ``""``."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value).upper()
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return str(value)
