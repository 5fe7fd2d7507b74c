"""Where the value of a label on the cover stands: beside it or below it, and never in a table's header."""

from __future__ import annotations

from tests.intake.sheets import laid_out


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
