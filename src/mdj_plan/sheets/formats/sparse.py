"""Cells read one by one, each at its place: rows are made of them once it is known how far they reach."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mdj_plan.sheets.cells import Fault, as_typed
from mdj_plan.sheets.formats.look import Look, hidden
from mdj_plan.sheets.formats.refusal import Refused
from mdj_plan.sheets.formats.strays import edges, filled_in, firsts, stray
from mdj_plan.sheets.values.reading import blank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.sheets.cells import Cell, Range, Sheet
    from mdj_plan.sheets.formats.look import Place

MOST_CELLS = 20_000_000
"""Cells, blank ones between filled ones included, that all sheets of a file may have: more fit no memory."""

_A_ROW = 4
"""What a row takes, blank as it may be, in cells."""


class Room:
    """How much more the sheets of one file may hold."""

    def __init__(self, cells: int = MOST_CELLS) -> None:
        self.left = cells

    def take(self, cells: int) -> None:
        """Take so many. Raises Refused (F104) where there are not as many left."""
        self.left -= cells
        if self.left < 0:
            raise Refused("F104", "bomb")


class Cells:
    """The cells of one sheet, by row and column, and what is seen beside them: filled as a reader goes along.

    What is put at a place twice is what came last.
    """

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, Cell]] = defaultdict(dict)
        self.flaws: dict[Place, str] = {}
        self.merged: list[Range] = []
        self.struck: set[Place] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []

    def put(self, at: Place, cell: Cell) -> None:
        """Put a cell at its place."""
        self._rows[at[0]][at[1]] = cell

    def flaw(self, at: Place, what: str) -> None:
        """Say what stands in a cell whose value cannot be known."""
        self.put(at, None)
        self.flaws[at] = what

    def hide_columns(self, first: int, last: int) -> None:
        """Columns hidden by the user, both ends included."""
        self.hidden_columns.append((first, last))

    def sheet(self, name: str, room: Room, *, visible: bool, since_1904: bool = False) -> tuple[Sheet, list[Fault]]:
        """The sheet without its stray cells, and F105 for the first of those in each direction."""
        columns = (
            (row, sorted(c for c, cell in cells.items() if not blank(cell))) for row, cells in self._rows.items()
        )
        filled = filled_in(columns, self.flaws)
        below, beside = edges(filled)
        faults = [
            stray(name, row, column, self.flaws.get((row, column)) or as_typed(self._rows[row].get(column)))
            for row, column in firsts(filled, below, beside)
        ]
        look = Look(
            {place: flaw for place, flaw in self.flaws.items() if place[0] < below and place[1] < beside},
            tuple(self.merged),
            frozenset(self.hidden_rows),
            hidden(self.hidden_columns),
            frozenset(self.struck),
        )
        rows = self._dense(below, beside, room)
        return look.sheet(name, rows, visible=visible, since_1904=since_1904), faults

    def _dense(self, below: int, beside: int, room: Room) -> Sequence[Sequence[Cell]]:
        """Rows from the sheet's first on; rows in which nothing stands are one and the same."""
        kept = {row: cells for row, cells in self._rows.items() if row < below}
        height = max(kept, default=-1) + 1
        room.take(_A_ROW * height)
        rows: list[Sequence[Cell]] = [()] * height
        for row, cells in kept.items():
            width = max((column for column in cells if column < beside), default=-1) + 1
            room.take(width)
            line: list[Cell] = [None] * width
            for column, cell in cells.items():
                if column < beside:
                    line[column] = cell
            rows[row] = line
        return rows
