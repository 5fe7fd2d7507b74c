"""Whose rows are shown, where a member or a group was asked for by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.plan.units import Directory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.plan.model import Plan
    from mdj_plan.reports.screen.paper import Screen


def show_scope(plan: Plan, asked: Sequence[str], screen: Screen) -> None:
    """Of a member that it is shown with its whole unit, of a group which units it is; of a unit nothing."""
    texts, directory = screen.texts, Directory(plan.file)
    for name in asked:
        found = directory.find(name)
        if found is not None and found.member is not None:
            unit = texts.words(plan.units[found.unit].name)
            screen.line(texts("screen-of-member", member=found.member, unit=unit))
        elif found is None:
            names = [texts.words(plan.units[unit].name) for unit in directory.group(name) if unit not in plan.outside]
            screen.line(texts("screen-of-group", group=name, units=screen.listed(names)), hanging=2)
