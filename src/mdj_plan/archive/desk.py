"""What the office itself keeps beside the returns: the joint meeting's decisions, accepted exceptions (6.1, 5.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.archive.actions import Actions, read_actions
from mdj_plan.archive.exceptions import NOTHING_ACCEPTED, Exceptions, read_exceptions

if TYPE_CHECKING:
    from mdj_plan.archive.identities import Identities
    from mdj_plan.plan.model import Plan


class Desk(NamedTuple):
    """The office's own tables as they were read, each with what is wrong with it."""

    actions: Actions = Actions()
    exceptions: Exceptions = NOTHING_ACCEPTED


NOTHING = Desk()
"""An office that keeps no tables."""


def read_desk(plan: Plan, identities: Identities) -> Desk:
    """Every table that there is. Raises PlanError for a file that is no such table, OSError for one that is closed."""
    return Desk(read_actions(plan), read_exceptions(plan, identities))
