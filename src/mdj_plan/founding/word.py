"""The tables of a Word document: breakdown tables are annexes of a notice more often than workbooks."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from mdj_plan.founding.grid import Grid
from mdj_plan.sheets.cells import Range, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.table import Table

_LARGEST = 50_000_000
"""Bytes that the parts of a document may come to."""
_MOST_CELLS = 100_000
_WIDEST = 63
"""Columns that a table of Word can have: a cell that says it spans more was never written by it."""


def is_word(data: bytes) -> bool:
    """Whether the bytes are those of a .docx, of a size that can be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return False
    named = {part.filename for part in parts}
    return "word/document.xml" in named and sum(part.file_size for part in parts) <= _LARGEST


def word_tables(data: bytes) -> Iterator[Grid]:
    """Each table of a document as a sheet, 表1, 表2 …, with the paragraphs between it and the table before.

    Nothing where the document cannot be read.
    """
    try:
        yield from _tables(data)
    except Exception:  # noqa: BLE001 - what python-docx raises for a damaged package is no closed list
        return


def _tables(data: bytes) -> list[Grid]:
    """All of them, or none: half of a table would be taken for the whole."""
    from docx import Document
    from docx.text.paragraph import Paragraph

    grids: list[Grid] = []
    above: list[str] = []
    for each in Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(each, Paragraph):
            above += [each.text.strip()] if each.text.strip() else []
        else:
            _look_at_bounds(each)
            grids.append(Grid(_sheet(each, f"表{len(grids) + 1}"), above=tuple(above)))
            above = []
    return grids


def _look_at_bounds(table: Table) -> None:
    """Raises ValueError for a table that says it is larger than any: to lay it out would fill the memory."""
    spans = [tc.grid_span for tr in table._tbl.tr_lst for tc in tr.tc_lst]
    if len(spans) > _MOST_CELLS or max(spans, default=0) > _WIDEST:
        raise ValueError("too large")


def _sheet(table: Table, name: str) -> Sheet:
    """A table's cells; what is merged stands in its first cell, as in a workbook."""
    places: dict[object, list[tuple[int, int]]] = {}
    texts: dict[tuple[int, int], str] = {}
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            if cell._tc not in places:
                texts[r, c] = cell.text.strip()
            places.setdefault(cell._tc, []).append((r, c))
    width = max((c + 1 for held in places.values() for _, c in held), default=0)
    rows = [[texts.get((r, c)) for c in range(width)] for r in range(len(table.rows))]
    merged = tuple(Range(*held[0], *held[-1]) for held in places.values() if len(held) > 1)
    return Sheet(name, rows, merged=merged)
