"""What the cells of the office's tables may hold. Whoever declares a table loads none of the `parsers` by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.phrases import phrase
from mdj_plan.sheets.tables.columns import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from mdj_plan.sheets.cells import Cell
    from mdj_plan.sheets.values.reading import Reading


def _later(name: str) -> Callable[[Cell], Reading]:
    """The parser of that name, loaded when it reads its first cell."""

    def read(raw: Cell) -> Reading:
        from mdj_plan.sheets.tables.parsers import PARSERS

        return PARSERS[name](raw)

    return read


VERBATIM = Kind(_later("verbatim"), phrase("text"))
"""A name of a file, say, in which every mark counts."""
TEXT = Kind(_later("text"), phrase("text"))
RAW = Kind(_later("raw"), phrase("figure"), fills=False)
"""A figure whose measure unit another column decides; whoever knows it reads it."""
WHOLE = Kind(_later("whole"), phrase("whole-number"), fills=False)
DAY = Kind(_later("day"), phrase("day"))
QUARTER = Kind(_later("quarter"), phrase("quarter"))
MOMENT = Kind(_later("moment"), phrase("moment"))
