"""Binary ``.xlsb`` workbooks, read record by record: sheets by relationship, cells with their styles and flaws."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Book, Fault, Range
from mdj_plan.sheets.formats.binary import records, wide
from mdj_plan.sheets.formats.listing import Contents, Listed
from mdj_plan.sheets.formats.runs import Run, Text, joined
from mdj_plan.sheets.formats.serials import kind_of, shown
from mdj_plan.sheets.formats.sparse import Cells, Room
from mdj_plan.sheets.formats.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mdj_plan.sheets.cells import Cell, Sheet
    from mdj_plan.sheets.formats.package import Package

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_SHEET, _PROPERTIES, _CALCULATION = 156, 153, 157
_FORMAT, _FONT, _STYLE, _STYLES, _NO_MORE_STYLES = 44, 43, 47, 617, 618
_STRING = 19
_ROW, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = 0, 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR, _RICH = 8, 9, 10, 11, 62
_COLUMN, _MERGED = 60, 176
_CELLS = frozenset((*range(_RK, _FORMULA_ERROR + 1), _RICH))
_SIZES = {_RK: 4, _ERROR: 1, _BOOL: 1, _REAL: 8, _SHARED: 4, _FORMULA_NUMBER: 8, _FORMULA_BOOL: 1, _FORMULA_ERROR: 1}
"""Bytes that the value of a cell takes at least, 4 where nothing else is said."""
_LEAST = {code: 8 + _SIZES.get(code, 4) for code in _CELLS} | {
    _ROW: 12,
    _MERGED: 16,
    _COLUMN: 18,
    _FORMAT: 2,
    _FONT: 8,
    _STYLE: 6,
}
"""Bytes that a record takes at least; one that lacks them holds nothing."""
_NUMBER, _WORD, _TWO, _FOUR, _REAL_NUMBER = map(struct.Struct, ("<I", "<H", "<II", "<IIII", "<d"))
_IS_STRUCK, _IS_HIDDEN, _IS_RICH = 0x08, 0x10, 0x01
_SHIFTS = {1: 1, 2: -1}


def read_xlsb(package: Package, root: str) -> Book:
    """Every worksheet in order; chart sheets and macro sheets hold no return. Raises Refused."""
    contents = _contents(package, root).checked(package)
    fonts, styles = _styles(_related(package, root, "styles"))
    parts = _Parts(contents, fonts, styles, _strings(_related(package, root, "sharedStrings"), fonts))
    room = Room()
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    for listed in contents.sheets:
        reader = _Reader(package.part(listed.part), parts)
        sheet, strays = reader.cells.sheet(listed.name, room, visible=listed.visible, since_1904=contents.since_1904)
        sheets.append(sheet)
        faults += strays
    return Book(tuple(sheets), tuple(faults))


def _related(package: Package, root: str, kind: str) -> bytes:
    """A part beside the workbook's: by relationship, else by its usual name; b"" where there is none."""
    part = package.related(root, kind) or f"{root.rpartition('/')[0]}/{kind}.bin"
    return package.part(part) if part in package else b""


def _contents(package: Package, root: str) -> Contents:
    part, relations = package.part(root), package.relations(root)
    sheets = []
    since_1904 = kept = False
    for code, start, end in records(part):
        if code == _SHEET and end - start >= 8:
            state = _NUMBER.unpack_from(part, start)[0]
            relation, after = wide(part, start + 8, end)
            name, _ = wide(part, after, end)
            target = relations.get(relation)
            if target is not None and target.type == "worksheet":
                sheets.append(Listed(name, state == 0, target.part))
        elif code == _PROPERTIES and end > start:
            since_1904 = bool(part[start] & 1)
        elif code == _CALCULATION and end - start >= 26:
            kept = bool(part[start + 24] & 1)
    return Contents(tuple(sheets), since_1904, kept)


class _Font(NamedTuple):
    """Raised (1), lowered (-1) or neither; struck through or not."""

    shift: int = 0
    struck: bool = False


def _styles(part: bytes) -> tuple[Sequence[_Font], Styles]:
    """The fonts, and the cell styles."""
    codes: dict[int, str] = {}
    fonts: list[_Font] = []
    pairs: list[tuple[int, int]] = []
    within = False
    for code, start, end in records(part):
        if end - start < _LEAST.get(code, 0):
            continue
        if code == _FORMAT:
            codes[_WORD.unpack_from(part, start)[0]] = wide(part, start + 2, end)[0]
        elif code == _FONT:
            flags, shift = _WORD.unpack_from(part, start + 2)[0], _WORD.unpack_from(part, start + 6)[0]
            fonts.append(_Font(_SHIFTS.get(shift, 0), bool(flags & _IS_STRUCK)))
        elif code in {_STYLES, _NO_MORE_STYLES}:
            within = code == _STYLES
        elif code == _STYLE and within:
            pairs.append((_WORD.unpack_from(part, start + 2)[0], _WORD.unpack_from(part, start + 4)[0]))
    kinds = tuple(kind_of(form, codes.get(form)) for form, _ in pairs)
    return fonts, Styles(kinds, frozenset(_struck(fonts, [font for _, font in pairs])))


def _struck(fonts: Sequence[_Font], styles: Iterable[int]) -> Iterator[int]:
    """The numbers of the styles, each told by its font, that strike through."""
    return (number for number, font in enumerate(styles) if font < len(fonts) and fonts[font].struck)


def _strings(part: bytes, fonts: Sequence[_Font]) -> list[Text]:
    """The shared strings, in order."""
    return [_rich(part, start, end, fonts) for code, start, end in records(part) if code == _STRING]


def _rich(part: bytes, start: int, end: int, fonts: Sequence[_Font]) -> Text:
    """A text that may have runs: behind it, the place where each begins and its font."""
    words, at = wide(part, start + 1, end)
    if not part[start : start + 1] or not part[start] & _IS_RICH or at + 4 > end:
        return Text(words)
    count = min(_NUMBER.unpack_from(part, at)[0], (end - at - 4) // 4)
    marks = [_WORD.unpack_from(part, at + 4 + 4 * i) + _WORD.unpack_from(part, at + 6 + 4 * i) for i in range(count)]
    units = words.encode("utf-16-le")
    edges = [0, *(min(2 * place, len(units)) for place, _ in marks), len(units)]
    looks = [_Font(), *(fonts[font] if font < len(fonts) else _Font() for _, font in marks)]
    runs = [
        Run(units[a:b].decode("utf-16-le", "replace"), look.shift, look.struck)
        for a, b, look in zip(edges, edges[1:], looks, strict=False)
        if b > a
    ]
    return joined(runs)


class _Parts(NamedTuple):
    """What cells refer to."""

    contents: Contents
    fonts: Sequence[_Font]
    styles: Styles
    strings: Sequence[Text]


class _Reader:
    """One sheet, record by record."""

    def __init__(self, part: bytes, parts: _Parts) -> None:
        self.part, self.parts = part, parts
        self.cells = Cells()
        self.row = 0
        for code, start, end in records(part):
            if end - start < _LEAST.get(code, 0):
                continue
            if code in _CELLS:
                self._cell(code, start, end)
            elif code == _ROW:
                self._row(start)
            elif code == _MERGED:
                top, bottom, left, right = _FOUR.unpack_from(part, start)
                self.cells.merged.append(Range(top, left, bottom, right))
            elif code == _COLUMN:
                self._columns(start)

    def _row(self, start: int) -> None:
        self.row = _NUMBER.unpack_from(self.part, start)[0]
        if self.part[start + 11] & _IS_HIDDEN or not _WORD.unpack_from(self.part, start + 8)[0]:
            self.cells.hidden_rows.add(self.row)

    def _columns(self, start: int) -> None:
        first, last, width, _ = _FOUR.unpack_from(self.part, start)
        if self.part[start + 16] & 1 or not width:
            self.cells.hide_columns(first, last)

    def _cell(self, code: int, start: int, end: int) -> None:
        column, style = _TWO.unpack_from(self.part, start)
        at, style = (self.row, column), style & 0xFFFFFF
        flaw = self._flaw(code, start + 8)
        if flaw:
            self.cells.flaw(at, flaw)
            return
        text = self._text(code, start + 8, end)
        self.cells.put(at, self._number(code, start + 8, style) if text is None else text.words)
        if style in self.parts.styles.struck or (text is not None and text.struck):
            self.cells.struck.add(at)

    def _flaw(self, code: int, at: int) -> str:
        """What stands in a cell whose value cannot be known; "" where it can."""
        if code in {_ERROR, _FORMULA_ERROR}:
            return _ERRORS.get(self.part[at], "#N/A")
        if code == _FORMULA_NUMBER and self.parts.contents.kept and not _REAL_NUMBER.unpack_from(self.part, at)[0]:
            return "="
        if code == _SHARED and _NUMBER.unpack_from(self.part, at)[0] >= len(self.parts.strings):
            return "#REF!"  # a text that the workbook does not have
        return ""

    def _text(self, code: int, at: int, end: int) -> Text | None:
        """The text of a cell that holds one."""
        if code == _SHARED:
            index: int = _NUMBER.unpack_from(self.part, at)[0]
            return self.parts.strings[index]
        if code in {_TEXT, _FORMULA_TEXT}:
            return Text(wide(self.part, at, end)[0])
        if code == _RICH:
            return _rich(self.part, at, end, self.parts.fonts)
        if code in {_BOOL, _FORMULA_BOOL}:
            return Text("TRUE" if self.part[at] else "FALSE")
        return None

    def _number(self, code: int, at: int, style: int) -> Cell:
        form = _NUMBER if code == _RK else _REAL_NUMBER
        number = form.unpack_from(self.part, at)[0]
        kind = self.parts.styles.kind(style)
        return shown(_packed(number) if code == _RK else number, kind, since_1904=self.parts.contents.since_1904)


def _packed(bits: int) -> float:
    """A number in four bytes: a whole one of 30 bits or the greater half of a real one, perhaps a hundredfold."""
    if bits & 2:
        number = float((bits >> 2) - (1 << 30 if bits >> 31 else 0))
    else:
        number = _REAL_NUMBER.unpack(b"\0\0\0\0" + _NUMBER.pack(bits & 0xFFFFFFFC))[0]
    return number / 100 if bits & 1 else number
