"""What stands between and below the rows of a table: read as cover, left out, or told as a row that lacks something."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from mdj_plan.intake.reader import Reader
from mdj_plan.intake.submission import Submission
from mdj_plan.plan.load import load_plan

READER = Reader.of(load_plan(Path("config/targets.yaml")))
HEAD = "载体名称,统一社会信用代码,载体类型,运营状态,孵化面积（平方米）,在孵企业数（户）\n"
ONE = "示例甲孵化器,91990000MAXX00001R,孵化器,运营,1000,10\n"
TWO = "示例乙众创空间,91990000MAXX00002W,众创空间,运营,500,5\n"


def read(body: str, *, head: str = HEAD, cover: str = "填报单位：东安区\n报告期：2017年第一季度\n") -> Submission:
    return READER.read((cover + head + body).encode(), "2017Q1/报表.csv")


def names(submission: Submission) -> list[str | None]:
    return [claim.name for claim in submission.claims]


def said(submission: Submission) -> list[tuple[str, str | None]]:
    return [(f.code, f.at.cell) for f in submission.findings]


@pytest.mark.parametrize("note", ["", "注：1.数据以季末为准。\n"])
def test_labels_without_colons_below_the_table_are_the_cover(note: str) -> None:
    labels = (
        "填报单位,东安区,报告期,2017年第一季度\n填表人,张三,审核人,李四\n报出日期,2017-04-10\n数据截止日,2017-03-31\n"
    )
    found = read(ONE + note + labels, cover="")
    assert (names(found), said(found)) == (["示例甲孵化器"], [])
    assert (found.unit, str(found.period)) == ("dongan", "2017Q1")
    assert (found.received, found.cutoff) == (dt.date(2017, 4, 10), dt.date(2017, 3, 31))


def test_labels_below_the_column_of_numbers() -> None:
    found = read("1," + ONE + "填表人,张三,审核人,李四\n报出日期,2017-04-10\n", head="序号," + HEAD)
    assert (names(found), said(found), found.received) == (["示例甲孵化器"], [], dt.date(2017, 4, 10))


@pytest.mark.parametrize(
    "line",
    [
        *("填表人：张三,,,联系电话：,13812345678,6171234", "制单：王五,,,,2017年4月10日", "报出日期"),
        *("单位负责人（签字）,张三,,联系电话,13812345678,6171234", "填表人：张三,,,,,20170410"),
    ],
)
def test_a_telephone_number_or_a_date_beside_a_signature_is_no_figure(line: str) -> None:
    found = read(ONE + line + "\n")
    assert (names(found), said(found)) == (["示例甲孵化器"], [])


def test_names_below_their_labels_are_no_row() -> None:
    found = read(ONE + "填表人,审核人\n张三,李四\n")
    assert (names(found), said(found)) == (["示例甲孵化器"], [])


@pytest.mark.parametrize(
    "line",
    [
        *("东安区科技局（盖章）", "东安区科技局", "东安区", "单位负责人（签字）,张三", "制表,王五,,2017.4.10"),
        *("本单位对以上数据的真实性负责", "以上数据真实、准确、完整。", "此表一式两份", "第1页 共1页", "共3家", "……"),
        *("本季无载体", "暂无载体", "一、孵化器", "（一）孵化器", "孵化器", "国家级众创空间", "二、众创空间（1家）"),
    ],
)
def test_a_closing_line_or_a_heading_is_no_facility(line: str) -> None:
    found = read(ONE + line + "\n" + TWO)
    assert (names(found), said(found)) == (["示例甲孵化器", "示例乙众创空间"], [])


@pytest.mark.parametrize("line", ["示例丙孵化器", "示例丙科技公司", "示例丙"])
def test_a_name_alone_is_a_facility_that_lacks_its_kind(line: str) -> None:
    assert said(read(ONE + line + "\n")) == [("V101", "C5")]


@pytest.mark.parametrize("line", ["示例丙孵化器", "示例丙,,加速器", "示例丙,91990000MAXX000030", "示例丙,,,,800"])
def test_a_facility_below_a_note_is_not_passed_over(line: str) -> None:
    found = read(ONE + "注：1.数据以季末为准。\n" + line + "\n")
    assert names(found)[1] == line.split(",", maxsplit=1)[0]
    assert [code for code, cell in said(found) if cell == "C6"] == ["V106" if "加速器" in line else "V101"]


def test_further_lines_of_a_note_are_none() -> None:
    found = read(ONE + "注：1.数据以季末为准。\n2.面积为建筑面积\n3.孵化器含二期\n张三\n")
    assert (names(found), said(found)) == (["示例甲孵化器"], [])


def test_a_name_with_a_colon_and_figures_is_no_note() -> None:
    assert said(read("示例：甲空间,91990000MAXX00001R,加速器,运营,1000,10\n")) == [("V106", "C4")]


def test_a_prepared_row_of_zeros_is_empty() -> None:
    found = read("1," + ONE + "2,,,,,0,0\n3,,,,,0,7\n", head="序号," + HEAD)
    assert names(found) == ["示例甲孵化器", None]
    assert said(found) == [("V101", "B6"), ("V101", "D6")]


@pytest.mark.parametrize("line", ["2,本季无载体", "2,以下空白", "2,……"])
def test_a_closing_line_in_a_numbered_row_is_no_facility(line: str) -> None:
    found = read("1," + ONE + line + "\n", head="序号," + HEAD)
    assert (names(found), said(found)) == (["示例甲孵化器"], [])


def test_a_numbered_row_that_names_a_unit_alone_is_unfinished() -> None:
    assert said(read("1,东安区\n", head="序号," + HEAD)) == [("V101", "D4")]


def test_a_nil_return_may_say_so_in_its_table() -> None:
    found = read("本季无载体\n", cover="填报单位：东安区\n报告期：2017年第一季度\n报告类型：零报告\n")
    assert (found.type, names(found), said(found)) == ("nil", [], [])
