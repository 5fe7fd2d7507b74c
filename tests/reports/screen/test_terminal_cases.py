"""Screens of unusual plans and returns: nothing to show, very much to show, another plan, other colours."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mdj_plan.cli.app import run
from tests.cli.world import PLAN, built, sent

Text = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return built(tmp_path)


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def said(capsys: Text, *options: str) -> str:
    run([*options, "--lang", "zh"])
    return capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_a_unit_outside_the_plan(capsys: Text) -> None:
    assert said(capsys, "check", "--unit", "far").splitlines() == [
        "示例计划",
        "示政发〔2020〕1号  报告期 2021Q2  序时进度算到 2021-06",
        "已报 0/0   0 个错误  0 个警告  1 个提示",
        "远示区不参加本计划，没有可列的数字。",
        "",
        "报表问题",
        "远示区  2021Q2/远示区_2021Q2.csv  1 个提示",
        "  提示 S107 远示区不参加本计划，报表不计入。",
        "",
        "下一步",
        "  会议材料：mdj-plan export -o 会议材料/",
    ]
    assert said(capsys, "status", "--unit", "far").splitlines()[0] == "2021Q2 报送情况：已报 0/0，应于 — 前报送"


def test_a_unit_that_never_reported(folder: Path, capsys: Text) -> None:
    for path in (folder / "data/submissions").glob("*/*示局*"):
        path.unlink()
    for path in (folder / "data/submissions").glob("*/东示区*"):
        path.unlink()
    page = said(capsys, "check", "--unit", "east")
    assert page.splitlines()[2:4] == ["已报 0/1  未报 1   0 个错误  0 个警告  0 个提示", "先联系  东示区（未报）"]
    assert "东示区    —/2 未报      —/0.4 未报            —/4 未报\n" in page
    assert page.split("催报、催改（1 家，滞后的在前）\n")[1].splitlines()[2:4] == [
        "东示区    未报",
        "应于 2021-07-15 前报送。以上各家本期没有可用的报表，未作检查，数字沿用以前。",
    ]
    figure = said(capsys, "explain", "graduates", "--unit", "east")
    assert "状态 未报：没有可用的数字\n完成 —（有空白、未报或不可用的行，可能偏低）\n" in figure
    assert "  东示区：2021Q2 及以前没有可用的报表\n" in figure


def test_a_quarter_without_a_return_adds_nothing_to_a_flow(folder: Path, capsys: Text) -> None:
    for path in (folder / "data/submissions/2021Q2").glob("东示区*"):
        path.unlink()
    figure = said(capsys, "explain", "graduates", "--unit", "east")
    assert figure.split("2021Q2：")[1].splitlines()[:4] == [
        "1",
        "载体          数值  取自    来源单元格",
        "------------- ----- ------- -----------------------------",
        "示例甲孵化器     1  市示局  2021Q2/市示局_2021Q2.csv › H4",
    ]
    assert "  东示区：2021Q2 没有可用的报表，本季不计\n" in figure


def test_many_findings_are_counted_and_the_command_shows_them(folder: Path, capsys: Text) -> None:
    names = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
    rows = [f"示例{name}孵化器,,孵化器,,运营,约{n + 1}00,1,0" for n, name in enumerate(names)]
    path = folder / "data/submissions/2021Q2/东示区_2021Q2.v2.csv"
    path.write_text(sent("东示区", "二", *rows, reported="2021-07-09"), "utf-8")
    page = said(capsys, "check", "--unit", "east")
    assert "    ……另有 2 个错误、14 个警告：mdj-plan validate data/submissions/2021Q2/东示区_2021Q2.v2.csv\n" in page
    assert [page.count("  错误 V103"), page.count("  警告")] == [12, 0]


def test_errors_come_before_warnings_whatever_their_place(folder: Path, capsys: Text) -> None:
    rows = [f"示例{name}孵化器,,孵化器,,运营,{n}00,1,0" for n, name in enumerate("甲乙丙丁戊己庚辛壬癸子丑寅", 1)]
    path = folder / "data/submissions/2021Q2/东示区_2021Q2.v2.csv"
    path.write_text(sent("东示区", "二", *rows, "示例卯孵化器,,,,运营,约9,1,0", reported="2021-07-09"), "utf-8")
    assert said(capsys, "check", "--unit", "east").split("报表问题\n")[1].splitlines()[:5] == [
        "东示区  2021Q2/东示区_2021Q2.v2.csv  2 个错误、15 个警告",
        "  错误 V101 C17 “载体类型”没有填。",
        "      → 请补填。",
        "  错误 V103 F17 “孵化面积（平方米）”填“约9”，是约数。",
        "      → 请填准确数字；若就是 9，请直接填 9。",
    ]


def test_with_all_periods_what_came_from_nobody_says_when(folder: Path, capsys: Text) -> None:
    for path in (folder / "data/submissions").glob("*/示*园*.csv"):
        path.unlink()
    for path in (folder / "data/submissions").glob("*/示开发区*.csv"):
        path.unlink()
    page = said(capsys, "check", "--unit", "zone", "--all-periods")
    assert page.splitlines()[2] == "已报 0/1  未报 1   全部各期：0 个错误  0 个警告  0 个提示"
    assert page.split("报表问题\n")[1].splitlines()[:2] == ["没有发现问题。", "2021Q1 未报：示开发区"]


def test_many_returns_to_send_back_are_counted(folder: Path, capsys: Text) -> None:
    for n in range(7):
        (folder / f"data/submissions/2021Q2/照片{n}.xlsx").write_text("not a workbook", "utf-8")
    asked = [line for line in next_steps(capsys) if "请查明" in line or "请东示区" in line or "另有" in line]
    assert asked == [
        "  请东示区更正（1 个错误），标出单元格后退回：",
        "  请查明 2021Q2/照片.xlsx（没有找到表格）：报表请重发，其他移出文件夹",
        "  请查明 2021Q2/照片0.xlsx（没有找到表格）：报表请重发，其他移出文件夹",
        "  请查明 2021Q2/照片1.xlsx（没有找到表格）：报表请重发，其他移出文件夹",
        "  请查明 2021Q2/照片2.xlsx（没有找到表格）：报表请重发，其他移出文件夹",
        "  另有 4 份报表有错误，见上。",
    ]


def next_steps(capsys: Text, *options: str) -> list[str]:
    return said(capsys, "check", *options).split("下一步\n")[1].splitlines()


def test_one_step_a_unit_whatever_came_of_it(folder: Path, capsys: Text) -> None:
    here = folder / "data/submissions/2021Q2"
    for name in ("照片.xlsx", "东示区_2021Q2.csv", "东示区_2021Q2.v2.csv"):
        (here / name).unlink()
    (here / "市示局_2021Q2.csv").write_bytes(b"%PDF-1.7 a notice with a seal")
    for name in ("东示区_2021Q2.csv", "east_2021Q2.csv"):
        (here / name).write_text(
            sent("东示区", "二", "示例甲孵化器,,孵化器,,运营,约9,1,0", reported="2021-07-09"), "utf-8"
        )
    assert next_steps(capsys) == [
        "  请东示区确认用哪一份，另一份删去或改为下一版（.v2）：2021Q2/east_2021Q2.csv、2021Q2/东示区_2021Q2.csv",
        "  请市示局重发：2021Q2/市示局_2021Q2.csv（不是可读的报表）",
        "  会议材料：mdj-plan export -o 会议材料/",
    ]


def test_what_is_wrong_with_a_table_of_the_office_is_no_return_to_send_back(folder: Path, capsys: Text) -> None:
    decisions = [f"{n},做,东岸{n}区,2021-09-30" for n in range(1, 15)]
    (folder / "data/actions.csv").write_text("\n".join(["编号,事项,责任单位,完成时限", *decisions]), "utf-8")
    page = said(capsys, "check")
    assert "计划本身  actions.csv  14 个错误\n" in page
    assert page.count("  错误 P110") == 14  # no other command lists them
    assert "actions.csv" not in page.split("下一步\n")[1]


def test_the_citys_targets_are_among_those_that_lag(folder: Path, capsys: Text) -> None:
    replaced(folder / "config/targets.yaml", "{indicator: area, value: 8000}", "{indicator: area, value: 8000000}")
    assert "  严重滞后 2 项；看数字来自哪些单元格：mdj-plan explain 孵化面积 --as-of 2022-03" in next_steps(
        capsys, "--as-of", "2022-03"
    )


def test_steps_look_at_the_same_quarter(capsys: Text, folder: Path) -> None:
    assert next_steps(capsys, "--period", "2021Q1")[-1] == "  会议材料：mdj-plan export -o 会议材料/ --period 2021Q1"


@pytest.mark.skipif(os.name == "nt", reason="quotes of another shell")
def test_commands_name_another_plan_and_quote_what_a_shell_would_split(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Text
) -> None:
    plan = built(tmp_path / "an other") / "config" / "targets.yaml"
    monkeypatch.chdir(tmp_path)
    page = said(capsys, "check", "--plan", str(plan))
    assert "mdj-plan validate 'an other/data/submissions/2021Q2/东示区_2021Q2.v2.csv' --annotate 退回" in page
    assert "mdj-plan export -o 会议材料/ --plan 'an other/config/targets.yaml'" in page


def test_the_gravest_band_comes_with_a_figure_to_look_at(folder: Path, capsys: Text) -> None:
    replaced(folder / "data/submissions/2021Q2/示甲园_2021Q2.csv", ",运营,", ",停运,")
    page = said(capsys, "check", "--as-of", "2021-12")
    assert "  严重滞后 2 项；看数字来自哪些单元格：mdj-plan explain 孵化器 --unit zone --as-of 2021-12\n" in page
    assert "示开发区  0°/4 严重滞后" in page


def test_many_indicators_stand_in_several_tables(folder: Path, capsys: Text) -> None:
    more = [
        f"  - {{id: count{n}, name: {{zh: 有一个很长名称的指标{n}}}, unit: 家, count: facilities}}" for n in range(9)
    ]
    replaced(folder / "config/targets.yaml", "targets:\n", "\n".join(more) + "\ntargets:\n")
    with (folder / "data/quotas.csv").open("a", encoding="utf-8") as quotas:
        quotas.writelines(f"示开发区,count{n},12,二\n" for n in range(9))
    page = said(capsys, "check").split("县（市）区、开发区\n")[1].split("\n\n市直部门")[0]
    assert page.splitlines() == [
        "                         孵化面积                             有一个很长名称      有一个很长名称      有一个很长名称",
        "责任单位  孵化器（家）   （万平方米）         新增毕业（户）  的指标0（家）       的指标1（家）       的指标2（家）",
        "--------- -------------- -------------------- --------------- ------------------- ------------------- ------------------",
        "东示区     1/2 达到序时  0.15/0.4 达到序时    2/4 达到序时        —                   —                   —",
        "示开发区  1°/4 达到序时         —               —             1°/12 滞后          1°/12 滞后          1°/12 滞后",
        "",
        "          有一个很长名称     有一个很长名称     有一个很长名称     有一个很长名称     有一个很长名称    有一个很长名称",
        "责任单位  的指标3（家）      的指标4（家）      的指标5（家）      的指标6（家）      的指标7（家）     的指标8（家）",
        "--------- ------------------ ------------------ ------------------ ------------------ ----------------- ----------------",
        "东示区        —                  —                  —                  —                  —                 —",
        "示开发区  1°/12 滞后         1°/12 滞后         1°/12 滞后         1°/12 滞后         1°/12 滞后        1°/12 滞后",
        "° 含沿用以前各期的数字，或有单位未报。",
    ]


def test_a_unit_that_owes_nothing_is_named_beneath_the_table(folder: Path, capsys: Text) -> None:
    replaced(folder / "data/quotas.csv", "示开发区,孵化器,4,二\n", "")
    page = said(capsys, "check").split("县（市）区、开发区\n")[1].split("\n\n")[0]
    assert page.splitlines() == [
        "责任单位  孵化器（家）  孵化面积（万平方米）  新增毕业（户）",
        "--------- ------------- --------------------- --------------",
        "东示区    1/2 达到序时  0.15/0.4 达到序时     2/4 达到序时",
        "没有分解任务：示开发区",
    ]


def test_behind_and_yet_on_schedule_is_explained(folder: Path, capsys: Text) -> None:
    replaced(folder / "config/targets.yaml", "value: 5, clause: 一, milestones: {2021Q4: 2}", "value: 11, clause: 一")
    page = said(capsys, "check").split("全市目标完成情况\n")[1].split("\n\n")[0]
    assert page.splitlines() == [
        "                                                            差值",
        "指标                  完成/目标  完成率  序时进度     （百分点）  状态      进度图      序时应完成  每季需完成  到期预计",
        "--------------------- ---------- ------- --------- -------------- --------- ----------- ----------- ----------- --------",
        "孵化器（家）              2°/11   18.2%     25.0%           −6.8  达到序时  #.|.......         2.8           2         2",
        "孵化面积（万平方米）  0.35°/0.8   43.8%     25.0%           18.8  达到序时  ##|#......         0.2       0.075      0.53",
        "| 为序时进度应到的位置；各项目标均于 2022Q4 到期",
        "° 含沿用以前各期的数字，或有单位未报。",
        "差值为负而“达到序时”的：按整数计的指标，差不到一个整数的不算滞后。",
    ]


def test_many_names_are_counted_and_rules_told_in_words(folder: Path, capsys: Text) -> None:
    more = "".join(f"  - {{id: u{n}, kind: district, name: {{zh: 第{n}区}}}}\n" for n in range(10, 24))
    replaced(folder / "config/targets.yaml", "indicators:\n", more + "indicators:\n")
    for n in range(10, 24):
        row = f"示例{n}号孵化器,,孵化器,,运营,1200,20,1"
        (folder / f"data/submissions/2021Q2/第{n}区_2021Q2.csv").write_text(
            sent(f"第{n}区", "二", row, reported="2021-07-20"), "utf-8"
        )
    page = said(capsys, "check", "--period", "2021Q2")
    late = "、".join(f"第{n}区" for n in range(10, 20))
    assert page.replace("\n      ", "").splitlines()[4] == (
        f"迟报  东示区（迟 4 天）；{late}等 14 个单位，名单见 mdj-plan status（迟 5 天）"
    )


def test_rules_that_ran_for_nobody(folder: Path, capsys: Text) -> None:
    assert said(capsys, "check", "--period", "2021Q1").split("未检查")[1].splitlines()[0] == (
        "与上期的对照（S105、X104-X108、X112）：全部单位（没有更早的报表可比）"
    )


@pytest.mark.usefixtures("folder")
def test_a_month_after_the_plans_end(capsys: Text) -> None:
    assert said(capsys, "check", "--as-of", "2023-02").splitlines()[1:3] == [
        "示政发〔2020〕1号  报告期 2021Q2（数据到 2021-06）  序时进度算到 2023-02",
        "计划到 2022-12 为止；此后序时进度即目标本身。",
    ]


def test_the_plan_with_baselines_groups_and_its_own_colours(folder: Path, capsys: Text) -> None:
    plan = folder / "config/targets.yaml"
    replaced(plan, "value: 8000}", "value: 8000, baseline: 500, clause: 一}")
    replaced(plan, "colour: yellow", "colour: chartreuse3")
    replaced(plan, "{status: seriously_behind, over: 30, colour: red}", "{status: seriously_behind, over: 30}")
    with (folder / "data/quotas.csv").open("a", encoding="utf-8") as quotas:
        quotas.write("市示局,孵化器,1,二\n示开发区,孵化面积,4000,二\n")
    page = said(capsys, "plan")
    assert "孵化面积  ≥ 0.8 万平方米  2022Q4    基数 0.05  一\n" in page
    assert "孵化面积  2×0.4   0.8       0.8  够" in page
    assert "市示局               1  青年  二\n" in page
    assert "滞后      10 个百分点及以上  chartreuse3\n严重滞后  超过 30 个百分点   —\n" in page
    assert page.endswith("计划本身的问题\n  没有发现问题。\n")


def test_the_smallest_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Text) -> None:
    monkeypatch.chdir(built(tmp_path))
    plan = PLAN.split("targets:\n")[0].replace("quotas: ../data/quotas.csv\n", "")
    (tmp_path / "config/targets.yaml").write_text(plan, "utf-8")
    assert said(capsys, "plan").splitlines() == [
        "示例计划",
        "示政发〔2020〕1号  2021Q1 至 2022Q4",
        "",
        "不参加的单位",
        "责任单位  备注",
        "--------- ------",
        "远示区    省直管",
        "",
        "状态分档",
        "状态      落后序时           颜色",
        "--------- ------------------ ----",
        "滞后      10 个百分点及以上  黄色",
        "严重滞后  超过 30 个百分点   红色",
        "",
        "计划本身的问题",
        "  没有发现问题。",
    ]
    assert "市直部门" in said(capsys, "check")
    assert "没有数字指标的职责" not in said(capsys, "check", "--by", "indicator")


def test_where_says_what_is_counted(folder: Path, capsys: Text) -> None:
    plan = folder / "config/targets.yaml"
    replaced(plan, "where: {kind: incubator}", "where: {kind: [incubator, science_park], region: east, field: 软件}")
    figure = said(capsys, "explain", "incubators", "--unit", "east")
    assert "口径：运营中的载体，一个计一家；载体类型为孵化器、大学科技园；所在地区为东示区；专业领域为软件\n" in figure
    assert "\n  没有一个载体可以计入。\n" in figure


def test_long_plans_part_the_grid(folder: Path, capsys: Text) -> None:
    plan = folder / "config/targets.yaml"
    replaced(plan, "start: 2021Q1", "start: 2018Q1")
    grid = said(capsys, "status", "--all-periods")
    heads = [line.split() for line in grid.splitlines() if line.startswith("责任单位")]
    assert [(head[1], head[-1]) for head in heads] == [("2018Q1", "2019Q3"), ("2019Q4", "2021Q2")]
