"""A unit's own paper as a workbook: a sheet for each section that has something to say, all of them printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.tables.visit import sections, title
from mdj_plan.reports.workbook.book import new_book
from mdj_plan.reports.workbook.figures import dated
from mdj_plan.reports.workbook.sheet import Paper
from mdj_plan.reports.workbook.tables import add_sheets

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages


def build(assessment: Assessment, texts: Messages, units: frozenset[str]) -> bytes:
    """The workbook's bytes, in the language of `texts`."""
    head = title(assessment, texts, units)
    book, out = new_book(head, str(assessment.period))
    paper = Paper(book, texts, f"{head}  {dated(assessment, texts)}")
    for table in sections(assessment, units):
        add_sheets(paper, table, printed=True)
    for sheet in book.worksheets():
        sheet.select()
    book.close()
    return out.getvalue()
