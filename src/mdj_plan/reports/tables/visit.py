"""What there is to say of a unit, for a visit: figures and their way, duties, facilities, returns, decisions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mdj_plan.reports.narrowed import of_units
from mdj_plan.reports.tables.actions import ACTIONS
from mdj_plan.reports.tables.changes import CHANGES
from mdj_plan.reports.tables.departments import DUTIES
from mdj_plan.reports.tables.facilities import REGISTER
from mdj_plan.reports.tables.findings import RETURNED
from mdj_plan.reports.tables.ranking import UNIT_IN_SHORT
from mdj_plan.reports.tables.restatements import RESTATEMENTS
from mdj_plan.reports.tables.returns import RETURNS
from mdj_plan.reports.tables.trend import UNIT_TRENDS
from mdj_plan.reports.wording import listed, quarter
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages
    from mdj_plan.reports.tables.table import Filled

_TABLES = (UNIT_IN_SHORT, DUTIES, UNIT_TRENDS, RESTATEMENTS, CHANGES, REGISTER, RETURNS, RETURNED, ACTIONS)


def sections(assessment: Assessment, units: frozenset[str]) -> Iterator[Filled]:
    """The tables that have something to say; of one unit without the column that would name it in every row.

    A decision that is overdue stands among the decisions, and not among the findings again.
    """
    own = of_units(assessment, units)
    own = replace(own, findings=tuple(found for found in own.findings if found.code != "P109"))
    for table in _TABLES:
        filled = table.of(own)
        if filled.rows:
            kept = tuple(c for c in filled.columns if c.key != "unit_name" or len(units) > 1 or table is RETURNS)
            yield filled._replace(columns=kept)


def title(assessment: Assessment, texts: Messages, units: frozenset[str]) -> str:
    """Whose paper it is, and of which period."""
    ordered = (unit for unit in assessment.plan.units.values() if unit.id in units)
    names = listed((texts.words(unit.name) for unit in ordered), texts.language)
    return texts("visit-title", units=visible(names), period=quarter(assessment.period, texts.language))
