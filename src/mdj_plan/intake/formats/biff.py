"""OLE2 files: ``.xls`` and WPS ``.et`` workbooks, and what else comes in that container.

calamine reads the values; the records themselves are walked for what it does not tell: error cells, hidden rows and
columns, a password.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from mdj_plan.intake.cells import Book, Fault, Sheet
from mdj_plan.intake.formats import calamine

if TYPE_CHECKING:
    from collections.abc import Iterator

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_EOF, _BOUNDSHEET, _FILEPASS, _BOOLERR, _FORMULA, _ROW, _COLINFO = 0x0A, 0x85, 0x2F, 0x0205, 0x06, 0x0208, 0x7D
_MOST_RECORDS = 5_000_000


def read_ole2(data: bytes) -> tuple[str, Book]:
    """The kind of content (xls, "" for others) and what it holds."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            streams = {"/".join(entry).casefold(): entry for entry in container.listdir()}
            if "encryptedpackage" in streams:
                return "", Book((), (Fault("F102"),))
            name = next((n for n in ("workbook", "book") if n in streams), None)
            if name is None:
                other = "document" if {"worddocument", "powerpoint document"} & set(streams) else "other"
                return "", Book((), (Fault("F101", variant=other, args=(("format", "OLE2"),)),))
            stream = container.openstream(streams[name]).read()
    except (OSError, ValueError, IndexError, struct.error, RecursionError, OverflowError, TypeError, KeyError):
        return "", Book((), (Fault("F103", variant="truncated"),))
    return "xls", _workbook(data, stream)


def _workbook(data: bytes, stream: bytes) -> Book:
    looks: list[_Look] = []
    for code, body in _records(stream, 0):
        if code == _FILEPASS:
            return Book((), (Fault("F102"),))
        if code == _BOUNDSHEET and len(body) >= 6:
            offset, state, kind = struct.unpack_from("<IBB", body)
            looks.append(_Look(stream, offset, visible=not state & 3, worksheet=kind == 0))
        if code == _EOF:
            break
    try:
        book = calamine.opened(data)
        worksheets = [i for i, meta in enumerate(book.sheets_metadata) if "WorkSheet" in str(meta.typ)]
        sheets = []
        for index in worksheets:
            rows, merged, _ = calamine.rows_of(book, index)
            rows = calamine.without_booleans(rows)
            look = looks[index] if index < len(looks) else _Look(b"", 0, visible=True, worksheet=True)
            for row, column in look.flaws:
                if row < len(rows) and column < len(rows[row]):
                    rows[row][column] = None
            name = book.sheet_names[index]
            hidden = (frozenset(look.hidden_rows), frozenset(look.hidden_columns))
            sheets.append(Sheet(name, rows, look.visible, merged, *hidden, look.flaws))
    except calamine.Unreadable as unreadable:
        return Book((), (unreadable.fault,))
    return Book(tuple(sheets), () if sheets else (Fault("F103"),))


class _Look:
    """What a sheet's records say beyond its values."""

    def __init__(self, stream: bytes, offset: int, *, visible: bool, worksheet: bool) -> None:
        self.visible = visible
        self.flaws: dict[tuple[int, int], str] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        if worksheet:
            for code, body in _records(stream, offset):
                if code == _EOF:
                    break
                self._take(code, body)

    def _take(self, code: int, body: bytes) -> None:
        if code == _BOOLERR and len(body) >= 8 and body[7]:
            self._error(body, body[6])
        elif code == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
            self._error(body, body[8])
        elif code == _ROW and len(body) >= 16 and body[12] & 0x20:
            self.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif code == _COLINFO and len(body) >= 10:
            first, last, _, _, options = struct.unpack_from("<HHHHH", body)
            if options & 1:
                self.hidden_columns |= set(range(first, min(last, 255) + 1))

    def _error(self, body: bytes, error: int) -> None:
        row, column = struct.unpack_from("<HH", body)
        self.flaws[row, column] = _ERRORS.get(error, "#N/A")


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """The records from an offset on; stops where the stream ends or is cut off."""
    for _ in range(_MOST_RECORDS):
        if offset + 4 > len(stream):
            return
        code, length = struct.unpack_from("<HH", stream, offset)
        yield code, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length
