"""A table found in a sheet: its columns, its rows, and the cells of a field."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING

from mdj_plan.sheets.values.reading import blank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mdj_plan.fields import Field
    from mdj_plan.intake.layout.columns import Column
    from mdj_plan.intake.layout.headers import Kind
    from mdj_plan.sheets.cells import Cell, Sheet


_AT_ONCE = 128
"""So many rows are turned into columns in one go: they are still at hand when the next column is filled."""


@dataclass(frozen=True)
class Table:
    """A table of facilities or duties. `rows` are its body rows, `totals` its 合计 rows, counted from 0, in order;
    `fields` are those that such a table may have, by id.

    `columns` maps field ids to their column, `repeated` to further columns of the same field (L103). `alone` are the
    rows in which nothing but a name stands; `left` those behind the table's end that are not read (L104).
    """

    kind: Kind
    sheet: Sheet
    columns: Mapping[str, Column]
    repeated: Mapping[str, tuple[Column, ...]]
    rows: Sequence[int]
    fields: Mapping[str, Field]
    totals: tuple[int, ...] = ()
    alone: tuple[int, ...] = ()
    left: tuple[int, ...] = ()

    def cells(self, name: str) -> Sequence[Cell]:
        """The raw cells of a field, aligned with `rows`; None where the sheet's row is shorter.

        A text in a merged range holds for each of its rows. A figure stands for the range as a whole: it is given to
        the first row alone, since filled down it would be added up twice.
        """
        index = self.columns[name].index
        cells = self._upright[index] if index < len(self._upright) else (None,) * len(self.rows)
        if self.sheet.merged and not self.fields[name].numeric:
            return self._filled_down(list(cells), index)
        return cells

    @cached_property
    def _upright(self) -> Sequence[Sequence[Cell]]:
        """The body column by column."""
        rows = list(map(self.sheet.rows.__getitem__, self.rows))
        if len(set(map(len, rows))) != 1:
            return tuple(zip_longest(*rows))
        columns: Sequence[list[Cell]] = [[] for _ in rows[0]]  # most tables by far, and the long ones
        for at in range(0, len(rows), _AT_ONCE):
            for column, part in zip(columns, zip(*rows[at : at + _AT_ONCE], strict=True), strict=True):
                column.extend(part)
        return columns

    def _filled_down(self, cells: list[Cell], index: int) -> list[Cell]:
        places = None
        for merged in self.sheet.merged:
            if merged.left != index or merged.bottom == merged.top:
                continue
            places = places or {row: i for i, row in enumerate(self.rows)}
            source = self.sheet.rows[merged.top]
            value = source[index] if index < len(source) else None
            for row in range(merged.top + 1, merged.bottom + 1):
                if merged.top in places and row in places and blank(cells[places[row]]):
                    cells[places[row]] = value
        return cells
