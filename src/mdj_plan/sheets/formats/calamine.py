"""calamine, called so that nothing it does to a bad file reaches the user as a crash.

It is handed a package of our own making: the rows of plain sheets, the strings and styles that they need, and nothing
of the file that was not looked at before. What that spares it (other parts, unpacking) pays for the look.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
from typing import TYPE_CHECKING, Any

from mdj_plan.sheets.formats.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineWorkbook

    from mdj_plan.sheets.cells import Cell

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
).encode()
_TARGET = f'<Relationship Id="r{{number}}" Type="{_REL}/worksheet" Target="worksheets/{{number}}.xml"/>'
_HEAD, _TAIL = f'<worksheet xmlns="{_MAIN}"><mergeCells/><sheetData>'.encode(), b"</sheetData></worksheet>"
"""calamine goes through a sheet once more for its merged ranges, which we have, up to where they are listed."""


class Unreadable(Exception):  # noqa: N818 - it says what a sheet is, not what went wrong with us
    """calamine cannot read it."""


class Handed:
    """A workbook in the making: the rows of plain sheets are added, then all are read."""

    def __init__(self) -> None:
        self._sheets: list[bytes] = []

    @property
    def count(self) -> int:
        """How many sheets were added."""
        return len(self._sheets)

    def add(self, rows: bytes) -> None:
        """Add a sheet: the XML of its rows."""
        self._sheets.append(rows)

    def read(self, strings: bytes, styles: bytes, *, since_1904: bool) -> list[list[list[Cell]] | None]:
        """Every row of each sheet in turn, from A1 on; None for one that calamine cannot read. Booleans come as such.

        `strings` and `styles` are parts as plain as the sheets (b"": there are none). What was added is no longer kept.
        """
        count = self.count
        if not count:
            return []
        data = self._workbook(strings, styles, since_1904=since_1904)
        with _quiet():
            try:
                book = _opened(data)
            except Unreadable:
                return [None] * count
            return [_rows(book, index) for index in range(count)]

    def _workbook(self, strings: bytes, styles: bytes, *, since_1904: bool) -> bytes:
        """The package's bytes; what was added is no longer kept."""
        made = Stored(_frame(self.count, styles, since_1904=since_1904))
        for number, rows in enumerate(self._sheets, 1):
            made.add(f"xl/worksheets/{number}.xml", _HEAD, rows, _TAIL)
        if strings:
            made.add("xl/sharedStrings.xml", strings)
        self._sheets = []
        return made.done()


@functools.lru_cache(maxsize=16)
def _frame(sheets: int, styles: bytes, *, since_1904: bool) -> Stored:
    """The parts of a workbook that say what it consists of. Most workbooks consist of the same, so answers are kept."""
    numbers = range(1, sheets + 1)
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    system = '<workbookPr date1904="1"/>' if since_1904 else ""
    targets = "".join(_TARGET.format(number=n) for n in numbers)
    made = Stored()
    made.add("_rels/.rels", _ROOT)
    made.add(
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}">{system}<sheets>{listed}</sheets></workbook>'.encode(),
    )
    made.add("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{targets}</Relationships>'.encode())
    if styles:
        made.add("xl/styles.xml", styles)
    return made


def _opened(data: bytes) -> CalamineWorkbook:
    """The workbook. Raises Unreadable."""
    from python_calamine import CalamineWorkbook

    with _guarded():
        return CalamineWorkbook.from_filelike(io.BytesIO(data))


def _rows(book: CalamineWorkbook, index: int) -> list[list[Cell]] | None:
    """Every row of a sheet from A1 on; None for one that calamine cannot read."""
    try:
        with _guarded():
            rows: list[list[Any]] = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
    except Unreadable:
        return None
    return rows


def without_booleans(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Booleans as the text that a spreadsheet shows."""
    return [[str(cell).upper() if isinstance(cell, bool) else cell for cell in row] for row in rows]


@contextlib.contextmanager
def _guarded() -> Iterator[None]:
    """Whatever calamine raises becomes Unreadable."""
    from python_calamine import CalamineError

    try:
        yield
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Unreadable from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # derives from BaseException; what is none is raised again
            raise Unreadable from error
        raise


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """The process's error output goes nowhere meanwhile: a panic writes there on its own."""
    try:
        kept = os.dup(2)
    except OSError:  # there is none
        yield
        return
    try:
        os.dup2(_nowhere(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@functools.cache
def _nowhere() -> int:
    return os.open(os.devnull, os.O_WRONLY)
