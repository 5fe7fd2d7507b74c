"""The workbook of a blank return in the making: its pens, its sheets, how they print."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from mdj_plan.reports.widths import lines_in
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.messages import Messages

ENTRY, OWED, QUIET, HEAD, OBJECTED = "FFFDE7", "FFE0B2", "F2F2F2", "D9E1F2", "FFC7CE"
"""Fills: to be filled in, still owed for a title, last quarter's, heads, a cell that does not fit."""
GREY, LINE = "808080", "BFBFBF"
A4, A3 = 9, 8
_BASIC = "Noto Sans CJK SC"
"""Widths of columns are counted in its digits, seven points of a screen each: so they are too in what stands in for it
where it is not installed. Cells have fonts of their own.
"""
_LINE = 15
"""Points that a line of text takes."""
_FREE = {"format_columns": True, "format_rows": True, "insert_rows": True, "select_locked_cells": True}


class Book:
    """The workbook; the same pen is made once. The same sheets give the same bytes."""

    def __init__(self, title: str, texts: Messages) -> None:
        import xlsxwriter

        self.texts, self._out, self._pens = texts, io.BytesIO(), dict[tuple[Any, ...], Any]()
        options: dict[str, Any] = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        options["default_format_properties"] = {"font_name": _BASIC, "font_size": 10}
        self.made = xlsxwriter.Workbook(self._out, options)
        self.made.set_properties({"title": visible(title), "created": dt.datetime(2017, 1, 1)})  # noqa: DTZ001 - document properties bear no zone
        self.made.set_calc_mode("auto")

    def pen(self, **properties: Any) -> Any:
        """A cell format."""
        key = tuple(sorted(properties.items()))
        if key not in self._pens:
            self._pens[key] = self.made.add_format(
                {"font_name": "宋体", "font_size": 10, "valign": "vcenter"} | properties
            )
        return self._pens[key]

    def ruled(self, **properties: Any) -> Any:
        """A cell format with a border."""
        return self.pen(border=1, border_color=f"#{LINE}", **properties)

    def entry(self, fill: str = ENTRY, **properties: Any) -> Any:
        """The format of a cell to be filled in."""
        return self.ruled(bg_color=f"#{fill}", locked=False, **properties)

    def sheet(self, name: str, widths: Sequence[float], paper: int = A4) -> Any:
        """A sheet across a page of `paper`, locked without a password but for its entries."""
        sheet = self.made.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(self.texts("book-footer"))
        sheet.hide_gridlines(2)
        sheet.protect("", _FREE)
        return sheet

    def saved(self) -> bytes:
        """The workbook's bytes."""
        self.made.close()
        return self._out.getvalue()


class Lines:
    """A sheet written from the top down, as wide as a page; `row` is the next free row, counted from 0."""

    def __init__(self, book: Book, name: str, widths: Sequence[float]) -> None:
        self.book, self.widths, self.row = book, widths, 0
        self.sheet = book.sheet(name, widths)
        self.sheet.fit_to_pages(1, 0)

    def title(self, text: str) -> None:
        """The heading of the sheet."""
        self._across(text, self.book.pen(font_name="黑体", font_size=15, align="center"), 30)

    def section(self, text: str) -> None:
        """The heading of a section."""
        self._across(text, self.book.pen(font_name="黑体", font_size=12), 24)

    def line(self, text: str) -> None:
        """A line of text, broken where it is too long."""
        lines = lines_in(text, sum(self.widths) - 2)
        self._across(text, self.book.pen(font_size=11, text_wrap=True), _LINE * lines + 4)

    def table(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], left: frozenset[int] = frozenset((0,))
    ) -> None:
        """A ruled table from the first column on; columns named in `left` are set to the left, others centred."""
        head = self.book.ruled(font_name="黑体", bg_color=f"#{HEAD}", align="center", text_wrap=True)
        for number, cells in enumerate((heads, *rows)):
            for column, text in enumerate(cells):
                align = "left" if column in left else "center"
                pen = self.book.ruled(text_wrap=True, align=align) if number else head
                self.sheet.write_string(self.row, column, visible(text), pen)
            lines = max(lines_in(text, width) for text, width in zip(cells, self.widths, strict=False))
            self.sheet.set_row(self.row, _LINE * lines + 6)
            self.row += 1

    def _across(self, text: str, pen: Any, height: float) -> None:
        self.sheet.merge_range(self.row, 0, self.row, len(self.widths) - 1, visible(text), pen)
        self.sheet.set_row(self.row, height)
        self.row += 1
