"""Cover statements: 填报单位：东安区 in one cell, or a label cell with its value beside or below it."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from mdj_plan.intake.layout.entry import Entry
from mdj_plan.measures import unit
from mdj_plan.sheets.values.header import header
from mdj_plan.sheets.values.reading import blank, spaced, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mdj_plan.intake.layout.columns import Grid
    from mdj_plan.sheets.cells import Cell

_LONGEST = 300
_GAP = re.compile(r"\s{2,}|[\t\n\u3000]|\s(?=(?:19|20)[0-9]{2}\s?[年./Q-])")
_NEXT_LABEL = re.compile(r"\s[^\s:：]{1,10}\s?[:：]")

_BETWEEN_UNITS = re.compile(r"[、,，;；/ ]+")


def parts(value: Cell) -> list[str]:
    """A statement's text cut at wide gaps and before years: 东安区   2017年7月10日 are two things in one cell."""
    return [part.strip() for part in _GAP.split(value) if part.strip()] if isinstance(value, str) else []


def _either(labels: Iterable[str]) -> re.Pattern[str]:
    """Any label before a colon: 填 报 单 位（盖章）：. A short one must stand alone: 运营单位： is not 单位：."""
    spelled = sorted(labels, key=len, reverse=True)
    either = "|".join((r"(?<!\w)" if len(word) < 3 else "") + r"\s{0,2}".join(map(re.escape, word)) for word in spelled)
    return re.compile(rf"({either})\s{{0,2}}(?:[(（][^)）]*[)）])?\s{{0,2}}[:：]")


class Labels:
    """The cover's labels, ready to be looked for in cells."""

    __slots__ = ("_found", "_labels")

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self._found = _either(labels)

    def exact(self, cell: Cell) -> str | None:
        """The cover field that a cell is the label of, and nothing else."""
        if not isinstance(cell, str) or len(cell) > 40:
            return None
        return self._labels.get(header(cell).key)

    def within(self, text: str) -> Iterator[tuple[str, str]]:
        """Every ``label：value`` of a cell, in order; the value may be "" (it then stands in another cell)."""
        line = "  ".join(filter(None, map(spaced, _GAP.split(text))))
        found = list(self._found.finditer(line))
        for i, match in enumerate(found):
            end = found[i + 1].start() if i + 1 < len(found) else len(line)
            value = line[match.end() : end]
            cut = _NEXT_LABEL.search(value)
            yield self._labels[squeezed(match[1]).casefold()], (value[: cut.start()] if cut else value).strip(" ,;，；")

    def of_row(self, grid: Grid, row: int) -> tuple[list[tuple[str, Entry]], frozenset[int]]:
        """The cover statements of a row, and the columns whose cells they take up (a value below a label: none)."""
        entries: list[tuple[str, Entry]] = []
        taken: set[int] = set()
        for column, cell in enumerate(grid.rows[row]):
            if not cell or not isinstance(cell, str) or column in taken or len(cell) > _LONGEST:
                continue
            pairs, lone = self._of_cell(cell)
            if not pairs and lone is None:
                continue
            taken.add(column)
            entries += [(field, Entry(value, grid.sheet.name, row, column)) for field, value in pairs if value]
            if lone is not None and (place := self._value_of(grid, row, column)) is not None:
                taken.update({place[1]} if place[0] == row else ())
                entries.append((lone, Entry(grid.at(*place), grid.sheet.name, *place)))
        return [(field, entry) for field, entry in entries if not _measures(field, entry.value)], frozenset(taken)

    def _of_cell(self, cell: str) -> tuple[list[tuple[str, str]], str | None]:
        """What a cell states, and the field whose value stands in another cell, if the last label has none."""
        pairs = list(self.within(cell)) if ":" in cell or "：" in cell else []
        if not pairs:
            return [], self.exact(cell)
        field, value = pairs[-1]
        return pairs, None if value else field

    def _value_of(self, grid: Grid, row: int, column: int) -> tuple[int, int] | None:
        """Where a label's value stands: in the next filled cell to the right, else below."""
        cells = grid.rows[row]
        for right in range(column + 1, len(cells)):
            if not blank(cells[right]):
                if self._is_label(cells[right]):
                    break
                return row, right
        below = grid.at(row + 1, column)
        return None if blank(below) or self._is_label(below) or len(str(below)) > 40 else (row + 1, column)

    def _is_label(self, cell: Cell) -> bool:
        return isinstance(cell, str) and (self.exact(cell) is not None or bool(self._found.match(cell.strip())))


def _measures(field: str, value: Cell) -> bool:
    """单位：万元 above a table names its measure units, not who reports."""
    return field == "unit" and isinstance(value, str) and _are_units(value)


@functools.lru_cache(maxsize=1024)  # a plan has some dozens of units, and each of them reports every quarter
def _are_units(text: str) -> bool:
    pieces = [piece for piece in _BETWEEN_UNITS.split(squeezed(text)) if piece]
    return bool(pieces) and all(unit(piece) is not None for piece in pieces)
