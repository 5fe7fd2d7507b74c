"""A unit's own paper as a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.document.official import Official
from mdj_plan.reports.document.tables import UPRIGHT, add_table
from mdj_plan.reports.tables.visit import sections, title
from mdj_plan.reports.wording import month
from mdj_plan.text import visible

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages


def build(assessment: Assessment, texts: Messages, units: frozenset[str]) -> bytes:
    """The document's bytes; a section that has nothing to say is left out."""
    head = title(assessment, texts, units)
    document = Official(head)
    document.add("title", head)
    as_of = month(assessment.as_of, texts.language)
    document.add("body", texts("visit-lead", plan=visible(texts.words(assessment.plan.file.plan.title)), as_of=as_of))
    for table in sections(assessment, units):
        document.add("heading1", table.title(texts))
        add_table(document, table, texts, width=UPRIGHT)
    return document.saved()
