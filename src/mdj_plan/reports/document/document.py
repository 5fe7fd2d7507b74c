"""The circular (通报) as a Word document, with the tables of those behind and those on schedule annexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.document.circular import circular
from mdj_plan.reports.document.official import Official
from mdj_plan.reports.document.tables import UPRIGHT, add_table
from mdj_plan.reports.tables.departments import DEPARTMENTS
from mdj_plan.reports.tables.ranking import CITY_IN_SHORT, RANKING
from mdj_plan.reports.tables.returns import RETURNS
from mdj_plan.reports.tables.targets import LATE
from mdj_plan.text import visible

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment
    from mdj_plan.messages import Messages


def build(assessment: Assessment, texts: Messages) -> bytes:
    """The circular's bytes, in the language of `texts`."""
    document = Official(visible(texts.words(assessment.plan.file.plan.title)))
    for kind, text in circular(assessment, texts):
        if kind == "table":
            add_table(document, _TABLES[text].of(assessment), texts, width=UPRIGHT)
        else:
            document.add(kind, text)
    for annex, declared in enumerate(_ANNEXES, 1):
        table = declared.of(assessment)
        document.annex(texts("circular-annex", n=annex), table.title(texts))
        add_table(document, table, texts)
    return document.saved()


_TABLES = {"city": CITY_IN_SHORT}
_ANNEXES = (RANKING, DEPARTMENTS, LATE, RETURNS)
