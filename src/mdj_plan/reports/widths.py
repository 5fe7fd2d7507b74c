"""How much room a text takes on paper: a Chinese character is as wide as two others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


def on_page(widths: Sequence[float], least: Sequence[float], page: float) -> list[float]:
    """Widths that fill a page: narrow sheets grow to it, at most by half; the columns of wide ones give way, each down
    to its `least`. What is wider still stays so, and is printed smaller.
    """
    total = sum(widths)
    if total <= page:
        factor = min(page / total, 1.5)
        return [round(width * factor, 2) for width in widths]
    give = [max(width - narrow, 0) for width, narrow in zip(widths, least, strict=True)]
    share = min(1, (total - page) / sum(give)) if any(give) else 0
    return [round(width - part * share, 2) for width, part in zip(widths, give, strict=True)]


def lines_in(text: str, width: float) -> int:
    """Lines that a text takes in a column so wide."""
    room = max(int(width) - 1, 2)
    return sum(max(1, -(-cells(line) // room)) for line in text.split("\n") or [""])
