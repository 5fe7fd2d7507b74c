"""Districts down, indicators across: where each stands on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.measures import divided, places, unit_beside, unit_of
from mdj_plan.reports.tables.statuses import possible, standing_of
from mdj_plan.reports.tables.table import ON_PAPER, Column, Note, Row, Table
from mdj_plan.reports.tables.targets import amount_of, mark_notes, marks
from mdj_plan.reports.tables.values import Amount, Joined, Standing, Text, said, told, with_unit
from mdj_plan.reports.views import matrix

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.actuals import Number
    from mdj_plan.names import Words
    from mdj_plan.plan.model import Indicator


_WHO = Column("unit_name", head="who", least=12, most=24)


def _across(a: Assessment) -> tuple[Column, ...]:
    """One column an indicator that a district owes."""
    return (_WHO, *map(_column, matrix(a, "district").indicators))


def _column(indicator: Indicator) -> Column:
    name = with_unit(indicator.name, unit_of(indicator))
    return Column(f"of-{indicator.id}", "standing", head=name, total=True, about=indicator.id)


def _districts(a: Assessment) -> Iterator[Row]:
    bands, grid = a.plan.file.bands, matrix(a, "district")
    for unit, gaps in zip(grid.units, grid.cells, strict=True):
        row: Row = {"unit": unit.id, "unit_name": unit.name}
        for gap in gaps:
            if gap is not None:
                actual = amount_of(gap, gap.actual, marks=marks(gap, a.stale(gap)))
                target = amount_of(gap, gap.target.value)
                row[f"of-{gap.indicator.id}"] = Standing(actual, target, standing_of(gap, bands))
        yield row


def _district_notes(a: Assessment, rows: tuple[Row, ...]) -> Iterator[Note]:
    """Why sums may exceed the city's figures, what these are, what marks mean, and who owes nothing."""
    yield Note(said("note-sums"), ON_PAPER | {"page"})
    net = tuple(_nets(a))
    if net:
        yield Note(said("note-net", figures=Joined(net).told), ON_PAPER)
    standings = (value for row in rows for value in row.values() if isinstance(value, Standing))
    yield from mark_notes(a, (standing.actual for standing in standings), ON_PAPER)
    free = tuple(_free(a, {row["unit"] for row in rows}))
    if free:
        yield Note(said("note-without-quota", units=Joined(free).told))


def _free(a: Assessment, owing: Container[object]) -> Iterator[Words]:
    """The districts that owe nothing."""
    for state in a.units:
        if state.unit.kind == "district" and state.unit.id not in owing:
            yield state.unit.name


def _nets(a: Assessment) -> Iterator[Text]:
    """The city's own figures on what districts owe."""
    shown = {indicator.id for indicator in matrix(a, "district").indicators}
    return (_net(indicator, net) for indicator, net, _ in a.sums if indicator.id in shown)


def _net(indicator: Indicator, value: Number) -> Text:
    """The city's own figure, each facility once, to be read against the sum of the units."""
    amount = Amount(value, places(indicator, value), divided(indicator))
    unit = unit_beside(indicator)
    return lambda texts: f"{texts.words(indicator.name)} {told(amount, texts)} {texts.words(unit)}".rstrip()


DISTRICTS = Table(
    "districts",
    _across,
    _districts,
    notes=_district_notes,
    states=possible,
    fixed=1,
)
