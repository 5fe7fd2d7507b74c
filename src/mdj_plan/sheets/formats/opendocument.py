"""OpenDocument spreadsheets (``.ods``), read from their own XML.

One pass gives values, errors, merged ranges, what is hidden and struck through, and repeats rows and columns only where
something stands in them: a cell repeated a million times over cannot fill the memory.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from mdj_plan.sheets.cells import Book, Fault, Range, as_typed
from mdj_plan.sheets.formats.odf_cells import OdfCell, plainly, repeats
from mdj_plan.sheets.formats.odf_styles import OdfStyles
from mdj_plan.sheets.formats.refusal import Refused
from mdj_plan.sheets.formats.sparse import Cells, Room
from mdj_plan.sheets.formats.strays import stray
from mdj_plan.sheets.formats.walk import Handler, local, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdj_plan.sheets.cells import Sheet
    from mdj_plan.sheets.formats.package import Package

_MOST_REPEATS = 5000
"""A filled row or cell is repeated so often at most; the rest is left out and told (F105)."""
_FARTHEST = 1 << 24
_A_CELL = 6
"""What a filled cell takes, in blank ones."""
_CACHE = re.compile(r"'(?:[^']|'')*'#")
"""How a table is named that keeps a copy of another file's sheet: by that file."""
_ASIDE = frozenset(("tracked-changes", "dde-links", "shapes", "forms", "annotation", "note", "ruby-text"))
"""What is told within a spreadsheet and is none of its cells."""
_CELLS = frozenset(("table-cell", "covered-table-cell"))
_PARTS = frozenset(("table-row", "table-column", "table-row-group", "table-column-group"))
_UNSEEN = frozenset(("collapse", "filter"))


def read_opendocument(package: Package) -> Book:
    """Every table of a spreadsheet; F102 where its parts are encrypted, F101 where it is another document."""
    manifest = package.part("META-INF/manifest.xml") if "META-INF/manifest.xml" in package else b""
    kind = package.part("mimetype") if "mimetype" in package else manifest
    if b"opendocument.spreadsheet" not in kind:
        raise Refused("F101", "document")
    if b"encryption-data" in manifest:
        raise Refused("F102")
    styles = OdfStyles()
    if "styles.xml" in package and b"line-through" in (common := package.part("styles.xml")):
        walk(common, styles)
    reader = _Reader(styles)
    walk(package.part("content.xml"), reader)
    return Book(tuple(reader.sheets), tuple(reader.faults) if reader.sheets else (Fault("F103"),))


class _Reader(Handler):
    """Walks content.xml; one table at a time."""

    def __init__(self, styles: OdfStyles) -> None:
        self.styles = styles
        self.sheets: list[Sheet] = []
        self.faults: list[Fault] = []
        self.room = Room()
        self.aside = self.depth = 0
        self.table: _Table | None = None
        self.cell: OdfCell | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self.aside or name in _ASIDE:
            self.aside += 1
        elif name == "table":
            self.depth += 1
            if self.depth == 1 and not _CACHE.match(title := local(attributes, "name")):
                self.table = _Table(title, self.styles, local(attributes, "style-name"), self.room)
        elif self.cell is not None:
            self.cell.start(name, attributes)
        elif self.table is None:
            self.styles.start(name, attributes)
        elif name in _CELLS:
            self.cell = OdfCell(attributes, self.styles)
        elif name in _PARTS:
            self.table.begin(name, plainly(attributes))

    def text(self, words: str) -> None:
        if self.cell is not None and not self.aside:
            self.cell.text(words)

    def end(self, name: str) -> None:
        if self.aside:
            self.aside -= 1
        elif name == "table":
            self.depth -= 1
            if self.depth == 0 and self.table is not None:
                self._finish(self.table)
        elif self.cell is not None:
            if name in _CELLS and self.depth == 1 and self.table is not None:
                self.cell.close()
                self.table.put(self.cell)
                self.cell = None
            else:
                self.cell.end(name)
        elif self.table is None:
            self.styles.end(name)
        elif name in _PARTS:
            self.table.end(name)

    def _finish(self, table: _Table) -> None:
        sheet, faults = table.cells.sheet(table.name, self.room, visible=table.visible)
        self.sheets.append(sheet)
        self.faults += table.faults + faults
        self.table = self.cell = None


class _Table:
    """A table in the making; rows and columns count from 0."""

    def __init__(self, name: str, styles: OdfStyles, style: str, room: Room) -> None:
        self.name, self.styles, self.room = name, styles, room
        self.visible = style not in styles.hidden
        self.cells = Cells()
        self.faults: list[Fault] = []
        self.groups: list[bool] = []
        self.ends: list[int] = []
        self.defaults: list[str] = []
        self.columns = self.row = self.at = 0
        self.says: Mapping[str, str] = {}
        self.line: list[tuple[int, int, OdfCell]] = []

    def begin(self, name: str, says: Mapping[str, str]) -> None:
        """A row, a column, or a group of such begins."""
        if name == "table-row":
            self.says, self.at, self.line = says, 0, []
        elif name == "table-column":
            self._column(says)
        else:
            self.groups.append(says.get("display") == "false")

    def end(self, name: str) -> None:
        """A row, a column, or a group of such ends."""
        if name == "table-row":
            self._end_of_row()
        elif name != "table-column":
            self.groups.pop()

    def _column(self, says: Mapping[str, str]) -> None:
        repeated = repeats(says, "number-columns-repeated")
        if self._is_hidden(says):
            self.cells.hide_columns(self.columns, self.columns + repeated - 1)
        self.columns = min(self.columns + repeated, _FARTHEST)
        self.ends.append(self.columns)
        self.defaults.append(says.get("default-cell-style-name", ""))

    def _is_hidden(self, says: Mapping[str, str]) -> bool:
        seen = says.get("visibility") not in _UNSEEN and says.get("style-name") not in self.styles.hidden
        return not seen or any(self.groups)

    def put(self, cell: OdfCell) -> None:
        """The next cell of the row, or as many as it is repeated."""
        times = repeats(cell.says, "number-columns-repeated")
        if cell.is_filled or cell.spans != (1, 1):
            self.line.append((self.at, times, cell))
        self.at = min(self.at + times, _FARTHEST)

    def _end_of_row(self) -> None:
        """Put what the row holds where it stands."""
        repeated = repeats(self.says, "number-rows-repeated")
        if self.line:
            times = min(repeated, _MOST_REPEATS)
            self.room.take(_A_CELL * times * sum(min(across, _MOST_REPEATS) for _, across, _ in self.line))
            self._tell_cut(repeated)
            for row in range(self.row, self.row + times):
                for column, across, cell in self.line:
                    self._place(row, column, min(across, _MOST_REPEATS), cell)
            if self._is_hidden(self.says):
                self.cells.hidden_rows |= set(range(self.row, self.row + times))
        self.row = min(self.row + repeated, _FARTHEST)

    def _tell_cut(self, repeated: int) -> None:
        """F105 for what is repeated too often to be meant."""
        column, _, first = self.line[0]
        if repeated > _MOST_REPEATS and first.is_filled:
            self.faults.append(stray(self.name, self.row + _MOST_REPEATS, column, as_typed(first.value) or first.flaw))
        for column, across, cell in self.line:
            if across > _MOST_REPEATS and cell.is_filled:
                typed = as_typed(cell.value) or cell.flaw
                self.faults.append(stray(self.name, self.row, column + _MOST_REPEATS, typed))

    def _place(self, row: int, column: int, times: int, cell: OdfCell) -> None:
        if cell.spans != (1, 1):
            down, across = cell.spans
            self.cells.merged.append(Range(row, column, row + down - 1, column + across - 1))
        if not cell.is_filled:
            return
        for at in range(column, column + times):
            if cell.flaw:
                self.cells.flaw((row, at), cell.flaw)
            else:
                self.cells.put((row, at), cell.value)
            if self.styles.struck and (cell.is_struck or self._style(at, cell) in self.styles.struck):
                self.cells.struck.add((row, at))

    def _style(self, column: int, cell: OdfCell) -> str:
        """The cell's own style, or the one that its row or column gives to cells without."""
        own = cell.says.get("style-name") or self.says.get("default-cell-style-name")
        if own:
            return own
        index = bisect_right(self.ends, column)
        return self.defaults[index] if index < len(self.defaults) else ""
