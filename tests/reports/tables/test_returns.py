"""Whole tables of returns as text: on time, late, sent back, carried, in part, silent; which files do not count and why.

Returns for 2017Q2 are due on 15 July 2017.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.reports.narrowed import narrowed
from mdj_plan.reports.tables.calls import CALLS
from mdj_plan.reports.tables.facilities import OVERLAPS, REGISTER, SUMS
from mdj_plan.reports.tables.findings import FINDINGS, RETURNED
from mdj_plan.reports.tables.returns import ALL_SOURCES, ASIDE, HISTORY, RETURNS, SOURCES
from tests.reports.county import HEAD, NIL, county, drawn

ONE = f"{HEAD}\n春风孵化器,孵化器,,运营,10000,3\n"
FILES = {
    "2017Q1/春区.csv": f"报出日期,2017-04-10\n{ONE}",
    "2017Q1/冬区.csv": f"报出日期,2017-04-20\n填表人,李示例,联系电话,0453-0000001\n{HEAD}\n冬至孵化器,孵化器,,运营,700,0\n",
    "2017Q1/乙园.csv": f"{HEAD}\n冬雪孵化器,孵化器,冬区,运营,3000,1\n",
    "2017Q2/春区.csv": f"报出日期,2017-07-15\n{ONE}",  # the last day
    "2017Q2/夏区.csv": f"报出日期,2017-07-18\n{NIL}",  # three days late
    "2017Q2/甲园.csv": f"报出日期,2017-07-16\n{HEAD}\n秋月孵化器,孵化器,春区,运营,5000,1\n",
    "2017Q2/商务局.csv": f"报出日期,2017-07-14\n{ONE.replace(',,运营', ',春区,运营')}",
    "2017Q2/商务局.v2.csv": f"报出日期,2017-07-20\n{ONE.replace(',,运营', ',春区,运营')}",  # corrected
    "2017Q2/新闻社.csv": "没有表格\n",
    "2017Q2/某局.csv": ONE,
}
RECEIPTS = """\
received_at,unit,member,period,version,file,sha256,original_name,errors,warnings,state,given
2017-07-12T09:00:00+08:00,autumn,,2017Q2,,../returned/2017Q2/秋区.xlsx,,秋区.xlsx,1,0,returned,
2017-07-13T09:00:00+08:00,winter,,2017Q2,,../returned/2017Q2/冬区.xlsx,,冬区.xlsx,2,1,returned,
"""


def settled(folder: Path) -> Assessment:
    return county(folder, returns=FILES, receipts=RECEIPTS)


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return settled(tmp_path_factory.mktemp("county"))


def test_who_has_reported_in_the_workbook(now: Assessment) -> None:
    assert (
        drawn(RETURNS, now)
        == """\
责任单位 | 状态 | 应报日期 | 报送日期 | 迟报天数 | 版本 | 载体数 | 文件 | 备注
春区 | 按时 | 2017-07-15 | 2017-07-15 |  | 1 | 1 | 2017Q2/春区.csv |
夏区 | 迟报 | 2017-07-15 | 2017-07-18 | 3 | 1 | 0 | 2017Q2/夏区.csv |
秋区 | 7月12日退回，1 处错误 | 2017-07-15 | — |  | — |  |  |
冬区 | 7月13日退回，2 处错误，沿用 2017Q1 | 2017-07-15 | — |  | — | 1 | 2017Q1/冬区.csv | 数字沿用 2017Q1 的报表（2017-04-20 报送）
园区 | 部分报送 | 2017-07-15 | — |  | — | 2 |  |
　甲园 | 迟报 | 2017-07-15 | 2017-07-16 | 1 | 1 |  | 2017Q2/甲园.csv |
　乙园 | 未报，沿用 2017Q1 | 2017-07-15 | — |  | — |  | 2017Q1/乙园.csv | 数字沿用 2017Q1 的报表
商务局 | 按时（首报7月14日） | 2017-07-15 | 2017-07-20 |  | 2 | 1 | 2017Q2/商务局.v2.csv |
新闻社 | 来件不能用 | 2017-07-15 | — |  | — |  |  | 本期来件不能用，见“未计文件”
"""
    )


def test_who_has_reported_on_a_screen(now: Assessment) -> None:
    assert (
        drawn(RETURNS, now, "screen")
        == """\
责任单位 | 状态 | 报送日期 | 版本 | 载体数 | 文件
春区 | 按时 | 2017-07-15 | 1 | 1 | 春区.csv
夏区 | 迟 3 天 | 2017-07-18 | 1 | 0 | 夏区.csv
秋区 | 7月12日退回，1 处错误 | — | — |  |
冬区 | 7月13日退回，2 处错误，沿用 2017Q1 | — | — | 1 | 2017Q1/冬区.csv
园区 | 部分报送 | — | — | 2 |
　甲园 | 迟 1 天 | 2017-07-16 | 1 |  | 甲园.csv
　乙园 | 未报，沿用 2017Q1 | — | — |  | 2017Q1/乙园.csv
商务局 | 按时（首报7月14日） | 2017-07-20 | 2 | 1 | 商务局.v2.csv
新闻社 | 来件不能用 | — | — |  |
"""
    )


def test_who_has_reported_in_english(now: Assessment) -> None:
    assert (
        drawn(RETURNS, now, "page", "en")
        == """\
Unit | Status | Received | Days late | Version | Facilities | File
Spring | on time | 2017-07-15 |  | 1 | 1 | 2017Q2/春区.csv
Summer | late | 2017-07-18 | 3 | 1 | 0 | 2017Q2/夏区.csv
Autumn | sent back on 12 July with 1 error | — |  | — |  |
Winter | sent back on 13 July with 2 errors; 2017Q1 is carried | — |  | — | 1 | 2017Q1/冬区.csv
Zone | partial | — |  | — | 2 |
　甲园 | late | 2017-07-16 | 1 | 1 |  | 2017Q2/甲园.csv
　乙园 | missing; 2017Q1 is carried | — |  | — |  | 2017Q1/乙园.csv
Trade Office | on time (first on 14 July) | 2017-07-20 |  | 2 | 1 | 2017Q2/商务局.v2.csv
Press | unusable file | — |  | — |  |
"""
    )


def test_quarter_by_quarter(now: Assessment) -> None:
    assert (
        drawn(HISTORY, now, "page")
        == """\
责任单位 | 2017Q1 | 2017Q2
春区 | 按时 | 按时
夏区 | 未报 | 迟 3 天
秋区 | 未报 | 退回待改
冬区 | 迟 5 天 | 退回待改
园区 | 部分报送 | 部分报送
商务局 | 未报 | 按时
新闻社 | 未报 | 来件不能用
"""
    )


def test_whom_to_call(now: Assessment) -> None:
    assert (
        drawn(CALLS, now, "screen")
        == """\
责任单位 | 情况 | 联系人 | 电话
秋区 | 7月12日退回，1 处错误 |  |
冬区 | 7月13日退回，2 处错误 | 李示例 | 0453-0000001
乙园 | 未报 |  |
新闻社 | 来件不能用 |  |
* 应于 2017-07-15 前报送。以上各家本期没有可用的报表，未作检查，数字沿用以前。
"""
    )
    assert (
        drawn(CALLS, now, "screen", "en")
        == """\
Unit | How it stands | Contact | Phone
Autumn | sent back on 12 July with 1 error |  |
Winter | sent back on 13 July with 2 errors | 李示例 | 0453-0000001
乙园 | missing |  |
Press | unusable file |  |
* Due by 2017-07-15. None of these has a return of the period that could be checked; earlier figures stand in.
"""
    )


def test_files_that_do_not_count(now: Assessment) -> None:
    assert (
        drawn(ASIDE, now)
        == """\
责任单位 | 报告期 | 文件 | 版本 | 报送日期 | 原因
商务局 | 2017Q2 | 2017Q2/商务局.csv | 1 | 2017-07-14 | 已由 2017Q2/商务局.v2.csv 取代
新闻社 | 2017Q2 | 2017Q2/新闻社.csv | 1 | — | L101 没有找到载体表或任务表。
单位不明 | 2017Q2 | 2017Q2/某局.csv | 1 | — | L105 封面、标题、文件名和文件夹都没有写明填报单位。
"""
    )


def test_of_one_unit_alone_its_own_files(now: Assessment) -> None:
    assert (
        drawn(ASIDE, narrowed(now, frozenset({"press"})), language="en")
        == """\
Unit | Period | File | Version | Received | Reason
Press | 2017Q2 | 2017Q2/新闻社.csv | 1 | — | L101 No facilities or duties table was found.
"""
    )


def without_hash(text: str) -> list[str]:
    """Whose, of which period, which file, version and day."""
    return [line.rpartition(" | ")[0] for line in text.splitlines()[1:]]


def test_which_files_are_behind_the_figures(now: Assessment) -> None:
    assert without_hash(drawn(SOURCES, now, "page")) == [
        "春区 | 2017Q2 | 2017Q2/春区.csv | 1 | 2017-07-15",
        "夏区 | 2017Q2 | 2017Q2/夏区.csv | 1 | 2017-07-18",
        "冬区 | 2017Q1 | 2017Q1/冬区.csv | 1 | 2017-04-20",
        "园区（甲园） | 2017Q2 | 2017Q2/甲园.csv | 1 | 2017-07-16",
        "园区（乙园） | 2017Q1 | 2017Q1/乙园.csv | 1 | —",
        "商务局 | 2017Q2 | 2017Q2/商务局.v2.csv | 2 | 2017-07-20",
    ]
    assert without_hash(drawn(ALL_SOURCES, now, "book"))[:2] == [
        "春区 | 2017Q2 | 2017Q2/春区.csv | 1 | 2017-07-15",
        "春区 | 2017Q1 | 2017Q1/春区.csv | 1 | 2017-04-10",
    ]


def test_the_register(now: Assessment) -> None:
    assert (
        drawn(REGISTER, now)
        == """\
载体 | 统一社会信用代码 | 类型 | 级别 | 认定文号 | 示范类型 | 所在地区 | 责任部门 | 成立日期 | 运营状态 | 是否计入 | 孵化面积（平方米） | 在孵企业（户） | 本季新增毕业（户） | 累计毕业（户） | 申报单位 | 来源单元格
春风孵化器 |  | 孵化器 | 未认定 |  |  | 春区 | 商务局 | — | 运营 | 计入 | 10,000 | — | 3 | — | 春区、商务局 | 2017Q2/春区.csv › A3 ⏎ 2017Q2/商务局.v2.csv › A3
冬至孵化器 |  | 孵化器 | 未认定 |  |  | 冬区 |  | — | 运营 | 计入 | 700 | — | 0 | — | 冬区 | 2017Q1/冬区.csv › A4
秋月孵化器 |  | 孵化器 | 未认定 |  |  | 春区 |  | — | 运营 | 计入 | 5,000 | — | 1 | — | 园区 | 2017Q2/甲园.csv › A3
冬雪孵化器 |  | 孵化器 | 未认定 |  |  | 冬区 |  | — | 运营 | 计入 | 3,000 | — | 1 | — | 园区 | 2017Q1/乙园.csv › A2
"""
    )
    assert (
        drawn(REGISTER, now, "page", "en")
        == """\
Facility | Kind | Level | Titles | State | Counts | Area (m²) | Tenants | New graduates | Graduates in all | Claimed by | Credited to | Source cells
春风孵化器 | incubator | none |  | operating | counts | 10,000 | — | 3 | — | Spring, Trade Office | Spring, Trade Office | 2017Q2/春区.csv › A3 ⏎ 2017Q2/商务局.v2.csv › A3
冬至孵化器 | incubator | none |  | operating | counts | 700 | — | 0 | — | Winter | Winter | 2017Q1/冬区.csv › A4
秋月孵化器 | incubator | none |  | operating | counts | 5,000 | — | 1 | — | Zone | Zone | 2017Q2/甲园.csv › A3
冬雪孵化器 | incubator | none |  | operating | counts | 3,000 | — | 1 | — | Zone | Zone | 2017Q1/乙园.csv › A2
"""
    )


def test_what_several_claim_and_by_how_much_sums_exceed(now: Assessment) -> None:
    assert (
        drawn(OVERLAPS, now)
        == """\
载体 | 类型 | 申报家数 | 申报单位 | 计入单位
春风孵化器 | 孵化器 | 2 | 春区、商务局 | 春区、商务局
"""
    )
    assert (
        drawn(SUMS, now)
        == """\
指标 | 各单位之和 | 全市 | 重复部分
孵化器（家） | 5 | 4 | 1
孵化面积（万平方米） | 2.87 | 1.87 | 1
新增毕业（户） | 11 | 8 | 3
* 各单位之和减去全市数，即一个载体计入两个以上单位的部分。
"""
    )


def test_findings_by_whose_they_are(now: Assessment) -> None:
    assert (
        drawn(FINDINGS, now)
        == """\
责任单位 | 程度 | 问题 | 怎么改 | 原填内容 | 位置 | 代码 | 规则
春区 | 警告 | 整份报表与 2017Q1（2017Q1/春区.csv）完全相同。 | 请确认不是把上期报表又发了一遍；确无变化请填“无变化”。 |  | 2017Q2/春区.csv | S105 | 与上期完全相同
春区 | 警告 | 表里没有“统一社会信用代码”列。 | 请补上这一列。 |  | 2017Q2/春区.csv | V115 | 没有信用代码
夏区 | 警告 | 2017-07-18 报送，晚于 2017-07-15，迟 3 天。 | 今后请按时报送。 | 2017-07-18 | 2017Q2/夏区.csv | S102 | 迟报
秋区 | 错误 | 秋区的本期报表 2017-07-12 已退回（1 处错误），还没有重报（应于 2017-07-15 前报送）。 | 请催其改正后重报。 |  |  | S101 | 未报
冬区 | 错误 | 冬区的本期报表 2017-07-13 已退回（2 处错误），还没有重报（应于 2017-07-15 前报送），沿用 2017Q1 的数字。 | 请催其改正后重报。 |  |  | S101 | 未报
园区 | 错误 | 园区的乙园没有报送本期报表（应于 2017-07-15 前报送），沿用 2017Q1 的数字。 | 请催报。 |  |  | S101 | 未报
园区 | 警告 | 2017-07-16 报送，晚于 2017-07-15，迟 1 天。 | 今后请按时报送。 | 2017-07-16 | 2017Q2/甲园.csv | S102 | 迟报
园区 | 警告 | 表里没有“统一社会信用代码”列。 | 请补上这一列。 |  | 2017Q2/甲园.csv | V115 | 没有信用代码
商务局 | 警告 | 商务局本期没有报告“办展会”的进展。 | 请催报进展。 |  | 2017Q2/商务局.v2.csv | P105 | 职责没有进展报告
商务局 | 警告 | 表里没有“统一社会信用代码”列。 | 请补上这一列。 |  | 2017Q2/商务局.v2.csv | V115 | 没有信用代码
新闻社 | 错误 | 没有找到载体表或任务表。 | 请使用季报模板，保留表头。 |  | 2017Q2/新闻社.csv | L101 | 没有找到表格
单位不明 | 错误 | 封面、标题、文件名和文件夹都没有写明填报单位。 | 请在封面“填报单位”填写单位全称。 |  | 2017Q2/某局.csv | L105 | 填报单位不明
单位不明 | 警告 | 表里没有“统一社会信用代码”列。 | 请补上这一列。 |  | 2017Q2/某局.csv | V115 | 没有信用代码
计划本身 | 警告 | “孵化面积”全市目标 80000，各单位合计只有 20000。 | 请核对指标分解表。 | 80000 | targets.yaml › 19:5 | P101 | 分解数低于目标
"""
    )


ALIKE = f"{HEAD}\n甲孵化器,孵化器,,运营,约500,0\n乙孵化器,孵化器,,运营,约500,0\n丙孵化器,孵化器,,运营,约500,0\n"


def test_findings_of_a_return_that_say_the_same_are_one(tmp_path: Path) -> None:
    a = county(tmp_path, returns={"2017Q2/春区.csv": ALIKE})
    assert (
        drawn(RETURNED, narrowed(a, frozenset({"spring"})), "page")
        == """\
责任单位 | 位置 | 程度 | 代码 | 问题 | 怎么改
春区 | 2017Q2/春区.csv | 警告 | V115 | 表里没有“统一社会信用代码”列。 | 请补上这一列。
春区 | 2017Q2/春区.csv › E2-E4 | 错误 | V103 | “孵化面积（平方米）”填“约500”，是约数。（3 处） | 请填准确数字；若就是 500，请直接填 500。
"""
    )


def test_nobody_has_reported(tmp_path: Path) -> None:
    a = county(tmp_path, returns={})
    assert [line.split(" | ")[:2] for line in drawn(RETURNS, a, "screen").splitlines()[1:]] == [
        [name, "未报"] for name in ("春区", "夏区", "秋区", "冬区", "园区", "商务局", "新闻社")
    ]
    assert drawn(REGISTER, a).count("\n") == 1
    assert drawn(SUMS, a).splitlines()[1:] == ["* 各单位之和减去全市数，即一个载体计入两个以上单位的部分。"]
