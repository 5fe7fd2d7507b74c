"""Where things stand in a book: tables found by their headers, the cover, titles; and what is wrong with the layout."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from mdj_plan.intake.layout import totals
from mdj_plan.intake.layout.body import Body
from mdj_plan.intake.layout.columns import Block, Grid, find_block, is_numbering
from mdj_plan.intake.layout.cover import Labels
from mdj_plan.intake.layout.entry import Entry
from mdj_plan.intake.layout.records import broken_records, told, unparted
from mdj_plan.intake.layout.table import Table
from mdj_plan.names import Words
from mdj_plan.phrases import phrase
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Fault, as_typed, column_letters
from mdj_plan.sheets.values.reading import blank, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mdj_plan.intake.layout.headers import Vocabulary
    from mdj_plan.sheets.cells import Book

_SEARCHED = 2000  # filled rows in which a table must begin
_NOT_COVER = ("说明", "字典", "须知", "解释", "选项", "指南", "问题清单", "Findings")


class Layout(NamedTuple):
    """What a book holds. `cover` maps the ids of `COVER_FIELDS` to every statement, in order across the sheets.

    `titles` are the texts above tables and, with row -1, the names of the sheets that hold tables (of all sheets where
    none does). `faults` are the L findings of the tables, and V106 for a header's foreign measure unit.
    """

    tables: tuple[Table, ...] = ()
    cover: Mapping[str, tuple[Entry, ...]] = MappingProxyType({})
    titles: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class _Survey:
    """What has been found so far on one sheet."""

    grid: Grid
    words: Vocabulary
    labels: Labels
    blocks: list[tuple[Block, Table]] = field(default_factory=list)
    cover: list[tuple[str, Entry]] = field(default_factory=list)
    titles: list[Entry] = field(default_factory=list)
    pending: list[Entry] = field(default_factory=list)
    below: set[tuple[int, int]] = field(default_factory=set)
    broken: list[Fault] = field(default_factory=list)

    def walk(self) -> None:
        """Go down the sheet: free text, header, body, and again."""
        row, seen = 0, 0
        rows = self.grid.rows
        while row < len(rows) and seen < _SEARCHED:
            if not any(rows[row]):
                row += 1
                continue
            block = find_block(self.grid, row, self.words)
            if block is None:
                self.note(row)
                row += 1
                seen += 1
            else:
                row = self._table(block)
                seen = 0

    def _table(self, block: Block) -> int:
        """Read a table below its header; the row after it."""
        self.titles += self.pending
        self.pending.clear()
        start = block.bottom + 1
        if is_numbering(self.grid, start):
            start += 1
        body = Body(self, block)
        after = body.read(start)
        sheet = self.grid.sheet
        table = Table(
            kind=block.kind,
            sheet=sheet,
            columns=block.columns,
            repeated=block.repeated,
            rows=body.rows,
            fields=block.fields,
            totals=tuple(body.totals),
            alone=tuple(body.alone),
            left=tuple(body.left),
        )
        self.blocks.append(
            (block, self._fitted(_without_unlabelled_totals(table, body.odd), block, range(start, after)))
        )
        return after

    def _fitted(self, table: Table, block: Block, span: range) -> Table:
        """The table with its broken records known as such (F108), those in one piece among the rows too."""
        whole = unparted(table.sheet, block, span)
        whole = {row: wrong for row, wrong in whole.items() if row not in table.totals}
        broken = broken_records(table.sheet, block, table.rows, (*table.totals, *table.alone)) | whole
        if not broken:
            return table
        table = replace(table, rows=sorted({*table.rows, *whole}))
        self.broken += told(table.sheet, block, broken)
        sheet = table.sheet._replace(broken={row: wrong.variant for row, wrong in broken.items()})
        return replace(table, sheet=sheet, totals=tuple(row for row in table.totals if row not in broken))

    def states(self, row: int) -> bool:
        """Whether a row states something of the cover."""
        return bool(self.labels.of_row(self.grid, row)[1])

    def note(self, row: int) -> bool:
        """Keep a row outside tables: its cover statements, its other texts as titles. Whether it had a statement."""
        entries, taken = self.labels.of_row(self.grid, row)
        if any(entry.row > row for _, entry in entries) and find_block(self.grid, row + 1, self.words) is not None:
            entries = [each for each in entries if each[1].row == row]  # what a table's header says is no value
        self.cover += entries
        self.below |= {(entry.row, entry.column) for _, entry in entries if entry.row > row}
        if not entries:
            for column, cell in enumerate(self.grid.rows[row]):
                if cell and column not in taken and isinstance(cell, str) and not blank(cell):
                    self.pending.append(Entry(cell.strip(), self.grid.sheet.name, row, column))
        return bool(taken)


def _without_unlabelled_totals(table: Table, odd: Sequence[int]) -> Table:
    """The table with rows that sum up the others among its totals, though nobody has written 合计 beside them."""
    found = totals.unlabelled(table, odd)
    if not found:
        return table
    rows = [row for row in table.rows if row not in found]
    return replace(table, rows=rows, totals=tuple(sorted((*table.totals, *found))))


@functools.lru_cache(maxsize=8)
def _labels(words: Vocabulary) -> Labels:
    return Labels(words.cover)


def survey(book: Book, words: Vocabulary) -> Layout:
    """Find every table, cover statement and title of a book, by the words that name them.

    Nothing raises for what stands in the book. A workbook without a table has L101; the caller drops it where the
    return declares to have none.
    """
    labels = _labels(words)
    surveys = []
    for sheet in book.sheets:
        found = _Survey(Grid(sheet), words, labels)
        found.walk()
        surveys.append(found)
    kept = [(s, block, table) for s in surveys for block, table in s.blocks]
    whole = any(block.kind == "facilities" and not block.missing for _, block, _ in kept)
    faults: list[Fault] = [fault for s in surveys for fault in s.broken]
    tables = []
    for _, block, table in kept:
        if whole and block.kind == "facilities" and {"name", "kind"} <= set(block.missing):
            faults.append(_summary(block, table))
            continue
        tables.append(table)
        faults += _faults(block, table)
    if book.sheets and not tables:
        faults.append(Fault("L101", book.sheets[0].name))
    return Layout(tuple(tables), _cover(surveys), _titles(surveys, tables), tuple(faults))


def _cover(surveys: list[_Survey]) -> dict[str, tuple[Entry, ...]]:
    """Every statement by field. Of sheets without a table: visible ones that do not explain how to fill in the form."""
    found: dict[str, tuple[Entry, ...]] = {}
    for s in surveys:
        sheet = s.grid.sheet
        if not s.blocks and (not sheet.visible or any(word in (sheet.name or "") for word in _NOT_COVER)):
            continue
        for name, entry in s.cover:
            found[name] = (*found.get(name, ()), entry)
    return found


def _titles(surveys: list[_Survey], tables: list[Table]) -> tuple[Entry, ...]:
    titles: list[Entry] = []
    for s in surveys:
        name = s.grid.sheet.name
        if s.blocks or not tables:
            titles += s.titles if s.blocks else s.pending
            if name is not None:
                titles.append(Entry(name, name, -1, -1))
    return tuple(titles)


def _faults(block: Block, table: Table) -> Iterator[Fault]:
    sheet = table.sheet.name
    if block.missing:
        absent = [name for name in _FIGURES if name not in block.columns] if block.kind == "facilities" else []
        args = (("columns", _labelled(block, block.missing)), ("absent", _labelled(block, absent)))
        field = block.missing[0] if block.kind == "facilities" and len(block.missing) == 1 else None
        yield Fault("L102", sheet, block.bottom, -1, None, "figures" if absent else "", args, field=field)
    yield from block.faults
    yield from totals.disagreeing(table)
    if table.left:
        yield _behind(table)
    yield from _hidden(table)


_FIGURES = ("area_m2", "tenants", "new_graduates", "graduates_total")
"""What every return states; where a table must be sent again their columns are asked for at once."""


def _labelled(block: Block, names: Iterable[str]) -> Words:
    labels = [block.fields[name].label for name in names]
    return Words("、".join(w.zh for w in labels), ", ".join(w.en for w in labels))


def _summary(block: Block, table: Table) -> Fault:
    """A table of figures without facilities, beside a whole one: not read, and said so."""
    names = listed([column.header for column in block.columns.values()])
    return Fault("L104", table.sheet.name, block.bottom, -1, None, "other-table", (("header", names),))


def _behind(table: Table) -> Fault:
    """L104, once: rows below the table's end that are no facilities of it, and are not read."""
    row = table.left[0]
    column = next(i for i, cell in enumerate(table.sheet.rows[row]) if not blank(cell))
    typed = as_typed(table.sheet.rows[row][column])
    args = (("header", typed), ("place", _spans(list(table.left))))
    return Fault("L104", table.sheet.name, row, column, typed, "below", args)


def _hidden(table: Table) -> Iterator[Fault]:
    """L109, once each for a hidden sheet, hidden rows and hidden columns of the table; they count all the same."""
    sheet = table.sheet
    if not sheet.visible:
        args = (("place", sheet.name or ""), ("what", phrase("sheet")))
        yield Fault("L109", sheet.name, -1, -1, None, "", args)
    rows = [row for row in table.rows if row in sheet.hidden_rows] if sheet.hidden_rows else []
    if rows:
        args = (("place", _spans(rows)), ("what", phrase("rows")))
        yield Fault("L109", sheet.name, rows[0], -1, None, "", args)
    hidden = [c for c in table.columns.values() if c.index in sheet.hidden_columns] if sheet.hidden_columns else []
    if hidden:
        hidden.sort(key=lambda column: column.index)
        place = ", ".join(column_letters(column.index) for column in hidden)
        args = (("place", place), ("what", phrase("columns")))
        yield Fault("L109", sheet.name, hidden[0].row, hidden[0].index, hidden[0].header, "", args)


def _spans(rows: list[int]) -> str:
    """Row numbers as people write them: 6, 8-9."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and spans[-1][1] == row - 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return ", ".join(str(a + 1) if a == b else f"{a + 1}-{b + 1}" for a, b in spans)
