"""HTML tables, which many programs save under the name ``.xls``."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from mdj_plan.intake.cells import Book, Fault, Range, Sheet

if TYPE_CHECKING:
    from mdj_plan.intake.cells import Cell

_MOST_CELLS = 3_000_000
"""Cells of a table beyond which spans are an attack, not a table."""


def read_html(decoded: str) -> Book:
    """Every table of a page as a sheet; F101 where there is none, F104 where spans are an attack."""
    parser = _Tables()
    try:
        parser.feed(decoded)
        parser.close()
    except AssertionError:  # html.parser's own word for markup it cannot follow
        return Book((), (Fault("F103"),))
    if parser.cells > _MOST_CELLS:
        return Book((), (Fault("F104", variant="bomb"),))
    tables = [table for table in parser.tables if table.rows]
    names = [None] if len(tables) == 1 else [f"Table {i}" for i in range(1, len(tables) + 1)]
    sheets = tuple(Sheet(name, t.rows, merged=tuple(t.merged)) for name, t in zip(names, tables, strict=True))
    return Book(sheets, () if sheets else (Fault("F101", variant="other", args=(("format", "HTML"),)),))


class _Table:
    """One table as it grows: rows of cells, spans as merged ranges, places taken by a rowspan from above."""

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []
        self.merged: list[Range] = []
        self.taken: set[tuple[int, int]] = set()

    def put(self, value: str, rowspan: int, colspan: int) -> int:
        """Place a cell in the last row; how many cells it covers."""
        row = len(self.rows) - 1
        cells = self.rows[row]
        while (row, len(cells)) in self.taken:
            cells.append(None)
        column = len(cells)
        cells += [value, *[None] * (colspan - 1)]
        if rowspan > 1 or colspan > 1:
            self.merged.append(Range(row, column, row + rowspan - 1, column + colspan - 1))
            self.taken |= {(r, c) for r in range(row + 1, row + rowspan) for c in range(column, column + colspan)}
        return rowspan * colspan


class _Tables(HTMLParser):
    """Collects every table; nested ones count as tables of their own, after the outer's text so far."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.text: list[str] | None = None
        self.span = (1, 1)
        self.cells = 0
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, row or cell."""
        if tag == "table":
            self._close_cell()
            self.open.append(_Table())
            self.tables.append(self.open[-1])
        elif tag == "tr" and self.open:
            self._close_cell()
            self.open[-1].rows.append([])
        elif tag in {"td", "th"} and self.open:
            self._close_cell()
            if not self.open[-1].rows:
                self.open[-1].rows.append([])
            given = dict(attrs)
            self.span = (_span(given.get("rowspan")), _span(given.get("colspan")))
            self.text = []
        elif tag in {"br", "p", "div"} and self.text:
            self.text.append("\n")
        elif tag in {"script", "style"}:
            self.silent += 1

    def handle_endtag(self, tag: str) -> None:
        """Close what ends."""
        if tag in {"td", "th", "tr", "table"}:
            self._close_cell()
        if tag == "table" and self.open:
            self.open.pop()
        elif tag in {"script", "style"} and self.silent:
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        """Text within a cell."""
        if self.text is not None and not self.silent:
            self.text.append(data)

    def _close_cell(self) -> None:
        if self.text is not None and self.open and self.cells <= _MOST_CELLS:
            self.cells += self.open[-1].put("".join(self.text).strip(), *self.span)
        self.text = None


def _span(value: str | None) -> int:
    return min(int(value), 2000) if value and value.isascii() and value.isdigit() and int(value) > 0 else 1
