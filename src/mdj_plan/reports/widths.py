"""How much room a text takes on paper: a Chinese character is as wide as two others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDE = 0x2E80
_WIDE_MARKS = frozenset("“”‘’—…")


def cells(text: str) -> int:
    """Characters' widths that a text takes: Chinese characters are two wide."""
    if text.isascii():
        return len(text)
    return sum(2 if ord(c) > _WIDE or c in _WIDE_MARKS else 1 for c in text)


def fitted(texts: Iterable[str], least: float, most: float) -> float:
    """The width of a column that holds each of some texts on one line, within bounds."""
    return min(most, max([least, *(cells(text) + 2 for text in texts)]))


def lines_in(text: str, width: float) -> int:
    """Lines that a text takes in a column so wide."""
    room = max(int(width) - 1, 2)
    return sum(max(1, -(-cells(line) // room)) for line in text.split("\n") or [""])
