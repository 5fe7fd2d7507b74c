"""Header rows: found by their words wherever they stand, read through groups and merged cells into columns."""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from mdj_plan.fields import DUTY_FIELDS, REQUIRED, Field
from mdj_plan.intake.layout.headers import WHOLE_OF, Kind, Vocabulary, is_text, known
from mdj_plan.measures import Unit, scale, unit, units_of
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Cell, Fault, Range, Sheet, address
from mdj_plan.sheets.values.header import header, passed_over
from mdj_plan.sheets.values.reading import blank, listed, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mdj_plan.names import Words

_DEEPEST = 3  # rows of a header, groups included
_TELLING = frozenset(("kind", "state", "level", "demonstration"))
_NUMERAL = (
    r"[0-9]{1,3}|[甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥A-Za-z]|第?[一二三四五六七八九十]{1,3}[栏列]?|第?[0-9]{1,3}[栏列]|"
    r"[0-9]{1,3}=[0-9]{1,3}(?:[-+*/×÷][0-9]{1,3})+|[①-⑳]"
)
_OF_NUMBERS = frozenset(("栏次", "栏目", "栏号", "列次", "序号", "编号", "列号", "行次"))
"""What stands at the head of a row that numbers the columns."""
_LONGEST_MARK = 12  # of a column's number, brackets and spaces included
_ONE = Decimal(1)
_KEYS = frozenset((None, "name", "kind", "level", "region", "department"))
"""What the first column of a summary beside a table is: unknown, or what is summed up by."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a field: `index` and the header cell's `row` count from 0, `header` is as typed.

    `factor` is how many of the field's measure unit one of the header's is: 10 000 under 万平方米, 1 without a unit.
    """

    field: str
    index: int
    row: int
    header: str
    factor: Decimal = _ONE


class Block(NamedTuple):
    """The header of a table: its first and last row, and its columns.

    `repeated` are further columns of a field, `fields` the fields that such a table may have.
    """

    kind: Kind
    top: int
    bottom: int
    columns: dict[str, Column]
    repeated: dict[str, tuple[Column, ...]]
    faults: tuple[Fault, ...]
    fields: Mapping[str, Field]

    @property
    def missing(self) -> tuple[str, ...]:
        """Required fields that no column bears."""
        required = REQUIRED if self.kind == "facilities" else ("duty",)
        return tuple(name for name in required if name not in self.columns)


class _Part(NamedTuple):
    """A header text with the cell it stands in."""

    text: str
    row: int
    column: int


class Grid:
    """A sheet's cells by coordinates; merged ranges answer with their top left cell."""

    __slots__ = ("_ranges", "rows", "sheet")

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows: Sequence[Sequence[Cell]] = sheet.rows
        self._ranges: dict[int, list[Range]] = {}
        for merged in sheet.merged:
            for row in range(merged.top, min(merged.bottom, merged.top + _DEEPEST) + 1):
                self._ranges.setdefault(row, []).append(merged)

    @property
    def unmerged(self) -> bool:
        """Whether no cells are merged."""
        return not self._ranges

    def at(self, row: int, column: int) -> Cell:
        """A cell, None beyond the sheet's edge."""
        if not 0 <= row < len(self.rows):
            return None
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def merged(self, row: int, column: int) -> Range | None:
        """The merged range a cell near its top belongs to."""
        for found in self._ranges.get(row, ()):
            if found.left <= column <= found.right:
                return found
        return None

    def part(self, row: int, column: int) -> _Part | None:
        """The text that covers a cell, with the place where it stands."""
        found = self.merged(row, column)
        top, left = (found.top, found.left) if found else (row, column)
        cell = self.at(top, left)
        return _Part(cell, top, left) if isinstance(cell, str) and not blank(cell) else None


def find_block(grid: Grid, row: int, words: Vocabulary) -> Block | None:
    """The header that begins in a row, or None. A row of facts is told apart by its words alone."""
    if not any(cell and isinstance(cell, str) and known(cell, words) for cell in grid.rows[row]):
        return None
    bottom = _bottom(grid, row, words)
    if bottom == row and grid.unmerged:
        return _flat_block(tuple(grid.rows[row]), row, grid.sheet.name, words)
    return _either_block(grid, row, bottom, words)


def _either_block(grid: Grid, top: int, bottom: int, words: Vocabulary) -> Block | None:
    """The rows as the header of facilities, else of duties."""
    for kind in ("facilities", "duties"):
        block = _block(grid, top, bottom, kind, words)
        if _is_header(block):
            return block
    return None


@functools.lru_cache(maxsize=256)
def _flat_block(cells: tuple[Cell, ...], row: int, sheet: str | None, words: Vocabulary) -> Block | None:
    """A header of one row without merged cells. Returns made from one template share it, so it is kept."""
    above: tuple[tuple[Cell, ...], ...] = ((),) * row
    return _either_block(Grid(Sheet(sheet, (*above, cells))), row, row, words)


def _is_header(block: Block) -> bool:
    """Enough fields of a facility (or duty) to be no list of allowed words, no list of tenant firms."""
    names = set(block.columns)
    found = len(names) + sum(fault.code == "V106" for fault in block.faults)
    if block.kind == "duties":
        return "duty" in names and not names.isdisjoint({"progress", "status"})
    if found < 3 and not {"name", "kind"} <= names:
        return False
    figures = sum(block.fields[name].numeric for name in names)
    if "name" in names:
        return figures > 0 or not names.isdisjoint(_TELLING)
    return figures >= 2 or ("kind" in names and (figures == 1 or "credit_code" in names))


def _bottom(grid: Grid, top: int, words: Vocabulary) -> int:
    """The header's last row: as deep as its merged cells reach, or as sub-headers stand below groups."""
    bottom = top
    while bottom - top < _DEEPEST - 1 and (_reaches_below(grid, bottom) or _is_sub_header(grid, bottom, words)):
        bottom += 1
    return bottom


def _reaches_below(grid: Grid, row: int) -> bool:
    """Whether a header cell of the row is merged downwards."""
    return not grid.unmerged and any(
        (found := grid.merged(row, column)) is not None
        and found.bottom > row
        and grid.part(row, column) is not None
        and grid.at(row + 1, column) in {None, ""}
        for column in range(len(grid.rows[row]))
    )


def _is_sub_header(grid: Grid, row: int, words: Vocabulary) -> bool:
    """Whether the row below divides groups of this row: only words, at least one of which names a column."""
    if row + 1 >= len(grid.rows):
        return False
    stated = []
    for column, cell in enumerate(grid.rows[row + 1]):
        if not blank(cell):
            if not _is_word(cell):
                return False
            stated.append(column)
    told = (_divides(grid, row, column, words) for column in stated)
    return next((divides for divides in told if divides is not None), False)


def _is_word(cell: Cell) -> bool:
    return is_text(cell) and not str(cell).strip()[:1].isdigit()


def _divides(grid: Grid, row: int, column: int, words: Vocabulary) -> bool | None:
    """Whether a cell below a row of headers divides the one above it; None where it names no column."""
    chain = _chain(grid, row, row + 1, column)
    if not chain or chain[-1].row != row + 1:
        return None
    for kind in words.fields:
        name, units = _resolved(_texts(chain), kind, words)
        own = words.named(kind, chain[-1].text)[0]
        if name and (len(chain) > 1 or own) and grid.at(row, column) != chain[-1].text:
            return bool(own or len(chain) > 1 or units)
    return None


def _block(grid: Grid, top: int, bottom: int, kind: Kind, words: Vocabulary) -> Block:
    columns: dict[str, Column] = {}
    repeated: dict[str, tuple[Column, ...]] = {}
    faults: list[Fault] = []
    chains = list(_chains(grid, top, bottom))
    main = _without_tables_beside(chains, kind, words)
    if len(main) < len(chains):
        beside = listed([_one_line(chain[-1].text) for _, chain in chains[len(main) :]])
        faults.append(_fault(grid, "L104", chains[len(main)][1][-1], "beside", header=beside))
    for column, chain in main:
        own = chain[-1]
        name, units = _resolved(_texts(chain), kind, words)
        if name is None:
            if header(own.text).key not in words.index:
                faults.append(_fault(grid, "L104", own, header=_one_line(own.text)))
            continue
        field = words.columns[kind][name]
        factor = _factor(units, field)
        if factor is None:
            faults.append(_unusable(grid, own, field))
            continue
        if passed_over(own.text):
            faults.append(_fault(grid, "L104", own, "bracket", header=_one_line(own.text), field=field.label))
        found = Column(name, column, own.row, own.text, factor)
        if name in columns:
            repeated[name] = (*repeated.get(name, ()), found)
            first = columns[name]
            fault = _fault(grid, "L103", own, field=field.label, first=address(first.row, first.index))
            faults.append(fault._replace(field=name if kind == "facilities" else None))
        else:
            columns[name] = found
    return Block(kind, top, bottom, columns, repeated, tuple(faults), words.columns[kind])


def _without_tables_beside(
    chains: list[tuple[int, list[_Part]]], kind: Kind, words: Vocabulary
) -> list[tuple[int, list[_Part]]]:
    """The header's columns without another table to the right: behind an empty column, with a key of its own and a
    field that this table has already.
    """
    names = [_resolved(_texts(chain), kind, words)[0] for _, chain in chains]
    for i in range(1, len(chains)):
        if chains[i][0] - chains[i - 1][0] < 2 or names[i] not in _KEYS:
            continue
        if not (set(names[:i]) & set(names[i:])) <= {None}:
            return chains[:i]
    return chains


def _chains(grid: Grid, top: int, bottom: int) -> Iterator[tuple[int, list[_Part]]]:
    """Each column that has a header text of its own, with its texts from the outermost group inwards."""
    if top == bottom and grid.unmerged:  # most headers by far
        for column, cell in enumerate(grid.rows[top]):
            if isinstance(cell, str) and not blank(cell):
                yield column, [_Part(cell, top, column)]
        return
    width = max(len(grid.rows[row]) for row in range(top, bottom + 1))
    for column in range(width):
        chain = _chain(grid, top, bottom, column)
        if chain and chain[-1].column == column:
            yield column, chain


def _chain(grid: Grid, top: int, bottom: int, column: int) -> list[_Part]:
    chain: list[_Part] = []
    above = _group_above(grid, top, column)
    if above:
        chain.append(above)
    for row in range(top, bottom + 1):
        part = grid.part(row, column)
        if part is None and row < bottom and grid.merged(row, column) is None:
            part = _group_beside(grid, row, column)
        if part is not None and part not in chain:
            chain.append(part)
    return chain


def _group_beside(grid: Grid, row: int, column: int) -> _Part | None:
    """Without merged cells (text files): the group to the left, when sub-headers stand below all the way."""
    if blank(grid.at(row + 1, column)):
        return None
    for left in range(column - 1, -1, -1):
        if blank(grid.at(row + 1, left)):
            return None
        part = grid.part(row, left)
        if part is not None:
            return part
    return None


def _group_above(grid: Grid, top: int, column: int) -> _Part | None:
    """A group in the row above the first recognised one (基本情况, 上年同期); a title across the table is none."""
    found = grid.merged(top - 1, column) if top else None
    if found is None or found.left == found.right or found.bottom != top - 1:
        return None
    others = sum(1 for cell in grid.rows[top - 1] if not blank(cell))
    return grid.part(top - 1, column) if others > 1 else None


def _texts(chain: list[_Part]) -> tuple[str, ...]:
    return tuple(part.text for part in chain)


@functools.lru_cache(maxsize=4096)
def _resolved(chain: tuple[str, ...], kind: Kind, words: Vocabulary) -> tuple[str | None, tuple[Unit, ...]]:
    """The field a chain of headers names, and its units: the column's own, else its groups'."""
    own, groups = chain[-1], chain[-2::-1]
    if _of_another(groups, words):
        return None, ()
    key, units, _ = header(own)
    units = units or next(filter(None, (header(group).units for group in groups)), ())
    together = _named_together(key, groups, words.fields[kind])
    if together:
        return together, units
    name, borne = words.named(kind, own)
    if name:
        return name, borne or units
    bare = unit(key)
    if groups and (key in WHOLE_OF or not key or bare):
        return words.named(kind, groups[0])[0], (bare,) if bare else units
    return None, units


def _of_another(groups: Iterable[str], words: Vocabulary) -> bool:
    """Whether a group makes of its columns those of something else: 上年同期."""
    return any(word in squeezed(group) for group in groups for word in words.other)


def _named_together(key: str, groups: Iterable[str], named: Mapping[str, str]) -> str | None:
    """The field that a header names with one of its groups, in either order: 孵化 over 面积, 面积 over 孵化."""
    outers = (header(group).key for group in groups)
    return next((found for outer in outers if (found := named.get(key + outer) or named.get(outer + key))), None)


@functools.lru_cache(maxsize=1024)
def _factor(units: tuple[Unit, ...], field: Field) -> Decimal | None:
    """How many of the field's measure unit the header's is; None when it bears another, or two that disagree."""
    if not field.numeric or field.id in DUTY_FIELDS:
        return _ONE
    scales = {scale(found, field.measure) for found in units}
    if not scales:
        return _ONE
    scales.discard(None)
    return scales.pop() if len(scales) == 1 else None


def is_numbering(grid: Grid, row: int) -> bool:
    """Whether a row numbers the columns (栏次 1 2 3; 甲 乙 1 2; 一 二 三): it follows a header and is no facility."""
    marks = _marks(grid.rows[row]) if row < len(grid.rows) else []
    if len(marks) < 3 or not all(re.fullmatch(_NUMERAL, mark) for mark in marks):
        return False
    numbers = [int(mark.partition("=")[0]) for mark in marks if mark[0].isascii() and mark[0].isdigit()]
    return all(b - a == 1 for a, b in itertools.pairwise(numbers))


def _marks(cells: Sequence[Cell]) -> list[str]:
    """The short texts of a row, without brackets and without 栏次 before them; none where any text is long."""
    if any(isinstance(cell, str) and len(cell) > _LONGEST_MARK for cell in cells):
        return []
    marks = [squeezed(cell).strip("()[]") for cell in cells if not blank(cell)]
    return marks[1:] if marks and marks[0] in _OF_NUMBERS else marks


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _fault(grid: Grid, code: str, part: _Part, variant: str = "", **args: str | Words) -> Fault:
    place = (grid.sheet.name, part.row, part.column)
    return Fault(code, *place, _one_line(part.text), variant, tuple(sorted(args.items())))


def _unusable(grid: Grid, part: _Part, field: Field) -> Fault:
    """The header bears a unit that is none of the field's: read as if it bore the template's, it would be wrong."""
    allowed = listed(list(units_of(field.measure)))
    fault = _fault(grid, "V106", part, "header-unit", field=field.label, allowed=allowed, suggestion="")
    return fault._replace(field=field.id)
