"""A finding shows the cell as it was typed, not what the program made of it; its message reads on as before."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.messages import messages
from tests.gallery.examples import EAST, OFFICE, ONE, TWO, WEST, Files, clean, table
from tests.gallery.test_gallery import judged


def east(first: str) -> Files:
    return clean() | {EAST: table("东示区", first, TWO).encode()}


@pytest.mark.parametrize(
    ("first", "code", "cell", "value", "message"),
    [
        (
            ONE.replace(",1200,", ",1.2平方米,").replace(",20,", ",0,"),
            "V111",
            "K4",
            "1.2平方米",
            "“示例甲孵化器”孵化面积只有 1.2 平方米，单位可能填错。",
        ),
        (ONE.replace(",1,5", ",0,3户"), "X104", "N4", "3户", "“示例甲孵化器”累计毕业企业由 4（2021Q1）降为 3。"),
        (
            ONE.replace(",1,5", ",1,7户"),
            "X105",
            "N4",
            "7户",
            "“示例甲孵化器”累计毕业企业比上期增加 3，本季新增却填 1。",
        ),
        (
            ONE.replace(",1200,", ',"2,400",'),
            "X107",
            "K4",
            "2,400",
            "“示例甲孵化器”孵化面积由 1200 变为 2400 平方米（与 2021Q1 相比 +100%）。",
        ),
        (ONE.replace("市级,,,", "无,,,"), "X108", "E4", "无", "“示例甲孵化器”上次级别为市级，本期没有填，按未认定计。"),
        (
            ONE.replace("市级,,,", "市级,,西示区科技局,"),
            "S104",
            "G4",
            "西示区科技局",
            "“示例甲孵化器”填的是西示区，不属于东示区；该行不计入。",
        ),
        (ONE.replace("91990000MAXX00001R", "—"), "V115", "C4", "—", "“示例甲孵化器”没有填统一社会信用代码。"),
        (ONE.replace("市级,,", "省级,/,"), "V116", "F4", "/", "“示例甲孵化器”填为省级，却没有认定文号。"),
        (ONE.replace(",运营,", ",无,"), "V117", "J4", "无", "“示例甲孵化器”没有填运营状态，按“运营”计。"),
    ],
)
def test_a_cell_is_shown_as_typed(tmp_path: Path, first: str, code: str, cell: str, value: str, message: str) -> None:
    found = [f for f in judged(tmp_path, east(first)) if f.code == code]
    assert [(f.at.file, f.at.cell, f.value) for f in found] == [(EAST, cell, value)]
    assert messages("zh").message(found[0]) == message


def test_a_repeated_row_and_a_repeated_duty_are_shown_as_typed(tmp_path: Path) -> None:
    files = east(ONE)
    files[EAST] += "3, 示例甲 孵化器,91990000MAXX00001R,孵化器,市级,,,,2015-03-02,运营,1200,20,1,5\n".encode()
    files[OFFICE] += "宣　传,3,进行中\n".encode()
    found = [(f.at.file, f.at.cell, f.value) for f in judged(tmp_path, files) if f.code == "X101"]
    assert sorted(found) == [(EAST, "B6", " 示例甲 孵化器"), (OFFICE, "A6", "宣　传")]


def test_same_as_above_is_shown_as_typed(tmp_path: Path) -> None:
    files = clean()
    first, second = ONE.replace(",1,5", ",0,2"), TWO.replace(",0,3", ",0,同上")
    files[EAST] = table("东示区", first, second).encode()
    assert [(f.at.cell, f.value) for f in judged(tmp_path, files) if f.code == "X104"] == [("N4", "2"), ("N5", "同上")]


def test_claims_that_disagree_are_shown_as_typed(tmp_path: Path) -> None:
    files = clean()
    files[WEST] = table("西示区", ONE.replace(",20,", ",21户,")).encode()
    found = [f for f in judged(tmp_path, files) if f.code == "X103"]
    assert [(f.at.file, f.at.cell, f.value) for f in found] == [(WEST, "L4", "21户")]
    assert messages("zh").message(found[0]).startswith("“示例甲孵化器”的“在孵企业数（户）”填 21，东示区填 20（")


def test_an_unchanged_return_whose_rows_say_otherwise_is_told_at_its_declaration(tmp_path: Path) -> None:
    files = clean() | {EAST: table("东示区", ONE, TWO, kind="无变化").encode()}
    found = [(f.code, f.variant, f.at.cell, f.value) for f in judged(tmp_path, files) if f.at.file == EAST]
    assert found == [("L107", "unchanged", "B2", "无变化")]
