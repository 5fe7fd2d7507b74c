"""What a plan file may say since 0.3, and how each mistake in it is pointed at (contract 1, 5.2, 5.5, 6.3, 6.4)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest

from mdj_plan.names import Words
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from tests.plan.test_load import PLAN, QUOTAS, places, write

WHOLE = """\
    schema: 1
    plan: {id: demo, title: 示例计划, start: 2021Q1, end: 2022}
    quotas: quotas.csv
    submissions: data/returns
    timezone: Asia/Shanghai
    holidays: {closed: [2021-10-01], open: [2021-10-09]}
    office: {name: 联席会议办公室, contact: 示例, phone: "0453-1234567", signer: 示例局, reply_days: 5}
    closed: 发布
    fields:
      - {id: hightech, header: 高新技术企业数, measure: 户, type: whole, name: {zh: 高新技术企业, en: high-tech firms}}
      - {id: rating, header: 评级, type: choice, choices: {a: 甲, b: {zh: 乙, en: B}}}
      - {id: track, header: 赛道, type: text}
    units:
      - {id: east, kind: district, name: 东区, remote: true}
      - {id: office, kind: department, name: {zh: 市办}}
    indicators:
      - {id: hightech, name: 高企, unit: 户, sum: hightech, where: {rating: [a, b], track: 生物}}
      - {id: area, name: {zh: 孵化面积, en: Area}, unit: {zh: 万平方米, en: "10 000 m²"}, sum: area_m2}
      - {id: fund, name: 孵化资金, unit: 亿元, sum: fund_10k}
    targets:
      - indicator: 孵化面积
        value: 10
        due: 2022
        milestones: {2021: 4}
        revisions:
          - {from: 2022Q1, value: 12, due: 2023Q4, milestones: {2022: 11}, clause: 三}
          - {from: 2021Q3, value: 11}
      - {indicator: Area, value: 9}
    rules:
      X107: {severity: note, over: 30}
      V111: {largest_area: 500000}
      S105: {severity: "off", reason: 试行期}
    rewards:
      - {event: promoted, to: national, amount: 50, clause: 四}
      - {event: graduated, amount: 1}
    score: {of: target, cap: 1, weights: {高企: 2, area: 1.5}, deductions: {late: 2}}
    """
NO_QUOTAS = "责任单位,指标,目标\n"


def test_a_plan_that_says_all_of_it(tmp_path: Path) -> None:
    plan = load_plan(write(tmp_path, WHOLE, NO_QUOTAS))
    assert (plan.end, plan.file.plan.title) == (Period(2022, 4), Words("示例计划"))
    assert (plan.file.timezone, plan.file.office.reply_days) == ("Asia/Shanghai", 5)
    assert plan.file.holidays is not None
    assert plan.file.holidays.closed == (dt.date(2021, 10, 1),)
    assert plan.closed == (tmp_path / "发布").resolve()
    assert plan.exceptions == (tmp_path / "data" / "exceptions.csv").resolve()
    assert plan.criteria is None
    assert plan.fields["hightech"].label == Words("高新技术企业数（户）", "high-tech firms")
    assert [choice.id for choice in plan.file.fields[1].choices] == ["a", "b"]
    assert {name: (each.whole, each.factor) for name, each in plan.indicators.items()} == {
        "hightech": (True, 1),
        "area": (False, 10_000),
        "fund": (False, 10_000),
    }
    assert plan.limits["X107"] == {"over": Decimal(30)}
    assert plan.limits["V111"]["largest_area"] == 500_000
    assert plan.limits["V111"]["smallest_area"] == 50
    assert plan.file.score is not None
    assert plan.file.score.weights == {"hightech": 2, "area": Decimal("1.5")}
    assert [band.status for band in plan.file.bands] == ["behind", "seriously_behind"]  # the plan gives none


def test_a_target_and_its_revisions_in_order_of_time(tmp_path: Path) -> None:
    plan = load_plan(write(tmp_path, WHOLE, NO_QUOTAS))
    assert [(str(t.since), t.value, str(t.due), len(t.milestones)) for t in plan.versions(None, "area")] == [
        ("None", 10, "2022Q4", 1),
        ("2021Q3", 11, "2022Q4", 0),  # due when the version before was
        ("2022Q1", 12, "2023Q4", 1),
    ]
    assert [target.since for target in plan.owed] == [None]
    assert [target.value for target in plan.repeated] == [9]  # by its name in English: the same indicator again


@pytest.mark.parametrize(
    ("old", "new", "found"),  # ▸ stands where the mistake is pointed at
    [
        ("start: 2021Q1", "start: ▸2021", "2021"),
        ("timezone: Asia/Shanghai", "timezone: ▸Asia/Mudanjiang", "Asia/Mudanjiang"),
        ("closed: [2021-10-01]", "closed: [▸2021-13-01]", "2021-13-01"),
        ("open: [2021-10-09]", "open: [▸2021-10-01]", "2021-10-01"),
        ("reply_days: 5", "reply_days: ▸0", "0"),
        ('phone: "0453-1234567"', "phone: ▸4531234567", "4531234567"),
        ("id: track", "id: ▸area_m2", "area_m2"),
        ("header: 赛道", "header: ▸载体 名称", "载体 名称"),
        ("header: 赛道", "header: ▸评级", "评级"),
        ("header: 赛道", "header: ▸在孵企业数（高新）", "在孵企业数（高新）"),
        ("header: 赛道", "header: ▸（无）", "（无）"),
        ("id: track", "id: ▸file", "file"),
        ("{id: rating, header: 评级, type: choice, choices: {a: 甲, b: {zh: 乙, en: B}}", "▸{id: rating, header: 评级, type: choice", "choice"),
        ("{a: 甲, b: {zh: 乙, en: B}}", "▸[甲, 甲]", "['甲', '甲']"),
        ("type: text}", "type: ▸memo}", "memo"),
        ("type: text}", "type: text, measure: ▸户}", "户"),
        ("rating: [a, b]", "rating: [a, ▸c]", "c"),
        ("track: 生物", "▸hightech: x", "hightech"),
        ('unit: {zh: 万平方米, en: "10 000 m²"}', "unit: ▸亩", "亩"),
        ("unit: 亿元", "unit: ▸元", "元"),
        ("unit: 亿元", "unit: {zh: 亿元, ▸cn: x}", "cn"),
        ("indicator: Area", "indicator: ▸Areas", "Areas"),
        ("from: 2021Q3", "from: ▸2021Q1", "2021Q1"),
        ("value: 11}", "value: ▸0}", "0"),
        ("milestones: {2022: 11}", "milestones: {2021: ▸11}", "2021Q4: 11"),
        ("from: 2021Q3, value: 11", "from: ▸2023Q1, value: 11, due: 2022Q4", "2023Q1"),
        ("due: 2022\n", "due: ▸2023\n", "2023Q4"),
        ("X107: {severity", "▸X999: {severity", "X999"),
        ("over: 30}", "▸under: 30}", "under"),
        ("over: 30}", "over: ▸high}", "high"),
        ("X107: {severity: note, over: 30}", "X104: {severity: ▸warning}", "warning"),
        ('severity: "off", reason: 试行期', 'severity: ▸"off"', "off"),
        ("severity: note", "severity: ▸fatal", "fatal"),
        ("event: graduated", "event: ▸graduate", "graduate"),
        ("to: national", "to: ▸nation", "nation"),
        ("{高企: 2,", "{▸高企业: 2,", "高企业"),
        ("area: 1.5", "▸hightech: 1.5", "hightech"),
        ("of: target", "of: ▸goal", "goal"),
        ("late: 2", "▸later: 2", "later"),
    ],
)  # fmt: skip
def test_each_mistake_is_pointed_at(tmp_path: Path, old: str, new: str, found: str) -> None:
    assert old in WHOLE
    marked = dedent(WHOLE.replace(old, new, 1))
    before = marked.partition("▸")[0]
    place = f"targets.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    told = places(write(tmp_path, marked.replace("▸", ""), NO_QUOTAS))
    assert [(file, what) for _, file, what in told if what == found] == [(place, found)]


def test_an_own_row_wins_over_its_group_and_a_revision_has_its_own_rows(tmp_path: Path) -> None:
    quotas = """\
    责任单位,指标,目标,调整自,完成时限
    各区,孵化器,3,,
    东区,孵化器,5,,
    各区,孵化器,6,2021Q3,2022Q3
    西区,孵化器,7,2022Q1,
    """
    plan = load_plan(write(tmp_path, quotas=quotas))
    assert [[(t.value, str(t.due)) for t in plan.versions(unit, "incubators")] for unit in ("east", "west")] == [
        [(5, "2022Q4"), (6, "2022Q3")],
        [(3, "2022Q4"), (6, "2022Q3"), (7, "2022Q3")],
    ]
    assert plan.repeated == ()


@pytest.mark.parametrize(
    ("row", "place", "found"),
    [
        ("西区,孵化面积,6,2021Q3,,", "D4", "2021Q3"),  # a revision of nothing
        ("西区,孵化器,6,2021Q1,,", "D4", "2021Q1"),
        ("西区,孵化器,6,2022Q3,2022Q2,", "D4", "2022Q3"),
        ("西区,孵化器,6,2021Q3,,2", "F4", "2"),
        ("西区,孵化器,6,去年,,", "D4", "去年"),
        ("市办,孵化器,6,,2023Q1,", "E4", "2023Q1"),
    ],
)
def test_revisions_that_cannot_be(tmp_path: Path, row: str, place: str, found: str) -> None:
    quotas = f"责任单位,指标,目标,调整自,完成时限,基数\n各区,孵化器,3,,,1\n市办,面积,3,,,\n{row}\n"
    plan = PLAN.replace("unit: ㎡, sum: area_m2", "unit: 万平方米, sum: area_m2").replace("孵化面积", "面积")
    plan = plan.replace("{zh: 面积}", "{zh: 面积, en: 孵化面积}")
    assert places(write(tmp_path, plan, quotas)) == [("table-wrong-value", f"quotas.csv:{place}", found)]


def test_revisions_too_want_a_source_and_rising_milestones(tmp_path: Path) -> None:
    from mdj_plan.plan.lint import lint

    revised = PLAN.replace("value: 10", "value: 6").replace("2021Q4: 4}}", "2021Q4: 4}, revisions: [{from: 2021Q3, value: 7, milestones: {2021Q4: 8}}]}")  # fmt: skip
    plan = load_plan(write(tmp_path, revised, QUOTAS))
    assert [(f.code, f.at.cell, f.value) for f in lint(plan, plan.start)] == [
        ("P103", "16:87", "8 → 7"),
        ("P104", "16:87", "7"),
    ]
    falls_short = lint(plan)[0]  # 6 were enough at the start
    assert (falls_short.code, falls_short.at.cell, falls_short.value) == ("P101", "16:87", "7")
