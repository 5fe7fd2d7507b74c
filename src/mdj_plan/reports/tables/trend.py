"""Each city target by quarter: what is done beside what the schedule asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.names import Words
from mdj_plan.reports.measures import unit_of
from mdj_plan.reports.tables.revised import revisions
from mdj_plan.reports.tables.table import Column, Note, Row, Table
from mdj_plan.reports.tables.targets import amount_of
from mdj_plan.reports.tables.values import said, with_unit
from mdj_plan.reports.views import of_scope, periods_shown, trend

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.reports.tables.values import Text


def _quarters(a: Assessment) -> tuple[Column, ...]:
    periods = (Column(str(p), "number", head=Words(str(p))) for p in periods_shown(a))
    return (Column("owed", head="indicator", least=24), Column("what", head="figure", least=12), *periods)


def _trends(a: Assessment) -> Iterator[Row]:
    return _by_quarter(a, of_scope(a, "city"))


def _unit_trends(a: Assessment) -> Iterator[Row]:
    return _by_quarter(a, _units(a), named=len(a.units) > 1)


def _units(a: Assessment) -> list[Gap]:
    return [gap for gap in a.gaps if gap.unit is not None]


def _by_quarter(a: Assessment, gaps: Iterable[Gap], *, named: bool = False) -> Iterator[Row]:
    """Two rows a target: done, and due by schedule. `named`: with the unit's name."""
    for gap in gaps:
        way = trend(a, gap)
        name: Text = with_unit(gap.indicator.name, unit_of(gap.indicator))
        if named and gap.unit is not None:
            name = said("named-as", name=gap.unit.name, more=gap.indicator.name)
        done: Row = {"owed": name, "what": said("head-actual")}
        due: Row = {"owed": "", "what": said("head-schedule")}
        yield done | {str(point.period): amount_of(gap, point.actual) for point in way}
        yield due | {str(point.period): amount_of(gap, point.schedule, loose=True) for point in way}


TRENDS = Table(
    "trends",
    _quarters,
    _trends,
    media=frozenset({"book"}),
    notes=lambda a, _: map(Note, revisions(of_scope(a, "city"))),
    fixed=2,
    listed=False,
)
UNIT_TRENDS = Table(
    "unit-trends",
    _quarters,
    _unit_trends,
    media=frozenset({"book"}),
    notes=lambda a, _: (Note(text, frozenset({"book"})) for text in revisions(_units(a))),
    fixed=2,
    listed=False,
)
