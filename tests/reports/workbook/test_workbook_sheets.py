"""The workbook as it is handed out: words and their colours, who sent what, what is wrong, how it prints."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mdj_plan.assessment import Assessment
from mdj_plan.messages import messages
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.reports.tables.table import Column, Filled
from mdj_plan.reports.tables.values import Amount
from mdj_plan.reports.widths import fitted, on_page
from mdj_plan.reports.workbook.tables import places_of, widths_of
from mdj_plan.reports.workbook.workbook import build
from mdj_plan.run import run
from tests.cli import world
from tests.reports.town import HEADER, PLAN, QUOTAS, settle
from tests.reports.workbook.test_workbook import dump


@pytest.fixture
def mixed(tmp_path: Path) -> Assessment:
    """东示区 sent two versions, a member is out, one file is no workbook, one unit stands outside the plan."""
    return run(load_plan(world.built(tmp_path) / "config" / "targets.yaml"), period=Period(2021, 2))


def opened(assessment: Assessment) -> Any:
    return load_workbook(io.BytesIO(build(assessment, messages("zh"))))


def colours(page: Any) -> dict[str, str]:
    """What the sheet's rules colour: the word and its fill."""
    return {
        rule.formula[0].strip('"'): rule.dxf.fill.bgColor.rgb[2:]
        for area in page.conditional_formatting
        for rule in area.rules
        if rule.type == "cellIs"
    }


def areas(page: Any) -> set[str]:
    return {str(area.sqref) for area in page.conditional_formatting if area.rules[0].type == "cellIs"}


def test_colours_follow_the_status_words(assessment: Assessment) -> None:
    book = opened(assessment)
    green, yellow = "E2EFDA", "FFF2CC"
    words = {
        "已完成": green,
        "达到序时": green,
        "未报": "EDEDED",
        "已完成（已追上）": yellow,
        "达到序时（已追上）": yellow,
    }
    for name in ("总览", "县市区开发区", "分单位"):
        assert colours(book[name]) == words, name
    assert colours(book["市直部门"]) == words
    assert colours(book["报送情况"]) == {"按时": green, "迟报": yellow}
    assert colours(book["问题清单"]) == {"警告": yellow}
    assert areas(book["总览"]) == {"I5"}
    assert areas(book["县市区开发区"]) == {"D5:D6"}
    assert not any(
        rule.type == "iconSet" for page in book for area in page.conditional_formatting for rule in area.rules
    )


def test_colours_of_the_plans_own_bands(tmp_path: Path) -> None:
    late = QUOTAS.replace("东区,孵化器,2", "东区,孵化器,20")
    found = colours(opened(settle(tmp_path, quotas=late))["县市区开发区"])
    assert (found["滞后"], found["远远落后"]) == ("FFF2CC", "E4DFEC")


def test_who_sent_what_with_real_dates_and_numbers(mixed: Assessment) -> None:
    rows = dump(build(mixed, messages("zh")), "报送情况")[3:]
    due = dt.datetime(2021, 7, 15)  # noqa: DTZ001 - a spreadsheet's dates bear no zone
    assert rows == [
        [1, "东示区", "迟报", due, dt.datetime(2021, 7, 19), 4, 2, 2, "2021Q2/东示区_2021Q2.v2.csv", ""],  # noqa: DTZ001
        [2, "示开发区", "部分报送", due, 1, "", ""],
        ["　示甲园", "按时", due, dt.datetime(2021, 7, 9), 1, "2021Q2/示甲园_2021Q2.csv", ""],  # noqa: DTZ001
        [
            "　示乙园",
            "未报，沿用 2021Q1",
            due,
            "2021Q1/示开发区_2021Q1.csv",
            "数字沿用 2021Q1 的报表（2021-04-09 报送）",
        ],
        [3, "市示局", "按时", due, dt.datetime(2021, 7, 9), 1, 1, "2021Q2/市示局_2021Q2.csv", ""],  # noqa: DTZ001
    ]
    page = opened(mixed)["报送情况"]
    assert [page[cell].number_format for cell in ("D4", "E4", "F4", "G4")] == ["yyyy-mm-dd", "yyyy-mm-dd", "0", "0"]


def test_a_carried_return_does_not_look_on_time(tmp_path: Path) -> None:
    table = f"填报单位,东区,,报告期,2017年第一季度\n报出日期,2017-04-06\n{HEADER}\n春风孵化器,孵化器,运营,1000,1\n"
    sent = {"2017Q1/东区_2017Q1.csv": table, "2017Q2/东区_2017Q2.xlsx": "no workbook"}
    data = build(settle(tmp_path, returns=sent, period="2017Q2"), messages("zh"))
    rows = dump(data, "报送情况")
    due = dt.datetime(2017, 7, 15)  # noqa: DTZ001 - a spreadsheet's dates bear no zone
    why = "本期来件不能用，见“未计文件”；数字沿用 2017Q1 的报表（2017-04-06 报送）"
    assert rows[3] == [1, "东区", "来件不能用，沿用 2017Q1", due, 1, "2017Q1/东区_2017Q1.csv", why]
    assert ["本期没有可用报表，沿用以前的数字：东区（2017Q1）"] in dump(data, "总览")


def test_files_that_do_not_count_say_why(mixed: Assessment) -> None:
    day = dt.datetime(2021, 7, 19)  # noqa: DTZ001 - a spreadsheet's dates bear no zone
    assert dump(build(mixed, messages("zh")), "未计文件")[2:] == [
        ["序号", "责任单位", "报告期", "文件", "版本", "报送日期", "原因"],
        [1, "东示区", "2021Q2", "2021Q2/东示区_2021Q2.csv", 1, day, "已由 2021Q2/东示区_2021Q2.v2.csv 取代"],
        [2, "远示区", "2021Q2", "2021Q2/远示区_2021Q2.csv", 1, dt.datetime(2021, 7, 9), "S107 不在计划范围"],  # noqa: DTZ001
        [3, "单位不明", "2021Q2", "2021Q2/照片.xlsx", 1, "L101 没有找到载体表或任务表。"],
    ]


def test_findings_go_by_unit_and_what_is_nobodys_comes_last(mixed: Assessment) -> None:
    rows = dump(build(mixed, messages("zh")), "问题清单")[3:]
    assert [(row[0], row[1], row[-2], row[-1]) for row in rows] == [
        (1, "东示区", "S102", "迟报"),
        (2, "东示区", "V103", "约数"),
        (3, "示开发区", "S101", "未报"),
        (4, "远示区", "S107", "不在计划范围"),
        (5, "单位不明", "F106", "内容与后缀不符"),
        (6, "单位不明", "L101", "没有找到表格"),
        (7, "计划本身", "P101", "分解数低于目标"),
        (8, "计划本身", "P104", "目标没有依据"),
    ]


def test_sources_name_the_returns_of_every_quarter(mixed: Assessment) -> None:
    rows = dump(build(mixed, messages("zh")), "数据来源")[6:]
    hashes = {s.file: s.sha256 for s in mixed.archive.submissions}
    assert [(row[1], row[2], row[3]) for row in rows] == [
        ("东示区", "2021Q2", "2021Q2/东示区_2021Q2.v2.csv"),
        ("东示区", "2021Q1", "2021Q1/东示区_2021Q1.csv"),
        ("示开发区（示甲园）", "2021Q2", "2021Q2/示甲园_2021Q2.csv"),
        ("示开发区", "2021Q1", "2021Q1/示开发区_2021Q1.csv"),
        ("市示局", "2021Q2", "2021Q2/市示局_2021Q2.csv"),
        ("市示局", "2021Q1", "2021Q1/市示局_2021Q1.csv"),
    ]
    assert [row[-1] for row in rows] == [hashes[row[3]] for row in rows]


def test_lists_can_be_filtered_and_every_page_bears_its_heading(mixed: Assessment) -> None:
    book = opened(mixed)
    printed = {page.title: (page.print_title_rows, page.freeze_panes, page.auto_filter.ref) for page in book}
    assert printed == {
        "总览": ("$4:$4", "C5", None),
        "县市区": ("$3:$3", "C4", "A3:K7"),
        "县市区开发区": ("$3:$4", "B5", None),
        "分单位": ("$3:$3", "D4", "A3:N7"),
        "市直部门": ("$3:$3", "C4", "A3:J4"),
        "滞后清单": (None, None, None),
        "报送情况": ("$3:$3", "C4", "A3:J8"),
        "载体变动": ("$4:$4", "C5", "A4:H6"),
        "未计文件": ("$3:$3", "C4", "A3:G6"),
        "问题清单": ("$3:$3", "C4", "A3:I11"),
        "重复申报": ("$3:$3", "C4", "A3:F4"),
        "重复计数": ("$3:$3", "B4", None),
        "载体台账": ("$3:$3", "C4", "A3:R6"),
        "趋势": ("$3:$3", "C4", None),
        "趋势图": (None, None, None),
        "逐季进展": ("$3:$3", "C4", None),
        "数据来源": ("$6:$6", "C7", "A6:G12"),
    }


def test_the_front_is_what_is_printed_by_default_with_the_chart_on_its_first_page(mixed: Assessment) -> None:
    book = opened(mixed)
    front = [page.title for page in book if page.sheet_view.tabSelected]
    assert front == ["总览", "县市区", "市直部门", "滞后清单", "报送情况"]
    assert {page.title for page in book if page._charts} == {"总览", "趋势图"}


def test_many_indicators_go_on_several_sheets(tmp_path: Path) -> None:
    extra = "\n".join(
        f"  - {{id: more{n}, name: {{zh: 指标{n}, en: More {n}}}, unit: 家, count: facilities}}" for n in range(9)
    )
    plan = PLAN.replace("targets:\n", f"{extra}\ntargets:\n")
    quotas = QUOTAS + "".join(f"东区,指标{n},2,一\n" for n in range(9))
    data = build(settle(tmp_path, plan=plan, quotas=quotas), messages("zh"))
    assert dump(data, "县市区开发区")[2] == ["", "孵化器（家）", *(f"指标{n}（家）" for n in range(4))]
    assert dump(data, "县市区开发区 2")[2] == ["", *(f"指标{n}（家）" for n in range(4, 9))]
    assert dump(data, "县市区开发区 2", formulas=True)[6][1:3] == ["=SUM(B5:B6)", "=SUM(C5:C6)"]


def test_a_column_is_as_wide_as_its_texts_within_bounds() -> None:
    assert fitted(["孵化器", "典型示范孵化器"], 8, 30) == 16
    assert fitted(["“甲”"], 2, 30) == 8
    assert (fitted([], 8, 30), fitted(["x" * 99], 8, 30)) == (8, 30)


def test_in_english_lists_are_joined_as_english_joins_them(mixed: Assessment) -> None:
    data = build(mixed, messages("en"))
    assert dump(data, "Overview")[2] == ["3 of 3 units have reported; findings: 2 errors, 4 warnings, 1 note."]
    assert dump(data, "Overview")[4][-1] == "holds carried figures; source: notice 一"


def test_a_row_of_one_line_is_as_high_as_one_line(mixed: Assessment) -> None:
    book = opened(mixed)
    for name in ("分单位", "市直部门", "报送情况", "重复申报"):
        last = 3 + sum(isinstance(row[0], int) for row in dump(build(mixed, messages("zh")), name))
        assert {book[name].row_dimensions[row].height for row in range(4, last + 1)} == {18.75}, name


def test_a_great_figure_is_shown_and_not_hashes() -> None:
    column = Column("actual", "number", head="actual")
    few = Filled("all", (column,), ({"actual": Amount(50)}, {"actual": Amount(None)}), (), (), (), fixed=0, listed=True)
    many = few._replace(rows=({"actual": Amount(12_345_678)},))
    texts = messages("zh")
    assert widths_of(few, places_of(few), texts) == [10]
    assert widths_of(many, places_of(many), texts) == [len("12,345,678.00") + 2]


@pytest.mark.parametrize(
    ("widths", "least", "page", "fitted_to_it"),
    [
        ([10, 20, 10], [10, 20, 10], 50, [12.5, 25, 12.5]),  # grows to the page
        ([10, 10], [10, 10], 100, [15, 15]),  # but at most by half
        ([10, 40, 20], [10, 20, 10], 55, [10, 30, 15]),  # 15 too many: the two that can give give half of what they can
        ([10, 40, 20], [10, 30, 20], 40, [10, 30, 20]),  # what cannot give more stays, and is printed smaller
    ],
)
def test_a_printed_sheet_is_as_wide_as_a_page(
    widths: list[float], least: list[float], page: float, fitted_to_it: list[float]
) -> None:
    assert on_page(widths, least, page) == fitted_to_it


def test_the_register_sums_what_counts_and_the_hashes_are_not_printed(tmp_path: Path) -> None:
    rows = "东示孵化器,孵化器,运营,1000,3\n东示创客空间,众创空间,运营,200.5,2\n新建孵化器,孵化器,在建,900,0\n"
    sent = {"2017Q2/东区_2017Q2.csv": f"载体名称,载体类型,运营状态,孵化面积（平方米）,在孵企业数（户）\n{rows}"}
    data = build(settle(tmp_path, returns=sent), messages("zh"))
    *_, last = dump(data, "载体台账")
    assert (last[1], last[12:14]) == ("合计", [1200.5, 5])
    *_, last = dump(data, "载体台账", formulas=True)
    assert last[12] == '=SUMIF(L4:L6,"计入",M4:M6)'
    book = load_workbook(io.BytesIO(data))
    assert book["数据来源"].print_area.endswith("$F$" + str(book["数据来源"].max_row))


def test_what_else_returns_say_of_facilities_stands_beside_what_is_printed(tmp_path: Path) -> None:
    rows = "东示孵化器,孵化器,运营,1000,新材料,12,\n东示创客空间,众创空间,运营,200.5,,,\n"
    sent = {
        "2017Q2/东区_2017Q2.csv": f"载体名称,载体类型,运营状态,孵化面积（平方米）,专业领域,孵化资金（万元）,备注\n{rows}"
    }
    data = build(settle(tmp_path, returns=sent), messages("zh"))
    heads, one, other = dump(data, "载体台账")[2:5]
    assert heads[17:] == ["来源单元格", "专业领域", "孵化资金（万元）"]  # 备注 is blank in every row
    assert (one[-2:], other[-1:]) == (["新材料", 12], ["—"])
    sheet = load_workbook(io.BytesIO(data))["载体台账"]
    assert sheet.print_area.endswith("$R$6")
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:R1", "A2:R2"}
