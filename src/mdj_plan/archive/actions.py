"""The joint meeting's decisions (contract 6.1, data/actions.csv)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from mdj_plan.findings import Finding, Location


class Action(NamedTuple):
    """One decision for one unit. `wanted` is a value of the indicator, None for the unit's target in force."""

    id: str
    unit: str
    meeting: dt.date | None
    text: str
    due: dt.date
    indicator: str | None
    wanted: int | Decimal | None
    completed: dt.date | None
    progress: str | None
    at: Location


class Actions(NamedTuple):
    """The table: one row each action × unit, in the file's order, and what is wrong with it (P110)."""

    rows: tuple[Action, ...] = ()
    findings: tuple[Finding, ...] = ()
