"""A worksheet's own XML, read cell by cell: for sheets that are written in any way but the plain one (`plain`).

Slower than calamine and exact: every cell that is there, at its place, and nothing made of those that are not.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from mdj_plan.records import NamedTuple
from mdj_plan.sheets.formats.look import is_nothing
from mdj_plan.sheets.formats.plain import column_number, flaw_of, range_of
from mdj_plan.sheets.formats.serials import Kind, shown, written
from mdj_plan.sheets.formats.sparse import Cells
from mdj_plan.sheets.formats.strings import Item, unescaped
from mdj_plan.sheets.formats.styles import Styles, number
from mdj_plan.sheets.formats.walk import Handler, walk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mdj_plan.sheets.cells import Cell
    from mdj_plan.sheets.formats.look import Place
    from mdj_plan.sheets.formats.runs import Text

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(0*[1-9][0-9]{0,8})")
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


class _Named(dict[str, Any]):
    """What is done at an element, by its name with or without a prefix; None where nothing is."""

    def __missing__(self, name: str) -> Any:
        self[name] = found = self.get(name[name.find(":") + 1 :])
        return found


class _Looks(dict[str, tuple[Kind, bool]]):
    """What a number shows as under a style, and whether it is struck through, by the style as an attribute names it."""

    def __init__(self, styles: Styles) -> None:
        super().__init__()
        self.styles = styles

    def __missing__(self, name: str) -> tuple[Kind, bool]:
        style = number(name)
        self[name] = found = self.styles.kind(style), style in self.styles.struck
        return found


class _Reader(Handler):
    """One cell at a time: what its elements say is kept until it ends."""

    raw = True

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.cells = Cells()
        self.looks = _Looks(parts.styles)
        self.row = self.column = -1
        self.cell: Mapping[str, str] | None = None
        self.formula: str | None = None
        self.stored: str | None = None
        self.item: Item | None = None
        self.kept: str | None = None
        self.starts = _Named(
            c=self._cell, row=self._row, v=self._words, f=self._words, mergeCell=self._merge, col=self._col
        )
        self.starts["is"] = self._inline
        self.ends = _Named(c=self._end_of_cell, v=self._end_of_value, f=self._end_of_formula)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self.item is not None:
            self.item.start(name[name.find(":") + 1 :], attributes)
        elif begin := self.starts[name]:
            begin(attributes)

    def text(self, words: str) -> None:
        if self.kept is not None:
            self.kept += words
        elif self.item is not None:
            self.item.words(words)

    def end(self, name: str) -> None:
        if finish := self.ends[name]:
            finish()
        elif self.item is not None:
            self.item.end(name[name.find(":") + 1 :])

    def _row(self, attributes: Mapping[str, str]) -> None:
        self.row = number(attributes.get("r"), self.row + 2) - 1
        self.row, self.column = max(self.row, 0), -1
        if attributes.get("hidden") in _YES or is_nothing(attributes.get("ht")):
            self.cells.hidden_rows.add(self.row)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        self.cell = attributes
        self.formula = self.stored = self.item = self.kept = None
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        if found is not None:
            self.row, self.column = int(found[2]) - 1, _column(found[1])
        else:
            self.row, self.column = max(self.row, 0), self.column + 1

    def _words(self, _: Mapping[str, str]) -> None:
        if self.cell is not None:
            self.kept = ""

    def _inline(self, _: Mapping[str, str]) -> None:
        if self.cell is not None:
            self.item = Item()

    def _end_of_value(self) -> None:
        self.stored, self.kept = self.kept, None

    def _end_of_formula(self) -> None:
        self.formula, self.kept = self.kept, None

    def _end_of_cell(self) -> None:
        if self.cell is None:
            return
        at = (self.row, self.column)
        kind = self.cell.get("t", "n")
        shows, struck = self.looks[self.cell.get("s", "0")]
        item, self.item, self.cell = self.item, None, None
        if struck:
            self.cells.struck.add(at)
        if self.formula is not None or kind == "e":
            flaw = flaw_of(kind, self.formula, self.stored, inline=item is not None, kept=self.parts.kept)
            if flaw is not None:
                self.cells.flaw(at, flaw)
                return
        if item is not None:
            self._put(at, item.done())
        elif self.stored and kind == "s":
            self._shared(at, number(self.stored, -1))
        elif self.stored:
            self.cells.put(at, self._value(kind, self.stored, shows))

    def _put(self, at: Place, text: Text) -> None:
        self.cells.put(at, text.words)
        if text.struck:
            self.cells.struck.add(at)

    def _shared(self, at: Place, index: int) -> None:
        """A shared string; one that the workbook does not have is an error."""
        if 0 <= index < len(self.parts.strings):
            self._put(at, self.parts.strings[index])
        else:
            self.cells.flaw(at, "#REF!")

    def _value(self, kind: str, stored: str, shows: Kind) -> Cell:
        if kind == "b":
            return "TRUE" if stored.strip().lower() in _YES else "FALSE"
        if kind == "d":
            return written(stored)
        if kind == "str" or not _NUMBER.fullmatch(stored):
            return unescaped(stored)
        return shown(float(stored), shows, since_1904=self.parts.since_1904) if shows else float(stored)

    def _merge(self, attributes: Mapping[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        a, b = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if a and b:
            self.cells.merged.append(range_of(*(part.upper().encode() for part in (a[2], a[1], b[2], b[1]))))

    def _col(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden") in _YES or is_nothing(attributes.get("width")):
            first, last = number(attributes.get("min"), 1), number(attributes.get("max"))
            self.cells.hide_columns(first - 1, last - 1)


@functools.lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    return column_number(letters.upper().encode())
