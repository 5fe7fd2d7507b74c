"""Paper for the meeting: sheets of one workbook, all A4 landscape, one page wide, headed and numbered alike."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.messages import Messages
    from mdj_plan.reports.figures import Figure

FILLS = {"green": "E2EFDA", "yellow": "FFF2CC", "red": "F8CBAD", "grey": "EDEDED", "plain": ""}
"""Light enough to be read when printed in grey; a word stands beside each."""
_WIDE = 0x2E80


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

    def sheet(self, name: str, title: str, widths: Sequence[float]) -> Sheet:
        """A new sheet with its title and subtitle in the first two rows."""
        return Sheet(self, name, title, widths)


class Sheet:
    """One sheet, written from the top down; `row` is the next free row, counted from 0."""

    def __init__(self, paper: Paper, name: str, title: str, widths: Sequence[float]) -> None:
        self.paper, self.widths, self.name = paper, list(widths), name
        self.page = paper.book.add_worksheet(name)
        self.row = 0
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.page.fit_to_pages(1, 0)
        self.page.set_footer(paper.texts("book-footer"))
        self.page.hide_gridlines(2)
        self.page.center_horizontally()
        last = len(self.widths) - 1
        self.page.set_row(0, 30)
        heading = paper.format(font_name="黑体", font_size=16, align="center")
        small = paper.format(align="center", font_size=9, font_color="#595959")
        self.page.merge_range(0, 0, 0, last, visible(title), heading)
        self.page.merge_range(1, 0, 1, last, visible(paper.subtitle), small)
        self.row = 2

    def section(self, text: str) -> None:
        """A heading within the sheet."""
        self.page.write_string(self.row, 0, visible(text), self.paper.format(font_name="黑体", font_size=12))
        self.page.set_row(self.row, 22)
        self.row += 1

    def note(self, text: str) -> None:
        """A line of small print over the sheet's whole width."""
        last = len(self.widths) - 1
        small = self.paper.format(font_size=9, text_wrap=True, font_color="#404040")
        self.page.merge_range(self.row, 0, self.row, last, visible(text), small)
        self.page.set_row(self.row, 13 * _lines(text, sum(self.widths)) + 3)
        self.row += 1

    def heads(self, words: Sequence[str], *, repeat: bool = True) -> None:
        """A table's heading; frozen and repeated on every page where it is the sheet's own."""
        style = self.paper.format(
            font_name="黑体", bold=True, border=1, bg_color="#D9E1F2", align="center", text_wrap=True
        )
        for column, word in enumerate(words):
            self.page.write_string(self.row, column, visible(word), style)
        fitting = zip(words, self.widths, strict=False)
        self.page.set_row(self.row, 16 * max(_lines(word, width) for word, width in fitting) + 6)
        if repeat:
            self.page.freeze_panes(self.row + 1, 1)
            self.page.repeat_rows(self.row)
        self.row += 1

    def text(self, column: int, text: str, *, fill: str = "", bold: bool = False, align: str = "left") -> None:
        """A cell of text in the present row: never a formula, a link or markup."""
        properties: dict[str, Any] = {"border": 1, "text_wrap": True, "align": align}
        if FILLS.get(fill):
            properties["bg_color"] = f"#{FILLS[fill]}"
        if bold:
            properties["bold"] = True
        self.page.write_string(self.row, column, visible(text)[:32_000], self.paper.format(**properties))

    def number(self, column: int, figure: Figure | None, form: str, *, blank: str = "—") -> None:
        """A figure, exact as far as a spreadsheet can hold it; `blank` where unknown."""
        if figure is None:
            self.text(column, blank, align="right")
            return
        style = self.paper.format(border=1, num_format=form, align="right")
        self.page.write_number(self.row, column, float(Fraction(figure)), style)

    def formula(self, column: int, formula: str, result: float | str, form: str, *, bold: bool = False) -> None:
        """A live formula with its stored result."""
        properties: dict[str, Any] = {"border": 1, "num_format": form, "align": "right"}
        if bold:
            properties["bold"] = True
        self.page.write_formula(self.row, column, formula, self.paper.format(**properties), result)

    def next(self, texts: Sequence[str] = ()) -> None:
        """Go to the next row; the present one gets the height that its texts need."""
        lines = max((_lines(text, width) for text, width in zip(texts, self.widths, strict=False)), default=1)
        self.page.set_row(self.row, 14.5 * lines + 4)
        self.row += 1

    def finish(self) -> None:
        """Fix what is printed."""
        self.page.print_area(0, 0, max(self.row - 1, 2), len(self.widths) - 1)


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column so wide: Chinese characters are two wide."""
    room = max(int(width) - 1, 2)
    return sum(max(1, -(-sum(2 if ord(c) > _WIDE else 1 for c in line) // room)) for line in text.split("\n") or [""])
