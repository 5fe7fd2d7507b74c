"""Every table that a file for the meeting shows by itself, in the order of its sheets and sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.tables.actions import ACTIONS
from mdj_plan.reports.tables.facilities import OVERLAPS
from mdj_plan.reports.tables.returns import ALL_SOURCES, SOURCES

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment
    from mdj_plan.reports.tables.table import Table

TABLES: tuple[Table[Assessment], ...] = (ACTIONS, OVERLAPS, ALL_SOURCES, SOURCES)
