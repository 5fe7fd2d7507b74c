"""What is read in bulk is what the parsers read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.cn import uscc

from mdj_plan.intake import values
from mdj_plan.intake.plain import plainly
from mdj_plan.intake.reading import Reading

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
READ = {
    "text": values.text,
    "whole": lambda raw: values.number(raw, measure="户", whole=True),
    "number": lambda raw: values.number(raw, measure="平方米", whole=False),
    "code": values.credit_code,
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
)


@given(st.sampled_from(sorted(READ)), CELLS)
@example("text", "暂无")
@example("text", "同上")
@example("number", "12.50")
@example("number", 0.30000000000000004)
@example("whole", "007")
@example("code", "91231086MAXXBP1X10")
def test_bulk_and_parser_agree(kind: str, cell: str | float) -> None:
    found = plainly(kind, [cell])
    if cell in found:
        expected = READ[kind](cell)
        assert Reading(found[cell]) == expected
        assert type(found[cell]) is type(expected.value)


@pytest.mark.parametrize(
    ("kind", "cells", "expected"),
    [
        ("text", ["示例甲孵化器", "无", "暂无", "有 空格", ""], {"示例甲孵化器": "示例甲孵化器"}),
        ("whole", ["12", 12.0, "12.0", "-1", "１２", 12.5], {"12": 12, 12.0: 12}),
        ("number", ["7224.1", 7224.1, "1,200", "7224.10"], {"7224.1": Decimal("7224.1"), 7224.1: Decimal("7224.1")}),
        ("code", ["91231086MAXXBP1X10", "91231086MAXXBP1X11"], {"91231086MAXXBP1X10": "91231086MAXXBP1X10"}),
        ("date", ["2017-01-01"], {}),
    ],
)
def test_what_is_plain(kind: str, cells: list[str | float], expected: dict[str | float, object]) -> None:
    assert plainly(kind, cells) == expected
