"""OpenDocument spreadsheets (``.ods``), read from their own XML.

One pass gives values, errors, merged ranges and what is hidden, and repeats rows and columns only where something
stands in them: a cell repeated a million times over cannot fill the memory.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING, Protocol
from xml.etree import ElementTree as ET

from mdj_plan.intake.cells import Book, Fault, Range, Sheet

if TYPE_CHECKING:
    from mdj_plan.intake.cells import Cell

_MOST_REPEATS = 5000
_MOST_CELLS = 5_000_000
_DURATION = re.compile(r"-?PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?")
_NUMBERS = frozenset({"float", "percentage", "currency"})


class Package(Protocol):
    """What is asked of a package."""

    def __contains__(self, name: str) -> bool:
        """Whether it holds a part."""

    def part(self, name: str) -> bytes:
        """A part's bytes."""


def read_opendocument(package: Package) -> Book:
    """Every table of a spreadsheet; F102 where its parts are encrypted, F101 where it is another document."""
    kind = package.part("mimetype")
    if b"opendocument.spreadsheet" not in kind:
        return Book((), (Fault("F101", variant="document", args=(("format", "OpenDocument"),)),))
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.part("META-INF/manifest.xml"):
        return Book((), (Fault("F102"),))
    reader = _Reader()
    reader.read(package.part("content.xml"))
    return Book(tuple(reader.sheets), () if reader.sheets else (Fault("F103"),))


class _Reader:
    """Walks content.xml; one table at a time."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.hidden_styles: set[str] = set()
        self.cells = 0
        self._begin("", visible=True)

    def _begin(self, name: str, *, visible: bool) -> None:
        self.name, self.visible = name, visible
        self.rows: list[list[Cell]] = []
        self.flaws: dict[tuple[int, int], str] = {}
        self.merged: list[Range] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.columns = 0
        self.pending = 0

    def read(self, xml: bytes) -> None:
        """Raises ParseError for damaged XML, MemoryError for more cells than any return holds."""
        depth = 0
        for event, element in ET.iterparse(io.BytesIO(xml), ("start", "end")):  # noqa: S314 - no DOCTYPE here
            tag = _local(element.tag)
            if event == "start" and tag == "table":
                depth += 1
                if depth == 1:
                    self._begin(_get(element, "name"), visible=_get(element, "style-name") not in self.hidden_styles)
            elif event == "end" and tag == "table":
                depth -= 1
                if depth == 0:
                    self._finish()
                    element.clear()
            elif event == "end" and depth == 1 and tag == "table-row":
                self._row(element)
                element.clear()
            elif event == "end" and depth == 1 and tag == "table-column":
                self._column(element)
            elif event == "end" and tag == "style" and _hides(element):
                self.hidden_styles.add(_get(element, "name"))

    def _finish(self) -> None:
        self.sheets.append(
            Sheet(
                self.name,
                self.rows,
                self.visible,
                tuple(self.merged),
                frozenset(self.hidden_rows),
                frozenset(self.hidden_columns),
                self.flaws,
            )
        )

    def _column(self, element: ET.Element) -> None:
        repeated = _repeats(element, "number-columns-repeated")
        if _get(element, "visibility") in {"collapse", "filter"}:
            self.hidden_columns |= set(range(self.columns, self.columns + min(repeated, 1000)))
        self.columns += repeated

    def _row(self, element: ET.Element) -> None:
        repeated = _repeats(element, "number-rows-repeated")
        cells: list[Cell] = []
        flaws: dict[int, str] = {}
        blanks = 0
        spans = []
        for child in element:
            if _local(child.tag) not in {"table-cell", "covered-table-cell"}:
                continue
            times = _repeats(child, "number-columns-repeated")
            value, flaw = _value(child)
            span = (_repeats(child, "number-rows-spanned"), _repeats(child, "number-columns-spanned"))
            if span != (1, 1):
                spans.append((len(cells) + blanks, span))
            if value in {None, ""} and not flaw:
                blanks += times
                continue
            cells += [None] * min(blanks, _MOST_REPEATS)
            blanks = 0
            for _ in range(min(times, _MOST_REPEATS)):
                if flaw:
                    flaws[len(cells)] = flaw
                cells.append(None if flaw else value)
        if not cells and not spans:
            if _get(element, "visibility") in {"collapse", "filter"} and repeated < _MOST_REPEATS:
                start = len(self.rows) + self.pending
                self.hidden_rows |= set(range(start, start + repeated))
            self.pending += repeated
            return
        self._place(element, cells, flaws, spans, repeated)

    def _place(
        self,
        element: ET.Element,
        cells: list[Cell],
        flaws: dict[int, str],
        spans: list[tuple[int, tuple[int, int]]],
        repeated: int,
    ) -> None:
        times = min(repeated, _MOST_REPEATS)
        self.cells += (len(cells) + 1) * times + self.pending
        if self.cells > _MOST_CELLS:
            raise MemoryError
        self.rows += [[] for _ in range(self.pending)]
        self.pending = 0
        for _ in range(times):
            row = len(self.rows)
            if _get(element, "visibility") in {"collapse", "filter"}:
                self.hidden_rows.add(row)
            self.flaws |= {(row, column): flaw for column, flaw in flaws.items()}
            self.merged += [Range(row, c, row + down - 1, c + across - 1) for c, (down, across) in spans]
            self.rows.append(list(cells))


def _value(cell: ET.Element) -> tuple[Cell, str]:
    """A cell's value, and what stands there where the value cannot be known ("" where it can)."""
    text = "\n".join("".join(_shown(p)) for p in cell if _local(p.tag) == "p")
    kind = _get(cell, "value-type")
    types = {value for key, value in cell.attrib.items() if _local(key) == "value-type"}
    if "error" in types or (text.startswith(("#", "Err:")) and _get(cell, "formula")):
        return None, text or "#N/A"
    try:
        if kind in _NUMBERS:
            return float(_get(cell, "value")), ""
        if kind == "date":
            moment = dt.datetime.fromisoformat(_get(cell, "date-value"))
            return moment if moment.time() != dt.time() else moment.date(), ""
        if kind == "time" and (match := _DURATION.fullmatch(_get(cell, "time-value"))):
            hours, minutes, seconds = (float(part or 0) for part in match.groups())
            return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds), ""
    except (ValueError, OverflowError):
        return text, ""
    if kind == "boolean":
        return _get(cell, "boolean-value").upper(), ""
    if _get(cell, "formula") and not kind and not text:
        return None, "=" + _get(cell, "formula").removeprefix("of:=")
    return text, ""


def _shown(element: ET.Element) -> list[str]:
    """The text of a paragraph: runs joined, ``text:s`` as spaces, line breaks and tabs kept, notes left out."""
    parts = [element.text or ""]
    for child in element:
        tag = _local(child.tag)
        if tag == "s":
            parts.append(" " * min(_repeats(child, "c"), 1000))
        elif tag == "line-break":
            parts.append("\n")
        elif tag == "tab":
            parts.append("\t")
        elif tag != "annotation":
            parts += _shown(child)
        parts.append(child.tail or "")
    return parts


def _hides(style: ET.Element) -> bool:
    """Whether a style is of a table that is not displayed."""
    return any(_local(child.tag) == "table-properties" and _get(child, "display") == "false" for child in style)


def _repeats(element: ET.Element, name: str) -> int:
    value = _get(element, name)
    return int(value) if value.isdigit() and len(value) < 10 and value != "0" else 1


def _get(element: ET.Element, name: str) -> str:
    """An attribute by its local name; "" where it is not there."""
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def _local(tag: object) -> str:
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
