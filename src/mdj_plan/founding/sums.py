"""The totals of a breakdown table, 合计 and 小计, beside what the rows that they sum up come to."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from mdj_plan.founding.classes import class_named, class_of
from mdj_plan.founding.labels import Sort
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mdj_plan.founding.pledges import Promise
    from mdj_plan.founding.rows import Entry, Row


class Comparison(NamedTuple):
    """A 合计 or 小计 against what it sums up, and what of that departments owe beside districts (0: nothing)."""

    row: Row
    entry: Entry
    added: Decimal
    departments: Decimal


class Sums:
    """Adds up what the units of a table owe; where a group owes, its figure counts once for each of its units.

    `classes` tells the class of each unit.
    """

    def __init__(self, promises: Iterable[Promise], classes: Mapping[str, str]) -> None:
        self._own = {(p.whose[1], p.known.id) for p in promises if p.whose[0] == "unit"}
        self._classes = classes

    def compared(self, totals: Iterable[tuple[Row, list[Row]]]) -> Iterator[Comparison]:
        """Every figure of every total, each of which comes with the rows that it sums up."""
        for row, summed in totals:
            for entry in row.entries:
                if entry.known is not None and entry.amount:
                    yield self._compared(row, entry, summed)

    def _compared(self, row: Row, total: Entry, summed: list[Row]) -> Comparison:
        districts, departments = Decimal(0), Decimal(0)
        for each in summed:
            if _class(each) == "department":
                departments += self._counted(each, total)
            else:
                districts += self._counted(each, total)
        return Comparison(row, total, districts + departments, departments if districts else Decimal(0))

    def _counted(self, row: Row, total: Entry) -> Decimal:
        """What a row adds to a total: its own figure of the same column, of a group for each unit without one."""
        figure = next((e.amount for e in row.entries if _alike(e, total)), None)
        if figure is None:
            return Decimal(0)
        if row.label.sort is Sort.UNIT:
            return figure
        indicator = total.known.id if total.known else ""
        units = [unit for unit, class_ in self._classes.items() if class_ == _class(row)]
        return figure * sum((unit, indicator) not in self._own for unit in units)


def _class(row: Row) -> str | None:
    name = row.label.name
    return class_of(name) if row.label.sort is Sort.UNIT else class_named(name)


def contradictory(totals: Iterable[Row]) -> bool:
    """Whether two totals state another figure of the same thing: each sums up a part of the table then."""
    return any(_differ(one, other) for one, other in combinations(totals, 2))


def _differ(one: Row, other: Row) -> bool:
    return any(_alike(a, b) and a.amount != b.amount for a in one.entries for b in other.entries)


def _alike(one: Entry, other: Entry) -> bool:
    return (one.known, one.role, one.period) == (other.known, other.role, other.period)
