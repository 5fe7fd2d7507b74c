"""A declared table as a sheet of the workbook: figures as numbers, rates as formulas, a list that can be filtered."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple
from mdj_plan.reports.tables.values import Amount, Shortfall, Standing, Value, said, told, worded
from mdj_plan.reports.widths import fitted, on_page
from mdj_plan.reports.workbook.cells import form_of, write
from mdj_plan.sheets.cells import address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.messages import Messages
    from mdj_plan.reports.tables.table import Column, Filled, Kind, Row
    from mdj_plan.reports.workbook.sheet import Paper, Sheet

_PARTS = ("actual", "target", "status")
"""What a column of standings is taken apart into."""
_PAGE = 195
"""How wide a sheet with standings may be and still be read once it is fitted to a page."""
_PAPER = 144
"""How many characters an A4 page across holds at its full size, of which each column takes `_MARGIN` for itself."""
_MARGIN = 0.72
_NAME, _TEXT, _DIGITS = 26, 16, 8
"""How wide a column of names may be, and what columns of longer texts and of figures keep, on a page that is full."""
_TITLE = 80
"""How wide a sheet is at least, so that its title fits above it."""
_WIDTHS: dict[Kind, tuple[float, float]] = {
    "text": (12, 40),
    "cell": (30, 50),
    "code": (8, 24),
    "status": (10, 22),
    "hash": (66, 66),
    "count": (6, 12),
    "date": (13, 13),
    "percent": (10, 12),
    "points": (11, 13),
    "number": (10, 24),
    "standing": (9, 24),
    "bar": (0, 0),
}
"""Least and greatest width of a column, in characters, where it says nothing itself."""


class Place(NamedTuple):
    """One column of a sheet: a declared one, or a part of one of standings."""

    column: Column
    part: str = ""

    def value(self, row: Row) -> Value:
        """What stands there in a row; "not owed" has no parts."""
        value = row.get(self.column.key)
        if not self.part:
            return value
        return getattr(value, self.part) if isinstance(value, Standing) else None

    def takes(self, row: Row) -> bool:
        """Whether the sum takes a row."""
        return self.column.of is None or row.get(self.column.of[0]) == self.column.of[1]

    @property
    def summed(self) -> bool:
        """Whether a sum stands below it."""
        return self.column.total and self.part != "status"


def add_sheets(paper: Paper, table: Filled, *, printed: bool = False) -> None:
    """The table on a sheet of its own; one of standings too wide for a page on several.

    `printed`: at its full size, as wide as a page.
    """
    for number, columns in enumerate(_sheets(table, paper.texts), 1):
        _add(paper, table, [place for column in columns for place in _places(column)], number, printed=printed)


def add_sheet(paper: Paper, table: Filled) -> tuple[Sheet, int]:
    """The table on one sheet, with the row of its first figures."""
    return _add(paper, table, places_of(table), 1)


def _add(
    paper: Paper, table: Filled, places: Sequence[Place], number: int, *, printed: bool = False
) -> tuple[Sheet, int]:
    texts = paper.texts
    tab = table.tab(texts)
    widths = paged(table, places, texts) if printed else widths_of(table, places, texts)
    widths += [10] * max(0, int(_TITLE - sum(widths)) // 10)
    beside = sum(not place.column.printed for place in places)
    sheet = paper.sheet(tab if number == 1 else f"{tab} {number}", table.title(texts), widths, beside=beside)
    for note in table.said_above("book"):
        sheet.note(worded(note, texts))
    first = write_table(sheet, table, places, filtered=table.listed)
    sheet.finish()
    return sheet, first


def write_table(
    sheet: Sheet, table: Filled, places: Sequence[Place], *, start: int = 0, own: bool = True, filtered: bool = False
) -> int:
    """Heading, rows, sums and notes, from the sheet's present row and the column `start` on; the first figures' row.

    `own`: the sheet is the table's, its heading frozen and on every page; `filtered`: its rows can be filtered.
    """
    texts = sheet.paper.texts
    if not table.rows:
        sheet.note(table.empty(texts))
        return sheet.row
    sheet.colours |= {worded(state.word, texts): state.colour for state in table.states}
    _heads(sheet, table, places, start, own=own, filtered=filtered)
    first, keys = sheet.row, {place.column.key: at for at, place in enumerate(places, start)}
    for number, row in table.numbered():
        for at, place in enumerate(places, start):
            if place.column.key == "number":
                sheet.count(at, number)
            else:
                write(sheet, at, place.column, place.value(row), keys, centred=bool(place.part))
        sheet.next()
    _sums(sheet, table, places, first)
    for note in table.said_below("book"):
        sheet.note(worded(note, texts))
    return first


def places_of(table: Filled) -> list[Place]:
    """The columns of a sheet that shows the whole table."""
    return [place for column in table.on("book") for place in _places(column)]


def widths_of(table: Filled, places: Sequence[Place], texts: Messages) -> list[float]:
    """The widths of a sheet's columns: as their content needs, within the bounds of the declaration."""
    return [_width(place, table, texts) for place in places]


def paged(table: Filled, places: Sequence[Place], texts: Messages) -> list[float]:
    """The same for a sheet that is printed at its full size: together as wide as a page."""
    widths = widths_of(table, places, texts)
    least = [_least(place, width) for place, width in zip(places, widths, strict=True)]
    return on_page(widths, least, _PAPER - _MARGIN * len(places))


def _least(place: Place, width: float) -> float:
    """What a column keeps when it gives way: a name all of it, a longer text enough to be read, a figure its digits."""
    if place.column.kind == "text" and width > _NAME:
        return _TEXT
    return min(width, _DIGITS) if place.column.kind in {"number", "percent"} else width


def _places(column: Column) -> list[Place]:
    return [Place(column, part) for part in _PARTS] if column.kind == "standing" else [Place(column)]


def _sheets(table: Filled, texts: Messages) -> Iterator[list[Column]]:
    """The columns of each sheet: all on one, but so many standings as a page holds, evenly."""
    columns = table.on("book")
    wide = [column for column in columns if column.kind == "standing"]
    first = [column for column in columns if column.kind != "standing"]
    if not wide:
        yield list(columns)
        return
    each = max(sum(_width(place, table, texts) for place in _places(column)) for column in wide)
    most = max(1, int((_PAGE - sum(_width(Place(column), table, texts) for column in first)) // each))
    size = -(-len(wide) // -(-len(wide) // most))
    for start in range(0, len(wide), size):
        yield [*first, *wide[start : start + size]]


def _width(place: Place, table: Filled, texts: Messages) -> float:
    column = place.column
    kind = column.kind if place.part in {"", "actual", "target"} else "status"
    least, most = (mine or usual for mine, usual in zip((column.least, column.most), _WIDTHS[kind], strict=True))
    if kind in {"count", "date", "hash", "percent", "points"}:
        return least
    return fitted((_measured(place.value(row), texts) for row in table.rows), least, max(least, most))


def _measured(value: Value, texts: Messages) -> str:
    """What a value takes in a cell: of figures the widest form in which a spreadsheet may show it."""
    amount = value.amount if isinstance(value, Shortfall) else value
    if isinstance(amount, Amount) and amount.value is not None:
        return f"{float(amount.scaled or 0):,.2f}"
    return told(value, texts).split("\n")[0]


def _heads(sheet: Sheet, table: Filled, places: Sequence[Place], start: int, *, own: bool, filtered: bool) -> None:
    texts = sheet.paper.texts
    words = [worded(said(f"head-{p.part}") if p.part else p.column.heading, texts) for p in places]
    grouped = any(place.part for place in places)
    if grouped:
        _groups(sheet, places)
    sheet.heads(
        words, first=start, repeat=own, fixed=min(table.fixed, len(places) - 1), filtered=filtered and not grouped
    )
    if grouped:
        sheet.page.repeat_rows(sheet.row - 2, sheet.row - 1)


def _groups(sheet: Sheet, places: Sequence[Place]) -> None:
    """The names of columns of standings, each over its parts."""
    texts, style = sheet.paper.texts, sheet.head_style()
    for at, place in enumerate(places):
        if not place.part:
            sheet.page.write_string(sheet.row, at, "", style)
        elif place.part == _PARTS[0]:
            title = worded(place.column.heading, texts)
            sheet.page.merge_range(sheet.row, at, sheet.row, at + len(_PARTS) - 1, title, style)
    sheet.page.set_row(sheet.row, 22)
    sheet.row += 1


def _sums(sheet: Sheet, table: Filled, places: Sequence[Place], first: int) -> None:
    """A last row of live sums, where a column has one."""
    if not any(place.summed for place in places):
        return
    label = next(i for i, place in enumerate(places) if place.column.key != "number")
    for at, place in enumerate(places):
        if place.summed:
            result, form = _result(place, table, sheet.paper.texts)
            sheet.formula(at, _sum(sheet, places, first, at), float(result), form, bold=True)
        else:
            sheet.text(at, sheet.paper.texts("sum") if at == label else "", bold=True)
    sheet.next(listed=False)


def _result(place: Place, table: Filled, texts: Messages) -> tuple[Fraction, str]:
    """What a column's sum comes to, and the number format of its most exact figure."""
    taken = (place.value(row) for row in table.rows if place.takes(row))
    amounts = [value for value in taken if isinstance(value, Amount)]
    most = max((amount.places for amount in amounts), default=0)
    return sum((amount.scaled or Fraction(0) for amount in amounts), Fraction(0)), form_of(Amount(0, most), texts)


def _sum(sheet: Sheet, places: Sequence[Place], first: int, at: int) -> str:
    """The sum of a column's cells, where it is of some rows alone of those that say so."""
    down = f"{address(first, at)}:{address(sheet.row - 1, at)}"
    if (of := places[at].column.of) is None:
        return f"=SUM({down})"
    key = next(i for i, place in enumerate(places) if place.column.key == of[0])
    word = worded(of[1], sheet.paper.texts).replace('"', '""')
    return f'=SUMIF({address(first, key)}:{address(sheet.row - 1, key)},"{word}",{down})'
