"""Lines of a screen: what is shown of strange characters, where lines break, how far a bar reaches."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mdj_plan.reports.screen.lines import bar, even_width, wrapped
from mdj_plan.text import visible


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("东安区", "东安区"),
        ("\x1b[31m红\x1b[0m", "␛[31m红␛[0m"),
        ("一\r\n二\t三\u2028四", "一  二 三 四"),
        ("a\x00b\x7fc\x9bd", "a␀b␡c?d"),
        ("a\u202eb\u200bc\ufeffd", "abcd"),
        ("\udc80\ue000", "??"),
        ("😀é", "😀é"),
    ],
)
def test_safe(written: str, shown: str) -> None:
    assert visible(written) == shown


@given(st.text())
def test_what_is_safe_is_printable_and_stays_so(text: str) -> None:
    assert "".join(c for c in visible(text) if not c.isprintable() and c not in "\u3000\xa0" and not c.isspace()) == ""
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("四字成语", 4, ["四字", "成语"]),
        ("收到，请核。", 6, ["收到，", "请核。"]),
        ("请核，收", 4, ["请", "核，", "收"]),
        ("（见附件）后", 4, ["（见", "附", "件）", "后"]),
        ("not one word cut", 8, ["not one", "word cut"]),
        ("incomprehensible", 6, ["incomp", "rehens", "ible"]),
        ("中文 2018Q2 中文", 8, ["中文", "2018Q2", "中文"]),
    ],
)
def test_wrapped(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


@pytest.mark.parametrize(
    ("heading", "width", "lines"),
    [
        ("典型示范众创空间", 14, ["典型示范", "众创空间"]),
        ("孵化器", 8, ["孵化器"]),
        ("Typical maker spaces", 18, ["Typical", "maker spaces"]),
    ],
)
def test_a_heading_is_broken_evenly(heading: str, width: int, lines: list[str]) -> None:
    assert wrapped(heading, even_width(heading, width)) == lines


@given(st.text(st.sampled_from("甲乙，。（）ab 1-％é")), st.integers(4, 30))
def test_no_line_is_too_wide_and_nothing_but_spaces_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert [line for line in lines if cell_len(line) > width] == []
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("attainment", "schedule", "drawn"),
    [
        (None, Fraction(1, 2), "....|....."),
        (Fraction(0), Fraction(0), "|........."),
        (Fraction(1, 100), Fraction(1, 2), "#...|....."),
        (Fraction(1, 2), Fraction(1, 2), "####|....."),
        (Fraction(7, 10), Fraction(1, 2), "####|##..."),
        (Fraction(99, 100), Fraction(1), "#########|"),
        (Fraction(3), Fraction(2), "#########|"),
    ],
)
def test_bar(attainment: Fraction | None, schedule: Fraction, drawn: str) -> None:
    assert bar(attainment, schedule, 10, "#.|") == drawn
