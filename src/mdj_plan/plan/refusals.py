"""How a mistake at a place of a YAML file is told: what stands there, and what was expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.names import Words, listed, nearest
from mdj_plan.phrases import phrase
from mdj_plan.plan.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.plan.yaml import Document, KeyPath


def wrong(document: Document, path: KeyPath, found: str, expected: Words | str, *, key: bool = False) -> Problem:
    """A value that is not what it should be."""
    named = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    at = document.cell(path, key=key)
    return Problem("plan-wrong-value", document.name, at, key=named, found=found, expected=expected)


def unknown(document: Document, path: KeyPath, found: str, known: Iterable[str], *, key: bool = False) -> Problem:
    """A name of something that there is not."""
    known = list(known)
    return Problem(
        "plan-unknown-id",
        document.name,
        document.cell(path, key=key),
        found=found,
        suggestion=nearest(found, known) or "",
        expected=listed(known[:30]),
    )


def repeated(document: Document, path: KeyPath, found: str, first: KeyPath) -> Problem:
    """An id that an earlier entry bears."""
    line = document.cell(first).split(":")[0]
    return Problem("plan-repeated-id", document.name, document.cell(path), found=found, first=line)


def quarters(first: object, last: object) -> Words:
    """What is expected of a period between two others."""
    return phrase("quarter-before", first=str(first), last=str(last))
