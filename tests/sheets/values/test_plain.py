"""What is read in bulk is what the parsers read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.cn import uscc

from mdj_plan.fields import Field
from mdj_plan.sheets.values import parsers as values
from mdj_plan.sheets.values.plain import plain_as_typed, plainly
from mdj_plan.sheets.values.reading import Reading

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
READ = {
    "text": values.text,
    "whole": lambda raw: values.number(raw, measure="户", whole=True),
    "number": lambda raw: values.number(raw, measure="平方米", whole=False),
    "code": values.credit_code,
    "date": values.date,
}
CODES = st.tuples(st.text("0123456789", min_size=8, max_size=8), st.text(ALPHABET, min_size=9, max_size=9)).map("".join)
CELLS = st.one_of(
    st.text(max_size=20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(0, 10**6).map(float),
    st.decimals(0, 10**9, places=2).map(str),
    st.decimals(0, 10**6, places=1).map(float),
    CODES.map(lambda code: code + uscc.calc_check_digit(code)),
    CODES.map(lambda code: code + "0"),
    st.dates().map(str),
)


@given(st.sampled_from(sorted(READ)), CELLS)
@example("text", "暂无")
@example("text", "同上")
@example("text", "综合")
@example("number", "12.50")
@example("number", "1200.0")
@example("number", "0.00")
@example("number", 0.30000000000000004)
@example("whole", "007")
@example("code", "91231086MAXXBP1X10")
def test_bulk_and_parser_agree(kind: str, cell: str | float) -> None:
    found = plainly(Field("x", "某列", kind), {cell})
    if cell in found:
        expected = READ[kind](cell)
        assert Reading(found[cell]) == expected
        assert type(found[cell]) is type(expected.value)


@pytest.mark.parametrize(
    ("kind", "cells", "expected"),
    [
        (
            "text",
            ["示例甲孵化器", "综合", "无", "暂无", "同上", "有 空格", ""],
            {"示例甲孵化器": "示例甲孵化器", "综合": "综合"},
        ),
        ("whole", ["12", 12.0, "12.0", "-1", "１２", 12.5], {"12": 12, 12.0: 12}),
        (
            "number",
            ["7224.1", 7224.1, "1,200", "7224.10"],
            {"7224.1": Decimal("7224.1"), 7224.1: Decimal("7224.1"), "7224.10": Decimal("7224.1")},
        ),
        ("code", ["91231086MAXXBP1X10", "91231086MAXXBP1X11"], {"91231086MAXXBP1X10": "91231086MAXXBP1X10"}),
        ("date", ["2017-01-31", "2017-02-30", "1899-01-01", "2017-1-1"], {"2017-01-31": dt.date(2017, 1, 31)}),
        ("choice", ["运营", "营运"], {"运营": "operating"}),
    ],
)
def test_what_is_plain(kind: str, cells: list[str | float], expected: dict[str | float, object]) -> None:
    words = (("运营", "operating"),) if kind == "choice" else ()
    assert plainly(Field("x", "某列", kind, choices=words), set(cells)) == expected


@pytest.mark.parametrize(
    ("kind", "cells", "expected"),
    [
        ("text", ("示例甲孵化器", "示例乙"), True),
        ("text", ("示例甲孵化器", "暂无"), False),
        ("text", ("示例甲孵化器", "示例乙（二期）"), False),
        ("text", ("示例甲孵化器", None), False),
        ("text", (), True),
        ("code", ("91231086MAXXBP1X10", "91231086MAXXBP1X10"), True),
        ("code", ("91231086MAXXBP1X10", "91231086MAXXBP1X11"), False),
        ("code", ("91231086MAXXBP1X10", ""), False),
        ("whole", ("12", "13"), False),
    ],
)
def test_a_column_that_means_what_is_typed(kind: str, cells: tuple[str | None, ...], expected: bool) -> None:
    assert plain_as_typed(kind, cells) is expected


@pytest.mark.parametrize(
    ("odd", "expected"),
    [
        ((), True),
        (("91231086MAXXBP1X11",), False),  # another check digit
        (("91231086MAXXBP1X1", "091231086MAXXBP1X10"), False),  # 17 and 19 characters
        (("91231086MAXXBP1X1O",), False),  # no letter O in a code
        (("示例甲孵化器示例甲孵化器示例甲孵化器",), False),
    ],
)
def test_a_long_column_of_codes(odd: tuple[str, ...], expected: bool) -> None:
    assert plain_as_typed("code", (*["91231086MAXXBP1X10"] * 600, *odd)) is expected


@given(st.sampled_from(["text", "code"]), st.lists(CELLS, max_size=5))
def test_a_column_taken_as_typed_reads_as_typed(kind: str, cells: list[str | float]) -> None:
    if plain_as_typed(kind, cells):
        assert [READ[kind](cell) for cell in cells] == [Reading(cell) for cell in cells]
