"""How far everybody is, on the screen: the city, districts, departments, one indicator after another, overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.screen.tables import show_notes, show_table
from mdj_plan.reports.tables.departments import DEPARTMENTS, DUTIES
from mdj_plan.reports.tables.districts import DISTRICTS
from mdj_plan.reports.tables.facilities import OVERLAPS
from mdj_plan.reports.tables.targets import CITY, by_indicator
from mdj_plan.reports.tables.values import worded
from mdj_plan.reports.views import of_scope

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.reports.screen.paper import Screen


def show_city(assessment: Assessment, screen: Screen) -> None:
    """The city's targets: bar with the schedule's mark, figures, status, outlook; nothing where it has none."""
    table = CITY.of(assessment)
    if table.rows:
        show_table(screen, table, notes=False)
        dues = {gap.target.due for gap in of_scope(assessment, "city")}
        key = "screen-legend" if len(dues) > 1 else "screen-legend-due"
        screen.line(screen.texts(key, mark=screen.bar_glyphs[2], due=str(max(dues))))
        show_notes(screen, table)


def show_by_indicator(assessment: Assessment, screen: Screen) -> None:
    """One table an indicator, its units down; then the duties, which have no indicator."""
    for name, table in by_indicator(assessment):
        screen.heading(worded(name, screen.texts))
        show_table(screen, table, titled=False)
    if assessment.duties:
        show_table(screen, DUTIES.of(assessment))


def show_districts(assessment: Assessment, screen: Screen) -> None:
    """Units down, indicators across: actual/target and the status in words; those that owe nothing are named."""
    if any(state.unit.kind == "district" for state in assessment.units):
        show_table(screen, DISTRICTS.of(assessment))


def show_departments(assessment: Assessment, screen: Screen) -> None:
    """Quotas and the duties without a number, each department a line or more."""
    table = DEPARTMENTS.of(assessment)
    if table.rows:
        show_table(screen, table)


def show_overlaps(assessment: Assessment, screen: Screen) -> None:
    """Facilities that several units claim: counted once for the city, and for each of them."""
    if assessment.overlaps:
        show_table(screen, OVERLAPS.of(assessment))
