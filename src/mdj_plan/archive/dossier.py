"""The dossier that the office keeps beside the returns: decisions, exceptions, closed periods (6.1, 5.4, 5.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.archive.actions import Actions, read_actions
from mdj_plan.archive.editions import Editions, read_editions
from mdj_plan.archive.exceptions import NOTHING_ACCEPTED, Exceptions, read_exceptions
from mdj_plan.archive.recalled import NOWHERE

if TYPE_CHECKING:
    from mdj_plan.archive.identities import Identities
    from mdj_plan.kept.shelf import Shelf
    from mdj_plan.plan.model import Plan


class Dossier(NamedTuple):
    """The office's own tables as they were read, each with what is wrong with it, and what it has published."""

    actions: Actions = Actions()
    exceptions: Exceptions = NOTHING_ACCEPTED
    editions: Editions = Editions()


NOTHING = Dossier()
"""An office that keeps no tables."""


def read_dossier(plan: Plan, identities: Identities, shelf: Shelf = NOWHERE) -> Dossier:
    """Everything that there is; tables that were understood before are taken from the shelf.

    Raises PlanError for what is no such table or a damaged edition, OSError for what cannot be opened.
    """
    return Dossier(read_actions(plan, shelf), read_exceptions(plan, identities, shelf), read_editions(plan))
