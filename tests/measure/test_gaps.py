"""Targets against actuals, schedule and bands, worked out by hand (contract 2).

Of the town's eight quarters: 4 incubators and 8 000 ㎡ for the city; behind from 10, far behind over 30 points.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from mdj_plan.measure.gaps import bands_reached, gaps
from mdj_plan.period import Month
from tests.reports.town import HEADER, PLAN, settle

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.gaps import Gap


def rows(count: int, area: int = 0) -> str:
    """A return with so many incubators, the first of which has the area."""
    body = (f"示例{n}号孵化器,孵化器,运营,{area if n == 1 else 0},0\n" for n in range(1, count + 1))
    return f"{HEADER}\n{''.join(body)}" if count else "报告类型,零报告\n"


def at(folder: Path, period: str, text: str) -> Assessment:
    return settle(folder, returns={f"{period}/东区_{period}.csv": text}, period=period)


def of(a: Assessment, indicator: str, unit: str | None = None) -> Gap:
    return next(g for g in a.gaps if g.indicator.id == indicator and g.target.unit == unit)


@pytest.mark.parametrize(
    ("period", "count", "due", "lag", "status", "left", "needed"),
    [
        ("2017Q1", 0, "1/2", "25/2", "on_schedule", 7, 1),  # less than one whole incubator short: 4 in 7 quarters
        ("2017Q2", 0, "1", "25", "behind", 6, 1),
        ("2017Q2", 1, "1", "0", "on_schedule", 6, 1),
        ("2017Q2", 4, "1", "-75", "done", 6, 0),
        ("2018Q2", 1, "3", "50", "far_behind", 2, 2),  # 3 in 2 quarters, rounded up
        ("2018Q2", 2, "3", "25", "behind", 2, 1),
        ("2018Q4", 3, "4", "25", "behind", 0, None),  # no quarter is left
        ("2018Q4", 5, "4", "-25", "done", 0, 0),
    ],
)
def test_incubators_against_their_schedule(
    tmp_path: Path, period: str, count: int, due: str, lag: str, status: str, left: int, needed: int | None
) -> None:
    gap = of(at(tmp_path, period, rows(count)), "incubators")
    assert (gap.actual, gap.gap, gap.attainment) == (count, 4 - count, Fraction(count, 4))
    assert (gap.schedule, gap.lag_points, gap.status) == (Fraction(due), Fraction(lag), status)
    assert (gap.quarters_left, gap.needed_per_quarter) == (left, needed)


@pytest.mark.parametrize(
    ("period", "area", "status"),
    [
        ("2017Q2", 2000, "on_schedule"),  # 6 of 24 months
        ("2017Q2", 1999, "slightly_behind"),  # a measured quantity is short by any amount
        ("2017Q2", 1201, "slightly_behind"),
        ("2017Q2", 1200, "behind"),  # 800 of 8 000: exactly 10 points, which the band begins with
        ("2018Q2", 3600, "behind"),  # exactly 30 points, which the next band begins beyond
        ("2018Q2", 3599, "far_behind"),
    ],
)
def test_bands_compare_the_exact_lag(tmp_path: Path, period: str, area: int, status: str) -> None:
    assert of(at(tmp_path, period, rows(1, area)), "area").status == status


def test_what_nobody_reported_has_neither_gap_nor_lag(tmp_path: Path) -> None:
    gap = of(at(tmp_path, "2017Q2", rows(1)), "incubators", "west")
    assert (gap.actual, gap.gap, gap.attainment, gap.lag_points) == (None, None, None, None)
    assert (gap.status, gap.needed_per_quarter, gap.reporting) == ("not_reported", None, "missing")


def test_the_city_has_reported_in_part(tmp_path: Path) -> None:
    a = at(tmp_path, "2017Q2", rows(1))
    assert (of(a, "incubators").reporting, of(a, "incubators", "east").reporting) == ("partial", "reported")


@pytest.mark.parametrize(
    ("before", "now", "previous", "status", "recovered"),
    [
        (2000, 6000, "far_behind", "on_schedule", True),  # 5 000 were due: 37.5 points; now 6 000 are
        (2000, 8000, "far_behind", "done", True),
        (2000, 5900, "far_behind", "slightly_behind", False),
        (3000, 8000, "behind", "done", False),  # 25 points: not the gravest band
    ],
)
def test_recovered_from_the_gravest_band(
    tmp_path: Path,
    before: int,
    now: int,
    previous: str,
    status: str,
    recovered: bool,
) -> None:
    returns = {f"2018Q{n}/东区_2018Q{n}.csv": rows(1, area) for n, area in ((1, before), (2, now))}
    gap = of(settle(tmp_path, returns=returns, period="2018Q2"), "area")
    assert (gap.previous_status, gap.status, gap.recovered) == (previous, status, recovered)
    assert gap.gap == 8000 - Decimal(now)


@pytest.mark.parametrize(("area", "status"), [(1334, "on_schedule"), (1333, "slightly_behind")])
def test_a_measured_quantity_is_short_by_less_than_one(tmp_path: Path, area: int, status: str) -> None:
    a = at(tmp_path, "2017Q2", rows(1, area))
    row = next(g for g in gaps(a.measure, a.period, Month(2017, 4)) if g.indicator.id == "area")
    assert (row.schedule, row.status) == (Fraction(4000, 3), status)  # 8 000 ㎡ in 24 months, four of them gone


@pytest.mark.parametrize(
    ("period", "text", "status", "rank", "behind"),
    [
        ("2018Q4", rows(1, 8000), "done", 0, False),
        ("2018Q4", rows(1, 7999), "slightly_behind", 2, True),
        ("2017Q2", rows(1, 2000), "on_schedule", 1, False),
        ("2017Q2", rows(1, 1200), "behind", 3, True),
        ("2018Q2", rows(1, 1), "far_behind", 4, True),
    ],
)
def test_gravity_and_who_is_behind(
    tmp_path: Path, period: str, text: str, status: str, rank: int, behind: bool
) -> None:
    row = of(at(tmp_path, period, text), "area")
    assert (row.status, row.rank, row.behind) == (status, rank, behind)


def test_who_has_not_reported_is_not_behind(tmp_path: Path) -> None:
    row = of(at(tmp_path, "2017Q2", rows(1)), "incubators", "west")
    assert (row.status, row.rank, row.behind) == ("not_reported", -1, False)


def test_a_plan_of_one_band_counts_from_it(tmp_path: Path) -> None:
    plan = PLAN[: PLAN.index("bands:")] + "bands:\n  - {status: late, over: 0}\n"
    a = settle(tmp_path, plan=plan, returns={"2017Q2/东区.csv": rows(1, 1999)}, period="2017Q2")
    assert (of(a, "area").status, of(a, "area").rank) == ("late", 3)


@pytest.mark.parametrize(
    ("period", "text", "schedule_rate", "forecast_rate"),
    [
        ("2017Q2", rows(1, 2000), "1/4", None),  # 6 of 24 months; nothing before it to forecast from
        ("2018Q4", rows(1, 6000), "1", "3/4"),  # the end: the forecast is what there is
        ("2018Q4", rows(1, 9000), "1", "9/8"),  # neither is cut off at the target
    ],
)
def test_schedule_and_forecast_as_ratios_of_the_target(
    tmp_path: Path, period: str, text: str, schedule_rate: str, forecast_rate: str | None
) -> None:
    gap = of(at(tmp_path, period, text), "area")
    assert gap.schedule_rate == Fraction(schedule_rate)
    assert gap.forecast_rate == (None if forecast_rate is None else Fraction(forecast_rate))


def test_short_of_the_schedule_by_less_than_one_whole_unit(tmp_path: Path) -> None:
    a = at(tmp_path, "2017Q1", rows(0))  # half an incubator was due, and 1 000 ㎡
    assert [(gap.indicator.id, gap.status, gap.within_one) for gap in a.gaps if gap.unit is None] == [
        ("incubators", "on_schedule", True),
        ("area", "behind", False),
        ("graduates", "behind", False),
    ]
    assert not of(at(tmp_path / "done", "2017Q1", rows(4)), "incubators").within_one  # ahead is not short
    assert not of(a, "incubators", "west").within_one  # nor is what nobody reported


@pytest.mark.parametrize(
    ("points", "number"),
    [("-1", 0), ("0", 0), ("9.99", 0), ("10", 1), ("30", 1), ("30.01", 2), ("100", 2)],
)
def test_the_last_band_that_a_lag_reaches(tmp_path: Path, points: str, number: int) -> None:
    """Behind begins with 10 points, far behind only beyond 30."""
    assert bands_reached(Fraction(points), settle(tmp_path).plan.file.bands) == number


def test_the_gravest_is_the_most_urgent_then_the_greatest_lag(tmp_path: Path) -> None:
    a = at(tmp_path, "2018Q2", rows(0))  # of 2 incubators 1.5 are due
    east, west = of(a, "incubators", "east"), of(a, "incubators", "west")
    assert (east.status, east.lag_points, east.urgency) == ("far_behind", 75, (-4, -75))
    assert (west.lag_points, west.urgency) == (None, (1, 0))  # not reported comes last
    further = east._replace(lag_points=Fraction(76))
    assert min(east, further, key=lambda gap: gap.urgency) == further
    assert sorted([west, east], key=lambda gap: gap.urgency) == [east, west]
