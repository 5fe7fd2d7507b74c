"""What happened to facilities, as the circular says it: 新增孵化器2家：甲、乙；晋升省级1家：丙（文号）；停运1家：丁."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING

from mdj_plan.measure.changes import EVENTS
from mdj_plan.reports.wording import listed
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.measure.changes import Change, Changes
    from mdj_plan.messages import Messages

_NAMED = 10
"""So many facilities of a kind are named; of more it is said how many there are."""
_BY_KIND = frozenset(("new", "opened"))
_BY_LEVEL = {"promoted": "level", "demoted": "level", "titled": "demonstration", "untitled": "demonstration"}


def happened(changes: Changes, texts: Messages) -> str:
    """Every event in its order, of its kind or level, with the facilities and what grants a level; "" for none."""
    groups: dict[tuple[int, str], list[Change]] = defaultdict(list)
    for change in changes.rows:
        if change.event != "opened" or change.before is not None:  # what is new is not said to have opened besides
            groups[EVENTS.index(change.event), _sort(change, texts)].append(change)
    said = [_said(EVENTS[event], sort, groups[event, sort], texts) for event, sort in sorted(groups, key=itemgetter(0))]
    return texts("circular-then").join(said)


def _sort(change: Change, texts: Messages) -> str:
    """What an event is told of: new facilities by kind, promoted ones by level, titled ones by title."""
    if change.event in _BY_KIND:
        return texts(f"kind-{change.facility.values.kind}")
    field = _BY_LEVEL.get(change.event)
    return texts(f"{field}-{change.after or change.before}") if field else ""


def _said(event: str, sort: str, changes: Sequence[Change], texts: Messages) -> str:
    n = sum(1 if change.value is None else change.value for change in changes)
    head = texts(f"circular-{event}", n=n, sort=sort)
    if len(changes) > _NAMED:
        return head
    return texts("circular-named", head=head, names=listed((_named(c, texts) for c in changes), texts.language))


def _named(change: Change, texts: Messages) -> str:
    name = visible(change.facility.values.name or "")
    note = visible(change.document or "") if change.value is None else texts("change-firms", n=change.value)
    return texts("circular-noted", name=name, notes=note) if note else name
