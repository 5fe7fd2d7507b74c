"""The joint-meeting workbook: one file a section chief can hand out, and whose sums a secretary can check.

Written by XlsxWriter: sums and rates are live formulas with stored results, text is always text, and the same input
gives the same bytes. Figures are exact; formats round them for the eye.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.tables.departments import DEPARTMENTS
from mdj_plan.reports.tables.listed import TABLES
from mdj_plan.reports.tables.ranking import RANKING
from mdj_plan.reports.tables.returns import RETURNS
from mdj_plan.reports.tables.targets import BEHIND
from mdj_plan.reports.tables.trend import TRENDS
from mdj_plan.reports.workbook.book import new_book
from mdj_plan.reports.workbook.figures import dated, overview
from mdj_plan.reports.workbook.sheet import Paper
from mdj_plan.reports.workbook.tables import add_sheets
from mdj_plan.reports.workbook.trends import trends

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages


FRONT = (RANKING, DEPARTMENTS, BEHIND, RETURNS)
"""The sheets behind the overview that the meeting holds in its hands."""


def build(assessment: Assessment, texts: Messages) -> bytes:
    """The workbook's bytes, in the language of `texts`."""
    title = texts.words(assessment.plan.file.plan.title)
    book, out = new_book(title, str(assessment.period))
    paper = Paper(book, texts, f"{title}  {dated(assessment, texts)}")
    overview(paper, assessment)
    for table in FRONT:
        add_sheets(paper, table.of(assessment), printed=True)
    for sheet in book.worksheets():
        sheet.select()  # the front is what "print the selected sheets", every program's default, prints
    book.worksheets()[0].activate()
    for table in TABLES:
        if table is TRENDS:
            trends(paper, assessment)
        elif "book" in table.media and table not in FRONT:
            shown = table.of(assessment)
            if shown.rows or not table.optional:
                add_sheets(paper, shown)
    book.close()
    return out.getvalue()
