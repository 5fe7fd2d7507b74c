"""The dossier that the office keeps beside the returns: decisions, exceptions, closed periods (6.1, 5.4, 5.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mdj_plan.archive.actions import Action, Actions
from mdj_plan.archive.editions import Editions, read_editions
from mdj_plan.archive.exceptions import NOTHING_ACCEPTED, Exceptions, Exempt
from mdj_plan.archive.identities import Identities
from mdj_plan.archive.recalled import NOWHERE, recalled
from mdj_plan.disk import existing
from mdj_plan.plan.problems import PlanError
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from mdj_plan.kept.shelf import Shelf
    from mdj_plan.plan.model import Plan
    from mdj_plan.plan.problems import Problem


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


def wrong_on_file(plan: Plan) -> tuple[Problem, ...]:
    """Every mistake for which a run cannot use one of the office's tables, table by table; OSError as they raise it."""
    from mdj_plan.archive.receipts import read_receipts

    found: list[Problem] = []
    tables = (
        lambda: Identities.of(plan),
        lambda: read_receipts(plan.receipts),
        lambda: read_actions(plan),
        lambda: read_editions(plan),
    )
    for read in tables:
        try:
            read()
        except PlanError as error:
            found += error.problems
    return tuple(found)


def read_actions(plan: Plan, shelf: Shelf = NOWHERE) -> Actions:
    """The decisions on file; none where there is no file. Raises PlanError for a file that is no such table."""
    path = existing(plan.actions)
    if path is None:
        return Actions()

    def understood() -> Actions:
        from mdj_plan.archive.actions_table import read  # with all that reads tables: not for one that is kept

        return read(plan, path)

    return recalled(plan, path, shelf, (Action, Actions), understood)


def read_exceptions(plan: Plan, identities: Identities, shelf: Shelf = NOWHERE) -> Exceptions:
    """The plan's table; nothing where there is none. Raises OSError where it cannot be opened."""
    path = existing(plan.exceptions)
    if path is None:
        return Exceptions(identities=identities)

    def understood() -> Exceptions:
        from mdj_plan.archive.exceptions_table import read  # with all that reads tables: not for one that is kept

        return read(plan, path)

    found = recalled(plan, path, shelf, (Exempt, Exceptions), understood)
    return replace(found, identities=identities)
