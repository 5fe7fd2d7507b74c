"""What there is to say of a unit, for a visit: figures, trend, facilities, returns, findings, decisions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mdj_plan.reports.document.official import Official
from mdj_plan.reports.document.tables import UPRIGHT, add_table
from mdj_plan.reports.tables.actions import ACTIONS
from mdj_plan.reports.tables.facilities import REGISTER
from mdj_plan.reports.tables.findings import RETURNED
from mdj_plan.reports.tables.ranking import UNIT_IN_SHORT
from mdj_plan.reports.tables.returns import RETURNS
from mdj_plan.reports.tables.trend import UNIT_TRENDS
from mdj_plan.reports.views import narrowed
from mdj_plan.reports.wording import listed, month, quarter
from mdj_plan.text import visible

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment
    from mdj_plan.messages import Messages

_TABLES = (UNIT_IN_SHORT, UNIT_TRENDS, REGISTER, RETURNS, RETURNED, ACTIONS)


def of_units(assessment: Assessment, units: frozenset[str]) -> Assessment:
    """The assessment as far as it is of those units: their rows, and the facilities that are credited to them."""
    own = tuple(facility for facility in assessment.facilities if units & {*facility.credited})
    return replace(narrowed(assessment, units), facilities=own)


def build(assessment: Assessment, texts: Messages, units: frozenset[str]) -> bytes:
    """The document's bytes; a section that has nothing to say is left out."""
    own = of_units(assessment, units)
    ordered = (unit for unit in assessment.plan.units.values() if unit.id in units)
    names = listed((texts.words(unit.name) for unit in ordered), texts.language)
    period = quarter(assessment.period, texts.language)
    title = texts("visit-title", units=visible(names), period=period)
    document = Official(title)
    document.add("title", title)
    as_of = month(assessment.as_of, texts.language)
    document.add("body", texts("visit-lead", plan=visible(texts.words(assessment.plan.file.plan.title)), as_of=as_of))
    for table in _TABLES:
        filled = table.of(own)
        if filled.rows:
            document.add("heading1", filled.title(texts))
            add_table(document, filled, texts, width=UPRIGHT)
    return document.saved()
