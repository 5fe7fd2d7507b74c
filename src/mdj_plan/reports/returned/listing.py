"""The list in a marked copy: one sheet in front that says what is to be done, until when, and whom to ask."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from mdj_plan.findings import Severity
from mdj_plan.messages import LANGUAGES, messages
from mdj_plan.records import NamedTuple
from mdj_plan.reports.returned.marks import FILLS
from mdj_plan.reports.views import alike
from mdj_plan.reports.widths import lines_in
from mdj_plan.reports.wording import listed
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from mdj_plan.findings import Finding
    from mdj_plan.messages import Messages
    from mdj_plan.reports.returned.back import Back
    from mdj_plan.reports.views import Alike

_OFFICES = frozenset({"S108", "S109"})
"""What the office has to look into: its hints are not for the sender."""
_HEADS = ("number", "severity", "facility", "place", "value", "problem", "hint", "code")
_WIDTHS = (6, 8, 22, 18, 18, 44, 44, 8)
_MOST_LINES = 2000
"""Lines of a list: nobody mends more at once, and each costs memory."""
_NAMED = 3
"""Facilities that a line names; of more it says how many."""


class _Look(NamedTuple):
    """How a cell looks; a ruled one breaks its lines."""

    font: str = "宋体"
    size: float = 10.5
    color: str = "000000"
    fill: str = ""
    ruled: bool = False


_PLAIN, _RULED = _Look(), _Look(ruled=True)


class _Line(NamedTuple):
    """A row of the list: what it says, and the finding that it leads to."""

    words: tuple[str, ...]
    finding: Finding


Titles = dict[str | None, str]
"""Names of a book's sheets by the names under which findings know them."""


def add_list(book: Workbook, back: Back, number: int, texts: Messages, reason: str, titles: Titles) -> None:
    """Put the list in front. `reason` is the key of the message why the copy is no marked original, or ""."""
    sheet = book.create_sheet(_free_title(book, texts("returned-sheet")), 0)
    again = texts("returned-again", n=number) if number > 1 else ""
    _write(sheet, 1, 1, texts("returned-title", whose=back.whose(texts)) + again, _Look("黑体", 16))
    _write(sheet, 2, 1, texts("returned-came", file=visible(back.file), counts=back.counts(texts)))
    _write(sheet, 3, 1, back.asks(texts), _Look("黑体", color="C00000"))
    if back.asks_anything:
        _write(sheet, 4, 1, texts(reason) if reason else texts("returned-how"))
    head = 5
    for column, name in enumerate(_HEADS, 1):
        _write(sheet, head, column, texts(f"returned-{name}"), _Look("黑体", fill="D9D9D9", ruled=True))
    lines = list(islice(_lines(back, texts), _MOST_LINES + 1))
    for row, line in enumerate(lines[:_MOST_LINES], head + 1):
        _row(sheet, row, row - head, line, titles)
    if len(lines) > _MOST_LINES:
        _write(
            sheet, head + _MOST_LINES + 1, 1, texts("returned-more", most=_MOST_LINES), _Look("黑体", color="C00000")
        )
    _laid_out(sheet, head)
    book.active = 0


def _lines(back: Back, texts: Messages) -> Iterator[_Line]:
    """What is wrong, errors first, those alike in one line."""
    for severity in Severity:
        found = [each for each in back.trial.open if each.severity is severity]
        yield from (_Line(_words(one, texts), one.finding) for one in alike(found, texts))


def _words(one: Alike, texts: Messages) -> tuple[str, ...]:
    """What a row says, column by column."""
    finding = one.finding
    return (
        texts(f"severity-{finding.severity.value}"),
        _facilities([f.facility for f in one.members if f.facility], texts),
        "!".join(part for part in (finding.at.sheet, one.cells) if part) or texts("returned-whole-file"),
        finding.value or "",
        one.message,
        one.hint if finding.code not in _OFFICES else texts("returned-nothing-to-do"),
        finding.code,
    )


def _facilities(names: list[str], texts: Messages) -> str:
    different = list(dict.fromkeys(names))
    named = listed(different[:_NAMED], texts.language)
    return texts("returned-and-others", named=named, n=len(different)) if len(different) > _NAMED else named


def _row(sheet: Worksheet, row: int, number: int, line: _Line, titles: Titles) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    words = (str(number), *line.words)
    for column, word in enumerate(words, 1):
        fill = FILLS[line.finding.severity] if column == 2 else ""
        _write(sheet, row, column, word, _RULED._replace(fill=fill))
    at = line.finding.at
    if at.cell and at.sheet in titles:
        cell: Any = sheet.cell(row, 4)
        quoted = titles[at.sheet].replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{at.cell}", display=words[3])
        _write(sheet, row, 4, words[3], _RULED._replace(color="0563C1"))
    lines = max(lines_in(word, width) for word, width in zip(words, _WIDTHS, strict=True))
    sheet.row_dimensions[row].height = 15 * lines + 6


def _write(sheet: Worksheet, row: int, column: int, text: str, look: _Look = _PLAIN) -> None:
    """Write text as text: what begins with ``=`` is no formula here."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell: Any = sheet.cell(row, column)
    cell.value = visible(text)
    cell.data_type = "s"
    cell.font = Font(name=look.font, size=look.size, color=look.color)
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    if look.ruled:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        line = Side(style="thin", color="BFBFBF")
        cell.border = Border(left=line, right=line, top=line, bottom=line)


def _laid_out(sheet: Worksheet, head: int) -> None:
    """Widths, frozen heading, A4 landscape on one page's width."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[1].height = 28
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _free_title(book: Workbook, title: str) -> str:
    number, wanted = 2, title
    while title in book.sheetnames:
        title, number = f"{wanted}{number}", number + 1
    return title


def remove_lists(book: Workbook) -> int:
    """Take our lists out of a workbook that comes back; how often it was sent back by them, 0 where there is none."""
    times = 0
    for sheet in list(book.worksheets):
        title = str(sheet["A1"].value or "")  # a text in parts is none to openpyxl
        if len(book.worksheets) > 1 and any(known.search(title) for known in _titles()):
            times = max(times, 1, *(int(n) for known in _numbers() for n in known.findall(title)))
            book.remove(sheet)
    return times


def _titles() -> list[re.Pattern[str]]:
    return [_pattern("returned-title", language, whose=".*") for language in LANGUAGES]


def _numbers() -> list[re.Pattern[str]]:
    return [_pattern("returned-again", language, n="([0-9]{1,3})") for language in LANGUAGES]


def _pattern(key: str, language: str, **places: str) -> re.Pattern[str]:
    """A text of the catalogue as a pattern."""
    said: Callable[..., str] = messages(language)
    marked = re.escape(said(key, **dict.fromkeys(places, "\x00")))
    for place in places.values():
        marked = marked.replace(re.escape("\x00"), place).replace("\x00", place)
    return re.compile(marked)
