"""How wide and how high a text is on paper: a Chinese character is as wide as two others."""

from __future__ import annotations

import pytest

from mdj_plan.reports.widths import cells, fitted, lines_in, on_page


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("", 0),
        ("abc", 3),
        ("甲乙", 4),
        ("甲a", 3),
        ("（）", 4),
        ("“甲”", 6),
        ("——", 4),
        ("…", 2),
        ("é", 1),
        ("〔2018〕", 8),
    ],
)
def test_cells(text: str, wide: int) -> None:
    assert cells(text) == wide


@pytest.mark.parametrize(
    ("texts", "least", "most", "width"),
    [
        ([], 8, 40, 8),
        (["abc"], 8, 40, 8),  # never below the least
        (["abcdefg"], 8, 40, 9),  # seven and a little air
        (["甲乙丙丁", "abc"], 8, 40, 10),
        (["x" * 60], 8, 40, 40),  # never above the most
    ],
)
def test_a_column_holds_its_longest_text(texts: list[str], least: float, most: float, width: float) -> None:
    assert fitted(texts, least, most) == width


@pytest.mark.parametrize(
    ("widths", "least", "page", "expected"),
    [
        ([10, 20], [5, 5], 30, [10, 20]),  # as wide as the page
        ([10, 20], [5, 5], 36, [12, 24]),  # grown to it
        ([10, 20], [5, 5], 31, [10.33, 20.67]),  # to the hundredth
        ([10, 20], [5, 5], 90, [15, 30]),  # by half at most
        ([30, 30], [10, 30], 50, [20, 30]),  # only the first can give way
        ([30, 20], [10, 10], 35, [20, 15]),  # each gives in the same proportion of what it has to give
        ([30, 20], [20, 15], 45, [26.67, 18.33]),
        ([30, 20], [28, 19], 10, [28, 19]),  # what is wider still stays so
        ([30, 20], [30, 20], 40, [30, 20]),  # nobody can give
        ([30, 20], [40, 10], 45, [30, 15]),  # a least above the width is no reason to grow
    ],
)
def test_a_sheet_fills_its_page(widths: list[float], least: list[float], page: float, expected: list[float]) -> None:
    assert on_page(widths, least, page) == expected


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("abc", 10, 1),
        ("a" * 9, 10, 1),  # one cell is air
        ("a" * 10, 10, 2),
        ("甲乙丙丁", 9, 1),
        ("甲乙丙丁戊", 9, 2),
        ("a\nb", 10, 2),
        ("a\n\nb", 10, 3),
        ("a" * 20 + "\nb", 11, 3),
        ("甲乙", 0, 2),  # in no room at all, one character a line
    ],
)
def test_lines_that_a_text_takes(text: str, width: float, lines: int) -> None:
    assert lines_in(text, width) == lines
