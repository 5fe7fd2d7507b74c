"""The dossier that the office keeps beside the returns: decisions, exceptions, closed periods (6.1, 5.4, 5.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.archive.actions import Action, Actions
from mdj_plan.archive.editions import Editions, read_editions
from mdj_plan.archive.exceptions import NOTHING_ACCEPTED, Exceptions, Exempt
from mdj_plan.archive.recalled import NOWHERE, recalled

if TYPE_CHECKING:
    from pathlib import Path

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


def existing(path: Path) -> Path | None:
    """The table where it lies, or beside it under another format's suffix: actions.xlsx for actions.csv."""
    for suffix in (path.suffix, ".xlsx", ".xls", ".ods"):
        if (found := path.with_suffix(suffix)).is_file():
            return found
    return None
