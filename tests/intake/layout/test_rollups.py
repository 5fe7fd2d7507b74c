"""Rows that sum up, break down or set against: no facilities; and what stands below or beside a table."""

from __future__ import annotations

import pytest

from tests.intake.sheets import faults, laid_out, names, sheet

HEAD = "载体名称|统一社会信用代码|载体类型|运营状态|孵化面积（平方米）|在孵企业数（户）|备注"
TWO = """
示例甲孵化器|91990000MAXX00001R|孵化器|运营|1000|10
示例乙众创空间|91990000MAXX00002W|众创空间|运营|500|5
"""


def read(rest: str, head: str = HEAD) -> tuple[list[object], list[int], list[tuple[str, str]]]:
    found = laid_out(sheet(head + TWO + rest))
    (table,) = found.tables
    return list(names(table)), [row + 1 for row in table.totals], faults(found)


FACILITIES = ["示例甲孵化器", "示例乙众创空间"]


@pytest.mark.parametrize(
    "row",
    [
        *("||||1500|15", "共2家||||1500|15", "孵化载体2家||||1500|15", "合|计|||1500|15", "Total||||1500|15"),
        *("众创空间 Total||||500|5", "东安区合计（2家）||||1500|15", "Sub total||||1500|15", "合 计|||||15"),
    ],
)
def test_a_total_however_it_is_labelled(row: str) -> None:
    found, totals, said = read(row)
    assert (found, totals) == (FACILITIES, [4])
    assert said in ([], [("L108", "E4"), ("L108", "F4")])  # 500 and 5 are not the sums of both rows


@pytest.mark.parametrize(
    "row",
    [
        *("其中：市级||||1200|12", "上季度合计||||900|9", "比上季度增减||||600|6", "完成率（%）||||13.3|13.3"),
        *("同比增长||||0.2|0.1", "去年同期||||800|8", "占比||||50|50", "平均每家||||750|7.5"),
    ],
)
def test_a_row_set_against_the_total_is_passed_over(row: str) -> None:
    assert read("合计||||1500|15\n" + row) == (FACILITIES, [4], [])


def test_a_row_of_other_figures_without_a_name_stays_a_row() -> None:
    found, totals, _ = read("||||700|7")
    assert (found, totals) == ([*FACILITIES, ""], [])


@pytest.mark.parametrize(
    "numbers",
    [
        *("甲|乙|丙|丁|1|2|3", "栏次|1|2|3|4|5|6", "一|二|三|四|五|六|七", "（1）|（2）|（3）|（4）|（5）|（6）|（7）"),
        *("甲|乙|辛|壬|1|2=1+3|3", "A|B|C|D|1|2|3", "①|②|③|④|⑤|⑥|⑦", "第1栏|第2栏|第3栏|第4栏|第5栏|第6栏|第7栏"),
    ],
)
def test_a_row_that_numbers_the_columns(numbers: str) -> None:
    found = laid_out(sheet(HEAD + "\n" + numbers + TWO))
    assert (list(names(found.tables[0])), faults(found)) == (FACILITIES, [])


SUMMARY = "\n附：汇总表\n类别|合计|孵化器|众创空间\n数量（家）|2|1|1\n"


@pytest.mark.parametrize("end", ["合计||||1500|15", "填表人：张三||审核人：李四"])
def test_a_table_ends_at_the_empty_row_below_its_total_or_signatures(end: str) -> None:
    found, _, said = read(end + "\n" + SUMMARY)
    assert (found, said) == (FACILITIES, [("L104", "A7")])


def test_a_facility_below_the_total_is_read_all_the_same() -> None:
    found, _, said = read("合计||||1500|15\n\n示例丙孵化器|91990000MAXX00003U|孵化器|运营|100|1")
    assert (found, said) == ([*FACILITIES, "示例丙孵化器"], [])


def test_a_table_beside_the_table_is_not_read() -> None:
    head = HEAD + "||类别|孵化面积（平方米）"
    rows = TWO.replace("|10\n", "|10|||孵化器|1000\n").replace("|5\n", "|5|||众创空间|500\n")
    found = laid_out(sheet(head + rows))
    assert (list(found.tables[0].cells("kind")), faults(found)) == (["孵化器", "众创空间"], [("L104", "I1")])


@pytest.mark.parametrize("header", ["在孵企业数（含团队）", "在孵企业数（不含团队）（户）"])
def test_brackets_that_may_change_a_column_are_told(header: str) -> None:
    found = laid_out(sheet(HEAD.replace("在孵企业数（户）", header) + TWO))
    assert (list(found.tables[0].cells("tenants")), faults(found)) == ([10.0, 5.0], [("L104", "F1")])


@pytest.mark.parametrize(
    "header", ["在孵企业数（户，必填）", "在孵企业数（期末数）", "在孵企业数（单位：户）", "在孵企业数（填整数）"]
)
def test_brackets_that_explain_are_not(header: str) -> None:
    assert faults(laid_out(sheet(HEAD.replace("在孵企业数（户）", header) + TWO))) == []


def test_a_total_that_disagrees_is_told_in_the_unit_of_its_header() -> None:
    head = HEAD.replace("平方米", "万平方米")
    rows = "示例甲孵化器|91990000MAXX00001R|孵化器|运营|0.9|10\n示例乙众创空间||众创空间|运营|0.6|5\n合计||||1.8|15"
    (found,) = [fault for fault in laid_out(sheet(f"{head}\n{rows}")).faults if fault.code == "L108"]
    told = {name: str(value) for name, value in found.args}
    assert (found.value, told) == ("1.8", {"field": "孵化面积（万平方米）", "stated": "1.8", "summed": "1.5"})
