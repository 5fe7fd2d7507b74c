"""Whole tables of targets as text: columns, their order, cells; a blank, a nought, what is not owed, what never came.

The line at the end of 2017Q2 is a quarter of each target. Of the county's 20 700 ㎡ one facility's area is blank (*),
冬雪孵化器 stands in from the quarter before and 秋区 never reported (°); by hand: 12 000 + 700 + 5 000 + 3 000.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.reports.narrowed import narrowed
from mdj_plan.reports.tables.counts import COUNTS
from mdj_plan.reports.tables.departments import DEPARTMENTS, DUTIES
from mdj_plan.reports.tables.districts import DISTRICTS
from mdj_plan.reports.tables.ranking import CITY_IN_SHORT, RANKING, UNIT_IN_SHORT
from mdj_plan.reports.tables.targets import ALL, BEHIND, CITY, LATE, UNITS, by_indicator
from mdj_plan.reports.tables.trend import TRENDS, UNIT_TRENDS
from mdj_plan.reports.tables.visit import sections
from tests.reports.county import PLAN, RETURNS, county, drawn

HOW = "* 完成率＝累计完成÷目标任务；序时进度＝序时应完成÷目标任务；差值＝完成率－序时进度，负数为落后；缺口＝目标任务－累计完成。\n"


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return county(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """The same figures against the line of June 2018, three quarters of each target."""
    return county(tmp_path_factory.mktemp("county"), as_of="2018-06")


def rows(text: str) -> str:
    """A drawn table without its notes."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("* "))


def notes(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if line.startswith("* "))


def test_the_city_in_the_workbook(now: Assessment) -> None:
    assert (
        drawn(CITY, now)
        == """\
指标 | 目标任务 | 累计完成 | 完成率 | 序时进度 | 差值（百分点） | 缺口 | 状态 | 序时应完成 | 每季需完成 | 到期预计 | 备注
孵化器（家） | 8 | 4° | 50.0% | 25.0% | 25.0 | 4 | 达到序时 | 2 | 1 | 16 | 含沿用以前各期的数字；有单位未报；依据：通知一
孵化面积（万平方米） | 8 | 2.07*° | 25.9% | 25.0% | 0.9 | 5.93 | 达到序时 | 2 | 0.9883 | 6.69 | 含沿用以前各期的数字；有单位未报；不完整，可能偏低；依据：通知二
新增毕业（户） | 10 | 7*° | 70.0% | 25.0% | 45.0 | 3 | 达到序时 | 2.5 | 1 | 25 | 有单位未报；不完整，可能偏低；依据：通知三
* 完成率＝累计完成÷目标任务；序时进度＝序时应完成÷目标任务；差值＝完成率－序时进度，负数为落后；缺口＝目标任务－累计完成。
* * 实际可能更高：孵化面积（春区 1 家没有填（2017Q2））；新增毕业（夏区、冬区、商务局 2017Q1 未报、秋区、新闻社 2017Q1-2017Q2 未报、园区 2017Q1-2017Q2 未报全）。
* ° 含沿用以前各期的数字，或有单位未报。
"""
    )


def test_the_city_on_a_screen(now: Assessment) -> None:
    assert (
        drawn(CITY, now, "screen")
        == """\
指标 | 完成/目标 | 完成率 | 序时进度 | 差值（百分点） | 状态 | 序时应完成 | 每季需完成 | 到期预计
孵化器（家） | 4°/8 | 50.0% | 25.0% | 25.0 | 达到序时 | 2 | 1 | 16
孵化面积（万平方米） | 2.07*°/8 | 25.9% | 25.0% | 0.9 | 达到序时 | 2 | 0.9883 | 6.69
新增毕业（户） | 7*°/10 | 70.0% | 25.0% | 45.0 | 达到序时 | 2.5 | 1 | 25
* * 实际可能更高：孵化面积（春区 1 家没有填（2017Q2））；新增毕业（夏区、冬区、商务局 2017Q1 未报、秋区、新闻社 2017Q1-2017Q2 未报、园区 2017Q1-2017Q2 未报全）。
* ° 含沿用以前各期的数字，或有单位未报。
"""
    )


def test_the_city_in_english(now: Assessment) -> None:
    assert (
        drawn(CITY, now, "screen", "en")
        == """\
Indicator | Done/target | Rate | Schedule | Difference (points) | Status | Due by schedule | Needed a quarter | Forecast at due
Incubators (家) | 4°/8 | 50.0% | 25.0% | 25.0 | on schedule | 2 | 1 | 16
Area (10,000 m²) | 2.07*°/8 | 25.9% | 25.0% | 0.9 | on schedule | 2 | 0.9883 | 6.69
New graduates (户) | 7*°/10 | 70.0% | 25.0% | 45.0 | on schedule | 2.5 | 1 | 25
* * The true figure may be higher: Area (Spring leaves 1 blank in 2017Q2); New graduates (Summer, Winter, Trade Office sent nothing for 2017Q1, Autumn, Press sent nothing for 2017Q1-2017Q2, Zone sent only a part for 2017Q1-2017Q2).
* ° holds figures carried from earlier periods, or a unit has not reported.
"""
    )


def test_when_each_is_due_is_said_where_they_are_not_due_together(tmp_path: Path) -> None:
    plan = PLAN.replace("area, value: 80000,", "area, value: 80000, due: 2017Q4,")
    assert (
        rows(drawn(CITY, county(tmp_path, plan=plan), "screen"))
        == """\
指标 | 完成时限 | 完成/目标 | 完成率 | 序时进度 | 差值（百分点） | 状态 | 序时应完成 | 每季需完成 | 到期预计
孵化器（家） | 2018Q4 | 4°/8 | 50.0% | 25.0% | 25.0 | 达到序时 | 2 | 1 | 16
孵化面积（万平方米） | 2017Q4 | 2.07*°/8 | 25.9% | 50.0% | −24.1 | 滞后 | 4 | 2.965 | 3.61
新增毕业（户） | 2018Q4 | 7*°/10 | 70.0% | 25.0% | 45.0 | 达到序时 | 2.5 | 1 | 25
"""
    )


def test_a_revised_target_beside_the_original(tmp_path: Path) -> None:
    plan = PLAN.replace(
        "value: 8, clause: 一}", "value: 8, clause: 一, revisions: [{from: 2017Q2, value: 5, clause: 纪要7}]}"
    )
    assert (
        drawn(CITY, county(tmp_path, plan=plan))
        == """\
指标 | 目标任务 | 累计完成 | 完成率 | 序时进度 | 差值（百分点） | 原目标 | 按原目标完成率 | 缺口 | 状态 | 序时应完成 | 每季需完成 | 到期预计 | 备注
孵化器（家） | 5 | 4° | 80.0% | 31.4% | 48.6 | 8 | 50.0% | 1 | 达到序时 | 1.6 | 1 | 16 | 含沿用以前各期的数字；有单位未报；原目标 8，2017Q2 起调整为 5（依据 纪要7）
孵化面积（万平方米） | 8 | 2.07*° | 25.9% | 25.0% | 0.9 |  |  | 5.93 | 达到序时 | 2 | 0.9883 | 6.69 | 含沿用以前各期的数字；有单位未报；不完整，可能偏低；依据：通知二
新增毕业（户） | 10 | 7*° | 70.0% | 25.0% | 45.0 |  |  | 3 | 达到序时 | 2.5 | 1 | 25 | 有单位未报；不完整，可能偏低；依据：通知三
* 完成率＝累计完成÷目标任务；序时进度＝序时应完成÷目标任务；差值＝完成率－序时进度，负数为落后；缺口＝目标任务－累计完成。
* 孵化器：原目标 8，2017Q2 起调整为 5（依据 纪要7）；按原目标完成率：全市 50.0%
* * 实际可能更高：孵化面积（春区 1 家没有填（2017Q2））；新增毕业（夏区、冬区、商务局 2017Q1 未报、秋区、新闻社 2017Q1-2017Q2 未报、园区 2017Q1-2017Q2 未报全）。
* ° 含沿用以前各期的数字，或有单位未报。
"""
    )


def test_how_many_stand_where(now: Assessment, later: Assessment) -> None:
    assert (
        drawn(COUNTS, now)
        == """\
范围 | 已完成 | 达到序时 | 略有滞后 | 滞后 | 远远落后 | 未报 | 合计
全市 | 0 | 3 | 0 | 0 | 0 | 0 | 3
县（市）区、开发区 | 1 | 3 | 0 | 0 | 0 | 1 | 5
市直部门 | 1 | 0 | 0 | 0 | 0 | 0 | 1
"""
    )
    assert (
        drawn(COUNTS, later)
        == """\
范围 | 已完成 | 达到序时 | 略有滞后 | 滞后 | 远远落后 | 未报 | 合计
全市 | 0 | 1 | 0 | 1 | 1 | 0 | 3
县（市）区、开发区 | 1 | 0 | 0 | 2 | 1 | 1 | 5
市直部门 | 1 | 0 | 0 | 0 | 0 | 0 | 1
"""
    )


def test_districts_down_and_indicators_across(now: Assessment) -> None:
    assert (
        drawn(DISTRICTS, now)
        == """\
责任单位 | 孵化器（家） | 孵化面积（万平方米）
春区 | 2/2 已完成 | 1.2*/2 达到序时
夏区 | 0/2 达到序时 | —
秋区 | —/2 未报 | —
园区 | 2°/4 达到序时 | —
* 合计为各单位之和；重复申报的载体在各申报单位都计，在全市只计一次，所以合计可能大于全市。
* 全市每个载体只计一次：孵化器 4 家、孵化面积 2.07 万平方米。
* * 实际可能更高：春区孵化面积（春区 1 家没有填（2017Q2））。
* ° 含沿用以前各期的数字，或有单位未报。
* 差值为负而“达到序时”的：按整数计的指标，差不到一个整数的不算滞后。
* 没有分解任务：冬区
"""
    )


def test_districts_on_a_screen_in_english(now: Assessment) -> None:
    assert (
        drawn(DISTRICTS, now, "screen", "en")
        == """\
Unit | Incubators (家) | Area (10,000 m²)
Spring | 2/2 done | 1.2*/2 on schedule
Summer | 0/2 on schedule | —
Autumn | —/2 not reported | —
Zone | 2°/4 on schedule | —
* * The true figure may be higher: Spring: Area (Spring leaves 1 blank in 2017Q2).
* ° holds figures carried from earlier periods, or a unit has not reported.
* Without a quota: Winter
"""
    )


def test_each_districts_targets(now: Assessment) -> None:
    assert (
        rows(drawn(UNITS, now))
        == """\
责任单位 | 指标 | 目标任务 | 累计完成 | 完成率 | 序时进度 | 差值（百分点） | 缺口 | 状态 | 序时应完成 | 每季需完成 | 到期预计 | 备注
春区 | 孵化器（家） | 2 | 2 | 100.0% | 25.0% | 75.0 | 0 | 已完成 | 0.5 | 0 | 8 | 依据：通知一
春区 | 孵化面积（万平方米） | 2 | 1.2* | 60.0% | 25.0% | 35.0 | 0.8 | 达到序时 | 0.5 | 0.1333 | 2.4 | 不完整，可能偏低；依据：通知二
夏区 | 孵化器（家） | 2 | 0 | 0.0% | 25.0% | −25.0 | 2 | 达到序时 | 0.5 | 1 | — | 依据：通知一
秋区 | 孵化器（家） | 2 | 未报 | — | 25.0% | — | — | 未报 | 0.5 | — | — | 依据：通知一
园区 | 孵化器（家） | 4 | 2° | 50.0% | 25.0% | 25.0 | 2 | 达到序时 | 1 | 1 | 8 | 含沿用以前各期的数字；依据：通知一
"""
    )


def test_one_table_an_indicator(now: Assessment) -> None:
    names = []
    for name, filled in by_indicator(now):
        assert callable(name)
        names.append((filled.name, [row["unit"] for row in filled.rows]))
    assert names == [("units", ["spring", "summer", "autumn", "zone", "office"]), ("units", ["spring"])]


def test_nobody_is_behind(now: Assessment) -> None:
    assert drawn(BEHIND, now, "page").splitlines(keepends=True)[1:] == [HOW]
    assert drawn(LATE, now, "paper").splitlines(keepends=True)[1:] == [HOW]


def test_who_is_behind_gravest_first(later: Assessment) -> None:
    assert (
        drawn(BEHIND, later, "page")
        == """\
责任单位 | 指标 | 完成/目标 | 完成率 | 序时进度 | 差值（百分点） | 缺口 | 状态 | 序时应完成 | 每季需完成 | 上期状态
夏区 | 孵化器（家） | 0/2 | 0.0% | 75.0% | −75.0 | 2 | 远远落后 | 1.5 | 1 | 未报
全市 | 孵化面积（万平方米） | 2.07*°/8 | 25.9% | 75.0% | −49.1 | 5.93 | 远远落后 | 6 | 2.965 | 达到序时
全市 | 孵化器（家） | 4°/8 | 50.0% | 75.0% | −25.0 | 4 | 滞后 | 6 | 2 | 达到序时
园区 | 孵化器（家） | 2°/4 | 50.0% | 75.0% | −25.0 | 2 | 滞后 | 3 | 1 | 达到序时
春区 | 孵化面积（万平方米） | 1.2*/2 | 60.0% | 75.0% | −15.0 | 0.8 | 滞后 | 1.5 | 0.4 | 达到序时
* 完成率＝累计完成÷目标任务；序时进度＝序时应完成÷目标任务；差值＝完成率－序时进度，负数为落后；缺口＝目标任务－累计完成。
* * 实际可能更高：孵化面积（春区 1 家没有填（2017Q2））；春区孵化面积（春区 1 家没有填（2017Q2））。
* ° 含沿用以前各期的数字，或有单位未报。
"""
    )


def test_the_annex_lists_what_is_behind(later: Assessment) -> None:
    assert (
        rows(drawn(LATE, later, "paper"))
        == """\
责任单位 | 指标 | 目标任务 | 累计完成 | 完成率 | 序时进度 | 差值（百分点） | 序时应完成 | 缺口 | 状态
全市 | 孵化器（家） | 8 | 4° | 50.0% | 75.0% | −25.0 | 6 | 4 | 滞后
全市 | 孵化面积（万平方米） | 8 | 2.07*° | 25.9% | 75.0% | −49.1 | 6 | 5.93 | 远远落后
春区 | 孵化面积（万平方米） | 2 | 1.2* | 60.0% | 75.0% | −15.0 | 1.5 | 0.8 | 滞后
夏区 | 孵化器（家） | 2 | 0 | 0.0% | 75.0% | −75.0 | 1.5 | 2 | 远远落后
园区 | 孵化器（家） | 4 | 2° | 50.0% | 75.0% | −25.0 | 3 | 2 | 滞后
"""
    )


def test_everything_on_the_page(now: Assessment) -> None:
    assert (
        rows(drawn(ALL, now, "page"))
        == """\
责任单位 | 指标 | 基数 | 目标任务 | 累计完成 | 其中本期报表 | 完成率 | 序时进度 | 差值（百分点） | 缺口 | 状态 | 上期状态 | 序时应完成 | 每季需完成 | 到期预计 | 报送 | 完整性 | 完成时限 | 依据
全市 | 孵化器（家） | 0 | 8 | 4° | 3 | 50.0% | 25.0% | 25.0 | 4 | 达到序时 | 达到序时 | 2 | 1 | 16 | 部分 | 完整 | 2018Q4 | 一
全市 | 孵化面积（万平方米） | 0 | 8 | 2.07*° | 1.77 | 25.9% | 25.0% | 0.9 | 5.93 | 达到序时 | 达到序时 | 2 | 0.9883 | 6.69 | 部分 | 可能偏低 | 2018Q4 | 二
全市 | 新增毕业（户） | 0 | 10 | 7*° | 7 | 70.0% | 25.0% | 45.0 | 3 | 达到序时 | 达到序时 | 2.5 | 1 | 25 | 部分 | 可能偏低 | 2018Q4 | 三
春区 | 孵化器（家） | 0 | 2 | 2 | 2 | 100.0% | 25.0% | 75.0 | 0 | 已完成 | 达到序时 | 0.5 | 0 | 8 | 已报 | 完整 | 2018Q4 | 一
春区 | 孵化面积（万平方米） | 0 | 2 | 1.2* | 1.2 | 60.0% | 25.0% | 35.0 | 0.8 | 达到序时 | 达到序时 | 0.5 | 0.1333 | 2.4 | 已报 | 可能偏低 | 2018Q4 | 二
夏区 | 孵化器（家） | 0 | 2 | 0 | 0 | 0.0% | 25.0% | −25.0 | 2 | 达到序时 | 未报 | 0.5 | 1 | — | 已报 | 完整 | 2018Q4 | 一
秋区 | 孵化器（家） | 0 | 2 | 未报 | — | — | 25.0% | — | — | 未报 | 未报 | 0.5 | — | — | 未报 | — | 2018Q4 | 一
园区 | 孵化器（家） | 0 | 4 | 2° | 1 | 50.0% | 25.0% | 25.0 | 2 | 达到序时 | 达到序时 | 1 | 1 | 8 | 沿用上期 | 完整 | 2018Q4 | 一
商务局 | 孵化器（家） | 0 | 1 | 1 | 1 | 100.0% | 25.0% | 75.0 | 0 | 已完成 | 未报 | 0.3 | 0 | — | 已报 | 完整 | 2018Q4 | 一
"""
    )


def test_the_city_and_a_unit_in_short(now: Assessment) -> None:
    assert (
        drawn(CITY_IN_SHORT, now, "paper")
        == """\
指标 | 目标任务 | 累计完成 | 较上季 | 完成率 | 序时进度 | 差值（百分点） | 状态
孵化器（家） | 8 | 4° | 2 | 50.0% | 25.0% | 25.0 | 达到序时
孵化面积（万平方米） | 8 | 2.07*° | 0.77 | 25.9% | 25.0% | 0.9 | 达到序时
新增毕业（户） | 10 | 7*° | 3 | 70.0% | 25.0% | 45.0 | 达到序时
* * 有空白、未报或不可用的行，实际可能更高。
* ° 含沿用以前各期的数字，或有单位未报。
"""
    )
    assert (
        drawn(UNIT_IN_SHORT, narrowed(now, frozenset({"spring"})), "paper", "en")
        == """\
Unit | Indicator | Target | Done | Change | Rate | Schedule | Difference (points) | Status
Spring | Incubators (家) | 2 | 2 | 1 | 100.0% | 25.0% | 75.0 | done
Spring | Area (10,000 m²) | 2 | 1.2* | 0.2 | 60.0% | 25.0% | 35.0 | on schedule
* * The true figure may be higher: Spring: Area (Spring leaves 1 blank in 2017Q2).
"""
    )


def test_of_several_units_whose_each_figure_is(now: Assessment) -> None:
    assert (
        drawn(UNIT_IN_SHORT, narrowed(now, frozenset({"spring", "zone"})), "paper")
        == """\
责任单位 | 指标 | 目标任务 | 累计完成 | 较上季 | 完成率 | 序时进度 | 差值（百分点） | 状态
春区 | 孵化器（家） | 2 | 2 | 1 | 100.0% | 25.0% | 75.0 | 已完成
春区 | 孵化面积（万平方米） | 2 | 1.2* | 0.2 | 60.0% | 25.0% | 35.0 | 达到序时
园区 | 孵化器（家） | 4 | 2° | 1 | 50.0% | 25.0% | 25.0 | 达到序时
* * 实际可能更高：春区孵化面积（春区 1 家没有填（2017Q2））。
* ° 含沿用以前各期的数字，或有单位未报。
"""
    )
    both, one = (next(sections(now, frozenset(units))) for units in (("spring", "zone"), ("zone",)))
    assert [both.columns[0].key, one.columns[0].key] == ["unit_name", "owed"]


TIED = {
    "2017Q2/春区.csv": RETURNS["2017Q1/春区.csv"],
    "2017Q2/夏区.csv": RETURNS["2017Q1/春区.csv"].replace("春风", "夏花"),
    "2017Q2/秋区.csv": RETURNS["2017Q2/夏区.csv"],
}


def test_ranks_the_best_first_and_equals_alike(now: Assessment, tmp_path: Path) -> None:
    assert (
        rows(drawn(RANKING, now, "paper"))
        == """\
指标 | 责任单位 | 目标任务 | 累计完成 | 较上季 | 完成率 | 序时进度 | 差值（百分点） | 排名 | 状态
孵化器（家） | 春区 | 2 | 2 | 1 | 100.0% | 25.0% | 75.0 | 1 | 已完成
孵化器（家） | 园区 | 4 | 2° | 1 | 50.0% | 25.0% | 25.0 | 2 | 达到序时
孵化器（家） | 夏区 | 2 | 0 | — | 0.0% | 25.0% | −25.0 | 3 | 达到序时
孵化器（家） | 秋区 | 2 | 未报 | — | — | 25.0% | — | — | 未报
孵化面积（万平方米） | 春区 | 2 | 1.2* | 0.2 | 60.0% | 25.0% | 35.0 | 1 | 达到序时
"""
    )
    assert [
        line.split(" | ")[1:4:2] + line.split(" | ")[-2:-1]
        for line in rows(drawn(RANKING, county(tmp_path, returns=TIED), "paper")).splitlines()[1:]
    ] == [
        ["春区", "1", "1"],
        ["夏区", "1", "1"],
        ["秋区", "0", "3"],
        ["园区", "未报", "—"],
        ["春区", "1", "1"],
    ]


def test_departments_with_quotas_duties_and_neither(now: Assessment) -> None:
    assert (
        drawn(DEPARTMENTS, now)
        == """\
责任单位 | 任务 | 目标任务 | 累计完成 | 完成率 | 状态 | 每季需完成 | 依据 | 佐证与说明
商务局 | 孵化器（家） | 1 | 1 | 100.0% | 已完成 | 0 | 通知一 |
商务局 | 办展会：场 | — | 2 | — | 进行中 |  | 通知五 | 照片
新闻社 | 宣传 | — | 未报 | — | 未报告 |  | 通知六 |
"""
    )
    assert (
        drawn(DEPARTMENTS, now, "page", "en")
        == """\
Unit | Owes | Done/target | Status | Needed a quarter | Clause | Evidence and remarks
Trade Office | Incubators (家) | 1/1 | done | 0 | notice 一 |
Trade Office | Hold fairs: 场 | 2 | in progress |  | notice 五 | 照片 (2017Q2/商务局.csv › D5)
Press | Publicity | — | silent |  | notice 六 |
"""
    )


def test_duties_on_a_screen(now: Assessment) -> None:
    assert (
        drawn(DUTIES, now, "screen")
        == """\
责任单位 | 任务 | 累计进展 | 状态
商务局 | 办展会：场 | 2 | 进行中
新闻社 | 宣传 | — | 未报告
"""
    )


def test_the_way_of_each_target(now: Assessment) -> None:
    assert (
        drawn(TRENDS, now)
        == """\
指标 | 数字 | 2017Q1 | 2017Q2
孵化器（家） | 累计完成 | 2 | 4
 | 序时应完成 | 1 | 2
孵化面积（万平方米） | 累计完成 | 1.3 | 2.07
 | 序时应完成 | 1 | 2
新增毕业（户） | 累计完成 | 4 | 7
 | 序时应完成 | 1.3 | 2.5
"""
    )
    assert (
        drawn(UNIT_TRENDS, now)
        == """\
指标 | 数字 | 2017Q1 | 2017Q2
春区：孵化器 | 累计完成 | 1 | 2
 | 序时应完成 | 0.3 | 0.5
春区：孵化面积 | 累计完成 | 1 | 1.2
 | 序时应完成 | 0.25 | 0.5
夏区：孵化器 | 累计完成 | — | 0
 | 序时应完成 | 0.3 | 0.5
秋区：孵化器 | 累计完成 | — | —
 | 序时应完成 | 0.3 | 0.5
园区：孵化器 | 累计完成 | 1 | 2
 | 序时应完成 | 0.5 | 1
商务局：孵化器 | 累计完成 | — | 1
 | 序时应完成 | 0.1 | 0.3
"""
    )


def test_the_way_of_one_unit_does_not_repeat_its_name(now: Assessment) -> None:
    assert (
        drawn(UNIT_TRENDS, narrowed(now, frozenset({"zone"})), language="en")
        == """\
Indicator | Figure | 2017Q1 | 2017Q2
Incubators (家) | Done | 1 | 2
 | Due by schedule | 0.5 | 1
"""
    )


STATED = RETURNS["2017Q2/商务局.csv"].replace("办展会,2,进行中,照片", "办展会,,已完成,")
ZERO = RETURNS["2017Q2/商务局.csv"].replace("办展会,2,进行中,照片", "办展会,0,未启动,")


@pytest.mark.parametrize(
    ("returned", "line"),
    [
        (STATED, "商务局 | 办展会：场 | — | — | — | 已完成 |  | 通知五 |"),  # reported, the figure left blank
        (ZERO, "商务局 | 办展会：场 | — | 0 | — | 未启动 |  | 通知五 |"),  # reported, and it is nought
        (RETURNS["2017Q2/夏区.csv"], "商务局 | 办展会：场 | — | 未报 | — | 未报告 |  | 通知五 |"),  # not a word of it
    ],
    ids=["blank", "nought", "silent"],
)
def test_a_duty_without_a_figure_is_not_one_that_nobody_reported(tmp_path: Path, returned: str, line: str) -> None:
    a = county(tmp_path, returns=RETURNS | {"2017Q2/商务局.csv": returned})
    assert line in drawn(DEPARTMENTS, a).splitlines()
