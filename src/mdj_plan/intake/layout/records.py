"""Records of a text file against the header of their table: too many fields, or too few (F108).

Blank fields may lack at a record's end, or be too many there (contract 1). What tells a comma too many or too few from
those: a figure cut at its thousands comma (62,000), a blank that is written where the neighbours are longer, figures
that every whole record states.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mdj_plan.fields import CHOICES
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Cell, Fault, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mdj_plan.intake.layout.columns import Block

_HEAD = re.compile(r"\s*-?[0-9]{1,3}")
_REST = re.compile(r"[0-9]{3}(?:\.[0-9]+)?\s*")
_MARKS = ",;\t|，；"
_KEYS = frozenset(("name", "kind", "duty"))


class Broken(NamedTuple):
    """A record that does not fit its header: `variant` of F108, the column of its first fault, what stands there."""

    variant: str
    column: int
    value: str


def broken_records(sheet: Sheet, block: Block, rows: Sequence[int], loose: Sequence[int] = ()) -> dict[int, Broken]:
    """Which rows of a table are broken records; none where the sheet is no text file.

    `loose` are rows that need not have every field: totals, and those in which nothing but a name stands.
    """
    if sheet.lines is None:
        return {}
    width = _width(sheet, block)
    cells = sheet.rows
    odd = [row for row in {*rows, *loose} if len(cells[row]) != width]
    found = {row: _too_many(cells[row], width) for row in odd if len(cells[row]) > width}
    short = {row for row in odd if len(cells[row]) < width}.difference(loose)
    if short:
        stated, keys = _always_stated(sheet, block, rows, width), _keys(block)
        found |= {row: _too_few(sheet, row, stated.difference(range(len(cells[row]))), keys) for row in short}
    return {row: wrong for row, wrong in sorted(found.items()) if wrong is not None}


def unparted(sheet: Sheet, block: Block, rows: Iterable[int]) -> dict[int, Broken]:
    """Which of some rows are records in one piece, with marks other than the file's: a kind and figures in one field.

    ``"3,示例丙孵化器,孵化器,运营"`` in quotes as a whole, or parted by tabs where commas part the others.
    """
    if sheet.lines is None:
        return {}
    listed = frozenset(word for name in ("kind", "status") for word in CHOICES[name] if name in block.columns)
    found = {}
    for row in [row for row in rows if len(sheet.rows[row]) < 3]:
        filled = [(column, str(cell)) for column, cell in enumerate(sheet.rows[row]) if not _empty(cell)]
        if len(filled) == 1 and any(map(listed.intersection, _parted(filled[0][1]))):
            found[row] = Broken("unparted", filled[0][0], filled[0][1])
    return found


def _parted(text: str) -> Iterator[set[str]]:
    """The parts of the text by each mark that makes a record with a figure of it."""
    for mark in _MARKS:
        parts = {part.strip() for part in text.split(mark)}
        if any(part.isascii() and part.replace(".", "", 1).isdigit() for part in parts):
            yield parts


def told(sheet: Sheet, block: Block, broken: Mapping[int, Broken]) -> Iterator[Fault]:
    """F108 for each of them, at the field and with the line of the file."""
    width = _width(sheet, block)
    for row, (variant, column, value) in broken.items():
        line = sheet.lines[row] if sheet.lines is not None else row + 1
        args = (("line", str(line)), ("fields", str(len(sheet.rows[row]))), ("expected", str(width)))
        yield Fault("F108", sheet.name, row, column, value, variant, args)


def _width(sheet: Sheet, block: Block) -> int:
    return max(len(sheet.rows[row]) for row in range(block.top, block.bottom + 1))


def _too_many(cells: Sequence[Cell], width: int) -> Broken | None:
    """More fields than the header: one of them states something, or a figure is cut in two before them."""
    pairs = enumerate(pairwise(map(str, cells)))
    cut = next((i for i, (a, b) in pairs if _HEAD.fullmatch(a) and _REST.fullmatch(b)), -1)
    beyond = next((i for i in range(width, len(cells)) if not _empty(cells[i])), -1)
    if cut >= 0:
        return Broken("cut", cut, f"{cells[cut]},{cells[cut + 1]}")
    return Broken("many", beyond, str(cells[beyond])) if beyond >= 0 else None


def _too_few(sheet: Sheet, row: int, lacking: frozenset[int], keys: Sequence[int]) -> Broken | None:
    """Fewer fields than the header, and those that lack cannot just be blank. Without name or kind: V101."""
    cells = sheet.rows[row]
    if any(key >= len(cells) or _empty(cells[key]) for key in keys):
        return None
    around = {len(sheet.rows[i]) for i in (row - 1, row + 1) if 0 <= i < len(sheet.rows)}
    lost = _empty(cells[-1]) and len(cells) not in around
    return Broken("few", len(cells), "") if lacking or lost else None


def _keys(block: Block) -> list[int]:
    return [column.index for name, column in block.columns.items() if name in _KEYS]


def _always_stated(sheet: Sheet, block: Block, rows: Sequence[int], width: int) -> frozenset[int]:
    """The columns of figures in which every whole record states something; one record alone is no custom."""
    columns = [column.index for name, column in block.columns.items() if block.fields[name].numeric]
    whole = [sheet.rows[row] for row in rows if len(sheet.rows[row]) >= width]
    return frozenset(i for i in columns if len(whole) > 1 and not any(_empty(cells[i]) for cells in whole))


def _empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
