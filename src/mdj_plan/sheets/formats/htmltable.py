"""One table of a page as it grows: rows of cells, spans as merged ranges, and what formatting says of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mdj_plan.sheets.cells import Range, Sheet, as_typed
from mdj_plan.sheets.formats.guarded import bare
from mdj_plan.sheets.formats.runs import Run, joined
from mdj_plan.sheets.formats.serials import kind_of_code, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdj_plan.sheets.cells import Cell
    from mdj_plan.sheets.formats.sparse import Room

MOST_CELLS = 3_000_000
"""Cells of a page, spanned ones included, beyond which spans are an attack, not a table."""
_WIDEST, _TALLEST = 1000, 65_534  # HTML allows no wider and no taller spans
_SPACES = re.compile(r"[ \t\r\n\f]+")
_FIGURE = re.compile(r"[-+]?[0-9]{1,20}(?:\.[0-9]{0,20})?(?:[eE][-+]?[0-9]{1,3})?")
_MOMENT = re.compile(r"[0-9]+\s*(?:[-/.]\s*[0-9]+\s*[-/.]|[年月时:])\s*[0-9]*|TRUE|FALSE")
"""A day, a time or a truth as it is shown: its number says less than its text."""
_LONGEST_MOMENT = 40
_FRAMED = 2  # cells


@dataclass(frozen=True, slots=True)
class Look:
    """How a piece of text is shown."""

    raised: int = 0
    struck: bool = False
    hidden: bool = False


PLAIN = Look()


@dataclass(slots=True)
class Open:
    """A cell whose text is still coming, in pieces each with its look."""

    attributes: Mapping[str, str]
    hidden: bool
    pieces: list[tuple[str, Look]] = field(default_factory=list)

    def text(self) -> tuple[str, bool]:
        """The text as it is shown, with marks where some of it is raised or struck; whether all of it is struck."""
        if len(self.pieces) == 1 and self.pieces[0][1] == PLAIN:
            return self.pieces[0][0].strip(), False
        shown = joined([Run(text, look.raised, look.struck) for text, look in self.pieces if not look.hidden])
        return "\n".join(line.strip(" ") for line in shown.words.split("\n")).strip(), shown.struck


def collapsed(text: str) -> str:
    """Text as a page shows it: line breaks of the source are spaces."""
    return _SPACES.sub(" ", text)


class Table:
    """Rows of cells from the first on; places taken by a span from above are blank."""

    def __init__(self, room: Room, *, visible: bool) -> None:
        self.rows: list[list[Cell]] = []
        self.visible = visible
        self.framed = False
        self._room = room
        self._merged: list[Range] = []
        self._until: dict[int, int] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._hidden: dict[int, set[int]] = {}
        self._struck: set[tuple[int, int]] = set()
        self._columns = 0

    def begin_row(self, *, hidden: bool) -> None:
        """The next row begins."""
        self._room.take(1)
        self.rows.append([])
        if hidden:
            self._hidden_rows.add(len(self.rows) - 1)

    def column(self, attributes: Mapping[str, str], *, hidden: bool) -> None:
        """A ``<col>``: how many columns it speaks of, and whether it hides them."""
        count = _span(attributes.get("span"), _WIDEST)
        if hidden:
            self._hidden_columns |= set(range(self._columns, self._columns + count))
        self._columns += count

    def put(self, cell: Open) -> None:
        """Place a cell in the last row, behind the places that are taken."""
        if not self.rows:
            self.begin_row(hidden=False)
        row = len(self.rows) - 1
        cells = self.rows[row]
        self._skip(row)
        column = len(cells)
        text, struck = cell.text()
        if not cell.attributes and not cell.hidden and not struck:
            self._room.take(1)
            cells.append(bare(text))
            return
        wide = _span(cell.attributes.get("colspan"), _WIDEST)
        tall = _span(cell.attributes.get("rowspan"), _TALLEST, ever=_TALLEST)
        self._room.take(wide)
        cells += [_value(text, cell.attributes), *[None] * (wide - 1)]
        if wide > 1 or tall > 1:
            self._merged.append(Range(row, column, row + tall - 1, column + wide - 1))
        if tall > 1:
            self._until |= dict.fromkeys(range(column, column + wide), row + tall - 1)
        if struck:
            self._struck.add((row, column))
        if cell.hidden:
            self._hidden.setdefault(column, set()).add(row)

    def _skip(self, row: int) -> None:
        cells = self.rows[row]
        while self._until.get(len(cells), -1) >= row:
            self._room.take(1)
            cells.append(None)

    def inline(self) -> str | None:
        """The text of a table that only frames a figure or two within a cell; None for a table of its own."""
        if sum(map(len, self.rows)) > _FRAMED:
            return None
        self.framed = True
        return "\n".join(as_typed(cell) for row in self.rows for cell in row if cell)

    def breaks_off(self) -> bool:
        """Whether the last row has fewer cells than the one above it."""
        return len(self.rows) > 1 and len(self.rows[-1]) < len(self.rows[-2])

    def sheet(self, name: str | None) -> Sheet:
        """The table as a sheet. A column whose every cell is hidden is hidden; of any other such cell the row is."""
        columns, rows = set(self._hidden_columns), set(self._hidden_rows)
        for column, hidden in self._hidden.items():
            if len(hidden) == sum(1 for cells in self.rows if len(cells) > column):
                columns.add(column)
            else:
                rows |= hidden
        return Sheet(
            name,
            self.rows,
            self.visible,
            tuple(self._merged),
            frozenset(rows),
            frozenset(columns),
            struck=frozenset(self._struck),
        )


def _span(value: str | None, most: int, ever: int = 1) -> int:
    """A span as the page states it; `ever` for 0, which means to the end."""
    digits = (value or "").strip()
    if not digits.isascii() or not digits.isdigit():
        return 1
    return min(int(digits[:9]), most) or ever


def _value(text: str, attributes: Mapping[str, str]) -> Cell:
    """What a cell holds: the number that a spreadsheet wrote beside what it shows, else the text."""
    if "x:str" in attributes:
        return text
    if "sdval" in attributes:
        return _number(attributes["sdval"], text, _form(attributes.get("sdnum", "")))
    if attributes.get("x:num"):
        return _number(attributes["x:num"], text)
    if "data-sheets-value" in attributes:
        return _number(_of_sheets(attributes["data-sheets-value"]), text)
    return bare(text)


def _form(stated: str) -> str:
    """The number format of ``sdnum``, behind its two languages: ``1033;0;YYYY-MM-DD``."""
    parts = stated.split(";", 2)
    return parts[2] if len(parts) > 2 else ""


def _number(stated: str, text: str, form: str = "") -> Cell:
    """The number stated; the text where it is no number, or shows as a day or time."""
    if not _FIGURE.fullmatch(stated.strip()):
        return text
    number = float(stated.strip())
    kind = kind_of_code(form) if form and form != "General" else ""
    if kind:
        return shown(number, kind, since_1904=False)
    return text if len(text) < _LONGEST_MOMENT and _MOMENT.search(text) else number


def _of_sheets(stated: str) -> str:
    """The number in what Google Sheets and LibreOffice write: ``{"1": 3, "3": 20}``."""
    try:
        found = json.loads(stated[:1000])
    except ValueError:
        return ""
    number = found.get("3") if isinstance(found, dict) else None
    return repr(number) if isinstance(number, (int, float)) else ""
