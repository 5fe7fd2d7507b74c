"""A worksheet's own XML, read cell by cell: for sheets that are written in any way but the plain one (`plain`).

Slower than calamine and exact: every cell that is there, at its place, and nothing made of those that are not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.intake.formats.plain import column_number, flaw_of, range_of
from mdj_plan.intake.formats.serials import shown, written
from mdj_plan.intake.formats.sparse import Cells
from mdj_plan.intake.formats.strings import Item, unescaped
from mdj_plan.intake.formats.styles import Styles, number
from mdj_plan.intake.formats.walk import Handler, walk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mdj_plan.intake.cells import Cell
    from mdj_plan.intake.formats.look import Place
    from mdj_plan.intake.formats.runs import Text

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,9})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_YES = frozenset(("1", "true"))


class Parts(NamedTuple):
    """What cells refer to: shared strings, styles, the date system; and whether the workbook asks for calculation."""

    strings: Sequence[Text] = ()
    styles: Styles = Styles()
    since_1904: bool = False
    kept: bool = False


def read(xml: bytes, parts: Parts) -> Cells:
    """A sheet's cells, and what stands beside them. Raises Refused for damaged XML."""
    reader = _Reader(parts)
    walk(xml, reader)
    return reader.cells


class _Reader(Handler):
    """One cell at a time: what its elements say is kept until it ends."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.cells = Cells()
        self.row = self.column = -1
        self.cell: Mapping[str, str] | None = None
        self.formula: str | None = None
        self.stored: str | None = None
        self.item: Item | None = None
        self.words: list[str] | None = None
        self._starts = {"c": self._cell, "row": self._row, "mergeCell": self._merge, "col": self._col}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self.cell is None:
            if begin := self._starts.get(name):
                begin(attributes)
        elif self.item is not None:
            self.item.start(name, attributes)
        elif name in {"v", "f"}:
            self.words = []
        elif name == "is":
            self.item = Item()

    def text(self, words: str) -> None:
        if self.words is not None:
            self.words.append(words)
        elif self.item is not None:
            self.item.words(words)

    def end(self, name: str) -> None:
        if self.cell is None:
            return
        if name == "c":
            self._end_of_cell(self.cell)
        elif name == "v" and self.words is not None:
            self.stored, self.words = "".join(self.words), None
        elif name == "f" and self.words is not None:
            self.formula, self.words = "".join(self.words), None
        elif self.item is not None and name != "is":
            self.item.end(name)

    def _row(self, attributes: Mapping[str, str]) -> None:
        self.row = number(attributes.get("r"), self.row + 2) - 1
        self.row, self.column = max(self.row, 0), -1
        if attributes.get("hidden") in _YES:
            self.cells.hidden_rows.add(self.row)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        self.cell = attributes
        self.formula = self.stored = self.item = self.words = None
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        if found and found[2].strip("0"):
            self.row, self.column = int(found[2]) - 1, column_number(found[1].upper().encode())
        else:
            self.row, self.column = max(self.row, 0), self.column + 1

    def _end_of_cell(self, attributes: Mapping[str, str]) -> None:
        at = (self.row, self.column)
        self.cell = None
        item, self.item = self.item, None
        kind, style = attributes.get("t", "n"), number(attributes.get("s"))
        if style in self.parts.styles.struck:
            self.cells.struck.add(at)
        flaw = flaw_of(kind, self.formula, self.stored, inline=item is not None, kept=self.parts.kept)
        if flaw is None and kind == "s" and self.stored and self._shared() is None:
            flaw = "#REF!"  # a text that the workbook does not have
        if flaw is not None:
            self.cells.flaw(at, flaw)
        elif item is not None:
            self._put(at, item.done())
        elif kind == "s" and (text := self._shared()) is not None:
            self._put(at, text)
        elif self.stored:
            self.cells.put(at, self._value(kind, self.stored, style))

    def _put(self, at: Place, text: Text) -> None:
        self.cells.put(at, text.words)
        if text.struck:
            self.cells.struck.add(at)

    def _shared(self) -> Text | None:
        """The shared string that the cell names; None where there is none."""
        strings = self.parts.strings
        index = number(self.stored, -1)
        return strings[index] if 0 <= index < len(strings) else None

    def _value(self, kind: str, stored: str, style: int) -> Cell:
        if kind == "b":
            return "TRUE" if stored.strip() in _YES else "FALSE"
        if kind == "d":
            return written(stored)
        if kind == "str" or not _NUMBER.fullmatch(stored):
            return unescaped(stored)
        return shown(float(stored), self.parts.styles.kind(style), since_1904=self.parts.since_1904)

    def _merge(self, attributes: Mapping[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        a, b = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if a and b and a[2].strip("0") and b[2].strip("0"):
            self.cells.merged.append(range_of(*(part.upper().encode() for part in (a[2], a[1], b[2], b[1]))))

    def _col(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden") in _YES:
            first, last = number(attributes.get("min"), 1), number(attributes.get("max"))
            self.cells.hide_columns(first - 1, last - 1)
