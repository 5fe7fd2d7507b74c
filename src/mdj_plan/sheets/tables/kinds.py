"""What the cells of the office's tables may hold. Whoever declares a table loads none of the `parsers` by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.names import Words
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


VERBATIM = Kind(_later("verbatim"), Words("文字", "text"))
"""A name of a file, say, in which every mark counts."""
TEXT = Kind(_later("text"), Words("文字", "text"))
RAW = Kind(_later("raw"), Words("数", "a number"), fills=False)
"""A figure whose measure unit another column decides; whoever knows it reads it."""
WHOLE = Kind(_later("whole"), Words("整数", "a whole number"), fills=False)
DAY = Kind(_later("day"), Words("日期，如 2018-07-12", "a date such as 2018-07-12"))
QUARTER = Kind(_later("quarter"), Words("季度，如 2019Q4", "a quarter such as 2019Q4"))
MOMENT = Kind(_later("moment"), Words("时间，如 2018-07-12T09:00:00+08:00", "a time such as 2018-07-12T09:00:00+08:00"))
