"""A sheet as a person looks at it: merged ranges, ditto marks, the other way round; and the tables of a Word document."""

from __future__ import annotations

import io

import docx
import pytest

from mdj_plan.founding.grid import Grid, Spot
from mdj_plan.founding.word import is_word, word_tables
from mdj_plan.sheets.cells import Cell, Range, Sheet

ROWS: list[list[Cell]] = [
    ["任务", None, "孵化器", None],
    ["单位", "类", "家", "户"],
    ["东河区", 4, 5],
    ["同上", 6, "〃", 7],
]
MERGED = (Range(0, 0, 0, 1), Range(0, 2, 0, 3))


def grid(*, turned: bool = False, name: str | None = "表1") -> Grid:
    return Grid(Sheet(name, ROWS, merged=MERGED, flaws={(2, 3): "#DIV/0!"}), turned)


def shown(each: Grid) -> list[str]:
    return [" ".join(each.text(row, column) or "." for column in range(each.width)) for row in range(each.height)]


def test_every_cell_of_a_merged_range_shows_its_first_and_a_ditto_mark_what_stands_above() -> None:
    assert shown(grid()) == [
        "任务 任务 孵化器 孵化器",
        "单位 类 家 户",
        "东河区 4 5 .",  # a short row is blank at its end
        "东河区 6 5 7",
    ]


def test_the_other_way_round_rows_are_columns() -> None:
    other = grid().other_way()
    assert (other.height, other.width, other.turned) == (4, 4, True)
    assert shown(other) == [
        "任务 单位 东河区 .",  # a ditto mark means what stands above it, and there is nothing
        "任务 类 4 6",
        "孵化器 家 5 6",
        "孵化器 户 . 7",
    ]
    assert other.other_way() == grid()


def test_places_and_flaws_are_those_of_the_file() -> None:
    assert (grid().spot(2, 1), grid(turned=True).spot(1, 2)) == (Spot("表1", "B3"), Spot("表1", "B3"))
    assert (grid().flaw(2, 3), grid(turned=True).flaw(3, 2), grid().flaw(0, 0)) == ("#DIV/0!", "#DIV/0!", None)


def test_texts_of_a_row_without_blanks_and_what_is_merged_once() -> None:
    assert grid().texts(0) == ["任务", "孵化器"]
    assert grid().texts(2) == ["东河区", "4", "5"]


def test_a_merged_range_as_the_grid_is_turned() -> None:
    assert grid().merged(0, 3) == Range(0, 2, 0, 3)
    assert grid(turned=True).merged(3, 0) == Range(2, 0, 3, 0)
    assert grid().merged(1, 1) is None


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [("表1", "表1", "B3"), ("表1", "表2", "表1!B3"), (None, "表1", "B3")],
)
def test_a_place_seen_from_another(here: str | None, there: str, said: str) -> None:
    assert Spot(here, "B3").seen_from(Spot(there, "A1")) == said


def document() -> bytes:
    made = docx.Document()
    made.add_paragraph("任务分解表")
    made.add_paragraph("  ")
    first = made.add_table(2, 3)
    for column, text in enumerate(("单位", "孵化器", "众创空间")):
        first.cell(0, column).text = text
    first.cell(1, 0).text = "东河区"
    first.cell(1, 1).merge(first.cell(1, 2)).text = "4"
    made.add_paragraph("附表")
    made.add_table(1, 1).cell(0, 0).text = "备注"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_the_tables_of_a_document_with_what_stands_before_each() -> None:
    first, second = word_tables(document())
    assert (first.sheet.name, first.above, shown(first)) == (
        "表1",
        ("任务分解表",),
        ["单位 孵化器 众创空间", "东河区 4 4"],
    )
    assert first.sheet.merged == (Range(1, 1, 1, 2),)
    assert (second.sheet.name, second.above, shown(second)) == ("表2", ("附表",), ["备注"])


@pytest.mark.parametrize(
    ("data", "word"), [(document(), True), (b"", False), (b"PK damaged", False), (b"plain", False)]
)
def test_what_is_a_document(data: bytes, word: bool) -> None:
    assert is_word(data) is word


def test_a_damaged_document_has_no_tables() -> None:
    assert list(word_tables(document()[:-200])) == []
