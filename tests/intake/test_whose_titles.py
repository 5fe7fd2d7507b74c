"""A title, or the table's own sheet, that names another district or another quarter disagrees (L107)."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from mdj_plan.intake.reader import Reader
from mdj_plan.intake.submission import Submission
from mdj_plan.messages import messages
from mdj_plan.plan.load import load_plan

READER = Reader.of(load_plan(Path("config/targets.yaml")))
HEAD = ["载体名称", "统一社会信用代码", "载体类型", "运营状态", "孵化面积（平方米）"]
ROW = ["示例甲孵化器", "91990000MAXX00001R", "孵化器", "运营", 1000]


def read(
    *,
    title: str = "",
    sheet: str = "季报",
    unit: str = "东安区",
    period: str = "2017年第二季度",
    file: str = "报表.xlsx",
) -> Submission:
    book = openpyxl.Workbook()
    cover = [f"填报单位：{unit}" if unit else "", "", f"报告期：{period}" if period else ""]
    table = book.create_sheet(sheet, 0)
    for row in ([title], cover, HEAD, ROW):
        table.append(row)
    del book["Sheet"]
    out = io.BytesIO()
    book.save(out)
    return READER.read(out.getvalue(), f"2017Q2/{file}")


@pytest.mark.parametrize(
    "title", ["西安区2017年第二季度孵化载体季报表", "牡丹江市西安区孵化器统计表", "附件2：2017年第二季度西安区情况表"]
)
def test_a_title_with_another_district_disagrees(title: str) -> None:
    found = read(title=title)
    (fault,) = found.findings
    assert (fault.code, fault.at.cell, found.readable) == ("L107", "A2", False)
    assert messages("zh").message(fault) == f"填报单位前后不一致：封面“东安区”、标题或工作表名“{title}”。"


@pytest.mark.parametrize("title", ["东安区2017年第三季度孵化载体季报表", "2016年第二季度孵化载体统计表"])
def test_a_title_with_another_quarter_disagrees(title: str) -> None:
    (fault,) = read(title=title).findings
    assert (fault.code, fault.at.cell) == ("L107", "C2")
    assert messages("zh").message(fault) == (
        f"报告期前后不一致：封面“2017年第二季度”、文件夹“2017Q2”、标题或工作表名“{title}”。"
    )


def test_a_title_is_named_once() -> None:
    (fault,) = read(title="东安区2017年第三季度季报表", period="二季度").findings
    assert messages("zh").message(fault) == (
        "报告期前后不一致：封面“二季度”、标题或工作表名“东安区2017年第三季度季报表”、文件夹“2017Q2”。"
    )


@pytest.mark.parametrize("sheet", ["西安区", "西安区2017Q2", "西安区 季报", "西安区科技局", "2017Q1", "2017年一季度"])
def test_the_tables_own_sheet_disagrees(sheet: str) -> None:
    assert [f.code for f in read(sheet=sheet).findings] == ["L107"]


def test_a_title_against_the_sheets_name() -> None:
    assert [f.code for f in read(title="东安区2017年第二季度季报表", sheet="西安区", unit="").findings] == ["L107"]
    assert [f.code for f in read(title="2017年第二季度季报表", sheet="2017Q1", period="").findings] == ["L107"]


@pytest.mark.parametrize(
    "title",
    [
        *("三年行动计划（2017-2019年）季报表", "2017年度孵化载体统计表", "2018年修订表", "第三季度季报表"),
        *("市科技局孵化载体季报表", "东安区、西安区孵化载体季报表", "东安区2017年第二季度季报表", "西安区科技园"),
        *("注：本表不含西安区", "请于2017年第三季度前报送本表", "与2017年第一季度相比的情况", "截至2017年第一季度情况"),
        *("开发区孵化载体季报表", "牡丹江市科技企业孵化器、众创空间季度报表"),
    ],
)
def test_a_text_above_the_table_that_names_no_other_unit_or_quarter(title: str) -> None:
    found = read(title=title)
    assert ([f.code for f in found.findings], found.unit, str(found.period)) == ([], "dongan", "2017Q2")


@pytest.mark.parametrize("sheet", ["Sheet2", "附件2", "表2", "2017年", "西安区科技园", "三季度", "孵化器"])
def test_a_sheets_name_that_says_nothing(sheet: str) -> None:
    assert [f.code for f in read(sheet=sheet).findings] == []


@pytest.mark.parametrize("unit", ["市人社局", "开发区"])
def test_departments_and_zones_may_head_their_sheets_by_districts(unit: str) -> None:
    assert [f.code for f in read(unit=unit, sheet="西安区", title="西安区孵化载体情况表").findings] == []


def test_what_a_row_without_a_name_says_is_no_title_of_the_table_below() -> None:
    text = (
        "报告期,2017年第二季度\n"
        "载体名称,载体类型,责任部门,孵化面积（平方米）\n"
        ",孵化器,市教育局,900\n"
        "示例甲孵化器,孵化器,,1000\n"
        "\n"
        "任务,本季进展数,状态\n"
        "行动计划系列宣传,1,进行中\n"
    )
    found = READER.read(text.encode(), "2017Q2/东安区_2017Q2.csv")
    assert [(f.code, f.at.cell) for f in found.findings] == [("V101", "A3")]
    assert found.readable


def test_a_quarter_without_a_year_is_told_at_its_cell() -> None:
    found = READER.read(
        "填报单位：东安区\n报告期：第三季度\n载体名称,载体类型,运营状态\n示例甲孵化器,孵化器,运营\n".encode(),
        "东安区.csv",
    )
    (fault,) = (f for f in found.findings if f.code == "L106")
    assert (fault.at.cell, fault.value) == ("A2", "第三季度")
    assert "没有写明年份" in messages("zh").message(fault)
