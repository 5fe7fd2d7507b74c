"""V121: rows struck through count and are told; what a merge covers is not read, and told at its cell."""

from __future__ import annotations

import pytest

from mdj_plan.intake.formatting import formatting
from mdj_plan.sheets.cells import Book, Sheet
from mdj_plan.sheets.formats.beneath import uncovered
from mdj_plan.sheets.values.numbers import number
from tests.intake.sheets import arguments, laid_out, sheet

TABLE = """
载体名称|载体类型|运营状态|孵化面积（平方米）|在孵企业数（户）
示例甲孵化器|孵化器|运营|5000|20
示例乙孵化器|孵化器|运营|5000|12
"""


def told(read: Sheet) -> list[tuple[str, int, int, str | None, str]]:
    (table,) = laid_out(uncovered(read)).tables
    return [(f.code, f.row, f.column, f.value, f.variant) for f in formatting(table)]


def test_a_row_struck_through_is_told_once() -> None:
    read = sheet(TABLE, struck=frozenset((2, column) for column in range(5)))
    assert told(read) == [("V121", 2, 0, "示例乙孵化器", "row")]


def test_a_figure_struck_through_is_told_at_its_cell() -> None:
    assert told(sheet(TABLE, struck=frozenset({(1, 4), (0, 0), (9, 9)}))) == [("V121", 1, 4, "20", "")]


def test_a_figure_beneath_a_merge_is_not_read() -> None:
    read = sheet(TABLE, merged=["D2:D3"])
    assert told(read) == [("V121", 2, 3, "5000", "beneath")]
    (table,) = laid_out(uncovered(read)).tables
    assert list(table.cells("area_m2")) == [5000, None]
    assert arguments(formatting(table)[0]) == {"field": "孵化面积（平方米）", "over": "D2", "shown": "5000"}


def test_the_same_text_beneath_a_merge_is_no_news_another_is() -> None:
    assert told(sheet(TABLE, merged=["B2:B3", "C2:C3"])) == []
    assert told(sheet(TABLE, merged=["A2:A3"])) == [("V121", 2, 0, "示例乙孵化器", "beneath")]


def test_an_error_beneath_a_merge_is_told_as_what_it_is() -> None:
    read = sheet(TABLE.replace("5000|12", "|12"), merged=["D2:D3"], flaws={(2, 3): "#N/A"})
    assert told(read) == [("V121", 2, 3, "#N/A", "beneath")]
    assert uncovered(read).flaws == {}


def test_ranges_end_with_the_rows() -> None:
    read = uncovered(sheet(TABLE, merged=["A3:A1048576", "F9:F10"]))
    assert [(m.top, m.bottom) for m in read.merged] == [(2, 2)]


def test_ranges_without_end_over_one_another_are_refused() -> None:
    read = sheet("\n".join(["1|2"] * 1000), merged=["A1:B1000"])
    with pytest.raises(MemoryError):
        uncovered(read._replace(merged=read.merged * 20_000))


@pytest.mark.parametrize(
    ("typed", "likely"),
    [("20¹", "20"), ("20①", "20"), ("8²", "8"), ("10*", "10"), ("20（注1）", "20"), ("30[2]", "30"), ("2̶0̶25", "25"),
     ("12户①", "12"), ("5½", None), ("⑩", None), ("(20)", None)],
)  # fmt: skip
def test_a_mark_beside_a_figure_is_none_of_its_digits(typed: str, likely: str | None) -> None:
    reading = number(typed, measure="户", whole=True)
    assert (reading.value, reading.code, dict(reading.args).get("likely")) == (None, "V102", likely)


def test_a_book_without_merges_stays_what_it_is() -> None:
    read = sheet(TABLE)
    assert uncovered(read) is read
    assert Book((read,)).sheets[0].beneath == {}
