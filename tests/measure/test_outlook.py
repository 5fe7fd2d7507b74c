"""What each quarter left must add, and where the present pace leads, worked out by hand (contract 2, needed, forecast)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from mdj_plan.measure.outlook import forecast, needed_per_quarter
from mdj_plan.period import Period
from tests.reports.town import HEADER, settle

NIL = "报告类型,零报告\n"


@pytest.mark.parametrize(
    ("gap", "left", "whole", "needed"),
    [
        (None, "4", True, None),  # nobody knows what is open
        (-2, "4", True, 0),  # more than was asked
        (0, "4", True, 0),
        (0, "0", True, 0),  # done on the last day: nothing is left to do, and no quarter to do it in
        (-1, "-2", False, 0),
        (1, "0", True, None),  # open, and no quarter left
        (1, "-1/3", True, None),
        (3, "1", True, 3),  # the last quarter
        (3, "1/3", True, 9),  # one month is a third of a quarter
        (5, "4", True, 2),  # 1.25 firms a quarter cannot be had
        (4, "4", True, 1),
        (5, "4", False, Fraction(5, 4)),
        (Decimal("0.5"), "4", False, Fraction(1, 8)),
    ],
)
def test_what_each_quarter_left_must_add(
    gap: int | Decimal | None, left: str, whole: bool, needed: int | Fraction | None
) -> None:
    assert needed_per_quarter(gap, Fraction(left), whole=whole) == needed


def area(now: int) -> str:
    return f"{HEADER}\n春风孵化器,孵化器,运营,{now},0\n"


def led_to(folder: Path, areas: dict[str, int | None], left: str, period: str = "2018Q2") -> Fraction | None:
    """The area's forecast: `areas` by quarter, None for a nil return."""
    returns = {f"{quarter}/东区.csv": NIL if now is None else area(now) for quarter, now in areas.items()}
    returns["2018Q2/西区.csv"] = NIL
    a = settle(folder, returns=returns, period=period)
    return forecast(a.measure, "east", a.plan.indicators["area"], Period.parse(period), Fraction(left))


@pytest.mark.parametrize(
    ("areas", "left", "forecast"),
    [
        # the mean since the earliest of the four quarters before: (900 - 500) / 4, twice
        ({"2017Q2": 500, "2018Q2": 900}, "2", 1100),
        # what is five quarters back is carried to four back, and no further
        ({"2017Q1": 500, "2018Q2": 900}, "2", 1100),
        # of two earlier figures the first counts, whatever lies between
        ({"2017Q2": 500, "2018Q1": 5000, "2018Q2": 900}, "2", 1100),
        # three quarters ago is the first that is known
        ({"2017Q3": 600, "2018Q2": 900}, "2", 1100),
        ({"2018Q1": 800, "2018Q2": 900}, "2", 1100),
        # a nought is known
        ({"2018Q1": None, "2018Q2": 900}, "2", 2700),
        # only now is known
        ({"2018Q2": 900}, "2", None),
        # nothing is left: the figure itself, whatever came before it, and where nothing did
        ({"2018Q2": 900}, "0", 900),
        ({"2018Q1": 800, "2018Q2": 900}, "0", 900),
        ({"2018Q1": 800, "2018Q2": 900}, "-1", 900),
        # whole months: a third of a quarter's change
        ({"2018Q1": 600, "2018Q2": 900}, "1/3", 1000),
        # falling, to nothing and not below
        ({"2018Q1": 1000, "2018Q2": 900}, "8", 100),
        ({"2018Q1": 1000, "2018Q2": 900}, "10", 0),
        # never known at all
        ({}, "2", None),
    ],
)
def test_where_the_pace_leads(tmp_path: Path, areas: dict[str, int | None], left: str, forecast: int | None) -> None:
    assert led_to(tmp_path, areas, left) == forecast


def test_a_flow_never_falls(tmp_path: Path) -> None:
    returns = {
        "2017Q1/东区.csv": f"{HEADER}\n春风孵化器,孵化器,运营,1,4\n",
        "2017Q2/东区.csv": f"{HEADER}\n春风孵化器,孵化器,运营,1,0\n",
    }
    a = settle(tmp_path, returns=returns, period="2017Q2")
    flow = a.plan.indicators["graduates"]
    assert forecast(a.measure, "east", flow, a.period, Fraction(6)) == 4
