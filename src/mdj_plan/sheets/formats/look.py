"""What our own look at a sheet sees beside its values: the one record that every reader of zipped formats fills."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mdj_plan.sheets.cells import Cell, Range

Place = tuple[int, int]
"""Row and column, counted from 0."""

_NO_SIZE = re.compile(r"0(?:\.0*)?")

MOST_HIDDEN = 1000
"""Columns beyond are not asked whether they are hidden: a range of those may go on to the sheet's end."""


def is_nothing(size: str | None) -> bool:
    """Whether a height or a width is given as 0: what has none is hidden, whatever else is said."""
    return size is not None and _NO_SIZE.fullmatch(size) is not None


def hidden(ranges: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The columns of some ranges, both ends included, counted from 0."""
    marks = bytearray(MOST_HIDDEN)
    for first, last in ranges:
        start, end = max(first, 0), min(last + 1, MOST_HIDDEN)
        if start < end:
            marks[start:end] = b"\1" * (end - start)
    return frozenset(column for column, mark in enumerate(marks) if mark)


class Look(NamedTuple):
    """Cells whose value cannot be known and what stands there, merged ranges, what is hidden, what is struck out."""

    flaws: Mapping[Place, str] = MappingProxyType({})
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[Place] = frozenset()

    def sheet(self, name: str, rows: Sequence[Sequence[Cell]], *, visible: bool, since_1904: bool = False) -> Sheet:
        """The sheet with these values: None where a value cannot be known."""
        reach = max((row for row, _ in self.flaws), default=-1) + 1
        if reach > len(rows):
            rows = [*rows, *([()] * (reach - len(rows)))]
        changed: dict[int, list[Cell]] = {}
        for row, column in self.flaws:
            if column < len(rows[row]):
                changed.setdefault(row, list(rows[row]))[column] = None
        if changed:
            rows = [changed.get(number, cells) for number, cells in enumerate(rows)]
        return Sheet(
            name,
            rows,
            visible,
            self.merged,
            self.hidden_rows,
            self.hidden_columns,
            self.flaws,
            struck=self.struck,
            since_1904=since_1904,
        )
