"""The rule about duties without a number (P105; notice four (three) 4, 13, 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.checks.check import Check
from mdj_plan.measure.duties import SILENT, duties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.checks.case import Case
    from mdj_plan.findings import Finding


def silent(case: Case) -> Iterator[Finding]:
    """P105: the unit's return for the period says nothing of the duty.

    Not where the return is out (S101) or has a row whose duty cannot be read (V101, V106): it may be this one.
    """
    for state in duties(case.measure, case.period):
        if state.status != SILENT:
            continue
        standing = case.ledger.standing(state.unit.id, case.period)
        told = (report for ret in standing.fresh for report in ret.submission.duties)
        if standing.reporting != "reported" or any(report.duty is None for report in told):
            continue
        s = standing.fresh[0].submission
        yield case.of_return("P105", s, unit=state.unit.name, duty=state.duty.name)


RULES = (Check(("P105",), silent, "period"),)
