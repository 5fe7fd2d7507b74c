"""Totals against the rows that they may sum up: all of them, those since the total before, those until the next (L108)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdj_plan.intake.layout.totals import says_total, sets_against
from tests.intake.sheets import arguments, faults, laid_out, names, sheet

HEAD = "载体名称|载体类型|运营状态|孵化面积（平方米）|在孵企业数（户）"


def table(text: str) -> str:
    """Short rows: a name or a total with area and tenants; facilities get kind and state."""
    rows = [line.split() for line in text.strip().splitlines()]
    middle = {True: "||", False: "|孵化器|运营"}
    return "\n".join([HEAD, *(f"{row[0]}{middle['计' in row[0]]}|{'|'.join(row[1:])}" for row in rows)]).replace(
        "-", ""
    )


def told(text: str) -> list[tuple[str, str, str]]:
    """Each L108: its cell, what is stated, what the rows add up to."""
    found = [fault for fault in laid_out(sheet(table(text))).faults if fault.code == "L108"]
    places = [place for code, place in faults(laid_out(sheet(table(text)))) if code == "L108"]
    return [(at, arguments(f)["stated"], arguments(f)["summed"]) for at, f in zip(places, found, strict=True)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param("甲 1000 10\n乙 500 5\n合计 1500 15", [], id="the sum"),
        pytest.param("甲 1000 10\n乙 500 5\n合计 1501 15", [("D4", "1501", "1500")], id="one too many"),
        pytest.param("甲 1000 10\n乙 500 5\n合计 1500 14", [("E4", "14", "15")], id="one too few"),
        pytest.param("甲 1000 10\n乙 500 5\n合计 0 15", [("D4", "0", "1500")], id="nought is a sum too"),
        pytest.param("甲 0 -\n乙 - -\n合计 0 0", [], id="of nothing"),
        pytest.param("甲 1000 10\n乙 500 5\n合计 - 15", [], id="a blank says nothing"),
        pytest.param("甲 1000 10\n乙 500 5\n合计 1500", [], id="shorter than its rows"),
        pytest.param("合计 1500 15\n甲 1000 10\n乙 500 5", [], id="above its rows"),
        pytest.param("合计 1400 15\n甲 1000 10\n乙 500 5", [("D2", "1400", "1500")], id="above, and wrong"),
        pytest.param("甲 1 1\n小计 1 1\n乙 2 2\n丙 3 3\n小计 5 5\n合计 6 6", [], id="parts and the whole"),
        pytest.param("甲 1 1\n小计 1 1\n乙 2 2\n小计 2 2\n合计 4 3", [("D6", "4", "3")], id="the whole is wrong"),
        pytest.param("甲 1 1\n小计 1 1\n乙 2 2\n小计 0 2\n合计 3 3", [("D5", "0", "2")], id="a part is wrong"),
        pytest.param("小计 3 3\n甲 1 1\n乙 2 2\n小计 3 3\n丙 3 3\n合计 6 6", [], id="parts above their rows"),
        pytest.param("甲 1 1\n小计 1 1\n合计 0 1", [("D4", "0", "1")], id="right below another total"),
        pytest.param("甲 约5 1\n乙 2 2\n合计 7 3", [], id="a figure that cannot be used: nobody knows"),
        pytest.param("甲 1000 10\n合计 约1 10", [], id="a total that cannot be used"),
        pytest.param("甲 0.1 1\n乙 0.2 1\n合计 0.30000000000000004 2", [], id="the noise of binary sums"),
        pytest.param("甲 1 1\n乙 1 1\n合计 2家 2户", [], id="a total with a unit"),
    ],
)
def test_a_total_is_none_of_the_sums_that_it_may_mean(rows: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(rows) == expected


@given(st.lists(st.lists(st.integers(0, 99), min_size=1, max_size=3), min_size=1, max_size=4), st.integers(1, 9))
def test_right_totals_are_silent_and_a_wrong_one_alone_is_told(parts: list[list[int]], off: int) -> None:
    lines = [line for part in parts for line in (*(f"甲{i} {n} 1" for i, n in enumerate(part)), f"小计 {sum(part)} -")]
    whole = sum(map(sum, parts))
    assert told("\n".join([*lines, f"合计 {whole} -"])) == []
    wrong = whole + sum(99 for part in parts for _ in part) + off  # more than any rows can add up to
    assert [(at, stated) for at, stated, _ in told("\n".join([*lines, f"合计 {wrong} -"]))] == [
        (f"D{len(lines) + 2}", str(wrong))
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "合计",
        " 合 计 ",
        "合计：",
        "小计",
        "总计",
        "Total",
        "SUBTOTAL",
        "Grand Total",
        "合计（4家）",
        "合计4家",
        "本页小计",
    ],
)
def test_a_cell_that_says_total(cell: str) -> None:
    assert says_total(cell)


@pytest.mark.parametrize(
    ("cell", "loosely"),
    [
        ("孵化器小计", True),
        ("共4家", True),
        ("孵化载体十二家", True),
        ("总计孵化器", False),
        ("示例合计孵化器有限公司", False),
        ("示例4家", False),
        (f"合计（{'全' * 17}）", False),  # longer than anything that is said of a sum
        ("合", False),
        ("", False),
    ],
)
def test_a_cell_that_says_total_within_other_words(cell: str, *, loosely: bool) -> None:
    assert (says_total(cell), says_total(cell, loosely=True)) == (False, loosely)


@pytest.mark.parametrize(
    ("cell", "against"),
    [
        ("其中：市级", True),
        ("上季度合计", True),
        ("完成率（%）", True),
        ("同比增长", True),
        ("合计", False),
        ("示例甲", False),
        (4.0, False),
    ],
)
def test_a_row_set_against_a_total_is_no_total(cell: str | float, *, against: bool) -> None:
    assert sets_against(cell) is against


def test_a_row_of_sums_that_nobody_labelled_is_a_total_and_any_other_a_row() -> None:
    rows = "甲|孵化器|运营|1000|10\n乙|孵化器|运营|500|5\n"
    assert list(names(laid_out(f"{HEAD}\n{rows}|||1500|15").tables[0])) == ["甲", "乙"]
    assert list(names(laid_out(f"{HEAD}\n{rows}|||1500|14").tables[0])) == ["甲", "乙", ""]
    assert list(names(laid_out(f"{HEAD}\n{rows}|||1500|").tables[0])) == ["甲", "乙"]
