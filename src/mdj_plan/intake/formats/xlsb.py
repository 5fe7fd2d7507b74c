"""Binary ``.xlsb`` workbooks: calamine reads the values, the records say how far cells reach and which are errors."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Protocol

from mdj_plan.intake.cells import Book, Fault, Sheet
from mdj_plan.intake.formats import calamine

if TYPE_CHECKING:
    from collections.abc import Iterator

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_ROW_HEADER, _CELL_ERROR, _FORMULA_ERROR, _LAST_CELL = 0, 3, 11, 11
_DENSE = 20_000_000


class Package(Protocol):
    """What is asked of a package."""

    def names(self) -> tuple[str, ...]:
        """Every part's name."""

    def part(self, name: str) -> bytes:
        """A part's bytes."""


def read_xlsb(package: Package, data: bytes) -> Book:
    """Every worksheet. A cell so far off that calamine could not hold the sheet is F105."""
    parts = sorted(n for n in package.names() if n.startswith("xl/worksheets/") and n.endswith(".bin"))
    looks = [_look(package.part(name)) for name in parts if "/binaryIndex" not in name]
    if any(rows * columns > _DENSE for rows, columns, _ in looks):
        return Book((), (Fault("F105", variant="unreadable"),))
    book = calamine.opened(data)
    sheets = []
    for index, meta in enumerate(book.sheets_metadata):
        rows, merged, _ = calamine.rows_of(book, index)
        flaws = looks[index][2] if len(looks) == len(book.sheets_metadata) else {}
        rows = calamine.without_booleans(rows)
        for row, column in flaws:
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = None
        sheets.append(Sheet(meta.name, rows, "Visible" in str(meta.visible), merged, flaws=flaws))
    return Book(tuple(sheets))


def _look(part: bytes) -> tuple[int, int, dict[tuple[int, int], str]]:
    """How many rows and columns a sheet reaches over, and its error cells."""
    row, rows, columns = 0, 0, 0
    flaws = {}
    for code, start, length in _records(part):
        if code == _ROW_HEADER and length >= 4:
            row = struct.unpack_from("<I", part, start)[0]
            rows = max(rows, row + 1)
        elif 0 < code <= _LAST_CELL and length >= 4:
            column = struct.unpack_from("<I", part, start)[0]
            columns = max(columns, column + 1)
            if code in {_CELL_ERROR, _FORMULA_ERROR} and length >= 9:
                flaws[row, column] = _ERRORS.get(part[start + 8], "#N/A")
    return rows, columns, flaws


def _records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """(record type, start of its body, length of its body); ids and lengths are of one to four bytes of seven bits."""
    at = 0
    while at < len(part):
        code, shift = part[at] & 0x7F, 7
        more = part[at] & 0x80
        at += 1
        if more and at < len(part):
            code |= (part[at] & 0x7F) << shift
            at += 1
        length = shift = 0
        for _ in range(4):
            if at >= len(part):
                return
            length |= (part[at] & 0x7F) << shift
            shift += 7
            at += 1
            if not part[at - 1] & 0x80:
                break
        yield code, at, min(length, len(part) - at)
        at += length
