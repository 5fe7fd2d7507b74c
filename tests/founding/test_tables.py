"""Breakdown tables as cities write them: what each says, as the plan that it becomes (contract 6.5)."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests.founding.tables import as_workbook, made

WIDE = """
示例市2020—2022年科技企业孵化器建设任务分解表
||||单位：家、万平方米|
序号|责任单位|孵化器|众创空间|孵化面积|备注
一、县（市）区
1|东河区|4|4家以上|1.5|
2|西河县|3|—|2万平方米|重点扶持
3|经济开发区（含保税区）|14|14||
二、市直部门
4|市科技局||||牵头
5|团市委|1|||
合计||22|18|3.5|
注：本表任务均为约束性指标。
"""


def test_units_down_and_indicators_across(tmp_path: Path) -> None:
    plan = made(tmp_path, WIDE)
    assert plan.quotas == (
        "责任单位,指标,目标,基数,完成时限,依据,备注\n"
        "东河区,孵化器,4,,,,\n"
        "东河区,众创空间,4,,,,\n"
        "东河区,孵化面积,15000,,,,\n"  # 万平方米, as the line above the table says
        "西河县,孵化器,3,,,,\n"
        "西河县,孵化面积,20000,,,,\n"
        "经济开发区,孵化器,14,,,,\n"
        "经济开发区,众创空间,14,,,,\n"
        "团市委,孵化器,1,,,,\n"
    )
    assert plan.owed[:3] == ["全市 incubators 22", "全市 makerspaces 18", "全市 area 35000"]
    assert plan.sums == [
        ("C11", "incubators", 22, 22),
        ("D11", "makerspaces", 18, 18),
        ("E11", "area", 35000, 35000),
    ]
    assert plan.doubts == []
    assert (str(plan.plan.start), str(plan.plan.end)) == ("2020Q1", "2022Q4")  # of the title
    assert plan.plan.file.plan.title.zh == "示例市2020—2022年科技企业孵化器建设"
    assert plan.plan.file.name_prefixes == ("示例市",)


def test_what_units_become(tmp_path: Path) -> None:
    units = made(tmp_path, WIDE).plan.file.units
    assert [(u.id, u.kind, u.group, u.lies_in_districts, u.note) for u in units] == [
        ("donghe", "district", "county", False, None),
        ("xihe", "district", "county", False, "重点扶持"),
        ("jjkfq", "district", "zone", True, "含保税区"),
        ("keji", "department", "department", False, "牵头"),
        ("tuanshiwei", "department", "department", False, None),
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("东河区", "district"), ("西河县", "district"), ("南河市", "district"), ("北旗", "district"), ("中盟", "district"),
     ("远州", "district"), ("高新技术产业开发区", "district"), ("物流园区", "district"), ("滨河新区", "district"),
     ("东河自治县", "district"), ("市科技局", "department"), ("团市委", "department"), ("市总工会", "department"),
     ("示例集团", "department"), ("市委党校", "department"), ("科技产业园", "department")],
)  # fmt: skip
def test_names_tell_districts_from_departments(tmp_path: Path, name: str, kind: str) -> None:
    plan = made(tmp_path, f"单位|孵化器\n{name}|2").plan
    assert [unit.kind for unit in plan.file.units] == [kind]


def test_two_rows_of_headings_with_merges(tmp_path: Path) -> None:
    table = """
任务分解表
责任单位|建设任务||||备注
|孵化器（家）||孵化面积|
|合计|其中国家级|万平方米|
东河区|4|1|1.2|
西河县|3||2|
"""
    merged = ("A1:F1", "A2:A4", "B2:D2", "B3:C3", "F2:F4")
    plan = made(tmp_path, as_workbook(table, merged=merged))
    assert plan.owed == [
        "东河区 national_incubators 1",
        "东河区 incubators 4",
        "东河区 area 12000",
        "西河县 incubators 3",
        "西河县 area 20000",
    ]
    assert plan.doubts == []


def test_a_heading_over_columns_in_a_text_file(tmp_path: Path) -> None:
    table = """
单位|孵化器||众创空间||备注
|国家级|省级示范|国家级|省级示范|
东河区|1|2|3|4|
"""
    assert made(tmp_path, table).owed == [
        "东河区 national_incubators 1",
        "东河区 national_makerspaces 3",
        "东河区 provincial_demo_incubators 2",
        "东河区 provincial_demo_makerspaces 4",
    ]


def test_a_row_for_each_unit_and_indicator(tmp_path: Path) -> None:
    table = """
序号|责任单位|指标名称|单位|基数|目标值|完成时限|依据|备注
1|东河区|孵化器|家|1|4|2022年底|三(一)|含在建
2||众创空间|家||3家|2021年12月|三(一)|
3|市教育局|孵化面积|万平方米||1.2||三(二)|
4||新增毕业企业|户||12|||
合计||孵化器|家||5|||
"""
    plan = made(tmp_path, table, start="2020Q1", end="2022Q4")
    assert plan.quotas.splitlines()[1:] == [
        "东河区,孵化器,4,1,,三(一),含在建",
        "东河区,众创空间,3,,2021Q4,三(一),",
        "市教育局,孵化面积,12000,,,三(二),",
        "市教育局,新增毕业企业,12,,,,",
    ]
    assert plan.owed[0] == "全市 incubators 5"
    assert plan.sums == [("F6", "incubators", 5, 4)]  # a disagreement is said


def test_units_merged_over_their_indicators(tmp_path: Path) -> None:
    table = """
责任单位|指标|目标
东河区|孵化器|4
|众创空间|3
市科技局|孵化器|1
"""
    plan = made(tmp_path, as_workbook(table, merged=("A2:A3",)))
    assert plan.owed == ["东河区 incubators 4", "东河区 makerspaces 3", "市科技局 incubators 1"]


def test_indicators_down_and_units_across(tmp_path: Path) -> None:
    table = """
指标|单位|合计|东河区|西河县|市科技局
孵化器|家|7|4|3|
孵化面积|万平方米|3|1|2|
"""
    plan = made(tmp_path, table)
    assert plan.owed == [
        "全市 incubators 7",
        "全市 area 30000",
        "东河区 incubators 4",
        "东河区 area 10000",
        "西河县 incubators 3",
        "西河县 area 20000",
    ]
    assert plan.sums == [("C2", "incubators", 7, 7), ("C3", "area", 30000, 30000)]


def test_years_up_to_which_figures_run(tmp_path: Path) -> None:
    table = """
单位|孵化器（家）|||众创空间（家）|
|2020年|2021年|2022年|2021年|2022年
东河区|1|2|4|2|2
西河县|1|1|3||3
合计|2|3|7|2|5
"""
    plan = made(tmp_path, table)
    assert plan.owed == [
        "全市 incubators 7 2020Q4=2 2021Q4=3",
        "全市 makerspaces 5 2021Q4=2",
        "东河区 incubators 4 2020Q4=1 2021Q4=2",
        "东河区 makerspaces 2 2021Q4=2",
        "西河县 incubators 3 2020Q4=1 2021Q4=1",
        "西河县 makerspaces 3",
    ]
    assert plan.quotas.splitlines()[0] == "责任单位,指标,目标,基数,完成时限,2020,2021,依据,备注"
    assert (str(plan.plan.start), str(plan.plan.end)) == ("2020Q1", "2022Q4")


def test_years_that_add_up_to_the_total(tmp_path: Path) -> None:
    table = """
单位|孵化器|||
|2020年|2021年|2022年|合计
东河区|2|1|1|4
西河县|1|1|1|3
"""
    plan = made(tmp_path, table)
    assert plan.owed == ["东河区 incubators 4 2020Q4=2 2021Q4=3", "西河县 incubators 3 2020Q4=1 2021Q4=2"]


def test_years_that_are_neither(tmp_path: Path) -> None:
    table = """
单位|孵化器|||
|2020年|2021年|2022年|合计
东河区|2|1|1|4
西河县|1|2|3|3
"""
    plan = made(tmp_path, table)
    assert plan.owed == ["东河区 incubators 4", "西河县 incubators 3"]
    assert plan.founded.table is not None
    assert plan.founded.table.years["incubators"][0] == "unclear"


def test_a_year_in_the_heading_is_when_it_is_due(tmp_path: Path) -> None:
    plan = made(tmp_path, "县（市）区|2021年底孵化器数量（家）|到2022年众创空间\n东河区|4|3", start="2020Q1")
    assert plan.owed == ["东河区 incubators 4 2021Q4", "东河区 makerspaces 3"]


def test_baselines(tmp_path: Path) -> None:
    table = """
单位|孵化器||2019年底现有众创空间|众创空间目标
|现有|目标||
东河区|1|4|2|5
"""
    assert made(tmp_path, table, start="2020Q1").owed == [
        "东河区 incubators 4 from 1",
        "东河区 makerspaces 5 from 2",
    ]


def test_subtotals_are_compared_and_totals_are_the_citys(tmp_path: Path) -> None:
    table = """
单位|孵化器
一、县（市）区|
东河区|4
西河县|3
县（市）区小计|8
二、市直部门|
市科技局|1
市直部门小计|1
总计|8
"""
    plan = made(tmp_path, table)
    assert plan.owed == ["全市 incubators 8", "东河区 incubators 4", "西河县 incubators 3", "市科技局 incubators 1"]
    assert plan.sums == [("B5", "incubators", 8, 7), ("B8", "incubators", 1, 1), ("B9", "incubators", 8, 8)]


def test_a_row_for_a_whole_group(tmp_path: Path) -> None:
    table = """
责任单位|孵化器|典型示范孵化器或众创空间
各县（市）区|4|
东河区||
西河县||
开发区|14|
各市直部门||1
市科技局||
合计|22|
"""
    plan = made(tmp_path, table)
    assert plan.quotas.splitlines()[1:] == [
        "各县（市）区,孵化器,4,,,,",
        "开发区,孵化器,14,,,,",
        "各市直部门,典型示范孵化器或众创空间,1,,,,",
    ]
    assert plan.owed[1:] == [
        "东河区 incubators 4",
        "西河县 incubators 4",
        "开发区 incubators 14",
        "市科技局 typical_any 1",
    ]
    assert plan.sums[-1] == ("B8", "incubators", 22, 22)  # 4 for each of two, and 14


def test_a_group_without_its_units_gets_one_to_be_replaced(tmp_path: Path) -> None:
    plan = made(tmp_path, "责任单位|孵化器\n各县（市）区|4\n开发区|14")
    assert [(u.name.zh, u.kind) for u in plan.plan.file.units] == [("开发区", "district"), ("示例区", "district")]
    assert "表中没有列出单位，请换成实际的单位" in plan.yaml


def test_several_sheets(tmp_path: Path) -> None:
    plan = made(
        tmp_path,
        as_workbook("县区|孵化器\n东河区|4\n合计|4", "说明\n请各单位认真落实", "部门|孵化器\n市科技局|1\n合计|1"),
    )
    assert plan.owed == ["东河区 incubators 4", "市科技局 incubators 1"]
    assert plan.founded.table is not None
    assert plan.founded.table.skipped == ("表2",)
    assert plan.doubts == ["A3 有几个合计，分不清哪个是全市的，只作核对，没有写成全市目标"] * 2
    assert plan.sums == [("B3", "incubators", 4, 4), ("B3", "incubators", 1, 1)]


def test_unknown_indicators_are_kept_as_comments_with_their_figures(tmp_path: Path) -> None:
    table = """
单位|孵化器|发明专利（件）|创业导师数（人）
东河区|4|12|约10
合计|4|12|
"""
    plan = made(tmp_path, table)
    assert plan.owed == ["全市 incubators 4", "东河区 incubators 4"]
    comments = [line for line in plan.yaml.splitlines() if line.startswith("#") and ("专利" in line or "导师" in line)]
    assert comments == [
        "#     name: 发明专利",
        "#   东河区,发明专利,12",
        "#   合计,发明专利,12",
        "#     name: 创业导师数",
        "#   东河区,创业导师数,约10",
    ]
    assert "#   - id: famingzhuanli # 分解表.csv C2\n" in plan.yaml
    assert "#     sum: mentors\n" in plan.yaml  # a column of the return, by its name


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("市级孵化器", "市级孵化器"),
        ("孵化器（市级）", "孵化器市级"),
        ("孵化面积（亩）", "孵化面积"),
        ("毕业企业（户）", "毕业企业"),
    ],
)
def test_what_narrows_a_known_indicator_makes_another_of_it(tmp_path: Path, heading: str, name: str) -> None:
    plan = made(tmp_path, f"单位|众创空间|{heading}\n东河区|1|3")
    assert plan.owed == ["东河区 makerspaces 1"]
    assert plan.founded.table is not None
    assert [unknown.phrase for unknown in plan.founded.table.unknown] == [name]


def test_what_cannot_be_read_is_told_with_its_cell(tmp_path: Path) -> None:
    table = """
单位|孵化器|众创空间|孵化面积
东河区|视情况|约5家|1.5公里
西河县|4|#REF!|0
东河区|3||
市科技局、市教育局|2||
"""
    plan = made(tmp_path, table)
    assert plan.owed == ["东河区 incubators 3", "西河县 incubators 4"]
    assert plan.doubts == [
        "B2 孵化器：“视情况”不是确定的数，没有写入",
        "C2 众创空间：“约5家”不是确定的数，没有写入",
        "D2 孵化面积：“1.5公里”不是确定的数，没有写入",
        "C3 众创空间：“#REF!”不是确定的数，没有写入",
        "D3 孵化面积：没有写计量单位，按平方米理解",
        "D3 孵化面积：为 0，按没有任务处理",
        "B5 “市科技局、市教育局”分不清是共同承担还是各自承担，没有写入 data/quotas.csv；数字在注释里",
    ]


def test_a_quarter_of_no_year_is_told_as_such(tmp_path: Path) -> None:
    plan = made(tmp_path, "单位|孵化器|一季度|孵化器上半年|众创空间2021年Q3|二季度团队\n东河区|4|1|2|3|4\n")
    assert [line.partition("；")[0] for line in plan.doubts] == [
        "C2 “一季度”没有写年份，不知道是哪一年的",
        "D2 “孵化器上半年”没有写年份，不知道是哪一年的",
    ]


def test_a_merged_figure_is_nobodys(tmp_path: Path) -> None:
    plan = made(tmp_path, as_workbook("单位|孵化器|众创空间\n东河区|6|2\n西河县||1", merged=("B2:B3",)))
    assert plan.owed == ["东河区 makerspaces 2", "西河县 makerspaces 1"]
    assert plan.doubts == ["B2 合并单元格里的“6”分不清各单位、各指标多少，没有写入"]


def test_the_same_twice_is_told(tmp_path: Path) -> None:
    plan = made(tmp_path, "单位|孵化器\n东河区|4\n东河区|5")
    assert plan.owed == ["东河区 incubators 4"]
    assert plan.doubts == ["B3 “5”与 B2 的“4”是同一单位、同一指标，以 B2 为准"]


def test_new_ones_are_taken_for_all_there_are_and_told(tmp_path: Path) -> None:
    plan = made(tmp_path, "单位|新建孵化器（家）\n东河区|4")
    assert plan.owed == ["东河区 incubators 4"]
    assert plan.doubts == ["B2 孵化器：表中要求新增，按期末实有数计、基数不写按 0，为推定"]


def test_what_lies_outside_the_plan_is_left_out_and_told(tmp_path: Path) -> None:
    table = "单位|孵化器||\n|2019年|2020年|2022年\n东河区|1|2|4"
    plan = made(tmp_path, table, start="2020Q1", end="2021Q4")
    assert plan.owed == ["东河区 incubators 4 2020Q4=2"]
    assert plan.doubts == [
        "D3 孵化器：2019Q4 不在计划期内，没有写入",
        "D3 孵化器：2022Q4 不在计划期内，没有写入",
    ]


def test_columns_that_are_no_targets_are_left_alone(tmp_path: Path) -> None:
    table = "序号|县区|责任人|孵化器|完成情况|完成率\n1|东河区|张示例|4|3|75%\n2|西河县|李示例|2|2|100%"
    assert made(tmp_path, table).owed == ["东河区 incubators 4", "西河县 incubators 2"]


def test_the_heads_of_units_may_be_missing_or_name_both_ways(tmp_path: Path) -> None:
    assert made(tmp_path, "|孵化器|众创空间\n东河区|4|2").owed[0] == "东河区 incubators 4"
    (tmp_path / "b").mkdir()
    assert made(tmp_path / "b", "单位\\指标|孵化器\n东河区|4").owed == ["东河区 incubators 4"]


def test_a_class_without_a_word_for_each_is_told(tmp_path: Path) -> None:
    plan = made(tmp_path, "责任单位|孵化器\n东河区|4\n市直相关部门|1")
    assert "#   市直相关部门,孵化器,1\n" in plan.yaml
    assert plan.owed == ["东河区 incubators 4"]
    assert plan.doubts == [
        "B3 “市直相关部门”分不清是合计还是每个单位各自承担；每个单位都承担时写成“各……”，没有写入 data/quotas.csv；数字在注释里"
    ]


def test_a_total_above_its_units(tmp_path: Path) -> None:
    plan = made(tmp_path, "县区|孵化器\n全市|9\n县（市）区|7\n东河区|4\n西河县|3\n市直部门|2\n市科技局|2")
    assert plan.owed[0] == "全市 incubators 9"
    assert plan.sums == [("B3", "incubators", 7, 7), ("B6", "incubators", 2, 2), ("B2", "incubators", 9, 9)]


SHAPES = {
    "the measure units in a row of their own": (
        "单位|孵化器|孵化面积\n（计量单位）|（家）|（万平方米）\n东河区|4|1.5",
        ["东河区 incubators 4", "东河区 area 15000"],
    ),
    "units in the cells": (
        "单位|孵化器|孵化面积|在孵企业\n东河区|≥4家|1.2万平方米|50家\n开发区|不少于14家|5万㎡|30户",
        ["东河区 incubators 4", "东河区 area 12000", "东河区 tenants 50",
         "开发区 incubators 14", "开发区 area 50000", "开发区 tenants 30"],
    ),
    "years above indicators": (
        "|2021年目标||2022年目标|\n县区|孵化器|众创空间|孵化器|众创空间\n东河区|1|0|4|3",
        ["东河区 incubators 4 2021Q4=1", "东河区 makerspaces 3 2021Q4=0"],
    ),
    "growth by year": (
        "单位|2020年新增孵化器|2021年新增孵化器|2022年新增孵化器\n东河区|1|2|1",
        ["东河区 incubators 4 2020Q4=1 2021Q4=3"],
    ),
    "indicators in an outer column that is merged away": (
        "任务|责任单位|目标\n孵化器|东河区|4\n|西河县|3\n|合计|7\n众创空间|市科技局|1\n|小计|1",
        ["全市 incubators 7", "东河区 incubators 4", "西河县 incubators 3", "市科技局 makerspaces 1"],
    ),
    "tasks as sentences": (
        "序号|工作任务|责任单位|目标值|完成时限\n1|建设科技企业孵化器|东河区|4家|2022年12月底\n2|建设众创空间|东河区|3家以上|2022年底前",
        ["东河区 incubators 4", "东河区 makerspaces 3"],
    ),
    "a column of sections beside the units": (
        "区域|责任单位|孵化器\n县区|东河区|4\n县区|西河县|2\n市直|市科技局|1",
        ["东河区 incubators 4", "西河县 incubators 2", "市科技局 incubators 1"],
    ),
    "one table below the other": (
        "表一：县区\n县（市）区|孵化器\n东河区|4\n合计|4\n|\n表二：市直部门\n部门|典型示范\n市科技局|1\n合计|1",
        ["全市 incubators 4", "全市 typical_any 1", "东河区 incubators 4", "市科技局 typical_any 1"],
    ),
    "one table beside the other": (
        "单位|孵化器|单位|孵化器\n东河区|4|北湖区|1\n西河县|2|南湖县|3",
        ["东河区 incubators 4", "西河县 incubators 2", "北湖区 incubators 1", "南湖县 incubators 3"],
    ),
    "headings again on the next page": (
        "县区|孵化器\n东河区|4\n县区|孵化器\n西河县|2\n合计|6",
        ["全市 incubators 6", "东河区 incubators 4", "西河县 incubators 2"],
    ),
    "signatures below": (
        "单位|孵化器|众创空间\n东 河 区|4|3\n填表人：张示例|审核人：李示例|\n（由市科技局解释）||\n2020年3月5日||",
        ["东河区 incubators 4", "东河区 makerspaces 3"],
    ),
    "offices of districts": (
        "单位|孵化器\n东河区人民政府|4\n经开区管委会|5\n市发改委|1",
        ["东河区人民政府 incubators 4", "经开区管委会 incubators 5", "市发改委 incubators 1"],
    ),
    "each indicator with its own time": (
        "责任单位|孵化器||众创空间|\n|数量|完成时限|数量|完成时限\n东河区|4|2021年底|3|2022年6月",
        ["东河区 incubators 4 2021Q4", "东河区 makerspaces 3 2022Q2"],
    ),
    "words for units": (
        "县（市、区）|孵化器\n各县（市、区）|4\n东河区||\n西河县||\n其中：开发区|14",
        ["东河区 incubators 4", "西河县 incubators 4", "开发区 incubators 14"],
    ),
    "names broken over lines": (
        "责任\\n单位|孵化器\\n（家）\n高新技术\\n产业开发区|4",
        ["高新技术产业开发区 incubators 4"],
    ),
    "what there is, what there is to be, and the difference": (
        "单位|孵化器（家）|||\n|2020年底现有|2022年目标|新增|\n东河区|1|4|3\n合计|1|4|3",
        ["全市 incubators 4 from 1", "东河区 incubators 4 from 1"],
    ),
    "what there is, and what is to come": (
        "单位|孵化器||众创空间||新增毕业企业\n|基数|新增|2021年新增|2022年新增|\n东河区|1|3|1|2|5",
        ["东河区 incubators 4 from 1", "东河区 makerspaces 3 2021Q4=1", "东河区 new_graduates 5"],
    ),
    "totals over several indicators": (
        "县区|国家级|||孵化器|\n|孵化器|众创空间|小计||\n东河区|1|2|3|4|",
        ["东河区 national_incubators 1", "东河区 national_makerspaces 2", "东河区 incubators 4"],
    ),
    "one indicator, named by the title": (
        "示川市众创空间建设任务分解表|||\n县区|2021年|2022年|备注\n东河区|1|3|\n合计|1|3|",
        ["全市 makerspaces 3 2021Q4=1", "东河区 makerspaces 3 2021Q4=1"],
    ),
    "units across, beside other columns": (
        "序号|指标|计量单位|基数|目标值|东河区|市科技局|备注\n1|孵化器|家|2|5|4|1|含在建\n2|孵化面积|万平方米||1|1||",
        ["全市 incubators 5", "全市 area 10000", "东河区 incubators 4", "东河区 area 10000", "市科技局 incubators 1"],
    ),
    "in English": (
        "Unit|Incubators|Incubation area (m2)\nEast District|4|12,000\nTotal|4|12,000",
        ["全市 incubators 4", "全市 area 12000", "East District incubators 4", "East District area 12000"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(tmp_path: Path, shape: str) -> None:
    table, expected = SHAPES[shape]
    plan = made(tmp_path, table, end="2022Q4")
    assert plan.owed == expected
    assert [doubt for doubt in plan.doubts if "推定" not in doubt] == []
    departments = {u.name.zh for u in plan.plan.file.units if u.kind == "department"}
    assert departments <= {"市科技局", "市发改委"}


def test_what_several_owe_is_kept_to_be_decided(tmp_path: Path) -> None:
    plan = made(tmp_path, "单位|孵化器|专利\n东河区|4|1\n市科技局、市教育局|2家|3")
    assert plan.owed == ["东河区 incubators 4"]
    assert "#   市科技局、市教育局,孵化器,2\n#   市科技局、市教育局,专利,3\n" in plan.yaml
    assert [unit.name.zh for unit in plan.plan.file.units] == ["东河区"]


def test_a_hidden_sheet_gives_way_to_what_is_seen(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook("单位|孵化器\n东河区|9", "单位|孵化器\n东河区|4")))
    book["表1"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    plan = made(tmp_path, out.getvalue())
    assert plan.owed == ["东河区 incubators 4"]
    assert plan.doubts == ["B2 “9”与 表2!B2 的“4”是同一单位、同一指标，以 表2!B2 为准"]
