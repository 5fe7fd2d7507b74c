"""A figure over the whole plan in block characters: bars for what is done, a mark for what the schedule asks.

Readable without colour and in any width: the scale ends at the target, what exceeds it ends in an arrow.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.rounding import Figure


class Point(NamedTuple):
    """A period: what is done and what the schedule asks at its end; None is unknown, or still to come."""

    actual: Figure | None
    schedule: Fraction


class Glyphs(NamedTuple):
    """The characters of a chart, each one cell wide: a full cell, parts of one from low to high, mark, arrow, axis."""

    full: str
    parts: str
    mark: str
    above: str
    axis: str


BLOCKS = Glyphs("█", "▁▂▃▄▅▆▇", "─", "▲", "│")
ASCII = Glyphs("#", ".", "-", "^", "|")
_LEAST = 2
"""Cells of a period: bar and mark."""
_MOST = 6


def cells_for(periods: int, room: int) -> int:
    """Cells of each period, so that all of them fit; the least there can be where they do not."""
    return max(_LEAST, min(_MOST, room // max(periods, 1)))


def drawn(points: Sequence[Point], top: Figure, height: int, cells: int, glyphs: Glyphs) -> list[str]:
    """The lines of a chart from the top down, `height` of them, each period `cells` wide; `top` is the target."""
    columns = [_column(point, Fraction(top), height, cells, glyphs) for point in points]
    return ["".join(column[row] for column in columns).rstrip() for row in reversed(range(height))]


def _column(point: Point, top: Fraction, height: int, cells: int, glyphs: Glyphs) -> list[str]:
    """A period's cells from the bottom up: the bar, then the mark, then a gap where there is room."""
    gap = 1 if cells > _LEAST else 0
    wide = cells - 1 - gap
    mark = min(height - 1, max(0, math.ceil(point.schedule / top * height) - 1))
    bar = _bar(point.actual, top, height, glyphs)
    return [bar[row] * wide + (glyphs.mark if row == mark else " ") + " " * gap for row in range(height)]


def _bar(actual: Figure | None, top: Fraction, height: int, glyphs: Glyphs) -> list[str]:
    """From the bottom up: full at the target and not before it, and not empty where anything has been done."""
    if actual is None or actual <= 0:
        return [" "] * height
    steps = len(glyphs.parts) + 1
    filled = max(1, min(height * steps, math.floor(Fraction(actual) / top * height * steps)))
    whole, rest = divmod(filled, steps)
    bar = [glyphs.full] * whole + ([glyphs.parts[rest - 1]] if rest else [])
    bar += [" "] * (height - len(bar))
    if actual > top:
        bar[-1] = glyphs.above
    return bar


def scale(top: str, height: int) -> list[str]:
    """The labels before each line: the target at the top, 0 at the bottom."""
    return [top, *[""] * (height - 2), "0"]
