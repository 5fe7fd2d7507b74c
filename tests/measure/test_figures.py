"""Figures at their edges: before the plan's start, forecasts that would fall below what there is (contract 2)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.reports.town import HEADER, settle

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.gaps import Gap

TWO = f"{HEADER}\n春风孵化器,孵化器,运营,1000,3\n夏雨孵化器,孵化器,运营,500,0\n"
ONE = f"{HEADER}\n春风孵化器,孵化器,运营,1000,2\n"
NONE = f"{HEADER}\n春风孵化器,孵化器,停运,1000,0\n"


def city(a: Assessment, indicator: str) -> Gap:
    return next(gap for gap in a.gaps if gap.unit is None and gap.indicator.id == indicator)


def test_a_return_from_before_the_start_counts_for_stocks_alone(tmp_path: Path) -> None:
    a = settle(tmp_path, returns={"2016Q4/东区_2016Q4.csv": TWO, "2017Q1/东区_2017Q1.csv": ONE}, period="2017Q1")
    stock, flow = city(a, "incubators"), city(a, "graduates")
    assert (stock.actual, stock.previous_status) == (1, "on_schedule")
    assert (flow.actual, flow.previous_status, flow.forecast) == (2, "not_reported", None)


def test_only_a_return_from_before_the_start_says_nothing_of_a_flow(tmp_path: Path) -> None:
    a = settle(tmp_path, returns={"2016Q4/东区_2016Q4.csv": TWO, "2017Q1/商务局_2017Q1.csv": "报告类型,零报告\n"})
    flow = a.plan.indicators["graduates"]
    assert a.measure.actual("east", flow, a.period) == (None, True)
    assert a.measure.actual("east", a.plan.indicators["incubators"], a.period) == (2, False)


def test_a_forecast_is_never_below_nothing(tmp_path: Path) -> None:
    a = settle(tmp_path, returns={"2017Q1/东区_2017Q1.csv": TWO, "2017Q2/东区_2017Q2.csv": NONE})
    assert (city(a, "incubators").actual, city(a, "incubators").forecast) == (0, 0)


def test_a_falling_stock_is_forecast_to_fall(tmp_path: Path) -> None:
    plan = {"2017Q1/东区_2017Q1.csv": TWO, "2018Q3/东区_2018Q3.csv": ONE}
    a = settle(tmp_path, returns=plan)  # from 1 500 ㎡ four quarters ago to 1 000, one quarter left
    assert city(a, "area").forecast == 1000 - Fraction(500, 4)


def test_a_flow_is_forecast_from_what_was_added(tmp_path: Path) -> None:
    a = settle(tmp_path, returns={"2017Q1/东区_2017Q1.csv": TWO, "2017Q2/东区_2017Q2.csv": ONE})
    assert (city(a, "graduates").actual, city(a, "graduates").forecast) == (5, 5 + 6 * 2)
