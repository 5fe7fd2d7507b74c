"""XML Spreadsheet 2003: one XML file that Excel and many programs write, mostly under the name ``.xls``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Book, Fault, Range
from mdj_plan.sheets.formats.look import is_nothing
from mdj_plan.sheets.formats.refusal import Refused
from mdj_plan.sheets.formats.runs import Run, joined
from mdj_plan.sheets.formats.serials import kind_of_code, shown, written
from mdj_plan.sheets.formats.sparse import Cells, Room
from mdj_plan.sheets.formats.strays import LAST_COLUMN, LAST_ROW
from mdj_plan.sheets.formats.walk import Handler, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdj_plan.sheets.cells import Cell, Sheet
    from mdj_plan.sheets.formats.serials import Kind

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?Workbook[\s>]")
_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_DECLARATION = re.compile(r"\s*(?:<\?xml\s[^>]{0,200}\?>)?")
_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{0,40})?(?:[eE][+-]?[0-9]{1,3})?")
_ZERO_DAY = "1899-12-31T"
_MOST_HIDDEN = 2_000_000
"""Hidden rows that all sheets of a file may have together."""


def is_spreadsheet(decoded: str) -> bool:
    """Whether a text is such a workbook, by its first element."""
    head = decoded[:8192]
    root = _ROOT.search(head)
    return root is not None and _NAMESPACE in head and "<html" not in head[: root.start()].lower()


def read_spreadsheet(decoded: str) -> Book:
    """The worksheets of the workbook. Raises Refused for damaged XML."""
    declared = _DECLARATION.match(decoded)
    reader = _Reader()
    walk(decoded[declared.end() if declared else 0 :].encode("utf-8", "replace"), reader)
    return Book(tuple(reader.sheets), tuple(reader.faults) if reader.sheets else (Fault("F103"),))


class _Style(NamedTuple):
    """What a style says that matters: what a number shows as; text that is struck through."""

    kind: Kind = ""
    struck: bool = False


class _Reader(Handler):
    """One cell at a time, as its elements come. Rows and columns count from 0."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.faults: list[Fault] = []
        self._room = Room()
        self._hidden = _MOST_HIDDEN
        self._styles: dict[str, _Style] = {}
        self._style = ""
        self._since_1904 = False
        self._name = ""
        self._cells: Cells | None = None
        self._visible = True
        self._row = self._column = -1
        self._cell: Mapping[str, str] | None = None
        self._data: _Data | None = None
        self._words: list[str] | None = None
        self._comment = False
        self._starts = {
            "Style": self._begin_style,
            "Font": self._font,
            "NumberFormat": self._format,
            "Worksheet": self._begin_sheet,
            "Column": self._columns,
            "Row": self._begin_row,
            "Cell": self._begin_cell,
        }

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if self._data is not None:
            self._data.begin(name)
        elif name == "Comment":
            self._comment = True
        elif name == "Data" and self._cell is not None and not self._comment:
            self._data = _Data(plain.get("Type", "String"))
        elif name in {"Visible", "Date1904"}:
            self._words = []
        elif begin := self._starts.get(name):
            begin(plain)

    def text(self, words: str) -> None:
        """Text within an element."""
        if self._data is not None:
            self._data.say(words)
        elif self._words is not None:
            self._words.append(words)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._data is not None:
            if self._data.end():
                self._put(self._data)
                self._data = None
        elif name == "Comment":
            self._comment = False
        elif name == "Cell":
            self._end_cell()
        elif name in {"Visible", "Date1904"}:
            self._option(name, "".join(self._words or ()).strip())
        elif name == "Worksheet" and self._cells is not None:
            self._end_sheet(self._cells)

    def _option(self, name: str, said: str) -> None:
        self._words = None
        if name == "Date1904":
            self._since_1904 = said not in {"0", "False"}
        else:
            self._visible = not said.startswith("SheetHidden") and said != "SheetVeryHidden"

    def _begin_style(self, said: Mapping[str, str]) -> None:
        self._style = said.get("ID", "")
        self._styles[self._style] = self._styles.get(said.get("Parent", "Default"), _Style())

    def _font(self, said: Mapping[str, str]) -> None:
        style = self._styles.get(self._style, _Style())
        self._styles[self._style] = style._replace(struck=said.get("StrikeThrough", "0") == "1")

    def _format(self, said: Mapping[str, str]) -> None:
        style = self._styles.get(self._style, _Style())
        self._styles[self._style] = style._replace(kind=_kind(said.get("Format", "")))

    def _begin_sheet(self, said: Mapping[str, str]) -> None:
        self._name, self._cells, self._visible = said.get("Name", ""), Cells(), True
        self._row = self._column = -1

    def _end_sheet(self, cells: Cells) -> None:
        sheet, faults = cells.sheet(self._name, self._room, visible=self._visible, since_1904=self._since_1904)
        self.sheets.append(sheet)
        self.faults += faults
        self._cells = None

    def _columns(self, said: Mapping[str, str]) -> None:
        first = _place(said, self._column, LAST_COLUMN)
        self._column = first + _count(said.get("Span"))
        if (said.get("Hidden") == "1" or is_nothing(said.get("Width"))) and self._cells is not None:
            self._cells.hide_columns(first, self._column)

    def _begin_row(self, said: Mapping[str, str]) -> None:
        self._row = _place(said, self._row, LAST_ROW)
        self._column = -1
        last = min(self._row + _count(said.get("Span")), LAST_ROW)
        if (said.get("Hidden") == "1" or is_nothing(said.get("Height"))) and self._cells is not None:
            self._hidden -= last + 1 - self._row
            if self._hidden < 0:
                raise Refused("F104", "bomb")
            self._cells.hidden_rows |= set(range(self._row, last + 1))

    def _begin_cell(self, said: Mapping[str, str]) -> None:
        self._cell = said
        self._column = _place(said, self._column, LAST_COLUMN)
        self._row = max(self._row, 0)
        wide, tall = _count(said.get("MergeAcross")), _count(said.get("MergeDown"))
        if (wide or tall) and self._cells is not None:
            self._cells.merged.append(Range(self._row, self._column, self._row + tall, self._column + wide))
        if "Formula" in said and self._cells is not None:  # until its result comes
            self._cells.flaw((self._row, self._column), "=" + said["Formula"].lstrip("="))

    def _put(self, data: _Data) -> None:
        """The value of the cell."""
        if self._cell is None or self._cells is None:
            return
        at = (self._row, self._column)
        style = self._styles.get(self._cell.get("StyleID", "Default"), _Style())
        text = joined(data.runs)
        if text.struck or (style.struck and text.words):
            self._cells.struck.add(at)
        self._cells.flaws.pop(at, None)
        if data.kind == "Error":
            self._cells.flaw(at, text.words)
        else:
            self._cells.put(at, _value(data.kind, text.words, style.kind, since_1904=self._since_1904))

    def _end_cell(self) -> None:
        if self._cell is not None:
            self._column += _count(self._cell.get("MergeAcross"))
        self._cell = None


class _Data:
    """The text of a cell, with the look of its pieces, from its first element to its last."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.runs: list[Run] = []
        self._looks = [(0, False)]

    def begin(self, name: str) -> None:
        """An element within the text begins."""
        shift, struck = self._looks[-1]
        shift = {"Sup": 1, "Sub": -1}.get(name, shift)
        self._looks.append((shift, struck or name == "S"))

    def say(self, words: str) -> None:
        """Some of the text."""
        self.runs.append(Run(words, *self._looks[-1]))

    def end(self) -> bool:
        """An element ends; whether it was the text itself."""
        self._looks.pop()
        return not self._looks


def _number(stated: str | None) -> int:
    return int(stated) if stated and stated.isascii() and stated.isdigit() and len(stated) < 10 else 0


def _count(stated: str | None) -> int:
    """How many further rows or columns are meant; none where that is not said."""
    return min(_number(stated), LAST_ROW)


def _place(said: Mapping[str, str], before: int, most: int) -> int:
    """Where a row, column or cell stands: as it says, else behind the one before. Raises Refused beyond any sheet."""
    stated = _number(said.get("Index"))
    at = stated - 1 if stated else before + 1
    if at >= most:
        raise Refused("F105", "unreadable")
    return at


def _kind(form: str) -> Kind:
    """What a number shows as under a format, by its code or one of the names that Excel has for some."""
    words = form.lower().split()
    if words[-1:] == ["date"] or words[-1:] == ["time"]:
        return "moment"
    return kind_of_code(form)


def _value(kind: str, text: str, style: Kind, *, since_1904: bool) -> Cell:
    if kind == "Number" and _NUMBER.fullmatch(text.strip()):
        return shown(float(text.strip()), style, since_1904=since_1904)
    if kind == "Boolean":
        return "TRUE" if text.strip() == "1" else "FALSE"
    if kind == "DateTime":
        return written(text.strip().removeprefix(_ZERO_DAY))
    return text
