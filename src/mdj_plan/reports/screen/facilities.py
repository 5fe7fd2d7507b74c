"""The register on the screen: how many facilities there are and how many of them count, then each on a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.screen.paper import open_screen
from mdj_plan.reports.screen.tables import show_table
from mdj_plan.reports.tables.facilities import REGISTER

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages


def show_facilities(a: Assessment, texts: Messages) -> None:
    """The facilities of the period."""
    screen, counted = open_screen(texts), sum(each.measured for each in a.facilities)
    screen.line(texts("facilities-head", period=str(a.period), n=len(a.facilities), counted=counted))
    show_table(screen, REGISTER.of(a))
