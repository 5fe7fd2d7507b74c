"""The plan on the screen: what is promised, by whom, on what authority, and whether it adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.findings import Severity
from mdj_plan.reports.screen.findings import SEVERITY_STYLES
from mdj_plan.reports.screen.paper import Screen, open_screen
from mdj_plan.reports.screen.tables import show_table
from mdj_plan.reports.tables.promises import PLAN_TABLES
from mdj_plan.reports.views import source_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.findings import Finding
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Plan


def show_plan(plan: Plan, texts: Messages, found: Sequence[Finding]) -> None:
    """Targets, revisions, reconciliation, quotas, duties, units outside, bands; then the findings of the plan."""
    screen = open_screen(texts)
    head = plan.file.plan
    screen.line((texts.words(head.title), "bold"))
    screen.line(texts("plan-head", document=head.document or "", start=str(head.start), end=str(head.end)))
    for table in PLAN_TABLES:
        filled = table.of(plan)
        if filled.rows:
            show_table(screen, filled)
    _findings(screen, found)


def _findings(screen: Screen, found: Sequence[Finding]) -> None:
    """The P findings, each with its place and what to do, or why it is accepted; one line where there is none."""
    texts = screen.texts
    screen.heading(texts("plan-findings"))
    if not found:
        screen.line(texts("screen-clean"), indent=2)
    for finding in found:
        style = SEVERITY_STYLES[finding.severity if finding.accepted is None else Severity.NOTE]
        severity = (texts(f"severity-{finding.shown_as}"), style)
        where = (source_cell(finding.at.file, finding.at.sheet, finding.at.cell), "cyan")
        screen.line(severity, f" {finding.code} ", where, f" {texts.message(finding)}", indent=2, hanging=4)
        screen.line(f"→ {texts.hint(finding)}", indent=6, hanging=2)
