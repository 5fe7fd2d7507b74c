"""Where a breakdown table begins in a sheet, and what each of its columns is (contract 6.5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdj_plan.founding.classes import is_district
from mdj_plan.founding.heads import Heading, Role, heading, role_of
from mdj_plan.founding.known import Found, subject_of
from mdj_plan.measures import Unit, unit
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.values.reading import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mdj_plan.founding.grid import Grid

_SEARCHED = 40
"""Rows in which a table must begin."""
_TALLEST = 3
"""Rows of headings."""
_NUMBER = re.compile(r"[0-9][0-9.,]*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_MEASURED = re.compile(r"(?:计量)?单位[:：](.+)")
_TITLE = re.compile(r"单位[:：]|表$|表[(（]|^附[件表]")
_SPAN = re.compile(r"((?:19|20)[0-9]{2})年?[-—–~～至到]+((?:19|20)[0-9]{2})年?")


class Layout(NamedTuple):
    """A table found: its rows of headings `top` to `bottom`, its rows before `end`, its column of units, the others.

    `indicator` and `measure` are the columns of a long table, None in a wide one. `paths` are the headings as typed,
    `measures` the units that stand above the table, `titles` what else does.
    `subject` is the indicator of the title where no column names one.
    """

    grid: Grid
    top: int
    bottom: int
    end: int
    unit: int
    indicator: int | None
    measure: int | None
    headings: Mapping[int, Heading]
    paths: Mapping[int, tuple[str, ...]]
    measures: tuple[Unit, ...]
    titles: tuple[str, ...]
    subject: Found | None = None

    @property
    def figures(self) -> list[int]:
        """The columns that state figures."""
        stating = {Role.FIGURE, Role.BASELINE, Role.TOTAL}
        return [column for column, each in self.headings.items() if each.role in stating]

    @property
    def nameless(self) -> bool:
        """Whether no column says of which indicator the figures are."""
        return self.indicator is None and not any(self.headings[column].phrase for column in self.figures)

    @property
    def taken(self) -> set[int | None]:
        """The columns of which something is taken; a figure only where it is known of what it is."""
        told = self.indicator is not None or self.subject is not None
        figures = {column for column in self.figures if told or self.headings[column].phrase}
        due = {column for column, each in self.headings.items() if each.role is Role.DUE}
        return figures | due | {self.of_role(Role.NOTE), self.of_role(Role.CLAUSE), self.indicator, self.measure}

    def of_role(self, role: Role) -> int | None:
        """The first column of a role."""
        return next((column for column, each in self.headings.items() if each.role is role), None)


def find_layouts(grid: Grid) -> list[Layout]:
    """The tables of a sheet: units down and indicators across, or a row each; else the same turned; none without one.

    Tables stand below each other, each with headings of its own, or side by side with the units named again.
    """
    return next((found for way in (grid, grid.other_way()) if (found := _tables(way))), [])


def _tables(grid: Grid) -> list[Layout]:
    found: list[Layout] = []
    row = 0
    while row < grid.height and (found or row < _SEARCHED):
        here = _side_by_side(grid, row, later=bool(found))
        if here and not (found and here[0].paths == found[-1].paths):  # the same headings again: another page
            found = [each._replace(end=min(each.end, here[0].top)) for each in found] + here
            row = here[0].bottom
        row += 1
    return found


def _side_by_side(grid: Grid, row: int, *, later: bool) -> list[Layout]:
    """The tables that a row heads, from the left."""
    columns = _unit_columns(grid, row, later=later)
    bounds = [0, *columns[1:], grid.width]
    found = [_laid_out(grid, row, c, range(bounds[i], bounds[i + 1])) for i, c in enumerate(columns)]
    return [each for each in found if each is not None]


def _unit_columns(grid: Grid, row: int, *, later: bool) -> list[int]:
    """The columns of units below a row that may be the headings of a table."""
    if _states_numbers(grid, row):
        return []
    return _headed_as_units(grid, row) or ([] if later else _left_of_the_known(grid, row))


def _headed_as_units(grid: Grid, row: int) -> list[int]:
    """The column headed by a word for units that names the most, and those headed by the same word again."""
    said = [c for c in range(grid.width) if _heads_units(grid, row, c)]
    most = max(said, key=lambda c: len(set(_below(grid, row, c))), default=0)
    return [c for c in said if c >= most and grid.text(row, c) == grid.text(row, most)]


def _heads_units(grid: Grid, row: int, column: int) -> bool:
    if role_of(grid.text(row, column)) is not Role.UNIT or _measures(grid, row, column):
        return False
    held = grid.merged(row, column)
    return held is None or held.left == column


def _left_of_the_known(grid: Grid, row: int) -> list[int]:
    """Where no heading says so: left of the indicators that we know, the first column that may name units."""
    known = next((c for c in range(grid.width) if heading([grid.text(row, c)]).found is not None), 0)
    left = [c for c in range(known) if _may_name_units(grid, row, c)]
    return sorted(left, key=lambda c: bool(grid.text(row, c)))[:1]


def _may_name_units(grid: Grid, row: int, column: int) -> bool:
    """Whether districts stand in a column, or it is headed 指标: the corner where indicators and units meet."""
    return role_of(grid.text(row, column)) is Role.INDICATOR or any(map(is_district, _below(grid, row, column)))


def _below(grid: Grid, row: int, column: int) -> Iterator[str]:
    return (text for below in range(row + 1, grid.height) if (text := squeezed(grid.text(below, column))))


def _measures(grid: Grid, row: int, column: int) -> bool:
    """Whether a column headed 单位 holds 家 and 户, not who owes them."""
    told = list(_below(grid, row, column))
    return bool(told) and all(unit(text) is not None or role_of(text) is Role.UNIT for text in told)


def _states_numbers(grid: Grid, row: int) -> bool:
    return any(_NUMBER.fullmatch(t) and not _YEAR.fullmatch(t) for t in map(squeezed, grid.texts(row)))


def _laid_out(grid: Grid, top: int, unit_column: int, within: range) -> Layout | None:
    bottom = _bottom(grid, top, unit_column)
    first = _first(grid, top, unit_column)
    paths = {c: _path(grid, first, bottom, c) for c in within if c != unit_column}
    columns = _columns(grid, bottom, paths)
    above = _above(grid, first)
    measures = tuple(_units(above))
    found = Layout(grid, first, bottom, grid.height, unit_column, *columns, paths, measures, above)
    if found.nameless:
        found = found._replace(subject=subject_of(above))
    return found if _asks_for_something(found) else None


def _asks_for_something(layout: Layout) -> bool:
    """Whether a table has units and figures, and it is known of what these are."""
    told = layout.subject is not None or not layout.nameless
    return told and bool(layout.figures) and any(_below(layout.grid, layout.bottom, layout.unit))


class _Columns(NamedTuple):
    """What the columns beside that of the units are, as in a `Layout`."""

    indicator: int | None
    measure: int | None
    headings: Mapping[int, Heading]


def _columns(grid: Grid, bottom: int, paths: Mapping[int, tuple[str, ...]]) -> _Columns:
    said = {c: heading(path) for c, path in paths.items() if path}
    measure = next((c for c, h in said.items() if _is_measure(grid, bottom, c, h)), None)
    indicator = _indicator_column(grid, bottom, {c: h for c, h in said.items() if c != measure})
    others = {c: _with_figures(grid, bottom, c, h) for c, h in said.items() if c not in (measure, indicator)}
    used = {c: Heading(Role.UNUSED) if _sums_up(c, others, paths) else h for c, h in others.items()}
    return _Columns(indicator, measure, used)


def _indicator_column(grid: Grid, bottom: int, headings: Mapping[int, Heading]) -> int | None:
    """The column of a long table that names indicators: by its heading, else by what stands in it."""
    said = next((c for c, h in headings.items() if h.role is Role.INDICATOR), None)
    if said is not None:
        return said
    maybe = [c for c, h in headings.items() if h.role is Role.FIGURE and h.found is None]
    return next((c for c in maybe if _names_indicators(list(_below(grid, bottom, c)))), None)


def _names_indicators(told: list[str]) -> bool:
    known = sum(heading([text]).found is not None for text in told)
    return 2 * known >= len(told) > 0


def _with_figures(grid: Grid, bottom: int, column: int, said: Heading) -> Heading:
    """A column of an indicator that nobody knows, and without a single digit, is none: 类别."""
    unknown = said.role is Role.FIGURE and said.phrase and said.found is None
    if unknown and not any(re.search(r"[0-9]", text) for text in _below(grid, bottom, column)):
        return Heading(Role.UNUSED)
    return said


def _sums_up(column: int, headings: Mapping[int, Heading], paths: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether it is the total of several indicators below one heading: 小计 beside 孵化器 and 众创空间."""
    said = headings[column]
    if said.role is not Role.TOTAL or said.found is not None:
        return False
    return any(c != column and paths[c][:1] == paths[column][:1] for c in headings)


def _above(grid: Grid, first: int) -> tuple[str, ...]:
    """What stands above a table, as far as the figures of the one before."""
    start = next((row + 1 for row in reversed(range(first)) if _states_numbers(grid, row)), 0)
    before = () if start else grid.above
    return (*before, *(text for row in range(start, first) for text in grid.texts(row)))


def _is_measure(grid: Grid, bottom: int, column: int, said: Heading) -> bool:
    return said.role is Role.MEASURE or (said.role is Role.UNIT and _measures(grid, bottom, column))


def _bottom(grid: Grid, top: int, column: int) -> int:
    """The last row of headings: as far as the heading of the units is merged, or further headings stand below it."""
    held = grid.merged(top, column)
    bottom = held.bottom if held is not None else top
    while bottom + 1 < min(grid.height, top + _TALLEST) and _goes_on(grid, bottom + 1, column, grid.text(top, column)):
        bottom += 1
    return bottom


def _goes_on(grid: Grid, row: int, column: int, said: str) -> bool:
    here = grid.text(row, column)
    belongs = here in {"", said} or role_of(here) in {Role.UNIT, Role.MEASURE}
    over_figures = any(grid.text(row, c) for c in range(column + 1, grid.width))
    return belongs and over_figures and not _states_numbers(grid, row)


def _first(grid: Grid, top: int, column: int) -> int:
    """The first row of headings: one above belongs to them that heads several columns and says nothing of the units."""
    above = top - 1
    if above < 0 or grid.text(above, column) or not grid.texts(above):
        return top
    aside = any(_TITLE.search(squeezed(text)) or _SPAN.search(squeezed(text)) for text in grid.texts(above))
    heads = any(grid.text(above, right) for right in range(column + 1, grid.width))
    return above if heads and not aside else top


def _path(grid: Grid, first: int, bottom: int, column: int) -> tuple[str, ...]:
    """The headings above a column. In a text file a heading stands over the columns to its right that have none."""
    told = []
    for row in range(first, bottom + 1):
        text = grid.text(row, column)
        if not text and row < bottom and grid.text(bottom, column) and not _has_merges(grid, first, bottom):
            text = _to_the_left(grid, row, bottom, column)
        told.append(text)
    return tuple(dict.fromkeys(filter(None, told)))


def _to_the_left(grid: Grid, row: int, bottom: int, column: int) -> str:
    while column > 0 and grid.text(bottom, column):
        column -= 1
        if text := grid.text(row, column):
            return text if grid.text(bottom, column) else ""
    return ""


def _has_merges(grid: Grid, first: int, bottom: int) -> bool:
    return any(grid.merged(row, column) for row in range(first, bottom + 1) for column in range(grid.width))


def _units(above: Iterable[str]) -> Iterator[Unit]:
    """The measure units named above a table: 单位：家、万平方米."""
    for text in above:
        for told in _MEASURED.findall(squeezed(text)):
            yield from (found for word in re.split(r"[、,/;]", told.strip("()")) if (found := unit(word)) is not None)


def span_of(titles: Iterable[str]) -> tuple[int, int] | None:
    """The years that a title names: 2020—2022年."""
    found = next((m for text in titles if (m := _SPAN.search(squeezed(text)))), None)
    return (int(found[1]), int(found[2])) if found else None
