"""What a return says above its tables, with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from mdj_plan.sheets.cells import Cell


class Entry(NamedTuple):
    """A cover statement's value, or a title, with its place. `row` and `column` count from 0; -1 is a sheet's name."""

    value: Cell
    sheet: str | None
    row: int
    column: int
