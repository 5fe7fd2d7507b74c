"""A declared table on the screen: as many columns side by side as the width holds; the first one heads them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.screen.lines import bar
from mdj_plan.reports.screen.paper import Screen, style_of
from mdj_plan.reports.screen.ruled import Column, fitting
from mdj_plan.reports.tables.table import FIGURES
from mdj_plan.reports.tables.values import Bar, Below, Joined, Standing, Status, told, worded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.reports.screen.styled import Cell, Part
    from mdj_plan.reports.tables.table import Column as Declared
    from mdj_plan.reports.tables.table import Filled
    from mdj_plan.reports.tables.values import Value

_TEXT, _FIRST, _BAR = 10, 20, 10
"""Cells to which a column of text, and a first one, may be narrowed; cells of a bar."""


def show_table(screen: Screen, table: Filled, *, titled: bool = True, notes: bool = True) -> None:
    """Its title, its rows and its notes; where there is no row, that there is none."""
    texts = screen.texts
    if titled:
        screen.heading(table.title(texts))
    if not table.rows:
        screen.line(table.empty(texts))
    else:
        _show_columns(screen, table, table.on("screen"))
    if notes:
        show_notes(screen, table)


def show_notes(screen: Screen, table: Filled) -> None:
    """What stands below a table."""
    for note in table.said_below("screen"):
        screen.line(worded(note, screen.texts), hanging=2)


def _show_columns(screen: Screen, table: Filled, columns: Sequence[Declared]) -> None:
    drawn = [_drawn(screen, table, column) for column in columns]
    heads = [_head(screen, column, first=not i) for i, column in enumerate(columns)]
    even = len({column.kind for column in columns[1:]}) == 1
    for start, end in fitting(screen.width, heads, drawn, even=even):
        if start > 1:
            screen.blank()
        shown = [0, *range(start, end)]
        rows = [[drawn[i][row] for i in shown] for row in range(len(table.rows))]
        screen.table([heads[i] for i in shown], rows)


def _head(screen: Screen, column: Declared, *, first: bool) -> Column:
    right = column.kind in FIGURES | {"count"} and column.kind != "standing"
    narrowest = (_FIRST if first else _TEXT) if column.kind in {"text", "cell"} else 0
    return Column(worded(column.heading, screen.texts), "right" if right else "left", narrowest)


def _drawn(screen: Screen, table: Filled, column: Declared) -> list[Cell]:
    """A column's cells, from the top down."""
    values = [row.get(column.key) for row in table.rows]
    if column.kind == "standing":
        return _standings(screen, values)
    cells = [_cell(screen, column, value) for value in values]
    if column.quiet:
        return ["" if i and cell == cells[i - 1] else cell for i, cell in enumerate(cells)]
    return cells


def _cell(screen: Screen, column: Declared, value: Value) -> Cell:
    texts = screen.texts
    match value:
        case Status():
            return told(value, texts), style_of(value.colour)
        case Bar():
            return bar(value.attainment, value.schedule, _BAR, screen.bar_glyphs)
        case Below():
            return "  " + worded(value.name, texts)
        case Joined(by=""):
            return screen.listed(worded(part, texts) for part in value.parts)
        case _:
            return told(value, texts, column.blank)


def _standings(screen: Screen, values: Sequence[Value]) -> list[Cell]:
    """Figures set right in their part of the column, the statuses beside them."""
    texts = screen.texts
    figures = [told(v._replace(status=None) if isinstance(v, Standing) else v, texts) for v in values]
    statuses = [v.status if isinstance(v, Standing) else None for v in values]
    widest = max(map(screen.cells, figures), default=0)
    cells: list[Cell] = []
    for figure, status in zip(figures, statuses, strict=True):
        parts: list[Part] = [" " * (widest - screen.cells(figure)) + figure]
        if status is not None:
            parts += [" ", (told(status, texts), style_of(status.colour))]
        cells.append(parts)
    return cells
