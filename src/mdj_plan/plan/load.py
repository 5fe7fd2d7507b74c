"""Loading a plan: as it was kept when it was last found good, else validated and kept (docs/decisions/0004)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.kept.shelf import Shelf
from mdj_plan.plan import kept

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.plan.model import Plan


def load_plan(path: Path, shelf: Shelf | None = None) -> Plan:
    """The plan of a file and its quota table, kept on the user's shelf or on the one given.

    Raises PlanError with all problems found, OSError if unreadable.
    """
    shelf = Shelf.of_user() if shelf is None else shelf
    plan = kept.recall(path, shelf)
    if plan is None:
        from mdj_plan.plan.validate import validated  # pydantic and ruamel.yaml: most of a start, so only when needed

        plan = kept.validated_and_kept(path, shelf, validated)
        shelf.prune()
    return plan
