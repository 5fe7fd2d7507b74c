"""Every table, in the order in which media show those that they show by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.tables.actions import ACTIONS, PRESSING
from mdj_plan.reports.tables.calls import CALLS
from mdj_plan.reports.tables.candidates import CANDIDATES, CRITERIA_SETS, NEAREST
from mdj_plan.reports.tables.changes import CHANGES
from mdj_plan.reports.tables.counts import COUNTS
from mdj_plan.reports.tables.departments import DEPARTMENTS, DUTIES
from mdj_plan.reports.tables.districts import DISTRICTS
from mdj_plan.reports.tables.facilities import OVERLAPS, REGISTER, SUMS
from mdj_plan.reports.tables.findings import FINDINGS, RETURNED
from mdj_plan.reports.tables.ranking import CITY_IN_SHORT, RANKING, UNIT_IN_SHORT
from mdj_plan.reports.tables.restatements import RESTATEMENTS
from mdj_plan.reports.tables.returns import ALL_SOURCES, ASIDE, HISTORY, RETURNS, SOURCES
from mdj_plan.reports.tables.scores import SCORES
from mdj_plan.reports.tables.targets import ALL, BEHIND, CITY, LATE, UNITS
from mdj_plan.reports.tables.trend import TRENDS, UNIT_TRENDS

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.reports.tables.table import Table

TABLES: tuple[Table[Assessment], ...] = (
    CITY,
    COUNTS,
    BEHIND,
    DISTRICTS,
    CITY_IN_SHORT,
    UNIT_IN_SHORT,
    RANKING,
    UNITS,
    DEPARTMENTS,
    DUTIES,
    SCORES,
    RESTATEMENTS,
    CHANGES,
    ACTIONS,
    PRESSING,
    CRITERIA_SETS,
    CANDIDATES,
    NEAREST,
    CALLS,
    RETURNS,
    HISTORY,
    ASIDE,
    FINDINGS,
    RETURNED,
    OVERLAPS,
    SUMS,
    REGISTER,
    TRENDS,
    UNIT_TRENDS,
    ALL,
    LATE,
    SOURCES,
    ALL_SOURCES,
)
