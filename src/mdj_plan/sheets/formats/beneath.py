"""What stands beneath a merged range's first cell: no program shows it, so it is not read, but told (V121)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mdj_plan.sheets.cells import Covered, as_typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mdj_plan.sheets.cells import Range, Sheet

_MOST = 20_000_000
"""Cells under all merged ranges of a sheet, each as often as it is merged: no table merges what is merged."""


def uncovered(sheet: Sheet) -> Sheet:
    """The sheet without the values beneath its merged ranges, and these in `beneath`; ranges end where the rows do.

    Raises MemoryError for ranges that lie over one another more often than any table needs.
    """
    if not sheet.merged:
        return sheet
    merged = _within(sheet)
    flaws = _by_row(sheet.flaws)
    found = {place: Covered(text, m) for m in merged for place, text in _beneath(sheet, m, flaws)}
    return _without(sheet, found)._replace(merged=merged, beneath=found) if found else sheet._replace(merged=merged)


def _within(sheet: Sheet) -> tuple[Range, ...]:
    """The merged ranges as far as there are rows."""
    height = len(sheet.rows)
    width = max(map(len, sheet.rows), default=0)
    merged = tuple(m._replace(bottom=min(m.bottom, height - 1)) for m in sheet.merged if m.top < height)
    if sum((m.bottom - m.top + 1) * max(0, min(m.right + 1, width) - m.left) for m in merged) > _MOST:
        raise MemoryError
    return merged


def _without(sheet: Sheet, covered: Mapping[tuple[int, int], Covered]) -> Sheet:
    """The sheet with nothing in the cells that are covered."""
    rows = list(sheet.rows)
    for row in {row for row, _ in covered}:
        rows[row] = [None if (row, column) in covered else cell for column, cell in enumerate(rows[row])]
    left = {place: flaw for place, flaw in sheet.flaws.items() if place not in covered}
    return sheet._replace(rows=rows, flaws=left)


def _by_row(flaws: Mapping[tuple[int, int], str]) -> Mapping[int, Sequence[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for (row, column), flaw in flaws.items():
        found[row].append((column, flaw))
    return found


def _beneath(
    sheet: Sheet, merged: Range, flaws: Mapping[int, Sequence[tuple[int, str]]]
) -> Iterator[tuple[tuple[int, int], str]]:
    """The place and text of each filled cell of a range but its first."""
    for row in range(merged.top, merged.bottom + 1):
        first = merged.left + (row == merged.top)
        for column, cell in enumerate(sheet.rows[row][first : merged.right + 1], first):
            if cell is not None and cell != "":
                yield (row, column), as_typed(cell)
        for column, flaw in flaws.get(row, ()):
            if first <= column <= merged.right:
                yield (row, column), flaw
