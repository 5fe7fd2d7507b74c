"""Decisions of the joint meeting on a day: done, met by the figures, open or overdue (contract 6.1; notice 五(一))."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mdj_plan.findings import Finding, finding
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from mdj_plan.archive.actions import Action
    from mdj_plan.findings import Argument
    from mdj_plan.measure.actuals import Measure, Number
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.names import Words
    from mdj_plan.period import Period

Status = Literal["overdue", "open", "met", "done_late", "done"]
_ORDER: tuple[Status, ...] = ("overdue", "open", "met", "done_late", "done")
SOON = 30
"""Days within which an open decision is named as falling due."""


class ActionState(NamedTuple):
    """One row each action × unit. `wanted` and `actual` are in the indicator's measure unit, None where none is named
    (or the figure is unknown); `days_overdue` is None unless overdue.
    """

    action: Action
    wanted: Number | None
    actual: Number | None
    status: Status
    days_overdue: int | None

    def due_soon(self, day: dt.date) -> bool:
        """Whether it is open and falls due within 30 days."""
        return self.status == "open" and (self.action.due - day).days <= SOON


def actions(
    measure: Measure, rows: Iterable[Action], gaps: Iterable[Gap], period: Period, day: dt.date
) -> tuple[ActionState, ...]:
    """Every decision at a day: overdue by days, open by due day, met, done late, done; then as in the file."""
    targets: dict[tuple[str | None, str], Number] = {
        (gap.target.unit, gap.indicator.id): gap.target.value for gap in gaps
    }
    states = [_state(measure, action, targets, period, day) for action in rows]
    return tuple(sorted(states, key=_rank))


def _rank(state: ActionState) -> tuple[int, int]:
    within = -(state.days_overdue or 0) if state.status == "overdue" else 0
    return _ORDER.index(state.status), state.action.due.toordinal() if state.status == "open" else within


def _state(
    measure: Measure, action: Action, targets: dict[tuple[str | None, str], Number], period: Period, day: dt.date
) -> ActionState:
    actual = wanted = None
    if action.indicator is not None:
        actual = measure.actual(action.unit, measure.plan.indicators[action.indicator], period).value
        wanted = action.wanted if action.wanted is not None else targets.get((action.unit, action.indicator))
    status = _status(action, day, met=None not in {actual, wanted} and actual >= wanted)  # type: ignore[operator]  # both are numbers here
    return ActionState(action, wanted, actual, status, (day - action.due).days if status == "overdue" else None)


def _status(action: Action, day: dt.date, *, met: bool) -> Status:
    if action.completed is not None and action.completed <= day:
        return "done" if action.completed <= action.due else "done_late"
    if met:
        return "met"
    return "overdue" if action.due < day else "open"


def overdue(states: Iterable[ActionState], names: Mapping[str, Words]) -> Iterator[Finding]:
    """P109, at its line, once each action × unit. `names` are the units' names by id."""
    for state in states:
        if state.status == "overdue":
            action = state.action
            args: dict[str, Argument] = {
                "id": action.id,
                "text": action.text,
                "unit": names[action.unit],
                "due": action.due.isoformat(),
                "days": str(state.days_overdue),
            }
            yield finding("P109", action.at, value=action.id, unit=action.unit, args=args)
