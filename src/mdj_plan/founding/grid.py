"""A sheet as a person looks at it: every cell of a merged range shows what stands in its first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Cell, Range, address, as_typed
from mdj_plan.sheets.values.reading import blank, ditto

if TYPE_CHECKING:
    from mdj_plan.sheets.cells import Sheet


class Spot(NamedTuple):
    """Where something stands: its sheet (None for text) and its cell, A1."""

    sheet: str | None
    cell: str

    def seen_from(self, other: Spot) -> str:
        """The cell, with its sheet where that is another one."""
        return self.cell if self.sheet in {None, other.sheet} else f"{self.sheet}!{self.cell}"


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet, upright or with rows and columns exchanged (`turned`); both count from 0.

    `above` is what stands before a table that has no room for it, as in a document.
    """

    sheet: Sheet
    turned: bool = False
    above: tuple[str, ...] = ()

    @cached_property
    def height(self) -> int:
        """How many rows there are."""
        return self._widest if self.turned else len(self.sheet.rows)

    @cached_property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.sheet.rows) if self.turned else self._widest

    @cached_property
    def _widest(self) -> int:
        return max(map(len, self.sheet.rows), default=0)

    def other_way(self) -> Grid:
        """The same sheet with rows and columns exchanged."""
        return Grid(self.sheet, not self.turned, self.above)

    def raw(self, row: int, column: int) -> Cell:
        """What a cell shows; a ditto mark shows what stands above it."""
        found = self._shown(row, column)
        while ditto(found) and row > 0:
            row -= 1
            found = self._shown(row, column)
        return None if ditto(found) else found

    def _shown(self, row: int, column: int) -> Cell:
        held = self.merged(row, column)
        if held is not None:
            row, column = held.top, held.left
        if self.turned:
            row, column = column, row
        cells = self.sheet.rows[row] if row < len(self.sheet.rows) else ()
        return cells[column] if column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        """The same as text; "" where the cell says nothing."""
        raw = self.raw(row, column)
        return "" if blank(raw) else as_typed(raw).strip()

    def merged(self, row: int, column: int) -> Range | None:
        """The merged range that a cell lies in, as this grid is turned."""
        return self._ranges.get((row, column))

    @cached_property
    def _ranges(self) -> dict[tuple[int, int], Range]:
        ranges = [Range(m.left, m.top, m.right, m.bottom) if self.turned else m for m in self.sheet.merged]
        return {
            (row, column): each
            for each in ranges
            for row in range(each.top, min(each.bottom + 1, self.height))
            for column in range(each.left, min(each.right + 1, self.width))
        }

    def spot(self, row: int, column: int) -> Spot:
        """The cell's place in the file."""
        return Spot(self.sheet.name, address(column, row) if self.turned else address(row, column))

    def flaw(self, row: int, column: int) -> str | None:
        """What stands in a cell whose value cannot be known: an error, a formula without its result."""
        return self.sheet.flaws.get((column, row) if self.turned else (row, column))

    def texts(self, row: int) -> list[str]:
        """What stands in a row, without the blanks; what is merged over columns once."""
        firsts = (c for c in range(self.width) if (held := self.merged(row, c)) is None or held.left == c)
        return [text for column in firsts if (text := self.text(row, column))]
