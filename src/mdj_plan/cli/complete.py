"""What a shell offers behind an option: units and indicators of the nearest plan; nothing where there is none."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003 - Typer reads annotations when a command runs
from typing import TYPE_CHECKING

from mdj_plan.cli.meant import found_plan

if TYPE_CHECKING:
    from mdj_plan.plan.model import Plan


def _plan() -> Plan | None:
    from mdj_plan.plan.problems import PlanError
    from mdj_plan.usage import UsageError

    try:
        return found_plan(None)
    except (UsageError, PlanError, OSError):
        return None


def units(incomplete: str) -> Iterator[tuple[str, str]]:
    """Ids of units that begin so, each with its name."""
    plan = _plan()
    for unit in plan.participants if plan else ():
        if unit.id.startswith(incomplete):
            yield unit.id, unit.name.zh


def indicators(incomplete: str) -> Iterator[tuple[str, str]]:
    """Ids of indicators that begin so, each with its name."""
    plan = _plan()
    for indicator in plan.indicators.values() if plan else ():
        if indicator.id.startswith(incomplete):
            yield indicator.id, indicator.name.zh
