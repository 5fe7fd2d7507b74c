"""Marks in a workbook: a coloured cell with a comment for each finding; and their removal from one that comes back.

The colour is a rule of the sheet and no format of the cell, so that the sender's own format stays beneath it, the rule
moves with its cell, and it ends when the cell says something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mdj_plan.findings import Severity
from mdj_plan.messages import LANGUAGES, messages
from mdj_plan.text import visible

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from mdj_plan.findings import Finding
    from mdj_plan.messages import Messages

FILLS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.NOTE: "DDEBF7"}
_AUTHOR = "mdj-plan"
_OURS = 'LEN("mdj-plan")'
"""By this our rules are known again: it is true of every cell."""
_LONGEST = 200
"""Characters of a text that a rule compares; a longer one keeps its colour."""


def mark(sheet: Worksheet, finding: Finding, texts: Messages) -> None:
    """Colour the finding's cell and say in a comment what is wrong and what to do, below what others have said."""
    from openpyxl.comments import Comment

    cell = _owner(sheet, finding.at.cell or "A1")
    _colour(sheet, cell, FILLS[finding.severity])
    severity = texts(f"severity-{finding.severity.value}")
    said = texts("returned-mark", severity=severity) + visible(texts.message(finding))
    said += "\n" + visible(texts.hint(finding))
    before = cell.comment.text if cell.comment else ""
    text = f"{before}\n{said}" if before else said
    comment = Comment(text, cell.comment.author if cell.comment else _AUTHOR)
    comment.width, comment.height = 320, 40 + 22 * (2 + len(text) // 20)
    cell.comment = comment


def _owner(sheet: Worksheet, coordinate: str) -> Any:
    """The cell, or the first of the merged range that it belongs to."""
    from openpyxl.cell.cell import MergedCell

    cell = sheet[coordinate]
    if not isinstance(cell, MergedCell):
        return cell
    owner = next(area for area in sheet.merged_cells.ranges if coordinate in area)
    return sheet.cell(owner.min_row, owner.min_col)


def _colour(sheet: Worksheet, cell: Any, colour: str) -> None:
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    look = DifferentialStyle(fill=PatternFill("solid", bgColor=colour, fgColor=colour))
    formula = f"AND({_OURS},{_as_it_was(cell)})"
    rule = Rule(type="expression", dxf=look, formula=[formula], stopIfTrue=True)
    sheet.conditional_formatting.add(cell.coordinate, rule)


def _as_it_was(cell: Any) -> str:
    """What is true of a cell as long as nobody has changed it; always true where that cannot be said in a rule."""
    at, value = cell.coordinate, cell.value
    if value is None:
        return f"ISBLANK({at})"
    if cell.data_type == "n" and isinstance(value, int | float):
        return f"{at}={value!r}"
    if cell.data_type == "s" and len(str(value)) <= _LONGEST and str(value).isprintable():
        return f'EXACT({at},"{str(value).replace(chr(34), chr(34) * 2)}")'
    return "TRUE"


def unmark(book: Workbook) -> None:
    """Take our colours and comments out of a workbook; what the sender has put there himself stays."""
    openings = [messages(language)("returned-mark", severity="|").split("|")[0] for language in LANGUAGES]
    for sheet in book.worksheets:
        _without_rules(sheet)
        for cell in list(getattr(sheet, "_cells").values()):  # noqa: B009 - those that exist, and none made by asking
            if cell.comment is not None:
                _without_ours(cell, openings)


def _without_rules(sheet: Worksheet) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList

    kept = ConditionalFormattingList()
    for each in sheet.conditional_formatting:
        for rule in each.rules:
            if not any(_OURS in formula for formula in rule.formula):
                kept.add(str(each.sqref), rule)
    sheet.conditional_formatting = kept


def _without_ours(cell: Any, openings: list[str]) -> None:
    from openpyxl.comments import Comment

    text = cell.comment.text
    begins = [text.find(opening) for opening in openings if opening in text]
    if not begins:
        return
    own = text[: min(begins)].rstrip()
    comment = Comment(own, cell.comment.author, cell.comment.height, cell.comment.width) if own else None
    cell.comment = comment
