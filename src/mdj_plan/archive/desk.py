"""What the office itself keeps beside the returns: the joint meeting's decisions (contract 6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.archive.actions import Actions, read_actions

if TYPE_CHECKING:
    from mdj_plan.plan.model import Plan


class Desk(NamedTuple):
    """The office's own tables as they were read, each with what is wrong with it."""

    actions: Actions = Actions()


NOTHING = Desk()
"""An office that keeps no tables."""


def read_desk(plan: Plan) -> Desk:
    """Every table that there is. Raises PlanError for a file that is no such table, OSError for one that is closed."""
    return Desk(read_actions(plan))
