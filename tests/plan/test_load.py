"""Loading a plan: everything that is wrong is said in one run, with line, column, what stands there, what was expected."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest

from mdj_plan.messages import messages
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.problems import PlanError

PLAN = """\
    schema: 1
    plan: {id: demo, title: {zh: 示例计划, en: Demo plan}, start: 2021Q1, end: 2022Q4}
    quotas: quotas.csv
    submissions: returns
    groups:
      - {id: county, name: {zh: 各区, en: Districts}}
    units:
      - {id: east, kind: district, group: county, name: {zh: 东区}, aliases: [东]}
      - {id: west, kind: district, group: county, name: {zh: 西区}}
      - {id: far, kind: district, group: county, name: {zh: 远区}, participates: false}
      - {id: office, kind: department, name: {zh: 市办}}
    indicators:
      - {id: incubators, name: {zh: 孵化器, en: Incubators}, unit: 家, count: facilities, where: {kind: incubator}}
      - {id: area, name: {zh: 孵化面积}, unit: ㎡, sum: area_m2}
    targets:
      - {indicator: incubators, value: 10, clause: 一, milestones: {2021Q4: 4}}
    bands:
      - {status: behind, from: 10}
      - {status: far_behind, over: 30}
    """
QUOTAS = """\
    责任单位,指标,目标,2021,依据
    各区,孵化器,3,1,二
    市办,incubators,1,,三
    """


def write(folder: Path, plan: str = PLAN, quotas: str = QUOTAS) -> Path:
    (folder / "quotas.csv").write_text(dedent(quotas), "utf-8-sig")
    path = folder / "targets.yaml"
    path.write_text(dedent(plan), "utf-8")
    return path


def sentences(path: Path, language: str = "en") -> list[str]:
    with pytest.raises(PlanError) as caught:
        load_plan(path)
    return [problem.sentence(messages(language)) for problem in caught.value.problems]


def places(path: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(PlanError) as caught:
        load_plan(path)
    return [(p.name, f"{p.file}:{p.at}", str(p.args.get("found", ""))) for p in caught.value.problems]


def test_a_plan_and_its_quotas_a_group_row_holding_for_each_of_its_units(tmp_path: Path) -> None:
    plan = load_plan(write(tmp_path))
    assert [(t.unit, t.indicator, t.value, t.due, t.milestones) for t in plan.owed] == [
        (None, "incubators", Decimal(10), Period(2022, 4), ((Period(2021, 4), Decimal(4)),)),
        ("east", "incubators", Decimal(3), Period(2022, 4), ((Period(2021, 4), Decimal(1)),)),
        ("west", "incubators", Decimal(3), Period(2022, 4), ((Period(2021, 4), Decimal(1)),)),
        ("office", "incubators", Decimal(1), Period(2022, 4), ()),
    ]
    assert [unit.id for unit in plan.participants] == ["east", "west", "office"]
    assert plan.submissions == (tmp_path / "returns").resolve()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("schema: 1", "schema: 2", ("plan-wrong-value", "targets.yaml:1:9", "2")),
        ("start: 2021Q1", "start: 2021Q5", ("plan-wrong-value", "targets.yaml:2:59", "2021Q5")),
        ("submissions: returns", "submission: returns", ("plan-unknown-key-like", "targets.yaml:4:1", "submission")),
        ("id: west", "id: east", ("plan-repeated-id", "targets.yaml:9:10", "east")),
        ("kind: department", "kind: office", ("plan-wrong-value", "targets.yaml:11:24", "office")),
        ("sum: area_m2", "sum: area", ("plan-unknown-id", "targets.yaml:14:48", "area")),
        ("where: {kind: incubator}", "where: {kind: hub}", ("plan-unknown-id", "targets.yaml:13:97", "hub")),
        ("where: {kind: incubator}", "where: {sort: x}", ("plan-unknown-id", "targets.yaml:13:91", "sort")),
        ("value: 10", "value: 0", ("plan-wrong-value", "targets.yaml:16:36", "0")),
        ("value: 10", "value: ten", ("plan-wrong-value", "targets.yaml:16:36", "ten")),
        ("{2021Q4: 4}", "{2023Q4: 4}", ("plan-wrong-value", "targets.yaml:16:72", "2023Q4: 4")),
        ("where: {kind: incubator}", "where: {kind: []}", ("plan-wrong-value", "targets.yaml:13:97", "[]")),
        ("over: 30", "over: 5", ("plan-wrong-value", "targets.yaml:19:5", "5")),
        ("status: far_behind", "status: done", ("plan-wrong-value", "targets.yaml:19:14", "done")),
        ("name: {zh: 西区}", "name: {zh: 东区}", ("plan-name-clash", "targets.yaml:9:5", "东区")),
        ("id: demo,", "id: demo, id: two,", ("plan-repeated-key", "targets.yaml:2:18", "id")),
    ],
)
def test_each_mistake_is_pointed_at(tmp_path: Path, old: str, new: str, expected: tuple[str, str, str]) -> None:
    assert old in PLAN
    found = places(write(tmp_path, PLAN.replace(old, new, 1)))
    assert expected in found


def test_every_mistake_is_told_in_one_run_and_in_words(tmp_path: Path) -> None:
    plan = PLAN.replace("id: west", "id: east").replace("sum: area_m2", "sum: area").replace("value: 10", "value: -1")
    told = sentences(write(tmp_path, plan))
    assert [line.split(" ")[0] for line in told] == ["targets.yaml:16:36:", "targets.yaml:9:10:", "targets.yaml:14:48:"]
    assert told[0] == "targets.yaml:16:36: “value” says “-1”; expected: > 0"
    assert "“area”" in told[2]
    assert "area_m2" in told[2]


def test_mistakes_of_form_hide_neither_unknown_names_nor_the_quota_table(tmp_path: Path) -> None:
    plan = PLAN.replace("quotas: quotas.csv", "quotas: quotas.csv\n    due_days: soon")
    plan = plan.replace("sum: area_m2}", "sum: area}").replace("{id: west,", "{id: west, colour: red,")
    plan = plan.replace("name: {zh: 市办}", "title: {zh: 市办}")
    quotas = "责任单位,指标,目标\n南区,孵化器,3\n西区,孵化器,0\n市办,孵化器,1\n"
    assert [line.partition("; known")[0] for line in sentences(write(tmp_path, plan, quotas))] == [
        "targets.yaml:4:11: “due_days” says “soon”; expected: a whole number",
        "targets.yaml:10:16: unknown key “colour”; did you mean “clause”?",
        "targets.yaml:12:5: “name” is missing",
        "targets.yaml:12:36: unknown key “title”; delete it",
        "targets.yaml:15:48: there is no “area”",
        "quotas.csv:A2: says “南区”; expected: 远区",
        "quotas.csv:C3: says “0”; expected: a number above 0",
    ]


def test_a_quota_row_with_a_mistake_is_asked_for_others(tmp_path: Path) -> None:
    quotas = "责任单位,指标,目标,完成时限\n南区,孵化噐,,年中\n,孵化噐,3,\n南区,,0,\n"
    assert [(at, found) for _, at, found in places(write(tmp_path, quotas=quotas))] == [
        ("quotas.csv:A2", "南区"),
        ("quotas.csv:B2", "孵化噐"),
        ("quotas.csv:C2", ""),
        ("quotas.csv:D2", "年中"),
        ("quotas.csv:A3", ""),
        ("quotas.csv:B3", "孵化噐"),
        ("quotas.csv:A4", "南区"),
        ("quotas.csv:B4", ""),
    ]


def test_units_that_are_all_mistaken_are_not_said_to_be_none(tmp_path: Path) -> None:
    plan = PLAN.replace("kind: district", "kind: province").replace("kind: department", "kind: bureau")
    assert places(write(tmp_path, plan)) == [
        ("plan-wrong-value", "targets.yaml:8:22", "province"),
        ("plan-wrong-value", "targets.yaml:9:22", "province"),
        ("plan-wrong-value", "targets.yaml:10:21", "province"),
        ("plan-wrong-value", "targets.yaml:11:24", "bureau"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("start: 2021Q1", "start: 2021", "targets.yaml:2:59: “start” says “2021”; expected: a quarter such as 2019Q4"),
        (
            "where: {kind: incubator}",
            "where: {kind: 5}",
            "targets.yaml:13:97: “kind” says “5”; expected: a text, or a list of texts",
        ),
    ],
)
def test_what_was_expected_is_said_once(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert sentences(write(tmp_path, PLAN.replace(old, new))) == [expected]


@pytest.mark.parametrize(
    ("quotas", "expected"),
    [
        ("责任单位,指标,目标\n南区,孵化器,3\n", ("table-wrong-value", "quotas.csv:A2", "南区")),
        ("责任单位,指标,目标\n东区,孵化噐,3\n", ("table-wrong-value", "quotas.csv:B2", "孵化噐")),
        ("责任单位,指标,目标\n东区,孵化器,三\n", ("table-wrong-value", "quotas.csv:C2", "三")),
        ("责任单位,指标,目标\n东区,孵化器,0\n", ("table-wrong-value", "quotas.csv:C2", "0")),
        ("责任单位,指标,目标,完成时限\n东区,孵化器,3,年底\n", ("table-wrong-value", "quotas.csv:D2", "年底")),
        ("责任单位,指标,目标,2023\n东区,孵化器,3,2\n", ("table-wrong-value", "quotas.csv:D2", "2023Q4: 2")),
        ("责任单位,指标\n东区,孵化器\n", ("table-missing-column", "quotas.csv:A1", "责任单位")),
        ("责任单位,指标,目标,颜色\n东区,孵化器,3,红\n", ("table-unknown-column", "quotas.csv:D1", "颜色")),
        ("责任单位,指标,目标,目标\n东区,孵化器,3,3\n", ("table-repeated-column", "quotas.csv:D1", "目标")),
        ("责任单位,指标,目标,2021,2021Q4\n东区,孵化器,3,1,1\n", ("table-repeated-column", "quotas.csv:E1", "2021Q4")),
        ("责任单位,指标,目标\n东区,孵化器,3,,4\n", ("table-beyond-header", "quotas.csv:E2", "4")),
        ("责任单位,目标\n东区,3\n", ("table-missing-column", "quotas.csv:A1", "责任单位")),
        ("单位,任务\n东区,3\n", ("table-missing-column", "quotas.csv:A1", "单位")),
        ("名称,任务\n东区,3\n", ("table-no-header", "quotas.csv:", "")),
    ],
)
def test_mistakes_in_the_quota_table(tmp_path: Path, quotas: str, expected: tuple[str, str, str]) -> None:
    assert expected in places(write(tmp_path, quotas=quotas))


def test_a_quota_table_may_hold_no_quota(tmp_path: Path) -> None:
    plan = load_plan(write(tmp_path, quotas="责任单位,指标,目标\n,,\n"))
    assert [(t.unit, t.indicator) for t in plan.owed] == [(None, "incubators")]


def test_a_quota_table_may_be_a_workbook(tmp_path: Path) -> None:
    import openpyxl

    path = write(tmp_path, PLAN.replace("quotas.csv", "quotas.xlsx"))
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["分解表"], ["责任单位", "指标", "目标", 2021], ["东区", "孵化面积", 1200.5, 600]):
        sheet.append(row)
    book.save(tmp_path / "quotas.xlsx")
    quota = load_plan(path).owed[-1]
    assert (quota.unit, quota.indicator, quota.value) == ("east", "area", Decimal("1200.5"))
    assert quota.milestones == ((Period(2021, 4), Decimal(600)),)
    assert (quota.source.file, quota.source.cell) == ("quotas.xlsx", "C3")


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "a: [1", "a: &x [*x]\n", "\x00"])
def test_a_file_that_is_no_plan_is_refused_with_a_place(tmp_path: Path, text: str) -> None:
    path = tmp_path / "targets.yaml"
    path.write_text(text, "utf-8")
    assert places(path)[0][1].startswith("targets.yaml:1:")


def test_a_missing_quota_table_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, PLAN.replace("quotas.csv", "none.csv"))
    assert places(path) == [("quotas-not-found", f"{tmp_path.resolve() / 'none.csv'}:", "")]
