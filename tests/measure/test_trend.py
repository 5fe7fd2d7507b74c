"""A figure period by period: each as `check` of that period gives it, with its change (contract 5.1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.measure.trend import trend
from mdj_plan.period import Period
from tests.reports.town import HEADER, settle


def rows(area: int, new: int = 0) -> str:
    return f"{HEADER}\n春风孵化器,孵化器,运营,{area},{new}\n"


Q1, Q2, Q3, Q4 = (Period(2017, n) for n in (1, 2, 3, 4))
RETURNS = {"2017Q1/东区.csv": rows(1000, 2), "2017Q2/东区.csv": rows(3000, 1), "2017Q4/东区.csv": rows(2500, 4)}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return settle(tmp_path_factory.mktemp("town"), returns=RETURNS, period="2017Q4")


def told(a: Assessment, indicator: str, first: Period = Q1, unit: str | None = None) -> list[tuple[object, ...]]:
    (way,) = trend(a.measure, first, a.period, [(unit, indicator)])
    return [(str(step.period), step.actual, step.change, step.schedule, step.status) for step in way.steps]


def test_a_stock_is_carried_through_a_quarter_without_a_return(town: Assessment) -> None:
    # 8 000 ㎡ in eight quarters
    assert told(town, "area") == [
        ("2017Q1", 1000, None, 1000, "on_schedule"),
        ("2017Q2", 3000, 2000, 2000, "on_schedule"),
        ("2017Q3", 3000, 0, 3000, "on_schedule"),
        ("2017Q4", 2500, -500, 4000, "behind"),  # 18.75 points
    ]


def test_a_flow_adds_up(town: Assessment) -> None:
    # 10 firms in eight quarters: 1.25, 2.5, 3.75, 5
    assert [step[:3] + step[4:] for step in told(town, "graduates")] == [
        ("2017Q1", 2, None, "on_schedule"),
        ("2017Q2", 3, 1, "on_schedule"),
        ("2017Q3", 3, 0, "on_schedule"),
        ("2017Q4", 7, 4, "on_schedule"),
    ]


def test_the_change_is_from_the_period_before_though_it_is_not_listed(town: Assessment) -> None:
    assert [step[:3] for step in told(town, "area", Q2)] == [
        ("2017Q2", 3000, 2000),
        ("2017Q3", 3000, 0),
        ("2017Q4", 2500, -500),
    ]


def test_what_is_unknown_has_no_change_and_nor_has_what_follows(tmp_path: Path) -> None:
    a = settle(tmp_path, returns={"2017Q2/东区.csv": rows(1), "2017Q3/东区.csv": rows(1)}, period="2017Q3")
    assert [step[:3] for step in told(a, "incubators", unit="east")] == [
        ("2017Q1", None, None),
        ("2017Q2", 1, None),
        ("2017Q3", 1, 0),
    ]


def test_a_return_from_before_the_start_makes_no_change_at_the_start(tmp_path: Path) -> None:
    a = settle(tmp_path, returns={"2016Q4/东区.csv": rows(400), "2017Q1/东区.csv": rows(1000)}, period="2017Q1")
    assert [step[:3] for step in told(a, "area")] == [("2017Q1", 1000, None)]


def test_ways_stand_in_report_order_and_only_those_wanted(town: Assessment) -> None:
    every = trend(town.measure, Q3, Q4)
    assert [(way.unit, way.indicator, len(way.steps)) for way in every] == [
        (None, "incubators", 2),
        (None, "area", 2),
        (None, "graduates", 2),
        ("east", "incubators", 2),
        ("west", "incubators", 2),
    ]
    wanted = trend(town.measure, Q3, Q4, [("west", "incubators"), (None, "area")])
    assert [(way.unit, way.indicator) for way in wanted] == [(None, "area"), ("west", "incubators")]
    assert trend(town.measure, Q3, Q4, []) == ()


def test_for_how_long_a_figure_has_been_behind(town: Assessment) -> None:
    area, east = town.way(None, "area"), town.way("east", "incubators")
    assert (area.behind_for(), area.last.status) == (1, "behind")
    assert east.behind_for() == 0  # one of two incubators, where one is due
    assert [str(step.period) for step in area.since(Q3).steps] == ["2017Q3", "2017Q4"]


def test_behind_counts_back_to_the_last_quarter_that_was_not(tmp_path: Path) -> None:
    returns = {f"2017Q{n}/东区.csv": rows(area) for n, area in ((1, 1), (2, 2000), (3, 2001), (4, 2002))}
    a = settle(tmp_path, returns=returns, period="2017Q4")
    assert [step.status for step in a.way(None, "area").steps] == ["behind", "on_schedule", "behind", "behind"]
    assert a.way(None, "area").behind_for() == 2
    assert not a.way(None, "area").long_behind  # that is from three quarters on


def test_for_long_is_from_three_quarters_on(tmp_path: Path) -> None:
    returns = {f"2017Q{n}/东区.csv": rows(1) for n in (1, 2, 3)}
    a = settle(tmp_path, returns=returns, period="2017Q3")
    assert (a.way(None, "area").behind_for(), a.way(None, "area").long_behind) == (3, True)
