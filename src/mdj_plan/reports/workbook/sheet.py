"""Paper for the meeting: sheets of one workbook, all A4 landscape, one page wide, headed and numbered alike."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mdj_plan.reports.widths import lines_in
from mdj_plan.text import visible

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from mdj_plan.messages import Messages
    from mdj_plan.rounding import Figure

FILLS = {
    "green": "E2EFDA",
    "yellow": "FFF2CC",
    "orange": "FFE0B2",
    "red": "F8CBAD",
    "purple": "E4DFEC",
    "blue": "DDEBF7",
    "grey": "EDEDED",
    "plain": "",
}
"""Light enough to be read when printed in grey; a word stands beside each."""


class Paper:
    """A workbook in the making: its formats, made once each, and its sheets."""

    def __init__(self, book: Any, texts: Messages, subtitle: str) -> None:
        self.book, self.texts, self.subtitle = book, texts, subtitle
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **properties: Any) -> Any:
        """A cell format; the same properties give the same one."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            basic = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}
            self._formats[key] = self.book.add_format(basic | properties)
        return self._formats[key]

    def sheet(self, name: str, title: str, widths: Sequence[float], *, subtitle: str = "", beside: int = 0) -> Sheet:
        """A new sheet with its title and subtitle in the first two rows; `beside` so many last columns do not print."""
        return Sheet(self, name, title, subtitle or self.subtitle, widths, beside)


class Sheet:
    """One sheet, written from the top down; `row` is the next free row, counted from 0.

    `colours` are the colours of its status words: rules of the sheet, so that a word that is corrected by hand changes
    its colour too.
    """

    def __init__(
        self, paper: Paper, name: str, title: str, subtitle: str, widths: Sequence[float], beside: int = 0
    ) -> None:
        self.paper, self.widths, self.name = paper, list(widths), name
        self._on_page = len(self.widths) - beside
        self.page = paper.book.add_worksheet(name)
        self.row, self.colours = 2, dict[str, str]()
        self._lines, self._filter, self._last, self._wide = 1, -1, 0, 0
        self._statuses: dict[int, list[int]] = {}
        self._breaks: list[int] = []
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.page.fit_to_pages(1, 0)
        self.page.set_footer(paper.texts("book-footer"))
        self.page.hide_gridlines(2)
        self.page.center_horizontally()
        last = self._on_page - 1
        self.page.set_row(0, 30)
        heading = paper.format(font_name="黑体", font_size=16, align="center")
        small = paper.format(align="center", font_color="#595959")
        self.page.merge_range(0, 0, 0, last, visible(title), heading)
        self.page.merge_range(1, 0, 1, last, visible(subtitle), small)

    def section(self, text: str) -> None:
        """A heading within the sheet."""
        self.page.write_string(self.row, 0, visible(text), self.paper.format(font_name="黑体", font_size=12))
        self.page.set_row(self.row, 22)
        self.row += 1

    def note(self, text: str) -> None:
        """A line of small print over the sheet's whole width on paper."""
        small = self.paper.format(text_wrap=True, font_color="#404040")
        self.page.merge_range(self.row, 0, self.row, self._on_page - 1, visible(text), small)
        self.page.set_row(self.row, 14.5 * lines_in(text, sum(self.widths[: self._on_page])) + 3)
        self.row += 1

    def heads(
        self, words: Sequence[str], *, first: int = 0, repeat: bool = True, fixed: int = 1, filtered: bool = False
    ) -> None:
        """A table's heading from the column `first`.

        Frozen, with `fixed` columns, and repeated on every page where it is the sheet's own; `filtered`: its list
        can be filtered.
        """
        style = self.head_style()
        for column, word in enumerate(words, first):
            self.page.write_string(self.row, column, visible(word), style)
        fitting = zip(words, self.widths[first:], strict=False)
        self.page.set_row(self.row, 16 * max(lines_in(word, width) for word, width in fitting) + 6)
        if repeat:
            self.page.freeze_panes(self.row + 1, fixed)
            self.page.repeat_rows(self.row)
        if filtered:
            self._filter, self._wide = self.row, first + len(words)
        self.row += 1

    def head_style(self) -> Any:
        """The format of a table's heading."""
        return self.paper.format(
            font_name="黑体", bold=True, border=1, bg_color="#D9E1F2", align="center", text_wrap=True
        )

    def text(self, column: int, text: str, *, bold: bool = False, align: str = "left") -> None:
        """A cell of text in the present row: never a formula, a link or markup."""
        properties: dict[str, Any] = {"border": 1, "text_wrap": True, "align": align}
        if bold:
            properties["bold"] = True
        words = "\n".join(map(visible, text.split("\n")))[:32_000]
        self._lines = max(self._lines, lines_in(words, self.widths[column]))
        self.page.write_string(self.row, column, words, self.paper.format(**properties))

    def status(self, column: int, word: str, colour: str = "plain") -> None:
        """A status in words, coloured by its word."""
        self.text(column, word, align="center")
        self.colours.setdefault(word, colour)
        self._statuses.setdefault(column, []).append(self.row)

    def number(self, column: int, figure: Figure | None, form: str, *, blank: str = "—") -> None:
        """A figure, exact as far as a spreadsheet can hold it; `blank` where unknown."""
        if figure is None:
            self.text(column, blank, align="right")
            return
        style = self.paper.format(border=1, num_format=form, align="right")
        self.page.write_number(self.row, column, float(Fraction(figure)), style)

    def count(self, column: int, count: int | None) -> None:
        """A small whole number, such as a row's own; an empty cell where there is none."""
        style = self.paper.format(border=1, num_format="0", align="center")
        if count is None:
            self.page.write_blank(self.row, column, None, style)
        else:
            self.page.write_number(self.row, column, count, style)

    def date(self, column: int, day: dt.date | None) -> None:
        """A day as a date; an empty cell where it is unknown."""
        style = self.paper.format(border=1, num_format="yyyy-mm-dd", align="center")
        if day is None:
            self.page.write_blank(self.row, column, None, style)
        else:
            self.page.write_datetime(self.row, column, day, style)

    def formula(self, column: int, formula: str, result: float | str, form: str, *, bold: bool = False) -> None:
        """A live formula with its stored result."""
        properties: dict[str, Any] = {"border": 1, "num_format": form, "align": "right"}
        if bold:
            properties["bold"] = True
        self.page.write_formula(self.row, column, formula, self.paper.format(**properties), result)

    def new_page(self) -> None:
        """Let what follows begin on another page."""
        self._breaks.append(self.row)
        self.page.set_h_pagebreaks(self._breaks)

    def next(self, *, listed: bool = True) -> None:
        """Go to the next row; the present one gets the height that its texts need, and is `listed` or stands below."""
        self.page.set_row(self.row, 14.5 * self._lines + 4)
        self._lines, self._last = 1, self.row if listed else self._last
        self.row += 1

    def finish(self) -> None:
        """Fix what is printed, what can be filtered, and how words are coloured."""
        self.page.print_area(0, 0, max(self.row - 1, 2), self._on_page - 1)
        if 0 <= self._filter < self._last:
            self.page.autofilter(self._filter, 0, self._last, self._wide - 1)
        self._colour()

    def _colour(self) -> None:
        """One rule a word, over every column of statuses."""
        from xlsxwriter.utility import xl_range

        areas = [xl_range(rows[0], column, rows[-1], column) for column, rows in sorted(self._statuses.items())]
        for word, colour in self.colours.items():
            if areas and FILLS.get(colour):
                quoted = visible(word).replace('"', '""')
                fill = self.paper.book.add_format({"bg_color": f"#{FILLS[colour]}"})
                rule = {"type": "cell", "criteria": "==", "value": f'"{quoted}"', "format": fill}
                self.page.conditional_format(areas[0], rule | {"multi_range": " ".join(areas)})
