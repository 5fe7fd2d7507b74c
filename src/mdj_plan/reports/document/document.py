"""The circular (通报) as a Word document, with the tables of those behind and those on schedule annexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.document.circular import circular
from mdj_plan.reports.document.official import Official
from mdj_plan.reports.document.tables import UPRIGHT, add_table
from mdj_plan.reports.tables.departments import DEPARTMENTS
from mdj_plan.reports.tables.ranking import CITY_IN_SHORT, RANKING
from mdj_plan.reports.tables.restatements import RESTATEMENTS
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
    filled = [declared.of(assessment) for declared in _ANNEXES]
    for annex, table in enumerate((table for table in filled if table.rows or table.name != RESTATEMENTS.name), 1):
        document.annex(texts("circular-annex", n=annex), table.title(texts))
        add_table(document, table, texts)
    return document.saved()


_TABLES = {"city": CITY_IN_SHORT}
_ANNEXES = (RANKING, DEPARTMENTS, LATE, RETURNS, RESTATEMENTS)
"""Of these, the last only where something published is another now."""
