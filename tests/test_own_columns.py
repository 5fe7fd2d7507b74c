"""Columns that a plan adds to the return, from the template through reading and rules to figures and frames (contract 6.4)."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.frames import load
from mdj_plan.messages import messages
from mdj_plan.period import Period
from mdj_plan.plan.columns import BESIDE
from mdj_plan.plan.load import load_plan
from mdj_plan.reports.blank.form import Form
from mdj_plan.reports.blank.workbook import blank_return
from mdj_plan.reports.data.facilities import facility_row
from mdj_plan.reports.tables.facilities import REGISTER
from mdj_plan.reports.tables.rows import data_rows
from mdj_plan.reports.tables.values import worded
from mdj_plan.reports.workbook.workbook import build
from mdj_plan.run import run
from tests.folders import lay_out

PLAN = """\
schema: 1
plan: {id: city, title: 示例计划, start: 2021Q1, end: 2022Q4}
submissions: ../data/submissions
fields:
  - {id: hightech, header: 高新技术企业数, measure: 户, type: whole, name: {zh: 高企, en: high-tech firms}}
  - {id: output, header: 产值, measure: 万元, type: number}
  - {id: rating, header: 评级, type: choice, choices: {a: 甲级, b: {zh: 乙级, en: Second}}}
  - {id: track, header: 赛道, type: text}
  - {id: opened_on, header: 开园日期, type: date}
units:
  - {id: east, kind: district, name: {zh: 东示区, en: East}}
  - {id: office, kind: department, name: {zh: 市示局, en: Office}}
indicators:
  - {id: hightech, name: 高企, unit: 户, sum: hightech}
  - {id: output, name: 产值, unit: 亿元, sum: output, where: {rating: a}}
  - {id: lives, name: 生物载体, unit: 家, count: facilities, where: {track: 生物医药, rating: [a, b]}}
targets:
  - {indicator: hightech, value: 10, clause: 一}
  - {indicator: output, value: 2, clause: 一}
  - {indicator: lives, value: 2, clause: 一}
"""
HEAD = "载体名称,载体类型,运营状态,孵化面积（平方米）,高新技术企业数,产值（亿元）,评级,赛道,开园日期"
ONE = "示例甲孵化器,孵化器,运营,1200,3,0.5,甲级,生物医药,2020-05-01"
TWO = "示例乙孵化器,孵化器,运营,900,4户,1.2,乙级,生物医药,"


def assessed(folder: Path, *rows: str, quarter: int = 1, unit: str = "东示区") -> Assessment:
    plan = lay_out(folder, PLAN, returns={f"2021Q{quarter}/{unit}.csv": "\n".join([HEAD, *rows]) + "\n"})
    return run(load_plan(plan), period=Period(2021, quarter))


def test_no_own_column_bears_the_name_of_one_that_stands_beside_those_of_returns(tmp_path: Path) -> None:
    a = assessed(tmp_path, ONE)
    shown = {column.key for column in REGISTER.of(a).columns}.union(
        *(facility_row(f, a.plan.fields) for f in a.facilities)
    )
    forgotten = shown - {*a.plan.fields, *BESIDE}
    assert not forgotten, (
        f"add {sorted(forgotten)} to BESIDE in plan/columns.py: a plan's own column of that id would be lost"
    )


def test_own_columns_are_summed_and_looked_at(tmp_path: Path) -> None:
    found = {gap.indicator.id: gap.actual for gap in assessed(tmp_path, ONE, TWO).gaps}
    assert found == {"hightech": 7, "output": Decimal("0.5"), "lives": 2}  # 5 000 万元 of the one rated a


@pytest.mark.parametrize(
    ("row", "code", "cell", "field"),
    [
        (ONE.replace(",3,", ",约3,"), "V103", "E2", "hightech"),
        (ONE.replace(",3,", ",3.5,"), "V105", "E2", "hightech"),
        (ONE.replace("0.5", "半"), "V102", "F2", "output"),
        (ONE.replace("甲级", "丙级"), "V106", "G2", "rating"),
        (ONE.replace("2020-05-01", "2020-15-01"), "V107", "I2", "opened_on"),
    ],
)
def test_an_own_column_is_read_with_the_same_care(tmp_path: Path, row: str, code: str, cell: str, field: str) -> None:
    found = [(f.code, f.at.cell, f.field) for f in assessed(tmp_path, row, TWO).findings]
    assert (code, cell, field) in found


def test_totals_of_an_own_column_are_compared(tmp_path: Path) -> None:
    found = assessed(tmp_path, ONE, TWO, "合计,,,2100,8,1.7,,,").findings
    assert [(f.code, f.at.cell, f.value) for f in found if f.code == "L108"] == [("L108", "E4", "8")]


def test_a_blank_of_an_own_column_that_a_target_sums_is_told(tmp_path: Path) -> None:
    found = assessed(tmp_path, ONE, TWO.replace("4户", "")).findings
    assert [(f.at.cell, f.field) for f in found if f.code == "V120"] == [("E3", "hightech")]


def test_two_returns_that_disagree_on_an_own_column(tmp_path: Path) -> None:
    assessed(tmp_path, ONE)
    found = assessed(tmp_path, ONE.replace("甲级", "乙级"), unit="市示局").findings
    told = [messages("zh").message(f) for f in found if f.code == "X103"]
    assert len(told) == 1
    assert "评级" in told[0]
    assert "甲级" in told[0]


def test_the_template_has_own_columns_and_reads_back(tmp_path: Path) -> None:
    assessment = assessed(tmp_path, ONE, TWO)
    plan = assessment.plan
    ret = assessment.measure.standings(Period(2021, 1))[0].returns[0]
    form = Form(plan, plan.units["east"], None, Period(2021, 2), ret.claims, ())
    (tmp_path / "data" / "submissions" / "2021Q2").mkdir()
    file = tmp_path / "data" / "submissions" / "2021Q2" / form.name
    file.write_bytes(blank_return(form, messages("zh")))
    sheet = openpyxl.load_workbook(file).worksheets[0]
    heads = {cell.value: cell.column or 0 for cell in sheet[5]}
    assert [sheet.cell(6, heads[head]).value for head in ("高新技术企业数（户）", "评级", "赛道")] == [
        None,
        "甲级",
        "生物医药",
    ]
    again = run(plan, period=Period(2021, 2))
    (claim, _) = again.measure.standings(Period(2021, 2))[0].returns[0].claims
    assert claim.values(("hightech", "rating", "track", "name")) == (None, "a", "生物医药", "示例甲孵化器")


def test_own_columns_are_columns_of_the_frame(tmp_path: Path) -> None:
    assessed(tmp_path, ONE, TWO)
    frame = load(tmp_path / "config" / "targets.yaml").facilities
    assert frame[["hightech", "output", "rating"]].to_numpy().tolist() == [[3, 5000.0, "a"], [4, 12000.0, "b"]]


def test_criteria_may_ask_for_own_columns(tmp_path: Path) -> None:
    from mdj_plan.plan.read_criteria import read_criteria

    (tmp_path / "criteria.yaml").write_text(
        "- {id: x, name: 示例, kind: incubator, criteria: [{id: h, name: 高企, of: hightech, per: output, at_least: 1}, "
        "{id: o, name: 年限, months_since: opened_on, at_least: 12}]}\n",
        "utf-8",
    )
    (tmp_path / "targets.yaml").write_text(PLAN.replace("units:", "criteria: criteria.yaml\nunits:", 1), "utf-8")
    assert [each.of for each in read_criteria(load_plan(tmp_path / "targets.yaml"))[0].criteria] == ["hightech", None]


def test_the_sum_is_told_by_its_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from mdj_plan.cli.app import run as command

    assessed(tmp_path, ONE, TWO)
    command(["explain", "output", "--plan", str(tmp_path / "config" / "targets.yaml"), "--lang", "zh"])
    shown = capsys.readouterr().out
    assert "产值（万元）" in shown
    assert "按 1 亿元 = 10,000 万元 折算" in shown
    assert "甲级" in shown


def test_own_columns_are_columns_of_the_register(tmp_path: Path) -> None:
    assessment = assessed(tmp_path, ONE, TWO)
    register = REGISTER.of(assessment)
    heads = [worded(column.heading, messages("zh")) for column in register.on("page")]
    own = ["高新技术企业数（户）", "产值（万元）", "评级", "赛道", "开园日期"]
    assert heads[heads.index("累计毕业（户）") + 1 :] == [*own, "申报单位", "计入单位", "来源单元格"]
    rows = data_rows(register, messages("en"))
    assert [[row[name] for name in ("hightech", "output", "rating", "track", "opened_on")] for row in rows] == [
        [3, 5000, "a", "生物医药", "2020-05-01"],
        [4, 12000, "b", "生物医药", None],
    ]


def test_the_sheet_of_the_register_sums_own_columns_that_an_indicator_sums(tmp_path: Path) -> None:
    assessment = assessed(tmp_path, ONE, TWO)
    for language, second in (("zh", "乙级"), ("en", "Second")):
        sheet = openpyxl.load_workbook(io.BytesIO(build(assessment, messages(language))))[
            "载体台账" if language == "zh" else "Register"
        ]
        heads, one, two, last = ([cell.value for cell in row] for row in sheet.iter_rows(3))
        at = heads.index("高新技术企业数（户）" if language == "zh" else "high-tech firms")
        assert (one[at : at + 3], two[at + 2]) == ([3, 5000, "甲级"], second)
        assert str(last[at]).startswith("=SUMIF(")
        assert str(last[at + 1]).startswith("=SUMIF(")
        assert last[at + 2] in {None, ""}
