"""Where a breakdown table begins in a sheet, and what each of its columns is (contract 6.5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.founding.heads import Heading, Role, heading, role_of
from mdj_plan.founding.labels import is_district
from mdj_plan.intake.values.reading import squeezed
from mdj_plan.measures import Unit, unit

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
_SPAN = re.compile(r"((?:19|20)[0-9]{2})年?[-—–~～至到]+((?:19|20)[0-9]{2})年?")


class Layout(NamedTuple):
    """A table found: its rows of headings `top` to `bottom`, its column of units, what every other column says.

    `indicator` and `measure` are the columns of a long table, None in a wide one. `paths` are the headings as typed,
    `measures` the units that stand above the table, `titles` what else does.
    """

    grid: Grid
    top: int
    bottom: int
    unit: int
    indicator: int | None
    measure: int | None
    headings: Mapping[int, Heading]
    paths: Mapping[int, tuple[str, ...]]
    measures: tuple[Unit, ...]
    titles: tuple[str, ...]

    @property
    def figures(self) -> list[int]:
        """The columns that state figures."""
        stating = {Role.FIGURE, Role.BASELINE, Role.TOTAL}
        return [column for column, each in self.headings.items() if each.role in stating]

    def of_role(self, role: Role) -> int | None:
        """The first column of a role."""
        return next((column for column, each in self.headings.items() if each.role is role), None)


def find_layout(grid: Grid) -> Layout | None:
    """The table of a sheet: units down and indicators across, or a row each; else the same turned; None without one."""
    for way in (grid, grid.other_way()):
        found = _find(way)
        if found is not None:
            return found
    return None


def _find(grid: Grid) -> Layout | None:
    for row in range(min(grid.height, _SEARCHED)):
        unit_column = _unit_column(grid, row)
        if unit_column is not None:
            found = _laid_out(grid, row, unit_column)
            if found is not None:
                return found
    return None


def _unit_column(grid: Grid, row: int) -> int | None:
    """The column headed by a word for units; else, left of indicators that we know, the first that names districts."""
    if _states_numbers(grid, row):
        return None
    said = [c for c in range(grid.width) if role_of(grid.text(row, c)) is Role.UNIT and not _measures(grid, row, c)]
    if said:
        return said[0]
    known = [c for c in range(grid.width) if heading([grid.text(row, c)]).found is not None]
    left = range(known[0]) if known else ()
    return next(
        (c for c in left if any(is_district(t) for t in _below(grid, row, c)) and not grid.text(row, c)), None
    ) or (next((c for c in left if any(is_district(t) for t in _below(grid, row, c))), None))


def _below(grid: Grid, row: int, column: int) -> Iterator[str]:
    return (text for below in range(row + 1, grid.height) if (text := squeezed(grid.text(below, column))))


def _measures(grid: Grid, row: int, column: int) -> bool:
    """Whether a column headed 单位 holds 家 and 户, not who owes them."""
    told = list(_below(grid, row, column))
    return bool(told) and all(unit(text) is not None or role_of(text) is Role.UNIT for text in told)


def _states_numbers(grid: Grid, row: int) -> bool:
    return any(_NUMBER.fullmatch(t) and not _YEAR.fullmatch(t) for t in map(squeezed, grid.texts(row)))


def _laid_out(grid: Grid, top: int, unit_column: int) -> Layout | None:
    bottom = _bottom(grid, top, unit_column)
    first = _first(grid, top, unit_column)
    paths = {c: _path(grid, first, bottom, c) for c in range(grid.width) if c != unit_column}
    headings = {c: heading(path) for c, path in paths.items() if path}
    measure = next((c for c, h in headings.items() if _is_measure(grid, bottom, c, h)), None)
    indicator = next((c for c, h in headings.items() if h.role is Role.INDICATOR), None)
    headings = {c: h for c, h in headings.items() if c not in (measure, indicator)}
    above = [text for row in range(first) for text in grid.texts(row)]
    found = Layout(
        grid, first, bottom, unit_column, indicator, measure, headings, paths, tuple(_units(above)), tuple(above)
    )
    named = indicator is not None or any(headings[c].phrase for c in found.figures)
    return found if named and found.figures and any(_below(grid, bottom, unit_column)) else None


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
    aside = any(_MEASURED.search(text) or _SPAN.search(text) for text in grid.texts(above))
    return top if aside else above


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
