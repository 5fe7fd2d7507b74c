"""A workbook of rows, for what is read of any format."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def workbook(rows: Iterable[Sequence[object]], merge: str = "") -> bytes:
    """Its one sheet has these rows; `merge` is a range of them."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
