"""Where the value of a label on the cover stands: beside it or below it, and never in a table's header."""

from __future__ import annotations

import datetime as dt

import pytest

from mdj_plan.intake.layout.cover import Labels, parts
from mdj_plan.intake.layout.headers import vocabulary
from tests.intake.sheets import laid_out

LABELS = Labels(vocabulary().cover)


def cover(*lines: str) -> dict[str, list[object]]:
    return {field: [entry.value for entry in found] for field, found in laid_out("\n".join(lines)).cover.items()}


HEADER = "序号|载体名称|载体类型|运营状态"
ROW = "1|示例甲孵化器|孵化器|运营"


def test_a_blank_label_above_a_table_states_nothing() -> None:
    assert cover("填报单位|东安区|报告期|2017Q1", "填表人||联系电话|", HEADER, ROW) == {
        "unit": ["东安区"],
        "period": ["2017Q1"],
    }


def test_a_value_beside_and_a_blank_label() -> None:
    assert cover("填表人|示例张三|报出日期|", HEADER, ROW) == {"author": ["示例张三"]}


def test_values_below_their_labels() -> None:
    assert cover("填报单位|报告期", "东安区|2017Q1", HEADER, ROW) == {"unit": ["东安区"], "period": ["2017Q1"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("填报单位：东安区  报告期：2018年第二季度", [("unit", "东安区"), ("period", "2018年第二季度")]),
        (
            "填报单位：东安区 报告期：2018Q2 填表人：张三",
            [("unit", "东安区"), ("period", "2018Q2"), ("author", "张三")],
        ),
        ("填报单位：东安区，报告期：2018Q2；", [("unit", "东安区"), ("period", "2018Q2")]),
        ("填报单位： 报告期：2018Q2", [("unit", ""), ("period", "2018Q2")]),
        ("填 报 单 位（盖章）：东安区", [("unit", "东安区")]),
        ("单位:东安区", [("unit", "东安区")]),
        ("运营单位：示例甲公司", []),  # a short label stands alone
        ("本表填表人：张三", [("author", "张三")]),
        ("（单位：东安区）", [("unit", "东安区）")]),
        ("主任：李四 填表人：张三 传真号码：123", [("author", "张三")]),  # what is no label of ours ends a value
        ("填报单位 东安区", []),
    ],
)
def test_labels_and_values_in_one_cell(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(LABELS.within(text)) == expected


@pytest.mark.parametrize(
    ("cell", "field"),
    [
        ("填报单位", "unit"),
        (" 填 报 单 位 ", "unit"),
        ("报告期", "period"),
        ("东安区", None),
        (2018.0, None),
        (None, None),
        ("填报单位" + " " * 37, None),  # no label is so long
        ("填报单位" + " " * 36, "unit"),
    ],
)
def test_a_cell_that_is_a_label(cell: str | float | None, field: str | None) -> None:
    assert LABELS.exact(cell) == field


def test_two_things_in_one_cell_stand_apart() -> None:
    assert parts("东安区   2017年7月10日") == ["东安区", "2017年7月10日"]
    assert parts("  东安区 2017年7月10日\n\n盖章 \t") == ["东安区", "2017年7月10日", "盖章"]
    assert parts("东安区 科技局") == ["东安区 科技局"]
    assert parts(dt.date(2017, 7, 10)) == []


def test_the_value_is_the_next_filled_cell() -> None:
    assert cover("填报单位|||东安区|备案", HEADER, ROW) == {"unit": ["东安区"]}


def test_a_label_without_value_leaves_that_of_the_next_to_it() -> None:
    assert cover("填报单位|报告期：2017Q1", HEADER, ROW) == {"period": ["2017Q1"]}
    assert cover("填报单位：|东安区|报告期：2017Q1", HEADER, ROW) == {"unit": ["东安区"], "period": ["2017Q1"]}


def test_what_a_label_has_taken_is_no_label_itself() -> None:
    assert cover("填报单位|单位：东安区", HEADER, ROW) == {"unit": ["东安区"]}
    assert cover("填表人|电话局|联系电话|123", HEADER, ROW) == {"author": ["电话局"], "phone": [123.0]}


def test_measure_units_above_a_table_are_nobody() -> None:
    assert cover("报告期：2017Q1||单位：万元、户", HEADER, ROW) == {"period": ["2017Q1"]}
    assert cover("报告期：2017Q1||单位：户外局", HEADER, ROW) == {"period": ["2017Q1"], "unit": ["户外局"]}


@pytest.mark.parametrize(("length", "found"), [(295, ["x" * 295]), (296, None)])
def test_a_cell_longer_than_any_cover_states_nothing(length: int, found: list[object] | None) -> None:
    assert cover(f"填报单位：{'x' * length}", HEADER, ROW).get("unit") == found


@pytest.mark.parametrize(("length", "found"), [(40, ["东" * 40]), (41, None)])
def test_what_stands_below_a_label_is_a_value_if_it_is_short(length: int, found: list[object] | None) -> None:
    assert cover("填报单位", "东" * length, HEADER, ROW).get("unit") == found
