"""One reader for every table of the office: any format and encoding, titles, synonyms, merged cells; all mistakes.

Bytes → the sheet with the table's header → plain cells, merged ones filled down, 合计 rows apart → typed by pydantic.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, get_type_hints

from mdj_plan.findings import CATALOGUE, Location, Severity, finding
from mdj_plan.names import Words, listed
from mdj_plan.sheets.cells import Cell, as_typed, place
from mdj_plan.sheets.formats.content import read_bytes
from mdj_plan.sheets.tables.columns import columns_of, families_of
from mdj_plan.sheets.tables.heads import Heads, find_heads
from mdj_plan.sheets.tables.words import is_note, says_total
from mdj_plan.sheets.values.reading import blank, ditto

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from pathlib import Path

    from pydantic import TypeAdapter, ValidationError

    from mdj_plan.findings import Argument, Finding
    from mdj_plan.measures import Unit
    from mdj_plan.sheets.cells import Fault, Sheet

Row = TypeVar("Row")
Cells = dict[str, Any]
"""A row before it is typed: field → raw cell (None: blank), families → {key: raw cell}, ``row`` → its index."""


class Slip(NamedTuple):
    """A mistake in a table of the office: the key of its message, its place, what fills the message.

    `row` counts from 0, -1 where it is about the table; `field` is the field of the cell, None where it is about none.
    `finding` says what a file that cannot be read is (F101 …), instead of a message.
    """

    name: str
    at: Location
    row: int = -1
    field: str | None = None
    args: tuple[tuple[str, Argument], ...] = ()
    finding: Finding | None = None


class OfficeTable(NamedTuple, Generic[Row]):
    """A table as it was read. `rows` are those without a mistake, in order; `totals` its 合计 rows, still untyped.

    `partial` are rows with a mistake, for what else is wrong with them: what is mistaken is blank in them, which is ""
    for a text that is required and None for anything else, whatever the row declares.
    """

    file: str
    sheet: Sheet | None
    rows: tuple[Row, ...]
    totals: tuple[Cells, ...]
    slips: tuple[Slip, ...]
    heads: Heads | None
    partial: tuple[Row, ...] = ()

    def at(self, row: int, field: str) -> Location:
        """The cell of a field in a row counted from 0; in the first column where the table lacks the field."""
        column = self.heads.columns.get(field, 0) if self.heads else 0
        return place(self.file, self.sheet.name if self.sheet else None, row, column)

    def typed(self, row: int, field: str) -> str:
        """What stands in that cell, as a person sees it."""
        column = self.heads.columns.get(field) if self.heads else None
        return _typed(self.sheet, row, column) if self.sheet is not None and column is not None else ""

    def of_family(self, row: int, key: Hashable) -> Location:
        """The cell of a member of a family of columns: that of 2018Q2."""
        members = self.heads.members.items() if self.heads else ()
        column = next((column for column, (_, found) in members if found == key), 0)
        return place(self.file, self.sheet.name if self.sheet else None, row, column)

    @property
    def units(self) -> Mapping[str, Unit]:
        """The measure units that heads bear, by field: 目标（万平方米）."""
        return self.heads.units if self.heads else {}


def read_table(path: Path, row: type[Row], *, totals: str = "", strict: bool = False) -> OfficeTable[Row]:
    """The table in a file. Raises OSError; whatever is wrong with the table is among its slips.

    `totals` is the field in which a row may say 合计 (its rows are then apart); with `strict` a column whose head is
    none of the table's is a mistake.
    """
    return parse_table(path.read_bytes(), path.name, row, totals=totals, strict=strict)


def parse_table(data: bytes, file: str, row: type[Row], *, totals: str = "", strict: bool = False) -> OfficeTable[Row]:
    """The table in a file's bytes; see `read_table`."""
    if not data.strip(b"\xef\xbb\xbf \r\n\t"):
        return OfficeTable(file, None, (), (), (), None)
    book = read_bytes(data, file)
    found = find_heads(book, row)
    slips = [_unreadable(file, fault) for fault in book.faults if _refuses(fault)]
    if not found and not slips:
        slips = [slip("table-no-header", Location(file), expected=_needed(row))]
    if len(found) > 1:
        where = listed([heads.sheet.name or "" for heads in found])
        slips.append(slip("table-several-sheets", Location(file, found[1].sheet.name), found=where))
    if slips or not found:
        return OfficeTable(file, None, (), (), tuple(slips), None)
    return _Reading(file, found[0], row, totals).table(strict=strict)


class _Reading(Generic[Row]):
    """The table below a header, as it is being read; keeps what is wrong as it goes."""

    def __init__(self, file: str, heads: Heads, row: type[Row], totals: str) -> None:
        self.file, self.heads, self.said = file, heads, totals
        self.row: type = row
        self.sheet = heads.sheet
        self.declared = columns_of(row)
        self.above: dict[str, Cell] = {}
        self.slips: list[Slip] = []

    def table(self, *, strict: bool) -> OfficeTable[Row]:
        """Everything at once."""
        self._heads(strict=strict)
        rows: list[Cells] = []
        totals: list[Cells] = []
        if not self.slips:
            filled = self._filled()
            for index in range(self.heads.bottom + 1, len(self.sheet.rows)):
                if self._holds(index):
                    cells = self._cells(index, filled)
                    (totals if self._is_total(index, cells) else rows).append(cells)
        typed, partial = self._typed_rows(rows)
        slips = tuple(sorted(self.slips, key=_place))
        return OfficeTable(self.file, self.sheet, typed, tuple(totals), slips, self.heads, partial)

    def _heads(self, *, strict: bool) -> None:
        top = self.heads.top
        for name, column in self.declared.items():
            if column.needed and name not in self.heads.columns:
                self._object("table-missing-column", top, 0, name, expected=_words(column.heads[0], column.english))
        for column_ in self.heads.repeated:
            self._object("table-repeated-column", top, column_)
        known = listed([column.heads[0] for column in self.declared.values()])
        for column_ in self.heads.unknown if strict else ():
            self._object("table-unknown-column", top, column_, expected=known)

    def _holds(self, index: int) -> bool:
        """Whether a row is one of the table: not blank, no header again, no note or signature below."""
        cells = [cell for cell in self.sheet.rows[index] if not blank(cell)]
        if not cells or index in self.sheet.broken:
            if index in self.sheet.broken:
                self._object("table-broken-record", index, 0)
            return False
        if is_note(cells):
            return False
        again = {as_typed(cell) for cell in self.sheet.rows[self.heads.top] if not blank(cell)}
        return not {as_typed(cell) for cell in cells} <= again

    def _is_total(self, index: int, cells: Cells) -> bool:
        if not self.said:
            return False
        first = next((cell for cell in self.sheet.rows[index] if not blank(cell)), None)
        return says_total(first) or says_total(cells.get(self.said))

    def _cells(self, index: int, filled: Mapping[tuple[int, int], Cell]) -> Cells:
        row: Cells = {"row": index}
        for name, column in self.heads.columns.items():
            raw = self._cell(index, column)
            if blank(raw) and self.declared[name].kind.fills:
                raw = filled.get((index, column), raw)
            row[name] = self.above[name] = self.above.get(name) if ditto(raw) else raw
            self._look(index, column, name)
        for column, (name, key) in self.heads.members.items():
            row.setdefault(name, {})[key] = self._cell(index, column)
            self._look(index, column, name)
        for column in range(self.heads.width, len(self.sheet.rows[index])):
            if not blank(self._cell(index, column)):
                self._object("table-beyond-header", index, column)
        return row

    def _look(self, index: int, column: int, name: str) -> None:
        """A cell whose value cannot be known: an error, a formula without its result, another value under a merge."""
        flaw = self.sheet.flaws.get((index, column))
        if flaw:
            self._object("table-flawed-cell", index, column, name, found=flaw)
        covered = self.sheet.beneath.get((index, column))
        if covered is not None and covered.text != as_typed(self._cell(covered.by.top, covered.by.left)):
            self._object("table-beneath-merge", index, column, name, found=covered.text)

    def _filled(self) -> dict[tuple[int, int], Cell]:
        """What stands in the first cell of each merged range, for the cells below it."""
        return {
            (row, merged.left): self._cell(merged.top, merged.left)
            for merged in self.sheet.merged
            for row in range(merged.top + 1, min(merged.bottom + 1, len(self.sheet.rows)))
        }

    def _typed_rows(self, rows: Sequence[Cells]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        """The rows that pydantic lets pass, and those of the others that do without what is mistaken in them."""
        if not rows:
            return (), ()
        from pydantic import ValidationError

        door: TypeAdapter[list[Row]] = _door(self.row)
        mistaken: dict[int, set[str]] = {}
        try:
            passed = door.validate_python(rows)
        except ValidationError as error:
            mistaken = self._mistaken(rows, error)
            passed = door.validate_python([row for i, row in enumerate(rows) if i not in mistaken])
        told = {each.row for each in self.slips}
        whole = tuple(row for row in passed if getattr(row, "row") not in told)  # noqa: B009 - declared by each row
        partial = [row for row in passed if getattr(row, "row") in told]  # noqa: B009 - declared by each row
        partial += [self._without(rows[index], names) for index, names in mistaken.items()]
        return whole, tuple(partial)

    def _mistaken(self, rows: Sequence[Cells], error: ValidationError) -> dict[int, set[str]]:
        """The fields that are no values of their columns, by row; each is told at its cell."""
        found: dict[int, set[str]] = {}
        for detail in error.errors(include_url=False, include_context=False):
            index, name = int(detail["loc"][0]), str(detail["loc"][1])
            found.setdefault(index, set()).add(name)
            self._wrong(rows[index], name, blank_=detail["type"] in {"blank", "missing"})
        return found

    def _without(self, cells: Cells, mistaken: set[str]) -> Row:
        """A row with blanks for what is mistaken in it."""
        texts = {name for name, hint in get_type_hints(self.row).items() if hint is str}
        found: Cells = {"row": cells["row"]}
        for name, column in self.declared.items():
            blank_ = "" if name in texts else None
            found[name] = blank_ if name in mistaken else column.value(cells.get(name))
        for name, family in families_of(self.row).items():
            found[name] = {} if name in mistaken else family.values(cells.get(name, {}))
        row: Row = self.row(**found)
        return row

    def _wrong(self, row: Cells, name: str, *, blank_: bool) -> None:
        """A cell that is no value of its column, or is blank and must not be; of a family, each such cell."""
        index = int(row["row"])
        column = self.declared.get(name)
        if column is not None:
            at = self.heads.columns.get(name, 0)
            if blank_:
                self._object("table-blank", index, at, name, expected=_words(column.heads[0], column.english))
            else:
                self._refused(index, at, name, column.kind.expected)
            return
        kind = families_of(self.row)[name].kind
        for place_, (field, key) in self.heads.members.items():
            if field == name and kind.read(row[name][key]).code:
                self._refused(index, place_, name, kind.expected)

    def _refused(self, index: int, column: int, name: str, expected: Words) -> None:
        self._object("table-wrong-value", index, column, name, expected=expected)

    def _object(self, key: str, row: int, column: int, field: str | None = None, **args: Argument) -> None:
        at = place(self.file, self.sheet.name, row, column)
        filled = {"found": as_typed(self._cell(row, column)), **args}
        self.slips.append(Slip(key, at, row, field, tuple(filled.items())))

    def _cell(self, row: int, column: int) -> Cell:
        cells = self.sheet.rows[row] if row < len(self.sheet.rows) else ()
        return cells[column] if column < len(cells) else None


@functools.cache
def _door(row: type) -> TypeAdapter[list[Any]]:
    """What a table's rows pass; made when the first is read, for it costs as much as reading a small table."""
    from pydantic import TypeAdapter

    return TypeAdapter(list[row])  # type: ignore[valid-type]  # which class it is, is known when a table is read


def _refuses(fault: Fault) -> bool:
    """Whether a table must not be used for it; a suffix that does not fit, or strays beside a table, are no reason."""
    return CATALOGUE[fault.code].severity is Severity.ERROR and not fault.warning


def _unreadable(file: str, fault: Fault) -> Slip:
    at = place(file, fault.sheet, fault.row, fault.column)
    said = finding(fault.code, at, value=fault.value, variant=fault.variant, args=dict(fault.args))
    return Slip("table-unreadable", at, finding=said)


def slip(key: str, at: Location, **args: Argument) -> Slip:
    """A mistake at a place, found by whoever understands the rows."""
    return Slip(key, at, at.row - 1, args=tuple(args.items()))


def _needed(row: type) -> Words:
    needed = [column for column in columns_of(row).values() if column.needed]
    return listed([column.heads[0] for column in needed])


def _words(head: str, english: str) -> Argument:
    return Words(head, f"{head} ({english})") if english else head


def _typed(sheet: Sheet, row: int, column: int) -> str:
    cells = sheet.rows[row] if row < len(sheet.rows) else ()
    return as_typed(cells[column]) if column < len(cells) else ""


def _place(found: Slip) -> tuple[int, int]:
    return found.at.row, found.at.column
