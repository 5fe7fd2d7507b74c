"""Who has reported, the plan, a code, a figure: whole screens as piped, and what scripts get instead."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from mdj_plan.cli.app import run
from tests.cli.world import PLAN, built, sent

Text = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return built(tmp_path)


STATUS = """\
2021Q2 报送情况：已报 3/3，应于 2021-07-15 前报送  部分报送 1  迟报 1
责任单位  状态               报送日期    版本  载体数  文件
--------- ------------------ ----------- ----- ------- --------------------------
东示区    迟 4 天            2021-07-19     2       2  东示区_2021Q2.v2.csv
示开发区  部分报送           —              —       1
  示甲园  按时               2021-07-09     1          示甲园_2021Q2.csv
  示乙园  未报，沿用 2021Q1  —              —          2021Q1/示开发区_2021Q1.csv
市示局    按时               2021-07-09     1       1  市示局_2021Q2.csv

不计入数字的文件（3 份）
文件                      原因
------------------------- -------------------------------------
2021Q2/东示区_2021Q2.csv  已由 2021Q2/东示区_2021Q2.v2.csv 取代
2021Q2/远示区_2021Q2.csv  S107 不在计划范围
2021Q2/照片.xlsx          L101 没有找到载体表或任务表。
"""


@pytest.mark.usefixtures("folder")
def test_who_has_reported(capsys: Text) -> None:
    assert run(["status", "--lang", "zh"]) == 0
    assert capsys.readouterr().out == STATUS


GRID = """\
Unit    2021Q1   2021Q2
------- -------- -----------
East    on time  4 days late
Zone    on time  partial
Office  on time  on time

Files that do not count (3)
File                      Reason
------------------------- ---------------------------------------------
2021Q2/东示区_2021Q2.csv  superseded by 2021Q2/东示区_2021Q2.v2.csv
2021Q2/远示区_2021Q2.csv  S107 Outside the plan
2021Q2/照片.xlsx          L101 No facilities or duties table was found.
"""


@pytest.mark.usefixtures("folder")
def test_all_periods_as_a_grid(capsys: Text) -> None:
    assert run(["status", "--all-periods", "--lang", "en"]) == 0
    assert capsys.readouterr().out == GRID


@pytest.mark.usefixtures("folder")
def test_only_the_units_asked_for(capsys: Text) -> None:
    assert run(["status", "--unit", "市示局", "--lang", "zh"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "2021Q2 报送情况：已报 1/1，应于 2021-07-15 前报送"
    assert [line.split()[0] for line in said[3:]] == ["市示局"]


def test_a_file_that_cannot_count_is_no_silence(folder: Path, capsys: Text) -> None:
    for name in ("东示区_2021Q2.csv", "东示区_2021Q2.v2.csv"):
        (folder / "data/submissions/2021Q2" / name).write_text("填报单位,东示区,,报告期,2021年第二季度\n", "utf-8")
    assert run(["status", "--all-periods", "--lang", "zh", "--unit", "east"]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[2].split() == ["东示区", "按时", "来件不能用"]
    assert run(["check", "--lang", "zh", "--unit", "east"]) == 1
    assert "先联系  东示区（来件不能用）\n" in capsys.readouterr().out


def test_a_file_that_cannot_be_opened_is_not_called_changed(folder: Path, capsys: Text) -> None:
    path = folder / "data/submissions/2021Q2/市示局_2021Q2.csv"
    path.unlink()
    path.symlink_to(folder / "nowhere.csv")
    line = f"2021-07-09T08:00:00+08:00,2021Q2/市示局_2021Q2.csv,{'0' * 64}\n"
    (folder / "data/receipts.csv").write_text("received_at,file,sha256\n" + line, "utf-8")
    assert run(["check", "--lang", "zh", "--unit", "office"]) == 1
    page = capsys.readouterr().out
    assert page.split("报表问题\n")[1].splitlines()[:3] == [
        "市示局  2021Q2/市示局_2021Q2.csv  1 个错误",
        "  错误 F103 文件打不开：No such file or directory。",
        "      → 请重新发送原文件。",
    ]
    assert "本期没有可用的报表，未作检查" in page


@pytest.mark.usefixtures("folder")
def test_status_for_scripts(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["status", "--format", "json", "--lang", "zh"]) == 0
    said = json.loads(capsysbinary.readouterr().out)
    assert said["period"] == "2021Q2"
    assert [(row["unit"], row["status"], row["version"]) for row in said["submissions"]] == [
        ("east", "late", 2),
        ("zone", "partial", None),
        ("office", "received", 1),
    ]
    assert [(row["file"], row["counts"], row["superseded_by"], row["reason"]) for row in said["files"]] == [
        ("2021Q2/东示区_2021Q2.csv", False, "2021Q2/东示区_2021Q2.v2.csv", None),
        ("2021Q2/东示区_2021Q2.v2.csv", True, None, None),
        ("2021Q2/市示局_2021Q2.csv", True, None, None),
        ("2021Q2/照片.xlsx", False, None, "L101"),
        ("2021Q2/示甲园_2021Q2.csv", True, None, None),
        ("2021Q2/远示区_2021Q2.csv", False, None, "S107"),
    ]


@pytest.mark.usefixtures("folder")
def test_status_as_csv_gives_members_their_own_line(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["status", "--format", "csv", "--lang", "zh", "--unit", "zone", "--all-periods"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode("utf-8-sig"))))
    assert [(row["period"], row["member"], row["status"], row["file"]) for row in rows] == [
        ("2021Q1", "", "received", "2021Q1/示开发区_2021Q1.csv"),
        ("2021Q2", "", "partial", ""),
        ("2021Q2", "示甲园", "received", "2021Q2/示甲园_2021Q2.csv"),
        ("2021Q2", "示乙园", "carried", "2021Q1/示开发区_2021Q1.csv"),
    ]


PLAN_SCREEN = """\
示例计划
示政发〔2020〕1号  2021Q1 至 2022Q4

全市目标
指标      目标任务        完成时限  序时线                      依据
--------- --------------- --------- --------------------------- ----
孵化器    ≥ 5 家          2022Q4    2021Q4: 2                   一
孵化面积  ≥ 0.8 万平方米  2022Q4    直线，基数 0（文件未说明）  —

分解与目标核对
指标      分解   合计  目标任务  核对          备注
--------- ------ ----- --------- ------------- ------------------
孵化器    4 + 2     6         5  够            远示区若参加则为 8
孵化面积  0.4     0.4       0.8  不够（P101）

县（市）区、开发区分解
责任单位  孵化器（家）  孵化面积（万平方米）  新增毕业（户）  依据
--------- ------------- --------------------- --------------- ----
东示区               2                   0.4               4  二
示开发区             4                     —               —  二

没有数字指标的职责
责任单位  职责  进展口径    依据
--------- ----- ----------- ----
市示局    宣传  报道（篇）  二

不参加的单位
责任单位  备注
--------- ------
远示区    省直管

状态分档
状态      落后序时           颜色
--------- ------------------ ----
滞后      10 个百分点及以上  黄色
严重滞后  超过 30 个百分点   红色

计划本身的问题
  警告 P101 targets.yaml › 16:5 “孵化面积”全市目标 8000，各单位合计只有 4000。
      → 请核对指标分解表。
  警告 P104 targets.yaml › 16:5 “孵化面积”的目标 8000 没有写依据。
      → 请补填依据条款。
"""


@pytest.mark.usefixtures("folder")
def test_the_plan(capsys: Text) -> None:
    assert run(["plan", "--lang", "zh"]) == 0
    assert capsys.readouterr().out == PLAN_SCREEN


def test_an_error_in_the_plan_makes_the_exit_code_one(folder: Path, capsys: Text) -> None:
    (folder / "config/targets.yaml").write_text(PLAN.replace("{2021Q4: 2}", "{2021Q4: 9}"), "utf-8")
    assert run(["plan", "--lang", "en"]) == 1
    assert "error P103 targets.yaml › 15:5" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_the_plan_for_scripts(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["plan", "--format", "json", "--lang", "en"]) == 0
    said = json.loads(capsysbinary.readouterr().out)
    assert said["plan"]["title"] == "Example plan"
    assert said["outside"] == [{"unit": "far", "note": "省直管"}]
    assert said["reconciliation"][0] == {"indicator": "incubators", "target": 5, "allocated": 6, "if_all": 8}
    assert said["bands"][1] == {"status": "seriously_behind", "from": None, "over": 30, "colour": "red"}
    assert [finding["code"] for finding in said["findings"]] == ["P101", "P104"]


CODE = """\
V103 约数
approximate-number · 错误 · 逐格读数时发现

含义
  约数不能相加，按空白计，合计可能偏低。

例子
  示例：孵化面积填“约500”。

处理
  请填报单位核实准确数字。
"""


@pytest.mark.parametrize("asked", ["V103", "v103", "approximate-number"])
def test_a_code_needs_no_plan(asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Text) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["explain", asked, "--lang", "zh"]) == 0
    assert capsys.readouterr().out == CODE


def test_neither_does_a_code_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Text) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MDJ_PLAN_LANG", "en")
    assert run(["explain", "V999"]) == 2
    assert capsys.readouterr().err == "There is no code or indicator “V999”. The nearest: V119.\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["incubator"], "There is no code or indicator “incubator”. The nearest: incubators.\n"),
        (["面积"], "There is no code or indicator “面积”. The nearest: 孵化面积.\n"),
        (["?"], "There is no code or indicator “?”. The nearest: incubators, area, graduates.\n"),
        (["area", "--unit", "eastt"], "The plan has no unit 'eastt'. The nearest: east.\n"),
        (["area", "--period", "2020Q1"], "2020Q1 is no period of the plan (2021Q1 to 2022Q4).\n"),
    ],
)
def test_what_cannot_be_explained(
    folder: Path, capsys: Text, monkeypatch: pytest.MonkeyPatch, options: list[str], said: str
) -> None:
    monkeypatch.setenv("MDJ_PLAN_LANG", "en")
    assert run(["explain", *options]) == 2
    assert capsys.readouterr().err == said


FIGURE = """\
东示区 · 孵化面积（平方米） · 2021Q2
口径：运营中载体的“孵化面积（平方米）”之和
目标 4,000，2022Q4 前完成；依据 二，见 quotas.csv › C5
序时线 第 0 月末 0 → 第 24 月末 4,000；2021-06 是第 6 个月，应为 1,000
状态 达到序时：完成率 37.5%，序时进度 25.0%，差值 12.5 个百分点
完成 1,500
载体              数值  取自    来源单元格
------------- --------- ------- --------------------------------
示例甲孵化器     1,500  市示局  2021Q2/市示局_2021Q2.csv › F4
              (不可用)  东示区  2021Q2/东示区_2021Q2.v2.csv › F4
  2021Q2/东示区_2021Q2.v2.csv › E5  示例乙孵化器  不计入：在建

括号内是同一载体的其他申报，不重复计；数值依次取区县、部门中最先填报的。
"""


@pytest.mark.usefixtures("folder")
def test_a_figure_down_to_its_cells(capsys: Text) -> None:
    assert run(["explain", "area", "--unit", "east", "--lang", "zh"]) == 0
    assert capsys.readouterr().out == FIGURE


CITY = """\
City · Incubators (家) · 2021Q2
Counts operating facilities, each once; facility kind: incubator
Target 5 by 2022Q4; clause 一, see targets.yaml › 15:5
Schedule line 0 at month 0 → 2 at month 12 → 5 at month 24; 2021-06 is month 6, for which it asks 1
Status: on schedule; rate 40.0%, schedule 20.0%, difference 20.0 points
Done: 2
facility      value  from    source cell
------------- ------ ------- --------------------------------
示例甲孵化器      1  East    2021Q2/东示区_2021Q2.v2.csv › A4
                (1)  Office  2021Q2/市示局_2021Q2.csv › A4
示例丙孵化器      1  Zone    2021Q2/示甲园_2021Q2.csv › A4
  2021Q2/东示区_2021Q2.v2.csv › E5  示例乙孵化器  does not count: building
  示乙园: no return for 2021Q2 that can be used, carried from 2021Q1

In brackets what else is claimed of the facility; it is not counted again. The value is the first one stated by
districts, then by departments.
"""


@pytest.mark.usefixtures("folder")
def test_the_citys_figure_in_english(capsys: Text) -> None:
    assert run(["explain", "孵化器", "--lang", "en"]) == 0
    assert capsys.readouterr().out == CITY


FLOW = """\
East · New graduates (户) · 2021Q2
Adds up “new graduates this quarter” of operating facilities quarter by quarter since the plan's start, each once a
quarter
Target 4 by 2022Q4; clause 二, see quotas.csv › C6
Schedule line 0 at month 0 → 4 at month 24; 2021-06 is month 6, for which it asks 1
Status: on schedule; rate 50.0%, schedule 25.0%, difference 25.0 points
Done: 2

2021Q1: 1
facility      value  from  source cell
------------- ------ ----- -----------------------------
示例甲孵化器      1  East  2021Q1/东示区_2021Q1.csv › H4
  2021Q1/东示区_2021Q1.csv › E5  示例乙孵化器  does not count: building

2021Q2: 1
facility      value  from    source cell
------------- ------ ------- --------------------------------
示例甲孵化器      1  East    2021Q2/东示区_2021Q2.v2.csv › H4
                (1)  Office  2021Q2/市示局_2021Q2.csv › H4
  2021Q2/东示区_2021Q2.v2.csv › E5  示例乙孵化器  does not count: building

In brackets what else is claimed of the facility; it is not counted again. The value is the first one stated by
districts, then by departments.
"""


@pytest.mark.usefixtures("folder")
def test_a_flow_quarter_by_quarter(capsys: Text) -> None:
    assert run(["explain", "New-graduates", "--unit", "east", "--lang", "en"]) == 0
    assert capsys.readouterr().out == FLOW


def test_a_unit_outside_the_plan_has_no_figure(folder: Path, capsys: Text) -> None:
    assert run(["explain", "incubators", "--unit", "far", "--lang", "zh"]) == 0
    assert capsys.readouterr().out == "远示区 · 孵化器（家） · 2021Q2\n远示区不参加本计划，没有可列的数字。\n"


def test_an_unchanged_return_and_one_that_is_out(folder: Path, capsys: Text) -> None:
    later = folder / "data/submissions/2021Q3"
    later.mkdir()
    (later / "东示区_2021Q3.csv").write_text(sent("东示区", "三", reported="2021-10-08", kind="无变化"), "utf-8")
    assert run(["explain", "graduates", "--unit", "east", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.split("2021Q3：")[1].splitlines() == [
        "0",
        "载体          数值  取自    来源单元格",
        "------------- ----- ------- ------------------------",
        "示例甲孵化器     0  东示区  2021Q3/东示区_2021Q3.csv",
        "  2021Q2/东示区_2021Q2.v2.csv › E5  示例乙孵化器  不计入：在建",
        "  2021Q3/东示区_2021Q3.csv 填“无变化”：载体同 2021Q2，本季新增为零",
        "",
        "括号内是同一载体的其他申报，不重复计；数值依次取区县、部门中最先填报的。",
    ]
    assert run(["explain", "incubators", "--unit", "zone", "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "  示甲园：2021Q3 没有可用的报表，沿用 2021Q2\n" in said
    assert "  示乙园：2021Q3 没有可用的报表，沿用 2021Q1\n" in said


def test_rows_that_do_not_count_are_named(folder: Path, capsys: Text) -> None:
    path = folder / "data/submissions/2021Q2/东示区_2021Q2.v2.csv"
    extra = "示例甲孵化器,,孵化器,,运营,1,1,1\n,,孵化器,,运营,1,1,1\n示例丁孵化器,,孵化器,示开发区,运营,1,1,1\n"
    path.write_text(path.read_text("utf-8") + extra, "utf-8")
    run(["explain", "incubators", "--unit", "east", "--lang", "zh"])
    said = capsys.readouterr().out
    assert "  2021Q2/东示区_2021Q2.v2.csv › A6  示例甲孵化器  不计入：同一载体的第二行（X101）\n" in said
    assert "  2021Q2/东示区_2021Q2.v2.csv › A7    不计入：名称、类型或状态不可用\n" in said
    assert "  2021Q2/东示区_2021Q2.v2.csv › A8  示例丁孵化器  不计入：填的是别的单位（S104）\n" in said


def test_the_layers_add_up_to_the_figure(folder: Path) -> None:
    from mdj_plan.plan.load import load_plan
    from mdj_plan.run import run as assessed

    assessment = assessed(load_plan(folder / "config/targets.yaml"))
    for gap in assessment.gaps:
        layers = assessment.derived(gap.indicator, gap.target.unit)
        assert sum(layer.total for layer in layers) == gap.actual
