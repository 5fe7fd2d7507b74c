"""Actuals worked out by hand: stocks and flows, what is carried, skipped, missing and known (contract 2, Actual)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from mdj_plan.period import Period
from tests.reports.town import settle

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.assessment import Assessment

HEAD = "载体名称,载体类型,所在地区,责任部门,运营状态,孵化面积（平方米）,本季新增毕业企业（户）\n"
NIL = "报告类型,零报告\n"
FIRST = {"2017Q1/东区.csv": f"{HEAD}示例甲孵化器,孵化器,,,运营,1000,3\n示例乙孵化器,孵化器,,,运营,500.5,1\n"}
SECOND = {"2017Q2/东区.csv": f"{HEAD}示例甲孵化器,孵化器,,,运营,1200,2\n"}


def actual(a: Assessment, owner: str | None, indicator: str, period: str = "2017Q2") -> tuple[object, bool, object]:
    """The figure, whether it is incomplete, and the figure from the returns of the period alone."""
    of, at = a.plan.indicators[indicator], Period.parse(period)
    value, incomplete = a.measure.actual(owner, of, at)
    return value, incomplete, a.measure.actual_reported(owner, of, at)


def test_a_stock_is_of_the_latest_return_and_a_flow_of_all_since_the_start(tmp_path: Path) -> None:
    a = settle(tmp_path, returns=FIRST | SECOND)
    assert actual(a, "east", "incubators") == (1, False, 1)
    assert actual(a, "east", "area") == (Decimal(1200), False, Decimal(1200))
    assert actual(a, "east", "graduates") == (3 + 1 + 2, False, 6)


def test_what_is_carried_stands_and_is_not_reported(tmp_path: Path) -> None:
    a = settle(tmp_path, returns=FIRST, period="2017Q2")
    assert actual(a, "east", "incubators") == (2, False, None)
    assert actual(a, "east", "graduates") == (4, True, 4)  # the second quarter adds nothing, and is out


def test_a_sum_skips_blanks_and_may_be_too_low(tmp_path: Path) -> None:
    a = settle(tmp_path, returns={"2017Q2/东区.csv": f"{HEAD}示例甲,孵化器,,,运营,1000,0\n示例乙,孵化器,,,运营,,0\n"})
    assert actual(a, "east", "area") == (Decimal(1000), True, Decimal(1000))
    assert actual(a, "east", "incubators") == (2, False, 2)


def test_over_blanks_only_nothing_is_known(tmp_path: Path) -> None:
    a = settle(tmp_path, returns={"2017Q2/东区.csv": f"{HEAD}示例甲,孵化器,,,运营,,0\n"})
    assert actual(a, "east", "area") == (None, True, None)


def test_an_unusable_row_makes_every_figure_of_the_unit_and_the_city_incomplete(tmp_path: Path) -> None:
    rows = f"{HEAD}示例甲,孵化器,,,运营,1000,0\n示例乙,孵化所,,,运营,700,0\n"
    a = settle(tmp_path, returns={"2017Q2/东区.csv": rows, "2017Q2/西区.csv": NIL})
    assert actual(a, "east", "incubators") == (1, True, 1)
    assert actual(a, None, "incubators") == (1, True, 1)
    assert actual(a, "west", "incubators") == (0, False, 0)


def test_a_nil_return_is_nought_and_silence_is_nothing(tmp_path: Path) -> None:
    a = settle(tmp_path, returns={"2017Q2/东区.csv": NIL})
    assert actual(a, "east", "incubators") == (0, False, 0)
    assert actual(a, "west", "incubators")[0] is None


def test_a_silent_unit_has_what_others_claim_for_it(tmp_path: Path) -> None:
    a = settle(tmp_path, returns={"2017Q2/商务局.csv": f"{HEAD}示例甲孵化器,孵化器,西区,,运营,800,2\n"})
    assert actual(a, "west", "area") == (Decimal(800), False, Decimal(800))
    assert actual(a, "east", "area")[0] is None


def test_the_city_counts_once_what_two_units_claim(tmp_path: Path) -> None:
    claimed = f"{HEAD}示例甲孵化器,孵化器,东区,商务局,运营,800,2\n"
    a = settle(tmp_path, returns={"2017Q2/东区.csv": claimed, "2017Q2/商务局.csv": claimed})
    for owner in (None, "east", "trade"):
        assert actual(a, owner, "area")[0] == Decimal(800)
        assert actual(a, owner, "graduates")[0] == 2


@pytest.mark.parametrize(("state", "counted"), [("运营", 1), ("", 1), ("筹建", 0), ("停运", 0)])
def test_only_what_operates_counts(tmp_path: Path, state: str, counted: int) -> None:
    a = settle(tmp_path, returns={"2017Q2/东区.csv": f"{HEAD}示例甲,孵化器,,,{state},800,2\n"})
    assert actual(a, "east", "incubators")[0] == counted


def test_a_flow_has_no_figure_before_the_start(tmp_path: Path) -> None:
    a = settle(tmp_path, returns={"2016Q4/东区.csv": FIRST["2017Q1/东区.csv"]} | SECOND)
    assert actual(a, "east", "graduates", "2016Q4")[0] is None
    assert actual(a, "east", "graduates")[0] == 2
    assert actual(a, "east", "incubators", "2016Q4")[0] == 2
