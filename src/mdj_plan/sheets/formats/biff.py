"""OLE2 files: ``.xls`` and WPS ``.et`` workbooks, and what else comes in that container.

olefile opens the container, `biffstream` cuts the workbook's stream down to what a return may state, xlrd reads it.
"""

from __future__ import annotations

import io
import struct
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mdj_plan.sheets.cells import Book, Cell, Fault, Range, Sheet, as_typed
from mdj_plan.sheets.formats.biffstream import Workbook, cut_down
from mdj_plan.sheets.formats.refusal import Refused
from mdj_plan.sheets.formats.runs import Run, joined
from mdj_plan.sheets.formats.serials import kind_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import xlrd

    from mdj_plan.sheets.formats.serials import Kind

_NUMBER, _DATE, _LOGICAL, _ERROR = 2, 3, 4, 5  # xlrd's types of cells
_PLAIN = frozenset((0, 1, _NUMBER, 6))
_DOCUMENTS = frozenset(("worddocument", "powerpoint document", "quill/quillsub/contents", "visiodocument"))
_LARGEST = 2**27
_NOTHING: list[Cell] = []


def read_ole2(data: bytes) -> tuple[str, Book]:
    """The kind of content, xls, and what it holds. Raises Refused for any other."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            streams = {"/".join(entry).casefold(): entry for entry in container.listdir()}
            name = next((n for n in ("workbook", "book") if n in streams), None)
            if name is None:
                raise _no_workbook(frozenset(streams))
            stream = container.openstream(streams[name]).read()
    except (OSError, ValueError, LookupError, struct.error, RecursionError, OverflowError, TypeError):
        raise Refused("F103", "truncated") from None
    return "xls", read_stream(stream)


def _no_workbook(streams: frozenset[str]) -> Refused:
    """What a container without a workbook is, by the names of its streams."""
    if "encryptedpackage" in streams:
        return Refused("F102")
    if not streams.isdisjoint(_DOCUMENTS):
        return Refused("F101", "document")
    if any(stream.startswith("__properties_version") for stream in streams):
        return Refused("F101", "mail")
    return Refused("F101", "other", form="OLE2")


def read_stream(stream: bytes) -> Book:
    """The worksheets of a workbook's stream. Raises Refused."""
    if len(stream) > _LARGEST:
        raise Refused("F104", "bomb")
    try:
        sheets = _sheets(cut_down(stream))
    except UnicodeError:
        raise Refused("F107") from None
    return Book(sheets, () if sheets else (Fault("F103"),))


def _sheets(workbook: Workbook) -> tuple[Sheet, ...]:
    """Every sheet, one at a time in memory. Raises Refused, or UnicodeError for a text in another encoding."""
    book = _opened(workbook)
    kinds = {i: kind for i, kind in _kinds(book, workbook.formats).items() if kind}
    sheets = []
    for index in range(book.nsheets):
        sheet = _followed(book.sheet_by_index, index)
        unknown = dict.fromkeys(workbook.unknown[index], "=")
        sheets.append(_Cells(book, sheet, workbook.rows[index], kinds).sheet(unknown, visible=workbook.visible[index]))
        book.unload_sheet(index)
    return tuple(sheets)


def _opened(workbook: Workbook) -> xlrd.Book:
    """The workbook as xlrd opens it. Where it names no code page, texts before Excel 97 are Chinese."""
    import xlrd

    options: dict[str, Any] = {
        "file_contents": workbook.stream,
        "logfile": io.StringIO(),
        "verbosity": -1,
        "formatting_info": True,
        "ragged_rows": True,
        "on_demand": True,
    }
    return _followed(xlrd.open_workbook, **options, encoding_override=None if workbook.coded else "gb18030")


def _followed(step: Any, *arguments: Any, **options: Any) -> Any:
    """A step of xlrd. Raises Refused for what it does where a stream is no sound one; UnicodeError stays as it is."""
    import xlrd

    try:
        return step(*arguments, **options)
    except UnicodeError:
        raise
    except (xlrd.XLRDError, struct.error, AssertionError, LookupError, ValueError, TypeError, OverflowError) as error:
        raise Refused("F103", value=f"{type(error).__name__}: {error}"[:80]) from error


def _kinds(book: xlrd.Book, own: frozenset[int]) -> Mapping[int, Kind]:
    """By style: what its number format makes of a number. A format that the file states itself is what it states."""
    formats = book.format_map
    return {
        index: kind_of(style.format_key, formats[style.format_key].format_str if style.format_key in own else None)
        for index, style in enumerate(book.xf_list)
    }


def _clear(rows: list[list[Cell]], flaws: Iterable[tuple[int, int]]) -> None:
    """Take away what stands in flawed cells, and the blank rows at the end in which there is none."""
    flawed = set()
    for row, column in flaws:
        flawed.add(row)
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = None
    while rows and all(cell is None or cell == "" for cell in rows[-1]) and len(rows) - 1 not in flawed:
        rows.pop()


class _Cells:
    """One sheet as xlrd read it, and what its formatting says."""

    def __init__(self, book: xlrd.Book, sheet: Any, places: Sequence[int], kinds: Mapping[int, Kind]) -> None:
        self.book, self.read, self.places, self.kinds = book, sheet, places, kinds
        self.fonts = book.font_list
        self.struck = {i for i, style in enumerate(book.xf_list) if self._font(style.font_index, "struck_out")}
        self.styled = self.struck | set(kinds)

    def sheet(self, flaws: dict[tuple[int, int], str], *, visible: bool) -> Sheet:
        """The sheet; `flaws` are the formulas without a result, to which errors are added."""
        struck: set[tuple[int, int]] = set()
        rows = self._rows(flaws, struck)
        _clear(rows, flaws)
        lines, columns = self.read.rowinfo_map.items(), self.read.colinfo_map.items()
        hidden = frozenset(row for row, info in lines if info.hidden or not (info.height or info.has_default_height))
        narrow = frozenset(column for column, info in columns if info.hidden or not info.width)
        merged = tuple(Range(top, left, bottom - 1, right - 1) for top, bottom, left, right in self.read.merged_cells)
        return Sheet(
            self.read.name,
            rows,
            visible,
            merged,
            hidden,
            narrow,
            flaws,
            struck=frozenset(struck),
            since_1904=bool(self.book.datemode),
        )

    def _rows(self, flaws: dict[tuple[int, int], str], struck: set[tuple[int, int]]) -> list[list[Cell]]:
        """Every row in its place, blank ones between them."""
        rows = [_NOTHING] * (max(self.places[: self.read.nrows], default=-1) + 1)
        for number, row in zip(range(self.read.nrows), self.places, strict=False):
            rows[row] = self._row(number, row, flaws, struck)
        for (number, column), runs in self.read.rich_text_runlist_map.items():
            cells = rows[self.places[number]]
            cells[column] = self._marked(cells[column], runs)
        return rows

    def _row(
        self, number: int, row: int, flaws: dict[tuple[int, int], str], struck: set[tuple[int, int]]
    ) -> list[Cell]:
        """A row of the stream, which is that row of the sheet."""
        cells: list[Cell] = self.read.row_values(number)
        types = self.read.row_types(number)
        if not _PLAIN.issuperset(types):
            for column, kind in enumerate(types):
                if kind == _LOGICAL:
                    cells[column] = "TRUE" if cells[column] else "FALSE"
                elif kind == _ERROR:
                    flaws[row, column] = _ERRORS.get(as_typed(cells[column]), "#N/A")
                    cells[column] = None
        if self.styled:
            self._style(cells, number, row, struck)
        return cells

    def _style(self, cells: list[Cell], number: int, row: int, struck: set[tuple[int, int]]) -> None:
        """Make of numbers what their styles show, and note what is struck out."""
        for column, cell in enumerate(cells):
            if cell != "" and (style := self.read.cell_xf_index(number, column)) in self.styled:
                if style in self.struck:
                    struck.add((row, column))
                if type(cell) is float and style in self.kinds:
                    cells[column] = shown(cell, self.kinds[style], since_1904=bool(self.book.datemode))

    def _marked(self, text: Cell, runs: list[tuple[int, int]]) -> Cell:
        """A text of which some digits are raised, or some characters struck through: marked as such."""
        if not isinstance(text, str) or not text:
            return text
        fonts = dict(sorted((min(start, len(text)), font) for start, font in runs))
        ends = [*fonts, len(text)]
        parts = [(text[: ends[0]], None), *((text[a:b], fonts[a]) for a, b in pairwise(ends))]
        return joined([self._run(part, font) for part, font in parts]).words

    def _run(self, text: str, font: int | None) -> Run:
        shift = {1: 1, 2: -1}.get(self._font(font, "escapement"), 0)
        return Run(text, shift, bool(self._font(font, "struck_out")))

    def _font(self, index: int | None, what: str) -> int:
        known = index is not None and index < len(self.fonts)
        return int(getattr(self.fonts[index], what, 0)) if known else 0


_ERRORS = {"0": "#NULL!", "7": "#DIV/0!", "15": "#VALUE!", "23": "#REF!", "29": "#NAME?", "36": "#NUM!", "42": "#N/A"}
