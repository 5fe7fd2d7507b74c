"""A declared table in a Word document: ruled, its heading on every page, as wide as the type area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.tables.table import FIGURES
from mdj_plan.reports.tables.values import told, worded
from mdj_plan.reports.widths import cells
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from mdj_plan.messages import Messages
    from mdj_plan.reports.document.official import Official
    from mdj_plan.reports.tables.table import Column, Filled, Row

ACROSS = 247.0
"""Millimetres of type area on a page that lies across."""
UPRIGHT = 156.0
"""Millimetres of type area on an upright page."""
_CHARACTER, _MARGIN = 1.95, 3.0
"""Millimetres of half a Chinese character at 10.5 pt, and of a cell's margins."""
_LEAST = 16.0
"""Millimetres that a column of texts keeps."""
_LONGEST = 24
"""Characters (two to a Chinese one) beyond which a text is broken rather than its column made wider."""


def add_table(document: Official, table: Filled, texts: Messages, *, width: float = ACROSS) -> None:
    """Heading, rows and notes; a sentence where there is no row."""
    if not table.rows:
        document.paragraph("body", table.empty(texts))
        return
    columns = table.on("paper")
    rows = [[_cell(column, row, i, texts) for column in columns] for i, row in table.numbered()]
    heads = [visible(worded(column.heading, texts)) for column in columns]
    tight = frozenset(i for i, column in enumerate(columns) if column.kind in FIGURES | {"count", "date", "code"})
    document.table(heads, rows, _widths(columns, heads, rows, width, tight), tight)
    for note in table.said_below("paper"):
        document.paragraph("note", worded(note, texts))


def _broken(head: str) -> int:
    """How wide a heading is that may break in two; one without Chinese characters, such as 2017Q1, may not."""
    return cells(head) if head.isascii() and " " not in head else -(-cells(head) // 2)


def _cell(column: Column, row: Row, number: int | None, texts: Messages) -> str:
    return str(number or "") if column.key == "number" else visible(told(row.get(column.key), texts, column.blank))


def _wished(column: Column, head: str, texts: Iterable[str]) -> float:
    longest = min(max(map(cells, texts)), column.most or _LONGEST)
    return _MARGIN + _CHARACTER * max(longest, _broken(head), 3)


def _widths(
    columns: Sequence[Column], heads: Sequence[str], rows: Sequence[Sequence[str]], width: float, tight: Collection[int]
) -> list[float]:
    """As each column's longest text needs (headings may break in two), then stretched to the type area, or pressed: the
    others first, so that `tight` columns need not break a figure or a code.
    """
    wished = [_wished(column, heads[i], [row[i] for row in rows]) for i, column in enumerate(columns)]
    firm = sum(each for i, each in enumerate(wished) if i in tight)
    loose = sum(wished) - firm
    if sum(wished) <= width or not loose or firm > width - _LEAST * (len(wished) - len(tight)):
        return [each * width / sum(wished) for each in wished]
    return [each if i in tight else each * (width - firm) / loose for i, each in enumerate(wished)]
