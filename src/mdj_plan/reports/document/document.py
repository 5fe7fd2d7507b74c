"""The circular (通报) as a Word document, with its annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.document.annexes import annexes
from mdj_plan.reports.document.circular import circular
from mdj_plan.reports.document.official import Official
from mdj_plan.reports.document.tables import UPRIGHT, add_table
from mdj_plan.reports.tables.ranking import CITY_IN_SHORT
from mdj_plan.text import visible

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages


def build(assessment: Assessment, texts: Messages) -> bytes:
    """The circular's bytes, in the language of `texts`."""
    document = Official(visible(texts.words(assessment.plan.file.plan.title)))
    for kind, text in circular(assessment, texts):
        if kind == "table":
            add_table(document, _TABLES[text].of(assessment), texts, width=UPRIGHT)
        else:
            document.add(kind, text)
    for number, (title, table) in enumerate(annexes(assessment, texts), 1):
        document.annex(texts("circular-annex", n=number), title)
        add_table(document, table, texts)
    return document.saved()


_TABLES = {"city": CITY_IN_SHORT}
