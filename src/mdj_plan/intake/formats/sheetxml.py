"""A worksheet's own XML, for what calamine would hide or not survive: errors, formulas without a result, stray cells.

Slower than calamine and exact: every cell that is there, at its place, and nothing allocated for those that are not.
Callers have refused DOCTYPEs before (`package`).
"""

from __future__ import annotations

import datetime as dt
import io
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

from mdj_plan.intake.cells import Fault, Range, Sheet, as_typed
from mdj_plan.intake.formats.strays import GAP_COLUMNS, GAP_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.intake.cells import Cell

_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_RESULT = re.compile(rb"<v>([^<]*)</v>")
_FORMULA = re.compile(rb"<f\b[^>]*?(?:/>|>([^<]*)</f>)")
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
_HIDDEN_COLUMN = re.compile(rb'<col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_CELLS = 20_000_000
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_EPOCHS = {False: dt.datetime(1899, 12, 30), True: dt.datetime(1904, 1, 1)}  # noqa: DTZ001 - cells bear no zone
Place = tuple[int, int]


def cell_flaws(xml: bytes) -> dict[Place, str]:
    """Cells that show an error, and formulas without a stored result, by place: what stands there."""
    flaws: dict[Place, str] = {}
    for match in _CELL.finditer(xml):
        attributes, content = match[1], match[2] or b""
        error = b't="e"' in attributes
        if not error and b"<f" not in content:
            continue
        place = _PLACE.search(attributes)
        if place is None:
            continue
        result = _RESULT.search(content)
        at = (int(place[2]) - 1, _column(place[1].decode("ascii")))
        if error:
            flaws[at] = result[1].decode("utf-8", "replace") if result and result[1] else "#N/A"
        elif _without_result(attributes, content, result):
            formula = _FORMULA.search(content)
            flaws[at] = "=" + (formula[1].decode("utf-8", "replace") if formula and formula[1] else "")
    return flaws


def _without_result(attributes: bytes, content: bytes, result: re.Match[bytes] | None) -> bool:
    """Whether a formula was never calculated; an empty text is a result, no value at all is none."""
    if b't="str"' in attributes:
        return result is None and b"<v/>" not in content
    return b't="inlineStr"' not in attributes and not (result and result[1])


def hidden_rows(xml: bytes) -> frozenset[int]:
    """Rows hidden by the user, counted from 0."""
    return frozenset(int(row) - 1 for row in _HIDDEN_ROW.findall(xml))


def hidden_columns(xml: bytes) -> frozenset[int]:
    """Columns hidden by the user, counted from 0; a range to the sheet's end is cut at 1 000."""
    found: set[int] = set()
    for tag in _HIDDEN_COLUMN.findall(xml):
        first, last = re.search(rb'\bmin="(\d+)"', tag), re.search(rb'\bmax="(\d+)"', tag)
        if first and last:
            found |= set(range(int(first[1]) - 1, min(int(last[1]), 1000)))
    return frozenset(found)


class Parts(NamedTuple):
    """What cells refer to: shared strings, whether each cell style is a date, and the date system's first day."""

    strings: tuple[str, ...]
    dates: tuple[bool, ...]
    epoch: dt.datetime

    @classmethod
    def of(cls, strings: bytes, styles: bytes, workbook: bytes) -> Parts:
        """Read them from their parts (b"" where the package has none)."""
        epoch = _EPOCHS[bool(re.search(rb'date1904="(?:1|true)"', workbook))]
        return cls(tuple(_strings(strings)), tuple(_date_styles(styles)), epoch)


def _strings(xml: bytes) -> Iterator[str]:
    if xml:
        for item in ET.fromstring(xml):  # noqa: S314 - `package` refuses DOCTYPE
            if _tag(item) == "si":
                yield _text(item)


def _text(item: ET.Element) -> str:
    """The text of a string item, its runs joined, phonetic guides left out."""
    parts = []
    for child in item:
        name = _tag(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts += [t.text or "" for t in child if _tag(t) == "t"]
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), "".join(parts))


def _date_styles(xml: bytes) -> Iterator[bool]:
    if not xml:
        return
    root = ET.fromstring(xml)  # noqa: S314 - the same
    custom = {}
    for element in root.iter():
        if _tag(element) == "numFmt":
            code = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", element.get("formatCode", "")).lower()
            custom[element.get("numFmtId", "")] = any(letter in code for letter in "ymdhs") and "general" not in code
    for element in root.iter():
        if _tag(element) == "cellXfs":
            for xf in element:
                number = xf.get("numFmtId", "0")
                yield custom[number] if number in custom else number.isdigit() and int(number) in _DATES


class SheetReader:
    """Reads one sheet cell by cell."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.cells: dict[Place, Cell] = {}
        self.flaws: dict[Place, str] = {}
        self.merged: list[Range] = []
        self.rows: set[int] = set()

    def read(self, xml: bytes, name: str, *, visible: bool) -> tuple[Sheet, list[Fault]]:
        """The sheet, without stray cells; F105 for each of those. Raises ParseError for damaged XML."""
        row = column = -1
        for event, element in ET.iterparse(io.BytesIO(xml), ("start", "end")):  # noqa: S314 - the same
            tag = _tag(element)
            if event == "start" and tag == "row":
                row = max(0, int(element.get("r", row + 2)) - 1)
                if element.get("hidden") in {"1", "true"}:
                    self.rows.add(row)
                column = -1
            elif event == "end" and tag == "c":
                row, column = self._place(element, max(row, 0), column)
                self._cell(element, (row, column))
                element.clear()
            elif event == "end" and tag == "row":
                element.clear()
            elif event == "end" and tag == "mergeCell":
                self._merge(element.get("ref", ""))
        faults = self._strays(name)
        return self._sheet(xml, name, visible=visible), faults

    def _place(self, element: ET.Element, row: int, column: int) -> Place:
        match = _REFERENCE.fullmatch(element.get("r", ""))
        return (max(0, int(match[2]) - 1), _column(match[1])) if match else (row, column + 1)

    def _cell(self, element: ET.Element, at: Place) -> None:
        if len(self.cells) > _MOST_CELLS:
            raise MemoryError
        kind = element.get("t", "n")
        children = {_tag(child): child for child in element}
        value, formula = children.get("v"), children.get("f")
        stored = None if value is None else value.text or ""
        if kind == "e":
            self.flaws[at] = stored or "#N/A"
        elif formula is not None and not stored and not (kind == "str" and value is not None):
            self.flaws[at] = "=" + (formula.text or "")
        elif kind == "inlineStr":
            self.cells[at] = _text(children["is"]) if "is" in children else ""
        elif stored is not None:
            self.cells[at] = self._value(kind, stored, element.get("s", "0"))

    def _value(self, kind: str, stored: str, style: str) -> Cell:
        if kind == "s":
            number = int(stored) if stored.isdigit() else -1
            return self.parts.strings[number] if 0 <= number < len(self.parts.strings) else ""
        if kind == "b":
            return "TRUE" if stored.strip() in {"1", "true"} else "FALSE"
        if kind in {"str", "d"}:
            return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), stored)
        try:
            number_ = float(stored)
        except ValueError:
            return stored
        index = int(style) if style.isdigit() else 0
        if index < len(self.parts.dates) and self.parts.dates[index]:
            return self._moment(number_)
        return number_

    def _moment(self, serial: float) -> Cell:
        try:
            moment = self.parts.epoch + dt.timedelta(days=serial)
        except OverflowError:
            return serial
        if 0 <= serial < 1:
            return moment.time()
        return moment.date() if serial.is_integer() else moment

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        a, b = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if a and b:
            self.merged.append(Range(int(a[2]) - 1, _column(a[1]), int(b[2]) - 1, _column(b[1])))

    def _strays(self, name: str) -> list[Fault]:
        """Take out what lies beyond a wide gap; a warning for the first such cell of each direction."""
        faults = []
        for axis, gap in ((0, GAP_ROWS), (1, GAP_COLUMNS)):
            used = sorted({at[axis] for at in (*self.cells, *self.flaws)})
            edge = next((b for a, b in pairwise(used) if b - a > gap), None)
            if edge is None:
                continue
            beyond = sorted(at for at in (*self.cells, *self.flaws) if at[axis] >= edge)
            row, column = beyond[0]
            value = as_typed(self.cells.get((row, column))) or self.flaws.get((row, column), "")
            faults.append(Fault("F105", name, row, column, value, "", (), warning=True))
            for at in beyond:
                self.cells.pop(at, None)
                self.flaws.pop(at, None)
        return faults

    def _sheet(self, xml: bytes, name: str, *, visible: bool) -> Sheet:
        height = max((at[0] for at in (*self.cells, *self.flaws)), default=-1) + 1
        widths: dict[int, int] = {}
        for row, column in (*self.cells, *self.flaws):
            widths[row] = max(widths.get(row, 0), column + 1)
        rows: list[list[Any]] = [[None] * widths.get(row, 0) for row in range(height)]
        for (row, column), value in self.cells.items():
            rows[row][column] = value
        columns = hidden_columns(xml) if b"hidden=" in xml else frozenset()
        return Sheet(name, rows, visible, tuple(self.merged), frozenset(self.rows), columns, self.flaws)


def _tag(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
