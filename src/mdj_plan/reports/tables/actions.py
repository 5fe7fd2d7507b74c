"""The table of the joint meeting's decisions (contract 6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.measures import divided, places
from mdj_plan.reports.tables.columns import WHO
from mdj_plan.reports.tables.table import DATA, EVERYWHERE, PEOPLE, Column, Row, Table
from mdj_plan.reports.tables.values import Amount, Status, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.actions import ActionState
    from mdj_plan.measure.actuals import Number
    from mdj_plan.plan.model import Indicator

_UNKNOWN = said("status-not_reported")
_COLOURS = {"overdue": "red", "open": "plain", "met": "green", "done_late": "yellow", "done": "green"}


def _actions(a: Assessment) -> Iterator[Row]:
    for state in a.actions:
        yield action_row(a, state)


def action_row(a: Assessment, state: ActionState) -> Row:
    """A decision for a unit, as every medium shows it."""
    action = state.action
    indicator = a.plan.indicators[action.indicator] if action.indicator else None
    about: Row = {"indicator": action.indicator} if action.indicator else {}
    return about | {
        "unit": action.unit,
        "id": action.id,
        "unit_name": a.plan.units[action.unit].name,
        "meeting": action.meeting,
        "text": action.text,
        "due": action.due,
        "indicator_name": indicator.name if indicator else None,
        "wanted": _amount(indicator, state.wanted) if indicator else None,
        "actual": _amount(indicator, state.actual)._replace(unknown=_UNKNOWN) if indicator else None,
        "status": _status(state),
        "days_overdue": state.days_overdue,
        "completed": action.completed,
        "progress": action.progress,
    }


def _amount(indicator: Indicator, figure: Number | None) -> Amount:
    return Amount(figure, places(indicator, figure or 0), divided(indicator))


def _status(state: ActionState) -> Status:
    word = f"action-{state.status}"
    text = said(word, n=state.days_overdue) if state.days_overdue is not None else said(word)
    return Status(state.status, text, _COLOURS[state.status])


def _states(a: Assessment) -> Iterable[Status]:
    return (_status(state) for state in a.actions)


def _pressing(a: Assessment) -> Iterator[Row]:
    """What is overdue, and what falls due within 30 days."""
    for state in a.actions:
        if state.status == "overdue" or state.due_soon(a.on):
            yield action_row(a, state)


ACTIONS: Table[Assessment] = Table(
    "actions",
    (
        Column("id", "code", head="action-id", least=8),
        Column("unit", "code", media=DATA),
        WHO,
        Column("meeting", "date", media=DATA),
        Column("text", head="action-text", least=24, most=60),
        Column("meeting", "date", head="action-meeting", media=PEOPLE - {"screen"}, least=12),
        Column("due", "date", head="action-due", least=12),
        Column("indicator", "code", media=DATA),
        Column("indicator_name", head="indicator", media=PEOPLE - {"screen"}, least=12, most=24, blank=""),
        Column("wanted", "number", head="action-wanted", media=EVERYWHERE - {"screen"}, blank=""),
        Column("actual", "number", head="actual", media=EVERYWHERE - {"screen"}, blank=""),
        Column("status", "status", least=12),
        Column("days_overdue", "count", media=DATA),
        Column("completed", "date", head="action-completed", media=EVERYWHERE - {"screen"}, least=12),
        Column("progress", head="action-progress", least=16, most=48, blank=""),
    ),
    _actions,
    states=_states,
    optional=True,
)
PRESSING: Table[Assessment] = Table(
    "pressing",
    (
        Column("id", "code", head="action-id", least=8),
        WHO,
        Column("text", head="action-text", least=24, most=60),
        Column("due", "date", head="action-due", least=12),
        Column("status", "status", least=12),
        Column("progress", head="action-progress", least=16, most=48, blank=""),
    ),
    _pressing,
    media=frozenset({"screen"}),
    optional=True,
)
"""The decisions that cannot wait for the next meeting."""
