"""Validated plans, kept between runs, so that a run need not validate an unchanged plan again (docs/decisions/0004).

What is kept is told by the bytes of all the plan's files, its path, and the program that validated it.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from typing import TYPE_CHECKING

from mdj_plan import fields, names, period
from mdj_plan.kept.plain import Plain, fields_of, is_record, written
from mdj_plan.kept.program import program_digest
from mdj_plan.links import real
from mdj_plan.plan import choices, entries, model, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from mdj_plan.kept.shelf import Shelf
    from mdj_plan.plan.model import Plan

_MODULES = (model, entries, choices, settings, fields, names, period)
"""Where the classes of the records stand of which a plan consists."""
_CLASSES = tuple(cls for module in _MODULES for cls in vars(module).values() if is_record(cls))
RECORDS = frozenset(cls.__name__ for cls in _CLASSES)
"""Their names."""
_NAMED = rb"""(?m)^(?:quotas|headers)[ \t]*:[ \t]+(["']?)([^\r\n#]+?)\1[ \t]*(?:#.*)?\r?$"""

Digests = tuple[tuple[str, str], ...]
"""Files and the digests of their bytes."""


def recall(path: Path, shelf: Shelf) -> Plan | None:
    """The plan as validated before from the very same files, None where it was not. Raises OSError as `open` does."""
    data = path.read_bytes()
    try:
        content = shelf.take(_name(path), _of(path, data))
        if content is None:
            return None
        digests, plan = _plain().loads(content)
        current: bool = isinstance(plan, model.Plan) and digests == _digests(named(plan))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):  # written by hand: validating is the answer
        return None
    return plan if current else None


def validated_and_kept(path: Path, shelf: Shelf, validated: Callable[[Path], Plan]) -> Plan:
    """The plan of a file, kept where none of its files changed while it was validated. Raises as `validated` does."""
    data = path.read_bytes()
    likely = [real(path).parent / told[2].decode("utf-8", "replace") for told in re.finditer(_NAMED, data)]
    before = _digests(likely)
    plan = validated(path)
    if before != (
        after := _digests(named(plan))
    ):  # not where they were looked for, or changed: once more between two looks
        before, plan = after, validated(path)
        after = _digests(named(plan))
    if before == after and path.read_bytes() == data:
        with contextlib.suppress(
            OSError, TypeError
        ):  # a program that lies in no plain files, a record not listed above
            shelf.put(_name(path), _of(path, data), _plain().dumps((after, plan)))
    return plan


def bytes_of(plan: Plan) -> bytes:
    """The plan as bytes, for a process that is to work on it."""
    return _plain().dumps(plan)


def plan_of(told: bytes) -> Plan:
    """The plan again."""
    plan: Plan = _plain().loads(told)
    return plan


def digest_but(plan: Plan, apart: frozenset[str]) -> str:
    """A digest of the plan file's sections without some of them."""
    plain = _plain()
    sections = [plain.write(getattr(plan.file, name)) for name in fields_of(type(plan.file)) if name not in apart]
    return hashlib.sha256(written(sections)).hexdigest()


def named(plan: Plan) -> Iterable[Path]:
    """The files that the plan names and that are read with it."""
    return [path for path in (plan.quotas, plan.headers) if path is not None]


def _digests(files: Iterable[Path]) -> Digests:
    return tuple(sorted((str(real(file)), _digest(file)) for file in files))


def _digest(file: Path) -> str:
    """The digest of a file's bytes; "" where it cannot be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _plain() -> Plain:
    return Plain(_CLASSES)


def _name(path: Path) -> str:
    return hashlib.sha256(f"plan {path.absolute()}".encode("utf-8", "surrogateescape")).hexdigest() + ".plan"


def _of(path: Path, data: bytes) -> str:
    """What a kept plan was made from, but for the files that it names."""
    return f"{str(real(path))!a} {hashlib.sha256(data).hexdigest()} {program_digest()}"
