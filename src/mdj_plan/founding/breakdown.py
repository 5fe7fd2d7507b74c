"""A breakdown table (任务分解表) read whole: units, promises, what the city owes, and what was not understood."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mdj_plan.findings import CATALOGUE, Severity
from mdj_plan.founding.classes import class_named, class_of, short_name
from mdj_plan.founding.grid import Grid, Spot
from mdj_plan.founding.heads import lacks_year
from mdj_plan.founding.labels import Sort
from mdj_plan.founding.layout import Layout, find_layouts
from mdj_plan.founding.pledges import Pledges, Promise, Years
from mdj_plan.founding.rows import Doubt, Entry, Row, RowReader
from mdj_plan.founding.sums import Sums, contradictory
from mdj_plan.founding.word import is_word, word_tables
from mdj_plan.names import folded
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.formats.content import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from mdj_plan.founding.sums import Comparison
    from mdj_plan.sheets.cells import Book, Fault


class Owner(NamedTuple):
    """A unit that the table names; `aside` is what stands behind its name in brackets, `note` what 备注 says of it."""

    name: str
    kind: str
    spot: Spot
    aside: str = ""
    note: str | None = None


class Unknown(NamedTuple):
    """An indicator that nobody knows, as the table calls it, and every figure it states of it, by whom."""

    phrase: str
    measure: str
    spot: Spot
    stated: tuple[tuple[str, Entry], ...]


class SheetRead(NamedTuple):
    """A sheet with a table: where it lies, and its rows as understood."""

    layout: Layout
    rows: tuple[Row, ...]


class Breakdown(NamedTuple):
    """All that a file says. `skipped` are sheets without a table; `every` names the group that a row 各… is for.

    `undecided` are figures that several owe, together or each, with the names as they stand.
    """

    file: str
    sheets: tuple[SheetRead, ...]
    skipped: tuple[str, ...]
    owners: tuple[Owner, ...]
    every: Mapping[str, str]
    promises: tuple[Promise, ...]
    unknown: tuple[Unknown, ...]
    undecided: tuple[tuple[str, Entry], ...]
    comparisons: tuple[Comparison, ...]
    years: Mapping[str, tuple[Years, Spot]]
    doubts: tuple[Doubt, ...]

    @property
    def titles(self) -> list[str]:
        """What stands above the tables of all sheets."""
        return [title for sheet in self.sheets for title in sheet.layout.titles]


class NoBreakdownError(Exception):
    """The file holds no breakdown table; `fault` says why nothing could be read, None where it was read."""

    def __init__(self, file: str, fault: Fault | None = None) -> None:
        super().__init__(file, fault)
        self.file, self.fault = file, fault


def read_breakdown(path: Path) -> Breakdown:
    """The breakdown table in a file of any format that a return may have. Raises NoBreakdownError, OSError."""
    data = path.read_bytes()
    grids = tuple(word_tables(data)) if is_word(data) else ()
    found = understood(path.name, grids or _grids(path.name, read_bytes(data, path.name)))
    if not found.owners and not found.every:
        raise NoBreakdownError(path.name)
    return found


def _grids(file: str, book: Book) -> Iterator[Grid]:
    """The sheets of a book, hidden ones last: what is seen holds. Raises NoBreakdownError for what cannot be read."""
    refusing = next((f for f in book.faults if not f.warning and CATALOGUE[f.code].severity is Severity.ERROR), None)
    if refusing is not None and not book.sheets:
        raise NoBreakdownError(file, refusing)
    return map(Grid, sorted(book.sheets, key=lambda sheet: not sheet.visible))


def understood(file: str, grids: Iterable[Grid]) -> Breakdown:
    """The same of cells that have been read."""
    reading = _Reading()
    sheets, skipped = [], []
    for grid in grids:
        layouts = find_layouts(grid)
        if not layouts and any(map(any, grid.sheet.rows)):
            skipped.append(grid.sheet.name or file)
        for layout in layouts:
            reader = RowReader(layout)
            rows = tuple(reader.rows())
            reading.take(rows)
            reading.doubts += reader.doubts
            sheets.append(SheetRead(layout, rows))
    return reading.breakdown(file, tuple(sheets), tuple(skipped))


class _Reading:
    """Rows as they are taken in, sheet after sheet."""

    def __init__(self) -> None:
        self.owners: dict[str, Owner] = {}
        self.every: dict[str, str] = {}
        self.pledges = Pledges()
        self.unknown: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
        self.undecided: list[tuple[str, Entry]] = []
        self.doubts: list[Doubt] = []
        self.compared: list[tuple[Row, list[Row]]] = []
        self.totals: list[tuple[Row, list[Row]]] = []

    def take(self, rows: Iterable[Row]) -> None:
        """The rows of a sheet, from the top down."""
        below: list[Row] = []
        section: list[Row] = []
        for row in rows:
            sort = row.label.sort
            if sort is Sort.SECTION:
                section = []
            elif sort is Sort.CITY:
                self.totals.append((row, below))
            elif sort is Sort.CLASS:
                section = []
                self.compared.append((row, section))
            elif sort is Sort.SUBTOTAL:
                self.compared.append((row, section))
                section = [] if section else section  # one above its section sums up what is to come
            elif sort in {Sort.UNIT, Sort.GROUP}:
                below.append(row)
                section.append(row)
                self._take_row(row)
            elif sort is Sort.SEVERAL:
                self._take_several(row)

    def _take_row(self, row: Row) -> None:
        name = row.label.name
        if row.label.sort is Sort.GROUP:
            class_ = class_named(name)
            if class_ is None:
                self._take_several(row)
                return
            whose, name = ("group", class_), self.every.setdefault(class_, name)
        else:
            key = folded(short_name(name))
            owner = self.owners.setdefault(key, Owner(name, class_of(name), row.spot, row.label.aside, row.about))
            whose, name = ("unit", owner.name), owner.name
        self.pledges.take(whose, row)
        self._take_unknown(name, row)

    def _take_unknown(self, whose: str, row: Row) -> None:
        for entry in row.entries:
            if entry.known is None:
                self.unknown[folded(entry.phrase)].append((whose, entry))

    def _take_several(self, row: Row) -> None:
        self.doubts += [Doubt("founding-several", each.spot, (("found", row.typed),)) for each in row.entries]
        self.undecided += [(row.label.name, each) for each in row.entries]

    def breakdown(self, file: str, sheets: tuple[SheetRead, ...], skipped: tuple[str, ...]) -> Breakdown:
        """Everything put together."""
        self._city()
        self._without_year()
        promises = tuple(self.pledges.promises())
        compared = tuple(self._comparisons(promises))
        return Breakdown(
            file,
            sheets,
            skipped,
            tuple(sorted(self.owners.values(), key=lambda owner: owner.kind == "department")),
            self.every,
            promises,
            tuple(map(_unknown, self.unknown.values())),
            tuple(self.undecided),
            compared,
            self.pledges.taken,
            tuple(sorted(dict.fromkeys([*self.doubts, *self.pledges.doubts]), key=lambda d: _order(d.spot, sheets))),
        )

    def _city(self) -> None:
        """A 合计 is what the city owes; several of them, each below its own part of the table, are sums of parts."""
        if contradictory(row for row, _ in self.totals):
            self.doubts += [Doubt("founding-several-totals", row.spot) for row, _ in self.totals]
            self.compared += self.totals
            self.totals = []
        for row, _ in self.totals:
            self.pledges.take(("city", ""), row)
            self._take_unknown("", row)

    def _without_year(self) -> None:
        """Unknown because their heading names a quarter of no year: when they are due is told to be missing."""
        for stated in self.unknown.values():
            first = stated[0][1]
            if first.period is None and lacks_year(first.phrase):
                self.doubts.append(Doubt("founding-without-year", first.spot, (("found", first.phrase),)))

    def _comparisons(self, promises: Iterable[Promise]) -> Iterator[Comparison]:
        """Every total beside what stands above it; one of a class whose units owe nothing is nobody's yet."""
        sums = Sums(promises, {owner.name: owner.kind for owner in self.owners.values()})
        for each in sums.compared([*self.compared, *self.totals]):
            if not each.added and each.row.label.sort is Sort.CLASS:
                self.doubts.append(Doubt("founding-class", each.entry.spot, (("found", each.row.typed),)))
                self.undecided.append((each.row.label.name, each.entry))
            yield each


def _order(spot: Spot, sheets: Iterable[SheetRead]) -> tuple[int, int, str]:
    """Sheet by sheet, row by row."""
    names = [sheet.layout.grid.sheet.name for sheet in sheets]
    letters = spot.cell.rstrip("0123456789")
    return names.index(spot.sheet), int(spot.cell.removeprefix(letters)), letters.rjust(3)


def _unknown(stated: list[tuple[str, Entry]]) -> Unknown:
    first = stated[0][1]
    return Unknown(first.phrase, measure_word(first), first.spot, tuple(stated))


def measure_word(entry: Entry) -> str:
    """The measure unit of a figure as a word, "" where none stands there."""
    if entry.measure is None:
        return ""
    before = {1: "", 10: "十", 100: "百", 1000: "千", 10**4: "万", 10**8: "亿"}
    return before.get(entry.measure.times, "") + entry.measure.base
