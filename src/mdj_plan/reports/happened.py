"""What happened to facilities, as the circular says it: 新增孵化器2家：甲、乙；晋升省级1家：丙（文号）；停运1家：丁."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mdj_plan.fields import CHOICES
from mdj_plan.measure.changes import EVENTS
from mdj_plan.records import NamedTuple
from mdj_plan.reports.wording import listed
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.measure.changes import Change, Changes
    from mdj_plan.messages import Messages

_NAMED = 10
"""So many facilities of a kind are named; of more it is said how many there are."""
_TOLD_BY = {
    **dict.fromkeys(("new", "opened"), "kind"),
    **dict.fromkeys(("promoted", "demoted"), "level"),
    **dict.fromkeys(("titled", "untitled"), "demonstration"),
}
"""By what the facilities of an event are grouped, where they are."""


class _Sort(NamedTuple):
    """An event of facilities of one kind, level or title: its place among the events, and theirs as the template lists
    them; the key of their word ("": of no one sort).
    """

    event: int
    place: int
    word: str


def happened(changes: Changes, texts: Messages, *, named: bool = True) -> str:
    """Every event in its order, of its kind or level, with the facilities and what grants a level; "" for none.

    Where they are not `named` it is only said how many they are.
    """
    groups: dict[_Sort, list[Change]] = defaultdict(list)
    for change in changes.rows:
        if change.event != "opened" or change.before is not None:  # what is new is not said to have opened besides
            groups[_sort(change)].append(change)
    return texts("circular-then").join(_said(sort, groups[sort], texts, named=named) for sort in sorted(groups))


def _sort(change: Change) -> _Sort:
    event, field = EVENTS.index(change.event), _TOLD_BY.get(change.event)
    if field is None:
        return _Sort(event, 0, "")
    value = change.facility.values.kind if field == "kind" else change.after or change.before
    known = [*CHOICES[field].values()]
    return _Sort(event, known.index(value) if value in known else len(known), f"{field}-{value}")


def _said(sort: _Sort, changes: Sequence[Change], texts: Messages, *, named: bool) -> str:
    n = sum(change.times for change in changes)
    head = texts(f"circular-{EVENTS[sort.event]}", n=n, sort=texts(sort.word) if sort.word else "")
    if len(changes) > _NAMED or not named:
        return head
    return texts("circular-named", head=head, names=listed((_named(c, texts) for c in changes), texts.language))


def _named(change: Change, texts: Messages) -> str:
    name = visible(change.facility.values.name or "")
    note = visible(change.document or "") if change.value is None else texts("change-firms", n=change.value)
    return texts("circular-noted", name=name, notes=note) if note else name
