"""The record stream of an ``.xls`` workbook, cut down to what a return may state, before a library reads it.

What is no cell, format, name of a sheet or merged range (drawings, charts, names, links, macros) is left out: it has
nothing to say here, and most of what breaks readers lies in it. What is far out is bounded before memory is asked for.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple
from mdj_plan.sheets.formats.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_BOFS = frozenset((0x0809, 0x0409, 0x0209, 0x0009))
_EOF, _CONTINUE, _BOUNDSHEET, _FILEPASS, _STRING, _CODEPAGE, _FORMAT = 0x0A, 0x3C, 0x85, 0x2F, 0x0207, 0x42, 0x041E
_GLOBALS = frozenset((_CODEPAGE, 0x22, 0x1E, _FORMAT, 0x31, 0x0231, 0xE0, 0x43, 0x0243, 0x0443, 0xFC, _BOUNDSHEET))
"""Code page, date system, number formats, fonts, styles, shared strings, sheets."""
_FORMULAS = frozenset((0x06, 0x0206, 0x0406))
_CALCULATED_BY = 0x01C1
"""Which calculation the results are of; a program that calculates says so."""
_UNCALCULATED = 0x5E
"""A sheet that was saved with formulas that were not calculated."""
_MULRK = 0xBD
_CELLS = frozenset((0x0203, 0x027E, 0xFD, 0x0204, 0xD6, 0x0205, _MULRK, 0x02, 0x03, 0x04, 0x05)) | _FORMULAS
_SHEET = frozenset((0x0208, 0x08, 0x7D, 0x0200, 0x00, 0xE5, 0x44, _STRING, 0x07, _UNCALCULATED)) | _CELLS
"""Rows, columns, extent, merged ranges, texts of formulas, whether they were calculated, and cells; blank cells have
nothing to say."""
_EXTENTS = frozenset((0x0200, 0x00))
_BETWEEN = frozenset((0x0221, 0x04BC, 0x0236, 0x37, 0x21, 0x36))
"""What may stand between a formula and its text: array, shared formula, table."""
_WORKSHEET, _CHART, _MACROS = 0x10, 0x20, 0x40
_COLUMNS = 256
_MOST_RECORDS = 4_000_000
_MOST_CELLS = 20_000_000
_MOST_ROWS = 3_000_000
_GAP = 2000
_TEXT, _LOGICAL, _ERROR, _EMPTY = range(4)
_ON_LOAD, _ZERO = 2, bytes(8)


Record = tuple[int, bytes, int]
"""A record's code, its body, and where in the stream it begins."""


class Workbook(NamedTuple):
    """A stream that holds nothing but what is needed. `visible`, `rows` and `unknown` are by sheet, in order.

    `rows` are the rows in which something stands: where there are wide gaps the stream numbers only these. `unknown`
    are the cells whose formula lacks its result; `formats` the ids of number formats that the file states itself;
    `coded` whether it names its code page.
    """

    stream: bytes
    visible: tuple[bool, ...]
    rows: tuple[Sequence[int], ...]
    unknown: tuple[frozenset[tuple[int, int]], ...]
    formats: frozenset[int]
    coded: bool


def cut_down(stream: bytes) -> Workbook:
    """The stream without what is not needed. Raises Refused."""
    reader = _Reader(stream)
    first = next(reader.records(0), None)
    if first is None or first[0] not in _BOFS:
        raise Refused("F103", "truncated")
    if first[0] != 0x0809:  # before Excel 5 a file is one sheet
        sheet = _Sheet(stream, reader.own(0, _GLOBALS | _SHEET))
        return Workbook(sheet.data, (True,), (sheet.rows,), (sheet.unknown,), reader.formats, reader.coded)
    return _of_several(stream, reader)


def _of_several(stream: bytes, reader: _Reader) -> Workbook:
    head = list(reader.own(0, _GLOBALS))
    kept = _worksheets(head, reader)
    bodies = [_Sheet(stream, reader.own(start, _SHEET)) for _, start in kept]
    _refuse_large(bodies)
    never = not reader.calculated and not any(body.has_results for body in bodies)
    return Workbook(
        _joined(head, [bound for bound, _ in kept], bodies),
        tuple(not bound[4] & 3 for bound, _ in kept),
        tuple(body.rows for body in bodies),
        tuple(body.unknown | body.empty if never else body.unknown for body in bodies),
        reader.formats,
        reader.coded,
    )


def _refuse_large(bodies: Sequence[_Sheet]) -> None:
    if sum(body.height for body in bodies) > _MOST_ROWS or sum(body.extent for body in bodies) > _MOST_CELLS:
        raise Refused("F104", "bomb")


def _worksheets(head: Iterable[Record], reader: _Reader) -> list[tuple[bytes, int]]:
    """What the workbook says of each of its worksheets, and where that begins. Raises Refused for two at one place."""
    sheets = [bound for code, bound, _ in head if code == _BOUNDSHEET and len(bound) > 6 and not bound[5]]
    kept = [(bound, start) for bound in sheets if reader.is_worksheet(start := struct.unpack_from("<I", bound)[0])]
    if len({start for _, start in kept}) < len(kept):
        raise Refused("F103")
    return kept


def _joined(head: Iterable[Record], bounds: Sequence[bytes], bodies: Sequence[_Sheet]) -> bytes:
    """The stream put together again: what the workbook says, where each of its worksheets begins now, and these."""
    said = b"".join(_record(code, body) for code, body, _ in head if code not in {_BOUNDSHEET, _EOF})
    at = len(said) + sum(len(bound) + 4 for bound in bounds) + 4
    starts = b""
    for bound, body in zip(bounds, bodies, strict=True):
        starts += _record(_BOUNDSHEET, struct.pack("<I", at) + bound[4:])
        at += len(body.data)
    return b"".join((said, starts, _record(_EOF, b""), *(body.data for body in bodies)))


def _record(code: int, body: bytes) -> bytes:
    return struct.pack("<HH", code, len(body)) + body


class _Reader:
    """Walks substreams; what all of them together may cost is bounded."""

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self.left = _MOST_RECORDS
        self.formats: frozenset[int] = frozenset()
        self.coded = self.calculated = False

    def records(self, at: int) -> Iterator[Record]:
        """Every record from a place on, as far as the stream goes."""
        stream, end = self.stream, len(self.stream)
        while at + 4 <= end:
            self.left -= 1
            if self.left < 0:
                raise Refused("F104", "bomb")
            code, length = struct.unpack_from("<HH", stream, at)
            at += 4 + length
            if at > end:
                return
            yield code, stream[at - length : at], at - length - 4

    def is_worksheet(self, at: int) -> bool:
        """Whether a worksheet begins at a place; a chart or macro sheet is none. Raises Refused for neither."""
        first = next(self.records(at), None)
        if first is None or first[0] not in _BOFS or len(first[1]) < 4:
            raise Refused("F103", "truncated")
        return struct.unpack_from("<H", first[1], 2)[0] not in {_CHART, _MACROS}

    def own(self, at: int, wanted: frozenset[int]) -> Iterator[Record]:
        """The wanted records of a substream, its BOF and EOF included, without those of charts inside it."""
        depth, kept = 0, False
        for record in self.records(at):
            code, body, _ = record
            if code in _BOFS:
                depth += 1
                kept = depth == 1
            elif code == _EOF:
                depth -= 1
                kept = not depth
            elif code != _CONTINUE:
                kept = depth == 1 and (code in wanted or code in _BETWEEN)
                self._note(code, body)
            if kept:
                yield record
            if not depth:
                return
        raise Refused("F103", "truncated")

    def _note(self, code: int, body: bytes) -> None:
        if code == _FILEPASS:
            raise Refused("F102")
        if code == _CODEPAGE:
            self.coded = True
        elif code == _CALCULATED_BY:
            self.calculated = True
        elif code == _FORMAT and len(body) > 2:
            self.formats |= {struct.unpack_from("<H", body)[0]}


class _Sheet:
    """The records of one sheet, as bytes; formulas without their result are left out and known as such.

    `empty` are the formulas whose result is nothing at all, as it is where nobody ever calculated them; `has_results`
    says whether any has another.
    """

    def __init__(self, stream: bytes, records: Iterator[Record]) -> None:
        self._out: list[bytes] = []
        self._unknown: set[tuple[int, int]] = set()
        self._ends: dict[int, int] = defaultdict(int)
        self._waiting: tuple[int, int] | None = None
        self._empty: set[tuple[int, int]] = set()
        self._asks = self.has_results = False
        for code, body, at in records:
            if code in _BETWEEN:
                continue
            if code == _UNCALCULATED:
                self._asks = True
                continue
            if self._waiting is not None and code not in {_STRING, 0x07}:
                self._out.pop()
                self._give_up(self._waiting)
            self._waiting = None
            if code in _EXTENTS and self._ends:
                continue  # where it stands below cells, a library would forget them
            if code not in _CELLS or self._cell(code, body):
                self._out.append(stream[at : at + 4 + len(body)])
        self.unknown, self.empty = frozenset(self._unknown), frozenset(self._empty)
        self.extent = sum(self._ends.values())
        self.height = max(self._ends, default=-1) + 1
        self.rows: Sequence[int] = range(self.height)
        if self.height > 2 * len(self._ends) + _GAP:
            self.rows = sorted(self._ends)
            self._out = self._renumbered({row: number for number, row in enumerate(self.rows)})
        self.data = b"".join(self._out)

    def _renumbered(self, numbers: Mapping[int, int]) -> list[bytes]:
        """The records with their cells' rows numbered without gaps: a library fills every gap with empty rows."""
        pack, unpack = struct.pack, struct.unpack_from
        return [
            raw[:4] + pack("<H", numbers[unpack("<H", raw, 4)[0]]) + raw[6:] if unpack("<H", raw)[0] in _CELLS else raw
            for raw in self._out
        ]

    def _cell(self, code: int, body: bytes) -> bool:
        """Note how far a cell reaches; whether its value is known. Raises Refused for a place that no sheet has."""
        if len(body) < 6:
            raise Refused("F103")
        row, column = struct.unpack_from("<HH", body)
        last = struct.unpack_from("<H", body, len(body) - 2)[0] if code == _MULRK else column
        if last >= _COLUMNS or last < column:
            raise Refused("F105", "unreadable", row=row, column=column)
        self._ends[row] = max(self._ends[row], last + 1)
        return code not in _FORMULAS or self._formula((row, column), body)

    def _formula(self, place: tuple[int, int], body: bytes) -> bool:
        """Note what the result of a formula is; whether it is known. A zero is none where calculation is asked for."""
        special = body[6] if body[12:14] == b"\xff\xff" else None
        asks = self._asks or (len(body) > 14 and body[14] & _ON_LOAD)
        if (special is None and asks and body[6:14] == _ZERO) or (special is not None and special > _EMPTY):
            self._give_up(place)
            return False
        if special == _TEXT:
            self._waiting = place
        if special == _EMPTY:
            self._empty.add(place)
        else:
            self.has_results = True
        return True

    def _give_up(self, place: tuple[int, int]) -> None:
        self._unknown.add(place)
        self._waiting = None
