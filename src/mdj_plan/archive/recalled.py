"""Tables of the office, understood once: what the same plan made of the same bytes is kept (decision 0004)."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING, Any, TypeVar

from mdj_plan import findings, names, period
from mdj_plan.kept.plain import Plain, is_record
from mdj_plan.kept.program import program_digest
from mdj_plan.kept.shelf import Shelf
from mdj_plan.plan.kept import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from mdj_plan.plan.model import Plan

NOWHERE = Shelf(None)
"""Where nothing is kept."""
_SHARED = tuple(cls for module in (findings, names, period) for cls in vars(module).values() if is_record(cls))
Understood = TypeVar("Understood")


def recalled(
    plan: Plan, path: Path, shelf: Shelf, records: Iterable[type], understood: Callable[[], Understood]
) -> Understood:
    """What `understood` makes of a table; kept, and taken from the shelf where all that it was made from is the same.

    `records` are the classes of which it consists, beside findings, names and periods. Raises OSError, and whatever
    `understood` raises.
    """
    plain = Plain((*_SHARED, *records))
    name, of = _name(path), _of(plan, path)
    kept = shelf.take(name, of)
    if kept is not None:
        with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError):  # damaged: understood once more
            found: Any = plain.loads(kept)
            return found  # type: ignore[no-any-return] # `of` says by whom it was made
    made = understood()
    if _of(plan, path) == of:  # nothing changed meanwhile
        shelf.put(name, of, plain.dumps(made))
    return made


def _name(path: Path) -> str:
    return hashlib.sha256(f"table {path.absolute()}".encode("utf-8", "surrogateescape")).hexdigest() + ".table"


def _of(plan: Plan, path: Path) -> str:
    """The table and its name, the plan with the files that it names, and the program."""
    files = [path, plan.path, *named(plan)]
    digests = " ".join(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
    return f"{path.name!a} {digests} {program_digest()}"
