"""A figure down to its cells, as a whole page: what counts, what is blank or unusable, what is left out and why."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

from mdj_plan.assessment import Assessment
from mdj_plan.messages import messages
from mdj_plan.reports.screen.explanation import show_figure
from tests.reports.county import HEAD, NIL, PLAN, RETURNS, county
from tests.reports.tables.test_office import closed


def explained(a: Assessment, indicator: str, unit: str | None = None, language: str = "zh") -> str:
    """The page; a figure of the city without a unit."""
    out = io.StringIO()
    with redirect_stdout(out):
        show_figure(a, a.plan.indicators[indicator], unit, messages(language))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def test_a_stock_of_the_city(tmp_path: Path) -> None:
    assert (
        explained(county(tmp_path), "area")
        == """\
全市 · 孵化面积（平方米） · 2017Q2
口径：运营中载体的“孵化面积（平方米）”之和
目标 80,000，2018Q4 前完成；依据 二，见 targets.yaml › 19:5
序时线 第 0 月末 0 → 第 24 月末 80,000；2017-06 是第 6 个月，应为 20,000
状态 达到序时：完成率 25.9%，序时进度 25.0%，差值 0.9 个百分点
完成 20,700（有空白、未报或不可用的行，可能偏低）
载体            数值  取自    来源单元格
----------- --------- ------- ----------------------
春风孵化器    12,000  春区    2017Q2/春区.csv › E2
            (12,000)  商务局  2017Q2/商务局.csv › E2
夏雨孵化器      空白  春区    2017Q2/春区.csv › E3
冬至空间         700  冬区    2017Q2/冬区.csv › E2
秋月孵化器     5,000  园区    2017Q2/甲园.csv › E2
冬雪孵化器     3,000  园区    2017Q1/乙园.csv › E2
  秋区：2017Q2 及以前没有可用的报表
  乙园：2017Q2 没有可用的报表，沿用 2017Q1
  新闻社：2017Q2 及以前没有可用的报表

括号内是同一载体的其他申报，不重复计；数值依次取区县、部门中最先填报的。
"""
    )


def test_the_same_in_english(tmp_path: Path) -> None:
    assert (
        explained(county(tmp_path), "incubators", "zone", "en")
        == """\
Zone · Incubators (家) · 2017Q2
Counts operating facilities, each once; facility kind: incubator
Target 4 by 2018Q4; clause 一, see quotas.csv › C6
Schedule line 0 at month 0 → 4 at month 24; 2017-06 is month 6, for which it asks 1
Status: on schedule; rate 50.0%, schedule 25.0%, difference 25.0 points
Done: 2
facility    value  from  source cell
----------- ------ ----- --------------------
秋月孵化器      1  Zone  2017Q2/甲园.csv › A2
冬雪孵化器      1  Zone  2017Q1/乙园.csv › A2
  乙园: no return for 2017Q2 that can be used, carried from 2017Q1
"""
    )


def test_a_flow_quarter_by_quarter(tmp_path: Path) -> None:
    assert (
        explained(county(tmp_path), "graduates", "spring")
        == """\
春区 · 新增毕业（户） · 2017Q2
口径：运营中载体的“本季新增毕业企业（户）”，从计划开始逐季累加，每个载体每季计一次
计划没有给这个单位下达这项目标。
完成 5

2017Q1：3
载体        数值  取自  来源单元格
----------- ----- ----- --------------------
春风孵化器     3  春区  2017Q1/春区.csv › F2

2017Q2：2
载体        数值  取自    来源单元格
----------- ----- ------- ----------------------
春风孵化器     2  春区    2017Q2/春区.csv › F2
             (2)  商务局  2017Q2/商务局.csv › F2
夏雨孵化器     0  春区    2017Q2/春区.csv › F3

括号内是同一载体的其他申报，不重复计；数值依次取区县、部门中最先填报的。
"""
    )


MESSY = {
    "2017Q2/春区.csv": (
        f"{HEAD}\n"
        "春风孵化器,孵化器,,运营,1200,1\n"
        "夏雨孵化器,孵化器,,运营,约500,0\n"  # cannot be used
        "秋月孵化器,孵化器,,运营,,0\n"  # blank
        "冬雪孵化器,孵化器,,停运,900,0\n"
        "早春孵化器,孵化器,,筹建,100,0\n"
        "春风孵化器,孵化器,,运营,1300,0\n"  # a second time
        "晚春孵化器,孵化器,夏区,运营,700,0\n"  # another unit's
        "无名的,孵化所,,运营,50,0\n"  # no kind
    )
}


def test_what_does_not_count_is_told_row_by_row(tmp_path: Path) -> None:
    assert (
        explained(county(tmp_path, returns=MESSY), "area", "spring")
        == """\
春区 · 孵化面积（平方米） · 2017Q2
口径：运营中载体的“孵化面积（平方米）”之和
目标 20,000，2018Q4 前完成；依据 二，见 quotas.csv › C3
序时线 第 0 月末 0 → 第 24 月末 20,000；2017-06 是第 6 个月，应为 5,000
状态 滞后：完成率 6.0%，序时进度 25.0%，差值 −19.0 个百分点
完成 1,200（有空白、未报或不可用的行，可能偏低）
载体          数值  取自  来源单元格
----------- ------- ----- --------------------
春风孵化器   1,200  春区  2017Q2/春区.csv › E2
夏雨孵化器  不可用  春区  2017Q2/春区.csv › E3
秋月孵化器    空白  春区  2017Q2/春区.csv › E4
  2017Q2/春区.csv › D5  冬雪孵化器  不计入：停运
  2017Q2/春区.csv › D6  早春孵化器  不计入：筹建
  2017Q2/春区.csv › A7  春风孵化器  不计入：同一载体的第二行（X101）
  2017Q2/春区.csv › A8  晚春孵化器  不计入：填的是别的单位（S104）
  2017Q2/春区.csv › A9  无名的  不计入：名称、类型或状态不可用
"""
    )


def test_a_unit_that_never_reported_and_one_that_has_nothing(tmp_path: Path) -> None:
    a = county(tmp_path)
    assert (
        explained(a, "incubators", "autumn")
        == """\
秋区 · 孵化器（家） · 2017Q2
口径：运营中的载体，一个计一家；载体类型为孵化器
目标 2，2018Q4 前完成；依据 一，见 quotas.csv › C5
序时线 第 0 月末 0 → 第 24 月末 2；2017-06 是第 6 个月，应为 0.5
状态 未报：没有可用的数字
完成 —
  没有一个载体可以计入。
  秋区：2017Q2 及以前没有可用的报表
"""
    )
    assert (
        explained(a, "incubators", "summer")
        == """\
夏区 · 孵化器（家） · 2017Q2
口径：运营中的载体，一个计一家；载体类型为孵化器
目标 2，2018Q4 前完成；依据 一，见 quotas.csv › C4
序时线 第 0 月末 0 → 第 24 月末 2；2017-06 是第 6 个月，应为 0.5
状态 达到序时：完成率 0.0%，序时进度 25.0%，差值 −25.0 个百分点
按整数计的指标，差不到一个整数的不算滞后。
完成 0
  没有一个载体可以计入。
"""
    )


def test_a_figure_without_a_target(tmp_path: Path) -> None:
    assert (
        explained(county(tmp_path), "area", "winter")
        == """\
冬区 · 孵化面积（平方米） · 2017Q2
口径：运营中载体的“孵化面积（平方米）”之和
计划没有给这个单位下达这项目标。
完成 700
载体      数值  取自  来源单元格
--------- ----- ----- --------------------
冬至空间   700  冬区  2017Q2/冬区.csv › E2
"""
    )


UNCHANGED = {
    "2017Q1/春区.csv": RETURNS["2017Q1/春区.csv"],
    "2017Q2/春区.csv": "报告类型,无变化\n",
    "2017Q1/夏区.csv": NIL,
}


def test_an_unchanged_return_stands_for_the_one_before_and_adds_nothing_to_a_flow(tmp_path: Path) -> None:
    a = county(tmp_path, returns=UNCHANGED)
    assert (
        explained(a, "incubators", "spring")
        == """\
春区 · 孵化器（家） · 2017Q2
口径：运营中的载体，一个计一家；载体类型为孵化器
目标 2，2018Q4 前完成；依据 一，见 quotas.csv › C2
序时线 第 0 月末 0 → 第 24 月末 2；2017-06 是第 6 个月，应为 0.5
状态 达到序时：完成率 50.0%，序时进度 25.0%，差值 25.0 个百分点
完成 1
载体        数值  取自  来源单元格
----------- ----- ----- --------------------
春风孵化器     1  春区  2017Q1/春区.csv › A2
  2017Q2/春区.csv 填“无变化”：载体同 2017Q1，本季新增为零
"""
    )
    assert (
        explained(a, "graduates", "spring")
        == """\
春区 · 新增毕业（户） · 2017Q2
口径：运营中载体的“本季新增毕业企业（户）”，从计划开始逐季累加，每个载体每季计一次
计划没有给这个单位下达这项目标。
完成 3

2017Q1：3
载体        数值  取自  来源单元格
----------- ----- ----- --------------------
春风孵化器     3  春区  2017Q1/春区.csv › F2

2017Q2：0
载体        数值  取自  来源单元格
----------- ----- ----- ---------------
春风孵化器     0  春区  2017Q2/春区.csv
  2017Q2/春区.csv 填“无变化”：载体同 2017Q1，本季新增为零
"""
    )


REVISED = PLAN.replace(
    "value: 8, clause: 一}",
    "value: 8, clause: 一, baseline: 1, milestones: {2017Q4: 2}, revisions: [{from: 2017Q2, value: 5, clause: 纪要7}]}",
)


def test_a_revised_target_and_the_corners_of_its_line(tmp_path: Path) -> None:
    assert (
        explained(county(tmp_path, plan=REVISED), "incubators").splitlines()[:8]
        == """\
全市 · 孵化器（家） · 2017Q2
口径：运营中的载体，一个计一家；载体类型为孵化器
目标 5，2018Q4 前完成；依据 纪要7，见 targets.yaml › 18:100
原目标 8，2017Q2 起调整为 5（依据 纪要7）；按原目标完成率 50.0%
序时线 第 0 月末 1 → 第 3 月末 1.25 → 第 24 月末 5；2017-06 是第 6 个月，应为 1.8
状态 达到序时：完成率 80.0%，序时进度 35.7%，差值 44.3 个百分点
完成 4
载体        数值  取自    来源单元格""".splitlines()
    )


def test_a_published_figure_that_is_another_now(tmp_path: Path) -> None:
    assert (
        explained(closed(tmp_path), "area", "spring")
        == """\
春区 · 孵化面积（平方米） · 2017Q2
口径：运营中载体的“孵化面积（平方米）”之和
目标 20,000，2018Q4 前完成；依据 二，见 quotas.csv › C3
序时线 第 0 月末 0 → 第 24 月末 20,000；2017-06 是第 6 个月，应为 5,000
2017Q2 2017-07-20 公布（第1版）时为 12,000，现为 12,500.5，相差 500.5；此后变动：春区 2017Q2 由 2017Q2/春区.csv 改为
  2017Q2/春区.v2.csv；夏区 2017Q2 的 2017Q2/夏区.csv 不再计入；计划文件有改动
状态 达到序时：完成率 62.5%，序时进度 25.0%，差值 37.5 个百分点
完成 12,500.5
载体            数值  取自    来源单元格
----------- --------- ------- -----------------------
春风孵化器    12,000  春区    2017Q2/春区.v2.csv › E2
            (12,000)  商务局  2017Q2/商务局.csv › E2
夏雨孵化器     500.5  春区    2017Q2/春区.v2.csv › E3

括号内是同一载体的其他申报，不重复计；数值依次取区县、部门中最先填报的。
"""
    )
