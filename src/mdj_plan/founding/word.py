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


def is_word(data: bytes) -> bool:
    """Whether the bytes are those of a .docx, of a size that can be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    named = {part.filename for part in parts}
    return "word/document.xml" in named and sum(part.file_size for part in parts) <= _LARGEST


def word_tables(data: bytes) -> Iterator[Grid]:
    """Each table of a document as a sheet, 表1, 表2 …, with the paragraphs between it and the table before.

    Nothing where the document cannot be read.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError
    from docx.text.paragraph import Paragraph
    from lxml.etree import LxmlError

    try:
        content = list(Document(io.BytesIO(data)).iter_inner_content())
    except (OpcError, LxmlError, KeyError, ValueError, zipfile.BadZipFile):
        return
    above: list[str] = []
    number = 0
    for each in content:
        if isinstance(each, Paragraph):
            above += [each.text.strip()] if each.text.strip() else []
        else:
            number += 1
            yield Grid(_sheet(each, f"表{number}"), above=tuple(above))
            above = []


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
