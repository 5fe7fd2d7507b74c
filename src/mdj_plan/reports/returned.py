"""The sender's copy: his own workbook with each faulty cell coloured and commented, and all findings on a first sheet.

Where openpyxl would drop part of the workbook (pictures, charts, WPS extras), or the file is no xlsx workbook at all,
a list of the findings alone takes its place and says why. The original is never touched.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mdj_plan.findings import Severity
from mdj_plan.readings.hands import apart
from mdj_plan.reports.undated import Undated, workbook_bytes
from mdj_plan.reports.views import alike
from mdj_plan.text import visible

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from mdj_plan.findings import Finding
    from mdj_plan.messages import Messages
    from mdj_plan.trial import Trial

_DROPPED = re.compile(
    r"xl/(charts|chartsheets|media|embeddings|ctrlProps|activeX|pivot\w*|slicer\w*|timeline\w*|model|diagrams|"
    r"threadedComments|externalLinks|richData|webextensions)/|xl/cellimages|customXml/|xl/drawings/drawing|wps|"
    r"xl/metadata\.xml",
    re.IGNORECASE,
)
_DROPPED_INSIDE = re.compile(rb"x14:(?:dataValidation|conditionalFormatting|sparkline)|purl\.oclc\.org/ooxml")
_OURS = "mdj-plan-returned"
"""By this mark in its properties a copy is known again."""
_FILLS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.NOTE: "DDEBF7"}
_WIDTHS = (6, 9, 20, 22, 46, 46, 8)


class Copy(NamedTuple):
    """A file to send back: its name and bytes; `reason` is the key of the message why it is only a list, or ""."""

    name: str
    data: bytes
    reason: str


def annotated(data: bytes, name: str, trial: Trial, texts: Messages) -> Copy:
    """The marked copy of a return, or the list of its findings where the copy would not be the sender's own."""
    path = Path(name)
    reason = _reason(data, trial)
    if not reason:
        vba = path.suffix.lower() == ".xlsm"
        marked = apart(lambda: _marked(data, trial, texts, keep_vba=vba), len(data))
        if marked:
            suffix = path.suffix if path.suffix.lower() in {".xlsx", ".xlsm"} else ".xlsx"
            return Copy(f"{path.stem}{texts('returned-suffix')}{suffix}", marked, "")
        reason = "returned-not-kept"
    return Copy(f"{path.stem}{texts('returned-list-suffix')}.xlsx", _list(trial, texts, reason), reason)


def _reason(data: bytes, trial: Trial) -> str:
    """Why the workbook itself cannot be marked: the key of a message, "" where it can."""
    if any(f.code.startswith("F1") and f.severity is Severity.ERROR for f in trial.findings):
        return "returned-unreadable"
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return "returned-no-workbook"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        if "xl/workbook.xml" not in names:
            return "returned-no-workbook"
        if any(_DROPPED.search(name) for name in names):
            return "returned-parts"
        sheets = [name for name in names if name.startswith("xl/worksheets/sheet") or name == "xl/workbook.xml"]
        if any(_DROPPED_INSIDE.search(package.read(name)) for name in sheets):
            return "returned-parts"
    return ""


def _marked(data: bytes, trial: Trial, texts: Messages, *, keep_vba: bool) -> bytes:
    """The workbook with its cells marked; nothing where openpyxl cannot open it."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), keep_vba=keep_vba, rich_text=True)
    except Exception:  # noqa: BLE001 - openpyxl raises many kinds for odd style parts; the list then takes its place
        return b""
    for finding in trial.open:
        if finding.at.sheet in book.sheetnames and finding.at.cell:
            _mark(book[finding.at.sheet], finding, texts)
    title = _free_title(book, texts("returned-sheet"))
    _write_list(book, book.create_sheet(title, 0), trial, texts, "")
    book.active = 0
    return saved(book)


def _mark(sheet: Worksheet, finding: Finding, texts: Messages) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = sheet[finding.at.cell or "A1"]
    if isinstance(cell, MergedCell):
        owner = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        cell = sheet.cell(owner.min_row, owner.min_col)
    cell.fill = PatternFill("solid", fgColor=_FILLS[finding.severity])
    severity = texts(f"severity-{finding.severity.value}")
    said = visible(f"【{severity}】{texts.message(finding)}") + "\n" + visible(texts.hint(finding))
    before = f"{cell.comment.text}\n" if cell.comment else ""
    comment = Comment(before + said, "mdj-plan")
    comment.width, comment.height = 320, 40 + 22 * (2 + len(before + said) // 20)
    cell.comment = comment


def _free_title(book: Workbook, title: str) -> str:
    number, wanted = 2, title
    while title in book.sheetnames:
        title, number = f"{wanted}{number}", number + 1
    return title


def _list(trial: Trial, texts: Messages, reason: str) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = texts("returned-sheet")
    _write_list(book, sheet, trial, texts, reason)
    return saved(book)


def _write_list(book: Workbook, sheet: Worksheet, trial: Trial, texts: Messages, reason: str) -> None:
    from openpyxl.styles import Font

    s = trial.submission
    counts = "，".join(texts(f"count-{each.value}", n=trial.count(each)) for each in Severity)
    _text(sheet, 1, 1, texts("returned-title"), font=Font(name="黑体", size=16))
    period = str(s.period) if s.period else texts("validate-unknown-period")
    _text(sheet, 2, 1, f"{visible(Path(s.file).name)}    {period}    {counts}")
    row = 3
    if reason:
        _text(sheet, row, 1, texts(reason), font=Font(color="9C0006"))
        row += 1
    _text(sheet, row, 1, texts("returned-how"))
    heads = ("number", "severity", "place", "value", "message", "hint", "code")
    for column, head in enumerate(heads, 1):
        _head(sheet, row + 1, column, texts(f"returned-{head}"))
    first = row + 2
    for offset, one in enumerate(alike(trial.open, texts)):
        _line(book, sheet, first + offset, offset + 1, one, texts)
    _laid_out(sheet, row + 1)


def _line(book: Workbook, sheet: Worksheet, row: int, number: int, one: Any, texts: Messages) -> None:
    from openpyxl.styles import PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink

    finding: Finding = one.finding
    place = "!".join(part for part in (finding.at.sheet, one.cells) if part)
    words = (
        str(number),
        texts(f"severity-{finding.severity.value}"),
        place or texts("returned-whole-file"),
        finding.value or "",
        one.message,
        one.hint,
        finding.code,
    )
    for column, word in enumerate(words, 1):
        _text(sheet, row, column, word, wrap=True)
    sheet.cell(row, 2).fill = PatternFill("solid", fgColor=_FILLS[finding.severity])
    if finding.at.sheet in book.sheetnames and finding.at.cell:
        cell = sheet.cell(row, 3)
        quoted = (finding.at.sheet or "").replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{finding.at.cell}", display=place)
        cell.style = "Hyperlink"
        _wrap(cell)
    lines = max(_lines(word, width) for word, width in zip(words, _WIDTHS, strict=True))
    sheet.row_dimensions[row].height = 16 * lines + 4


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column: Chinese characters are two wide."""
    wide = sum(2 if ord(character) > 0x2E80 else 1 for character in text)
    return max(1, -(-wide // (width - 2)))


def _text(sheet: Worksheet, row: int, column: int, text: str, *, font: Any = None, wrap: bool = False) -> None:
    """Write text as text: what begins with ``=`` is no formula here."""
    cell: Any = sheet.cell(row, column)
    cell.value = visible(text)
    cell.data_type = "s"
    if font is not None:
        cell.font = font
    if wrap:
        _wrap(cell)


def _wrap(cell: Any) -> None:
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _head(sheet: Worksheet, row: int, column: int, text: str) -> None:
    from openpyxl.styles import Font, PatternFill

    _text(sheet, row, column, text, font=Font(name="黑体", bold=True), wrap=True)
    sheet.cell(row, column).fill = PatternFill("solid", fgColor="D9D9D9")


def _laid_out(sheet: Worksheet, head: int) -> None:
    """Widths, frozen heading, A4 landscape on one page's width."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def is_copy(path: Path) -> bool:
    """Whether a file is a copy that this tool has marked, and may be written anew; nobody else's file is."""
    try:
        with zipfile.ZipFile(path) as package:
            return _OURS.encode() in package.read("docProps/core.xml")
    except (OSError, zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, zlib.error):
        return False


def saved(book: Workbook) -> bytes:
    """The workbook's bytes, the same for the same content: no time of writing in them."""
    import datetime as dt

    book.properties.identifier = _OURS
    moment = dt.datetime(2017, 1, 1)  # noqa: DTZ001 - document properties bear no zone
    book.properties.created = book.properties.modified = moment
    same = io.BytesIO()
    whole = io.BytesIO(workbook_bytes(book))
    with zipfile.ZipFile(whole) as package, Undated(same, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in package.namelist():
            content = package.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2017-01-01T00:00:00Z", content)
            fixed.writestr(name, content)
    return same.getvalue()
