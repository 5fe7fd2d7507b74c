"""Where a table of the office begins in a book, and which column is which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import as_typed
from mdj_plan.sheets.tables.columns import columns_of, families_of
from mdj_plan.sheets.tables.words import key, unit_of
from mdj_plan.sheets.values.reading import blank, squeezed

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from mdj_plan.measures import Unit
    from mdj_plan.sheets.cells import Book, Sheet
    from mdj_plan.sheets.tables.columns import Family

_SEARCHED = 60  # rows in which a table must begin
_NUMBERING = frozenset(("序号", "编号", "no", "no.", "#"))


class Heads(NamedTuple):
    """The header of a table: its sheet, its rows `top` to `bottom` counted from 0, and what each column is.

    `columns` maps fields to their column, `members` columns of families to (field, key), `units` fields to the measure
    unit of their head. `unknown` and `repeated` are columns whose head is none of ours, or stands twice.
    """

    sheet: Sheet
    top: int
    bottom: int
    columns: Mapping[str, int]
    members: Mapping[int, tuple[str, Hashable]]
    units: Mapping[str, Unit]
    unknown: tuple[int, ...]
    repeated: tuple[int, ...]

    @property
    def width(self) -> int:
        """How many columns the header reaches over."""
        return max((*self.columns.values(), *self.members, *self.unknown, *self.repeated), default=-1) + 1


def find_heads(book: Book, row: type) -> list[Heads]:
    """The header of each sheet that holds such a table: two of the needed columns at least, or all there are."""
    words = {key(head): name for name, column in columns_of(row).items() for head in column.heads}
    needed = {name for name, column in columns_of(row).items() if column.needed}
    enough = min(2, len(needed))
    return [heads for sheet in book.sheets if (heads := _of_sheet(sheet, row, words, needed, enough)) is not None]


def _of_sheet(sheet: Sheet, row: type, words: Mapping[str, str], needed: set[str], enough: int) -> Heads | None:
    for index in range(min(len(sheet.rows), _SEARCHED)):
        named = {words.get(key(as_typed(cell))) for cell in sheet.rows[index] if not blank(cell)}
        if len(named & needed) >= enough:
            return _heads(sheet, index, row, words)
    return None


def _heads(sheet: Sheet, top: int, row: type, words: Mapping[str, str]) -> Heads:
    bottom = _bottom(sheet, top)
    columns: dict[str, int] = {}
    members: dict[int, tuple[str, Hashable]] = {}
    units: dict[str, Unit] = {}
    unknown: list[int] = []
    repeated: list[int] = []
    families = families_of(row)
    for column, typed in _worded(sheet, top, bottom, words):
        name, member = words.get(key(typed)), _member(families, typed)
        if name is not None and name not in columns:
            columns[name] = column
            if (unit := unit_of(typed)) is not None:
                units[name] = unit
        elif name is None and member is not None and member not in members.values():
            members[column] = member
        else:
            (unknown if name is None and member is None else repeated).append(column)
    return Heads(sheet, top, bottom, columns, members, units, tuple(unknown), tuple(repeated))


def _bottom(sheet: Sheet, top: int) -> int:
    """The last row of a header: as deep as its merged cells reach, of three rows at most."""
    deepest = max((merged.bottom for merged in sheet.merged if merged.top == top), default=top)
    return min(deepest, top + 2)


def _worded(sheet: Sheet, top: int, bottom: int, words: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """The columns that have a head, and what it says; one that numbers the rows has none, unless it is a word."""
    for column in range(max(map(len, sheet.rows[top : bottom + 1]))):
        typed = _typed(sheet, top, bottom, column)
        if typed and squeezed(typed).casefold() not in _NUMBERING - set(words):
            yield column, typed


def _member(families: Mapping[str, Family], typed: str) -> tuple[str, Hashable] | None:
    """The family that a head belongs to, and its key there."""
    found = ((name, family.named(typed)) for name, family in families.items())
    return next(((name, key_) for name, key_ in found if key_ is not None), None)


def _typed(sheet: Sheet, top: int, bottom: int, column: int) -> str:
    """The lowest text of a header of several rows: 2017年 below 年度目标."""
    for row in range(bottom, top - 1, -1):
        cells = sheet.rows[row] if row < len(sheet.rows) else ()
        if column < len(cells) and not blank(cells[column]):
            return as_typed(cells[column]).strip()
    return ""
