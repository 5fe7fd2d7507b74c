"""Whole tables of what the office does with the figures: decisions, scores, candidates, changes, restatements."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from mdj_plan.archive.closing import place_of, write_edition
from mdj_plan.assessment import Assessment
from mdj_plan.messages import messages
from mdj_plan.reports.data.edition import edition_json
from mdj_plan.reports.tables.actions import ACTIONS, PRESSING
from mdj_plan.reports.tables.candidates import CANDIDATES, CRITERIA_SETS
from mdj_plan.reports.tables.changes import CHANGES
from mdj_plan.reports.tables.edition import edition_of
from mdj_plan.reports.tables.restatements import RESTATEMENTS
from mdj_plan.reports.tables.scores import SCORES
from mdj_plan.reports.tables.table import Filled
from mdj_plan.reports.tables.values import told, worded
from mdj_plan.reports.tables.way import Quarters, quarters_of
from tests.reports.county import PLAN, RETURNS, county, drawn

DECISIONS = """\
编号,会议日期,事项,责任单位,完成时限,指标,目标值,完成日期,进展,备注
1,2017-04-20,建成一家,春区,2017-06-30,孵化器,,2017-06-30,,
2,2017-04-20,补报,商务局,2017-05-31,,,2017-06-02,,
3,2017-04-20,面积到两万,春区,2017-06-15,孵化面积,,,装修中,
4,2017-04-20,腾出场地,"夏区、秋区",2017-06-10,孵化器,1,,,
5,2017-04-20,挂牌,园区,2017-07-30,,,,,
6,2017-04-20,验收,园区,2017-07-31,,,,,
7,,两家就行,园区,2017-05-01,孵化器,2,,,
"""


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return county(tmp_path_factory.mktemp("county"), actions=DECISIONS)


def test_decisions_of_every_status(decided: Assessment) -> None:
    assert (
        drawn(ACTIONS, decided)
        == """\
编号 | 责任单位 | 事项 | 会议日期 | 完成时限 | 指标 | 要求达到 | 累计完成 | 状态 | 办结日期 | 进展
4 | 夏区 | 腾出场地 | 2017-04-20 | 2017-06-10 | 孵化器 | 1 | 0 | 逾期20天 | — |
4 | 秋区 | 腾出场地 | 2017-04-20 | 2017-06-10 | 孵化器 | 1 | 未报 | 逾期20天 | — |
3 | 春区 | 面积到两万 | 2017-04-20 | 2017-06-15 | 孵化面积 | 2 | 1.2 | 逾期15天 | — | 装修中
5 | 园区 | 挂牌 | 2017-04-20 | 2017-07-30 |  |  |  | 进行中 | — |
6 | 园区 | 验收 | 2017-04-20 | 2017-07-31 |  |  |  | 进行中 | — |
7 | 园区 | 两家就行 | — | 2017-05-01 | 孵化器 | 2 | 2 | 按数字已完成 | — |
2 | 商务局 | 补报 | 2017-04-20 | 2017-05-31 |  |  |  | 逾期办结 | 2017-06-02 |
1 | 春区 | 建成一家 | 2017-04-20 | 2017-06-30 | 孵化器 | 2 | 2 | 已办结 | 2017-06-30 |
"""
    )


def test_decisions_in_english_on_a_screen(decided: Assessment) -> None:
    assert (
        drawn(ACTIONS, decided, "screen", "en")
        == """\
Number | Unit | Decision | Due | Status | Progress
4 | Summer | 腾出场地 | 2017-06-10 | 20 days overdue |
4 | Autumn | 腾出场地 | 2017-06-10 | 20 days overdue |
3 | Spring | 面积到两万 | 2017-06-15 | 15 days overdue | 装修中
5 | Zone | 挂牌 | 2017-07-30 | open |
6 | Zone | 验收 | 2017-07-31 | open |
7 | Zone | 两家就行 | 2017-05-01 | met by the figures |
2 | Trade Office | 补报 | 2017-05-31 | done late |
1 | Spring | 建成一家 | 2017-06-30 | done |
"""
    )


def test_what_cannot_wait_is_overdue_or_due_within_thirty_days(decided: Assessment) -> None:
    assert (
        drawn(PRESSING, decided, "screen")
        == """\
编号 | 责任单位 | 事项 | 完成时限 | 状态 | 进展
4 | 夏区 | 腾出场地 | 2017-06-10 | 逾期20天 |
4 | 秋区 | 腾出场地 | 2017-06-10 | 逾期20天 |
3 | 春区 | 面积到两万 | 2017-06-15 | 逾期15天 | 装修中
5 | 园区 | 挂牌 | 2017-07-30 | 进行中 |
"""
    )


SCORED = PLAN + (
    "score: {of: schedule, cap: 1.2, weights: {孵化器: 3, 孵化面积: 1}, "
    "deductions: {late: 2, missing: 5, error: 0.5, overdue: 1}}\n"
)


def test_scores_with_their_parts(tmp_path: Path) -> None:
    a = county(tmp_path, plan=SCORED, as_of="2018-06", actions=DECISIONS)
    assert (
        drawn(SCORES, a)
        == """\
责任单位 | 类别 | 得分 | 排名 | 得分构成 | 扣分
春区 | 县（市）区、开发区 | 109 | 1 | 孵化器：权重3，比率1.2，得90分；孵化面积：权重1，比率0.8，得20分 | 议定事项逾期1次，扣1分
夏区 | 县（市）区、开发区 | 0 | 3 | 孵化器：权重3，比率0，得0分 | 议定事项逾期1次，扣1分
秋区 | 县（市）区、开发区 | 0 | 3 | 孵化器：权重3，比率0，得0分 | 未报1次，扣5分；议定事项逾期1次，扣1分
冬区 | 县（市）区、开发区 | — | — |  |
园区 | 县（市）区、开发区 | 64.67 | 2 | 孵化器：权重3，比率0.6667，得66.67分 | 议定事项逾期2次，扣2分
商务局 | 市直部门 | 120 | 1 | 孵化器：权重3，比率1.2，得120分 |
新闻社 | 市直部门 | — | — |  | 未报1次，扣5分
"""
    )


def test_scores_in_english(tmp_path: Path) -> None:
    a = county(tmp_path, plan=SCORED)
    assert (
        drawn(SCORES, a, language="en")
        == """\
Unit | Kind of unit | Score | Rank | Made up of | Deductions
Spring | Districts and zones | 120 | 1 | Incubators: weight 3, ratio 1.2, 90 points; Area: weight 1, ratio 1.2, 30 points |
Summer | Districts and zones | 0 | 3 | Incubators: weight 3, ratio 0, 0 points |
Autumn | Districts and zones | 0 | 3 | Incubators: weight 3, ratio 0, 0 points | missing 1×, −5
Winter | Districts and zones | — | — |  |
Zone | Districts and zones | 120 | 1 | Incubators: weight 3, ratio 1.2, 120 points |
Trade Office | Departments | 120 | 1 | Incubators: weight 3, ratio 1.2, 120 points |
Press | Departments | — | — |  | missing 1×, −5
"""
    )


CRITERIA = """\
- id: national
  name: {zh: 国家级示例, en: National example}
  document: 示例〔2017〕9号
  kind: [incubator]
  below: national
  counts_for: incubators
  criteria:
    - {id: site, name: {zh: 场地, en: Site}, of: area_m2, at_least: 10000}
    - {id: density, name: {zh: 密度, en: Density}, of: tenants, per: area_m2, times: 1000, at_least: 3}
    - {id: running, name: {zh: 年限, en: Running}, months_since: founded, at_least: 36}
"""
JUDGED = (
    "载体名称,载体类型,级别,运营状态,成立日期,孵化面积（平方米）,在孵企业数（户）,本季新增毕业企业（户）\n"
    "春风孵化器,孵化器,省级,运营,2014-06-30,10000,30,0\n"
    "夏雨孵化器,孵化器,,运营,2014-07-01,9999.5,29,0\n"
    "秋月孵化器,孵化器,,运营,,12000,,0\n"
    "冬雪孵化器,孵化器,国家级,运营,2001-01-01,50000,500,0\n"
)


def judged(folder: Path) -> Assessment:
    plan = PLAN.replace("schema: 1\n", "schema: 1\ncriteria: criteria.yaml\n")
    (folder / "config").mkdir()
    (folder / "config" / "criteria.yaml").write_text(CRITERIA, "utf-8")
    return county(folder, plan=plan, returns={"2017Q2/春区.csv": JUDGED}, candidates=True)


def test_candidates_and_what_they_lack(tmp_path: Path) -> None:
    a = judged(tmp_path)
    assert (
        drawn(CRITERIA_SETS, a)
        == """\
认定条件 | 文号 | 还要争创 | 条件已具备 | 备注
国家级示例 | 示例〔2017〕9号 | 4 | 1 |
"""
    )
    assert (
        drawn(CANDIDATES, a)
        == """\
认定条件 | 载体 | 类型 | 级别 | 计入单位 | 状态 | 还差 | 没有填
国家级示例 | 春风孵化器 | 孵化器 | 省级 | 春区 | 条件已具备 |  |
国家级示例 | 秋月孵化器 | 孵化器 | 未认定 | 春区 | 1/3 条已具备，其余待填 |  | 密度：在孵企业数（户）（G4）；年限：成立日期（E4）
国家级示例 | 夏雨孵化器 | 孵化器 | 未认定 | 春区 | 0/3 条已具备 | 孵化面积差0.5平方米；在孵企业数差1户；年限：差1个月 |
"""
    )
    assert (
        drawn(CANDIDATES, a, "screen", "en")
        == """\
Criteria | Facility | Status | Lacking
National example | 春风孵化器 | ready |
National example | 秋月孵化器 | 1 of 3 met, the rest not stated |
National example | 夏雨孵化器 | 0 of 3 met | incubation area (m²) −0.5; tenant firms −1; Running: short by 1 month
"""
    )


FULL = "载体名称,统一社会信用代码,载体类型,级别,认定文号,示范类型,所在地区,运营状态,孵化面积（平方米）,本季新增毕业企业（户）\n"
A1 = "春风孵化器,91990000MAXX00001R,孵化器,市级,,,,运营,1000,1\n"
B1 = "夏雨孵化器,91990000MAXX00002W,孵化器,省级,旧〔2016〕1号,典型示范,,运营,500,0\n"
C1 = "秋月空间,,众创空间,,,,,筹建,300,0\n"
D1 = "冬雪孵化器,,孵化器,,,,,运营,400,0\n"
A2 = "春风孵化器,91990000MAXX00001R,孵化器,国家级,新〔2017〕3号,省级示范,,运营,1000,4\n"
B2 = "夏雨孵化器,91990000MAXX000030,孵化器,市级,,,,停运,500,0\n"
C2 = "秋月空间,,众创空间,,,,,运营,300,0\n"
E2 = "早春孵化器,,孵化器,,,,,在建,200,0\n"
MOVED = {"2017Q1/春区.csv": FULL + A1 + B1 + C1 + D1, "2017Q2/春区.csv": FULL + A2 + B2 + C2 + E2}
REWARDS = PLAN + (
    "rewards: [{event: promoted, to: national, amount: 50}, {event: promoted, amount: 20}, {event: graduated, amount: 0.5}]\n"
)


def test_what_happened_to_facilities(tmp_path: Path) -> None:
    a = county(tmp_path, returns=MOVED)
    assert (
        drawn(CHANGES, a)
        == """\
变动 | 载体 | 类型 | 计入单位 | 变化 | 认定文号 | 来源单元格
晋升 | 春风孵化器 | 孵化器 | 春区 | 市级 → 国家级 | 新〔2017〕3号 | 2017Q2/春区.csv › A2
新获示范 | 春风孵化器 | 孵化器 | 春区 | 省级示范 |  | 2017Q2/春区.csv › A2
毕业企业 | 春风孵化器 | 孵化器 | 春区 | 4户 |  | 2017Q2/春区.csv › A2
停止运营 | 夏雨孵化器 | 孵化器 | 春区 | 运营 → 停运 |  | 2017Q2/春区.csv › A3
运营主体变更 | 夏雨孵化器 | 孵化器 | 春区 | 91990000MAXX00002W → 91990000MAXX000030 |  | 2017Q2/春区.csv › A3
降级 | 夏雨孵化器 | 孵化器 | 春区 | 省级 → 市级 |  | 2017Q2/春区.csv › A3
失去示范 | 夏雨孵化器 | 孵化器 | 春区 | 典型示范 |  | 2017Q2/春区.csv › A3
投入运营 | 秋月空间 | 众创空间 | 春区 | 筹建 → 运营 |  | 2017Q2/春区.csv › A4
新增 | 早春孵化器 | 孵化器 | 春区 | 在建 |  | 2017Q2/春区.csv › A5
不再申报 | 冬雪孵化器 | 孵化器 | 春区 | 运营 |  | 2017Q1/春区.csv › A5
"""
    )


def paid(text: str) -> str:
    """The heading, and the events that a reward may be for."""
    kept = (line for line in text.splitlines() if line.startswith(("Event", "promoted", "firms graduated")))
    return "\n".join(kept) + "\n"


def test_what_happened_and_what_is_paid_for_it(tmp_path: Path) -> None:
    a = county(tmp_path, plan=REWARDS, returns=MOVED)
    assert (
        paid(drawn(CHANGES, a, "paper", "en"))
        == """\
Event | Facility | Kind | Credited to | Change to facility | Document | Reward (10,000 yuan)
promoted | 春风孵化器 | incubator | Spring | municipal → national | 新〔2017〕3号 | 50
firms graduated | 春风孵化器 | incubator | Spring | 4 graduated |  | 2
"""
    )


def closed(folder: Path) -> Assessment:
    """2017Q2 closed on 20 July; then 春区 corrects its return, 夏区's nil return goes, and the city's target is another."""
    first = county(folder)
    text = edition_json(first, messages("zh"), number=1, closed_at="2017-07-20T09:00:00+08:00", note=None)
    write_edition(place_of(first.plan, first.period, 1), text)
    later = {"2017Q2/春区.v2.csv": RETURNS["2017Q2/春区.csv"].replace("运营,,0", "运营,500.5,0")}
    (folder / "data" / "submissions" / "2017Q2" / "夏区.csv").unlink()
    plan = PLAN.replace("value: 8, clause: 一", "value: 9, clause: 一")
    kept = {name: text for name, text in RETURNS.items() if name != "2017Q2/夏区.csv"}
    return county(folder, plan=plan, returns=kept | later)


def test_published_figures_that_are_others_now(tmp_path: Path) -> None:
    a = closed(tmp_path)
    assert (
        drawn(RESTATEMENTS, a)
        == """\
报告期 | 责任单位 | 指标 | 公布数 | 现数 | 相差 | 公布时目标 | 现目标 | 公布时状态 | 现状态 | 版次 | 公布日期
2017Q2 | 全市 | 孵化器（家） | 4 | 4 | 0 | 8 | 9 | 达到序时 | 达到序时 | 1 | 2017-07-20
2017Q2 | 全市 | 孵化面积（万平方米） | 2.07 | 2.1201 | 0.0501 | 8 | 8 | 达到序时 | 达到序时 | 1 | 2017-07-20
2017Q2 | 春区 | 孵化面积（万平方米） | 1.2 | 1.2501 | 0.0501 | 2 | 2 | 达到序时 | 达到序时 | 1 | 2017-07-20
2017Q2 | 夏区 | 孵化器（家） | 0 | — | — | 2 | 2 | 达到序时 | 未报 | 1 | 2017-07-20
* 2017Q2 于 2017-07-20 公布（第1版）；此后变动：春区 2017Q2 由 2017Q2/春区.csv 改为 2017Q2/春区.v2.csv；夏区 2017Q2 的 2017Q2/夏区.csv 不再计入；计划文件有改动。
"""
    )
    assert (
        drawn(RESTATEMENTS, a, "screen", "en")
        == """\
Period | Unit | Indicator | Published | Now | Difference | Target then | Target now | Status published | Status now
2017Q2 | City | Incubators (家) | 4 | 4 | 0 | 8 | 9 | on schedule | on schedule
2017Q2 | City | Area (10,000 m²) | 2.07 | 2.1201 | 0.0501 | 8 | 8 | on schedule | on schedule
2017Q2 | Spring | Area (10,000 m²) | 1.2 | 1.2501 | 0.0501 | 2 | 2 | on schedule | on schedule
2017Q2 | Summer | Incubators (家) | 0 | — | — | 2 | 2 | on schedule | not reported
* 2017Q2 was published on 2017-07-20 (edition 1); changed since: Spring 2017Q2: 2017Q2/春区.v2.csv instead of 2017Q2/春区.csv; Summer 2017Q2: 2017Q2/夏区.csv counts no more; the plan.
"""
    )


def test_which_edition_a_paper_is_of(tmp_path: Path) -> None:
    a = county(tmp_path / "draft")
    assert [worded(edition_of(a), messages(language)) for language in ("zh", "en")] == ["未定稿", "draft"]
    a = closed(tmp_path / "closed")
    assert [worded(edition_of(a), messages(language)) for language in ("zh", "en")] == [
        "第1版，2017年7月20日公布，此后有修订",
        "edition 1, published on 20 July 2017, revised since",
    ]


def of_way(filled: Filled, language: str = "zh") -> str:
    texts = messages(language)
    lines = [" | ".join(worded(column.heading, texts) for column in filled.columns)]
    lines += [" | ".join(told(row.get(c.key), texts, c.blank) for c in filled.columns) for row in filled.rows]
    return "\n".join(lines) + "\n"


def test_a_figures_last_quarters(tmp_path: Path) -> None:
    a = closed(tmp_path)
    assert (
        of_way(quarters_of(Quarters(a, a.way(None, "area"), 4)))
        == """\
报告期 | 累计完成 | 较上季 | 序时应完成 | 状态 | 每季需完成 | 公布数
2017Q1 | 1.3 | — | 1 | 达到序时 | 0.9571 | —
2017Q2 | 2.1201 | 0.8201 | 2 | 达到序时 | 0.98 | 2.07
"""
    )
    assert (
        of_way(quarters_of(Quarters(a, a.way("autumn", "incubators"), 1)), "en")
        == """\
Period | Done | Change | Due by schedule | Status | Needed a quarter | Published
2017Q2 | — | — | 0.5 | not reported | — | —
"""
    )


def test_without_a_closed_quarter_nothing_is_published(tmp_path: Path) -> None:
    a = county(tmp_path)
    assert [column.key for column in quarters_of(Quarters(a, a.way(None, "area"), 4)).columns] == [
        *("period", "actual", "change", "schedule", "status", "needed"),
    ]


def test_scores_that_rank_apart_do_not_look_alike(tmp_path: Path) -> None:
    a = county(tmp_path, plan=SCORED)
    score = {
        "spring": Fraction("50.001"),
        "summer": Fraction("50.004"),
        "zone": Fraction(50),
        "office": Fraction("50.004"),
    }
    rank = {"spring": 2, "summer": 1, "zone": 3, "office": 1}
    rows = tuple(row._replace(score=score.get(row.unit.id), rank=rank.get(row.unit.id)) for row in a.scores)
    told = [line.split(" | ")[:4:2] for line in drawn(SCORES, replace(a, scores=rows)).splitlines()[1:]]
    assert told == [
        ["春区", "50.001"],
        ["夏区", "50.004"],
        ["秋区", "—"],
        ["冬区", "—"],
        ["园区", "50"],
        ["商务局", "50"],  # among its own kind nothing looks like it
        ["新闻社", "—"],
    ]
