"""The rule about duties without a number (P105; notice four (three) 4, 13, 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.findings import Finding, Location, finding
from mdj_plan.measure.duties import SILENT, duties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.checks.case import Case


def silent(case: Case) -> Iterator[Finding]:
    """P105: the unit's return for the period says nothing of the duty, or there is no return."""
    for state in duties(case.measure, case.period):
        if state.status == SILENT:
            fresh = case.ledger.standing(state.unit.id, case.period).fresh
            file = fresh[0].submission.file if fresh else None
            args = {"unit": state.unit.name, "duty": state.duty.name}
            yield finding("P105", Location(file), unit=state.unit.id, period=case.period, args=args)
