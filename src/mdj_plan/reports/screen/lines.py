"""Text for a screen: nothing in it that a terminal would obey, wrapped by the cells it takes, Chinese rules kept.

What stands in a return is shown, never run: an escape sequence in a facility's name appears as ``␛[31m``.
"""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

_NOT_FIRST = frozenset("，。、；：！？）】》〉」』”’…％%,.;:!?)]}·")
_NOT_LAST = frozenset("（【《〈「『“‘([{")


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken at spaces, after slashes and between Chinese characters.

    At least one line; no line begins with a closing mark or ends with an opening one; a word longer than a line is cut.
    """
    from rich.cells import cell_len

    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(text, max(width, 2)):
        cells = cell_len(piece.rstrip())
        if line and used + cells > width:
            lines.append(line.rstrip())
            line, used = "", 0
            piece = piece.lstrip()  # noqa: PLW2901 - the space at which the line was broken is not carried over
        line += piece
        used = cell_len(line)
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def even_width(text: str, width: int) -> int:
    """The narrowest width at which a text takes no more lines than at `width`: its lines are then about as long."""
    lines = len(wrapped(text, width))
    narrower = width
    while narrower > 2 and len(wrapped(text, narrower - 1)) == lines:
        narrower -= 1
    return narrower


def longest_piece(text: str) -> int:
    """The cells of the longest part of a text that `wrapped` would not break if it could."""
    from rich.cells import cell_len

    return max((cell_len(piece.rstrip()) for piece in _pieces(text, cell_len(text) + 2)), default=0)


def _pieces(text: str, width: int) -> Iterator[str]:
    """What may not be broken: words with the space after them, Chinese characters with the marks that cling to them."""
    from rich.cells import cell_len, chop_cells

    piece = ""
    for char in text:
        if piece and _breaks(piece[-1], char):
            yield from [piece] if cell_len(piece) <= width else chop_cells(piece, width)
            piece = ""
        piece += char
    if piece:
        yield from [piece] if cell_len(piece) <= width else chop_cells(piece, width)


def _breaks(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before == " ":
        return after != " "
    if before == "/":
        return True
    return after != " " and (_wide(before) or _wide(after))


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in {"W", "F"}


def bar(attainment: Fraction | None, schedule: Fraction, width: int, glyphs: str) -> str:
    """A bar of `width` cells for attainment (a ratio), with a mark where the schedule (a ratio) stands.

    `glyphs` are the filled cell, the empty cell and the mark. The bar is full at the target and not before it, and not
    empty where anything has been done; the mark stands on the cell in which the schedule falls.
    """
    filled = 0
    if attainment is not None and attainment > 0:
        filled = min(width, max(1, math.floor(attainment * width)))
    mark = min(width - 1, max(0, math.ceil(schedule * width) - 1))
    full, empty, line = tuple(glyphs)
    cells = [full] * filled + [empty] * (width - filled)
    cells[mark] = line
    return "".join(cells)
