"""Merged cells in a table's body: a text holds for each of its rows, a figure for the range as a whole."""

from __future__ import annotations

from mdj_plan.sheets.cells import Range, Sheet
from tests.intake.sheets import laid_out

ROWS = (
    ("载体名称", "载体类型", "运营状态", "孵化面积（平方米）"),
    ("示例甲孵化器", "孵化器", "运营", 500.0),
    ("示例乙孵化器", None, None, None),
    ("示例丙空间", None, "停运", 900.0),
)


def test_a_merged_kind_holds_for_each_row_and_a_merged_area_for_the_first() -> None:
    merged = (Range(1, 1, 3, 1), Range(1, 2, 2, 2), Range(1, 3, 2, 3))
    (table,) = laid_out(Sheet("季报", ROWS, merged=merged)).tables
    assert list(table.cells("kind")) == ["孵化器", "孵化器", "孵化器"]
    assert list(table.cells("state")) == ["运营", "运营", "停运"]
    assert list(table.cells("area_m2")) == [500.0, None, 900.0]


def test_without_a_merged_range_a_blank_stays_blank() -> None:
    (table,) = laid_out(Sheet("季报", ROWS, merged=(Range(1, 3, 2, 3),))).tables
    assert list(table.cells("kind")) == ["孵化器", None, None]
