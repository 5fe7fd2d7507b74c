"""A workbook of a return that is none, or that cannot be marked as it is: its values where they stood, nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mdj_plan.reports.widths import cells, fitted
from mdj_plan.sheets.cells import Sheet, address
from mdj_plan.sheets.formats.content import read_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST = 31
"""Characters of a sheet's name."""
_WIDEST = 28
_MEASURED = 200
"""Rows by which a column's width is chosen."""


def plain_workbook(data: bytes, name: str) -> tuple[Workbook, dict[str | None, str]] | None:
    """The workbook, and its sheets' names by those under which findings know them; None where nothing can be read."""
    from openpyxl import Workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    read = read_bytes(data, name)
    if not read.sheets:
        return None
    book, titles = Workbook(), dict[str | None, str]()
    book.remove(book.worksheets[0])
    if any(sheet.since_1904 for sheet in read.sheets):
        book.epoch = CALENDAR_MAC_1904
    for sheet in read.sheets:
        wanted = _FORBIDDEN.sub(" ", sheet.name or "")[:_LONGEST].strip("' ")
        page = book.create_sheet(wanted or "Sheet1")
        titles[sheet.name] = page.title
        _fill(page, sheet)
    return book, titles


def _fill(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter

    if not sheet.visible:
        page.sheet_state = "hidden"
    for row, line in enumerate(sheet.rows, 1):
        for column, value in enumerate(line, 1):
            if value not in {None, ""}:
                _put(page, row, column, value)
    for (row, column), text in sheet.flaws.items():
        _put(page, row + 1, column + 1, text)
    for area in sheet.merged:
        page.merge_cells(f"{address(area.top, area.left)}:{address(area.bottom, area.right)}")
    _widened(page, sheet)
    for row in sheet.hidden_rows:
        page.row_dimensions[row + 1].hidden = True
    for column in sheet.hidden_columns:
        page.column_dimensions[get_column_letter(column + 1)].hidden = True


def _put(page: Worksheet, row: int, column: int, value: Any) -> None:
    """Write a value; text as text, also what begins with ``=``, without what a workbook cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell: Any = page.cell(row, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
    else:
        cell.value = value


def _widened(page: Worksheet, sheet: Sheet) -> None:
    """Columns as wide as what stands in them, and all of them on one A3 page's width."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    rows = sheet.rows[:_MEASURED]
    for column in range(max(map(len, rows), default=0)):
        texts = [str(line[column]) for line in rows if column < len(line) and line[column] is not None]
        short = [text for text in texts if cells(text) <= _WIDEST]  # a title across the sheet widens no column
        page.column_dimensions[get_column_letter(column + 1)].width = fitted(short, 7, _WIDEST)
    page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", 8, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
