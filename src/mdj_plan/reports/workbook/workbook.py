"""The joint-meeting workbook: one file a section chief can hand out, and whose sums a secretary can check.

Written by XlsxWriter: sums and rates are live formulas with stored results, text is always text, and the same input
gives the same bytes. Figures are exact; formats round them for the eye.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

from mdj_plan.reports.tables.facilities import OVERLAPS
from mdj_plan.reports.tables.returns import ALL_SOURCES
from mdj_plan.reports.workbook import figures, lists, units
from mdj_plan.reports.workbook import returns as files
from mdj_plan.reports.workbook import trends as workbook_trends
from mdj_plan.reports.workbook.sheet import Paper
from mdj_plan.reports.workbook.tables import add_sheets

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment
    from mdj_plan.messages import Messages


def build(assessment: Assessment, texts: Messages) -> bytes:
    """The workbook's bytes, in the language of `texts`."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    title = texts.words(assessment.plan.file.plan.title)
    book.set_properties({"title": title, "created": dt.datetime(2017, 1, 1), "comments": str(assessment.period)})  # noqa: DTZ001 - document properties bear no zone
    book.set_calc_mode("auto")
    paper = Paper(
        book, texts, f"{title}  {texts('book-of', period=str(assessment.period), as_of=str(assessment.as_of))}"
    )
    figures.overview(paper, assessment)
    units.districts(paper, assessment)
    units.departments(paper, assessment)
    files.returns(paper, assessment)
    files.aside(paper, assessment)
    lists.findings(paper, assessment)
    add_sheets(paper, OVERLAPS.of(assessment))
    lists.sums(paper, assessment)
    lists.register(paper, assessment)
    workbook_trends.trends(paper, assessment)
    add_sheets(paper, ALL_SOURCES.of(assessment))
    book.close()
    return out.getvalue()
