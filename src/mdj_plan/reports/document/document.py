"""The circular (通报) as a Word document, with the tables of those behind and those on schedule annexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.document.composed import circular
from mdj_plan.reports.document.official import Official
from mdj_plan.reports.document.tables import add_table
from mdj_plan.reports.tables.targets import LATE, ON_SCHEDULE
from mdj_plan.text import visible

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment
    from mdj_plan.messages import Messages


def build(assessment: Assessment, texts: Messages) -> bytes:
    """The circular's bytes, in the language of `texts`."""
    document = Official(visible(texts.words(assessment.plan.file.plan.title)))
    document.paragraph("plain", texts("circular-number"))
    document.write(circular(assessment, texts))
    document.paragraph("plain", "")
    document.paragraph("plain", texts("circular-signature"))
    for annex, declared in enumerate((LATE, ON_SCHEDULE), 1):
        table = declared.of(assessment)
        document.annex(texts("circular-annex", n=annex), table.title(texts))
        add_table(document, table, texts)
    return document.saved()
