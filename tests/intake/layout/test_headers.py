"""Where headers stand and what they name. Tables are written as text; addresses are the header cells'."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from mdj_plan.fields import FIELDS
from mdj_plan.intake.layout.headers import shipped_words
from mdj_plan.plan.synonyms import Wordlist, read_synonyms
from mdj_plan.sheets.values.header import header
from tests.intake.sheets import arguments, columns, faults, laid_out, names, sheet


def test_a_table_is_found_below_a_title_and_to_the_right_of_empty_columns() -> None:
    layout = laid_out("""
 | 季报表
 |
 | 填报单位 | 东安区
 |
 | 序号 | 载 体 名 称 | 载体类型 | 孵化面积\\n(平方米) | 　在孵企业数（户）
 | 1 | 甲孵化器 | 孵化器 | 500 | 12
""")
    (table,) = layout.tables
    assert columns(table) == {"name": "C5", "kind": "D5", "area_m2": "E5", "tenants": "F5"}
    assert (*table.cells("name"), *table.cells("area_m2"), *table.rows) == ("甲孵化器", 500.0, 5)
    assert layout.faults == ()
    assert [(t.value, t.row) for t in layout.titles] == [("季报表", 0), ("季报", -1)]


@pytest.mark.parametrize(
    ("typed", "field", "factor"),
    [
        ("孵化面积", "area_m2", "1"),
        ("孵化面积（平方米）", "area_m2", "1"),
        ("孵化面积(㎡)", "area_m2", "1"),
        ("孵化面积(m²)", "area_m2", "1"),
        ("孵化面积（单位：平方米，保留一位小数）", "area_m2", "1"),
        ("孵化面积（截至季末）", "area_m2", "1"),
        ("孵化面积（万平方米）", "area_m2", "10000"),
        ("孵化面积【万㎡】", "area_m2", "10000"),
        ("孵化面积(万)", "area_m2", "10000"),
        ("孵化面积（公顷）", "area_m2", "10000"),
        ("孵化面积/万平方米", "area_m2", "10000"),
        ("孵化面积(万平方米", "area_m2", "10000"),
        ("*孵化面积：", "area_m2", "1"),
        ("3、孵化面积", "area_m2", "1"),
        ("孵化场地面积", "area_m2", "1"),
        ("在孵企业（家）", "tenants", "1"),
        ("在孵企业数（个）", "tenants", "1"),
        ("孵化资金（万元）", "fund_10k", "1"),
        ("孵化资金（元）", "fund_10k", "0.0001"),
        ("孵化资金（千元）", "fund_10k", "0.1"),
        ("孵化资金（万）", "fund_10k", "1"),
        ("孵化资金（亿元）", "fund_10k", "10000"),
    ],
)
def test_a_header_names_a_field_and_its_unit(typed: str, field: str, factor: str) -> None:
    (table,) = laid_out(f"载体名称|载体类型|级别|{typed}\n甲孵化器|孵化器|市级|5").tables
    column = table.columns[field]
    assert (column.index, column.factor, column.header) == (3, Decimal(factor), typed)


@pytest.mark.parametrize(
    "typed",
    [
        "孵化面积（亩）",
        "孵化面积（户）",
        "孵化面积（万元）",
        "孵化面积（平方米/万平方米）",
        "在孵企业数（人）",
        "孵化资金（万美元）",
        "从业人员（%）",
    ],
)
def test_a_column_in_a_foreign_unit_is_not_read_as_if_it_were_in_ours(typed: str) -> None:
    layout = laid_out(f"载体名称|载体类型|级别|{typed}\n甲孵化器|孵化器|市级|5")
    assert set(layout.tables[0].columns) == {"name", "kind", "level"}
    assert faults(layout) == [("V106", "D1")]
    assert layout.faults[0].variant == "header-unit"


def test_groups_and_sub_headers_together_name_a_column() -> None:
    top = sheet(
        """
        载体名称|载体类型|孵化面积（万平方米）|||毕业企业（户）||备注
        |||||||
        ||合计|其中：在孵企业使用面积|其中：公共服务面积|本季新增|累计|
        甲孵化器|孵化器|5|4|1|0|3|
        """.replace("        |||||||\n", ""),
        merged=["A1:A2", "B1:B2", "C1:E1", "F1:G1", "H1:H2"],
    )
    (table,) = (layout := laid_out(top)).tables
    assert columns(table) == {
        "name": "A1",
        "kind": "B1",
        "area_m2": "C2",
        "tenant_area_m2": "D2",
        "new_graduates": "F2",
        "graduates_total": "G2",
        "note": "H1",
    }
    assert (table.columns["area_m2"].factor, table.columns["tenant_area_m2"].factor) == (10000, 10000)
    assert [(f.code, arguments(f)["header"]) for f in layout.faults] == [("L104", "其中：公共服务面积")]
    assert table.rows == [2]


def test_groups_without_merged_cells_as_in_text_files() -> None:
    (table,) = laid_out("""
序号|载体名称|载体类型|孵化面积（平方米）||在孵企业数|毕业企业|
|||合计|其中：在孵企业使用面积||本季新增（户）|累计（户）
1|甲孵化器|孵化器|500|400|12|1|3
""").tables
    assert columns(table) == {
        "name": "B1",
        "kind": "C1",
        "area_m2": "D2",
        "tenant_area_m2": "E2",
        "tenants": "F1",
        "new_graduates": "G2",
        "graduates_total": "H2",
    }
    assert table.rows == [2]


def test_units_may_stand_in_a_row_of_their_own() -> None:
    (table,) = laid_out("""
载体名称|载体类型|孵化面积|在孵企业数
||（万平方米）|（户）
甲孵化器|孵化器|1.2|12
""").tables
    assert (table.columns["area_m2"].factor, table.rows) == (10000, [2])


def test_a_header_three_rows_deep() -> None:
    top = sheet(
        """
        载体名称|载体类型|建设情况|||
        ||孵化面积||在孵企业|
        ||合计|在孵企业使用|数量（户）|累计毕业（户）
        甲孵化器|孵化器|500|400|12|3
        """,
        merged=["A1:A3", "B1:B3", "C1:F1", "C2:D2"],
    )
    (table,) = laid_out(top).tables
    assert columns(table) == {
        "name": "A1",
        "kind": "B1",
        "area_m2": "C3",
        "tenant_area_m2": "D3",
        "tenants": "E3",
        "graduates_total": "F3",
    }
    assert list(table.cells("area_m2")) == [500.0]


def test_last_years_figures_are_another_thing() -> None:
    top = sheet(
        """
        基本情况||本季度||上年同期|
        载体名称|载体类型|孵化面积|在孵企业数|孵化面积|在孵企业数
        甲孵化器|孵化器|500|12|400|9
        """,
        merged=["A1:B1", "C1:D1", "E1:F1"],
    )
    layout = laid_out(top)
    assert columns(layout.tables[0]) == {"name": "A2", "kind": "B2", "area_m2": "C2", "tenants": "D2"}
    assert faults(layout) == [("L104", "E2"), ("L104", "F2")]


def test_a_row_that_numbers_the_columns_is_no_facility() -> None:
    (table,) = laid_out("""
载体名称|载体类型|孵化面积|在孵企业数
甲|乙|1|2
甲孵化器|孵化器|500|12
""").tables
    assert names(table) == ["甲孵化器"]


def test_a_missing_required_column_is_named_at_the_header() -> None:
    layout = laid_out("序号|载体名称|级别|孵化面积|在孵企业数\n1|甲孵化器|市级|500|12")
    assert faults(layout) == [("L102", "row 1")]
    assert arguments(layout.faults[0]) == {
        "columns": "载体类型",
        "absent": "本季新增毕业企业（户）、累计毕业企业（户）",
    }
    assert layout.faults[0].field == "kind"
    assert laid_out("序号|级别|孵化面积|在孵企业数\n1|市级|500|12").faults[0].field is None  # two are missing
    assert faults(laid_out("机构|载体类型|孵化面积|在孵企业数\n甲|孵化器|500|12")) == [
        ("L102", "row 1"),
        ("L104", "A1"),
    ]


def test_a_repeated_and_an_unknown_column() -> None:
    layout = laid_out("载体名称|载体类型|孵化面积|面积|负责人手机\n甲孵化器|孵化器|500|600|1")
    assert faults(layout) == [("L103", "D1"), ("L104", "E1")]
    assert arguments(layout.faults[0]) == {"field": "孵化面积（平方米）", "first": "C1"}
    (table,) = layout.tables
    assert (table.columns["area_m2"].index, [c.index for c in table.repeated["area_m2"]]) == (2, [3])


@pytest.mark.parametrize(
    "text",
    [
        "载体类型|级别|运营状态|示范类型\n孵化器|国家级|筹建|省级示范\n众创空间|省级|在建|典型示范",
        "载体类型|级别|所在地区|责任部门\n孵化器|国家级|东安区|市科技局",
        "序号|企业名称|统一社会信用代码|成立日期|从业人员|备注\n1|甲公司|91230100MA00000000|2015-01-01|12|",
        "指标|单位|说明\n孵化面积|平方米|可用于孵化的面积\n在孵企业数|户|季末数\n累计毕业企业|户|",
        "填表说明\n一、填报范围：全市科技企业孵化器、众创空间。\n二、孵化面积按平方米填报。",
        "",
    ],
)
def test_lists_of_words_and_of_firms_are_no_tables(text: str) -> None:
    assert faults(laid_out(text)) == [("L101", "")]
    whole = "载体名称|载体类型|孵化面积\n甲孵化器|孵化器|500"
    assert laid_out(sheet(whole, "明细"), sheet(text, "字典", visible=False)).faults == ()


def test_a_summary_beside_the_list_is_not_read_and_said_to_be_so() -> None:
    layout = laid_out(
        sheet("单位|孵化器数|孵化面积|在孵企业数|累计毕业企业\n东安区|3|5000|40|7", "汇总"),
        sheet("载体名称|载体类型|孵化面积\n甲孵化器|孵化器|500", "明细"),
    )
    assert [table.sheet.name for table in layout.tables] == ["明细"]
    assert [(f.code, f.variant, f.sheet) for f in layout.faults] == [("L104", "other-table", "汇总")]


def test_a_duties_table_beside_a_facilities_table() -> None:
    layout = laid_out("""
载体名称|载体类型|孵化面积
甲孵化器|孵化器|500
任务|本季进展数|状态|佐证材料|说明
系列宣传|12|进行中|目录|
""")
    assert [(t.kind, t.rows) for t in layout.tables] == [("facilities", [1]), ("duties", [3])]
    assert columns(layout.tables[1]) == {
        "duty": "A3",
        "progress": "B3",
        "status": "C3",
        "evidence": "D3",
        "remark": "E3",
    }
    assert layout.faults == ()


def test_users_add_header_words() -> None:
    text = "双创平台|载体类型|孵化面积\n甲孵化器|孵化器|500"
    assert names(laid_out(text, synonyms={"name": ("双创平台",)}).tables[0]) == ["甲孵化器"]


def test_a_plans_own_word_holds_before_a_shipped_one_of_another_column() -> None:
    text = "载体名称|类型|级别|孵化面积\n甲孵化器|孵化器|省级|500"
    assert columns(laid_out(text).tables[0])["kind"] == "B1"  # 类型 is shipped for 载体类型
    own = laid_out(text.replace("级别", "载体类型"), synonyms={"level": ("类型",)})
    assert (columns(own.tables[0])["level"], columns(own.tables[0])["kind"]) == ("B1", "C1")


def test_the_shipped_words_are_such_a_table_as_a_plan_may_name() -> None:
    path = Path("src/mdj_plan/intake/layout/headers.csv")
    assert read_synonyms(path, FIELDS) == Wordlist(shipped_words())


def test_a_header_taken_apart() -> None:
    found = header("其中：在孵企业\n使用面积 （单位:万平方米）")
    assert (found.key, [(u.base, u.times) for u in found.units]) == ("在孵企业使用面积", [("平方米", 10000)])
