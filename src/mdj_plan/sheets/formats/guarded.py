"""Guarded texts: codes that somebody kept from becoming numbers, as ``="9123…"`` or with a leading apostrophe.

A spreadsheet shows them without their guard, and so they are read (contract 1: values are read as they are meant).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORMULA = re.compile(r'\s*=\s*"((?:[^"]|"")*)"\s*')
_APOSTROPHE = re.compile(r"\s*'(?=[^'\s])([^']*)'?")
_MARKS = ('="', '=""', "'")


def unguarded(rows: Sequence[Sequence[str]], text: str) -> Sequence[Sequence[str]]:
    """The rows of a file without guards; `text` is the file, which most often holds no mark of one."""
    if not any(mark in text for mark in _MARKS):
        return rows
    return [[bare(cell) if "'" in cell or '="' in cell else cell for cell in row] for row in rows]


def bare(cell: str) -> str:
    """One cell without its guard: ``="A1"`` and ``'A1`` are A1; any other text as it stands."""
    found = _FORMULA.fullmatch(cell)
    if found:
        return found[1].replace('""', '"')
    found = _APOSTROPHE.fullmatch(cell)
    return found[1] if found else cell
