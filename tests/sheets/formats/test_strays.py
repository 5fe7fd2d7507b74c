"""A cell far below or beside everything else is told (F105) and left out, whichever reader read the sheet."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from mdj_plan.intake.reader import Reader
from mdj_plan.intake.submission import Submission
from mdj_plan.plan.load import load_plan

READER = Reader.of(load_plan(Path("config/targets.yaml")))
HEAD = ["载体名称", "统一社会信用代码", "载体类型", "运营状态", "孵化面积（平方米）"]
ROW = ["示例甲孵化器", "91990000MAXX00001R", "孵化器", "运营", "1000"]
LATER = ["示例乙孵化器", "91990000MAXX00002W", "孵化器", "运营", "500"]


def workbook(**cells: str) -> Submission:
    book = openpyxl.Workbook()
    table = book.create_sheet("季报", 0)
    del book["Sheet"]
    table.append(HEAD)
    table.append(ROW)
    for address, value in cells.items():
        table[address] = value
    out = io.BytesIO()
    book.save(out)
    return READER.read(out.getvalue(), "2017Q2/dongan.xlsx")


def text(*rows: list[str]) -> Submission:
    lines = "".join(",".join(row) + "\n" for row in (HEAD, ROW, *rows))
    return READER.read(lines.encode(), "2017Q2/dongan.csv")


def said(found: Submission) -> list[tuple[str, str, str | None, str | None]]:
    return [(f.code, f.severity, f.at.cell, f.value) for f in found.findings]


@pytest.mark.parametrize("address", ["A5000", "A60000", "C2003", "ZZ3", "XFD3", "XFD1048576", "A1048576"])
def test_a_stray_cell_of_a_workbook(address: str) -> None:
    found = workbook(**{address: "误填"})
    assert said(found) == [("F105", "warning", address, "误填")]
    assert ([claim.name for claim in found.claims], found.readable) == (["示例甲孵化器"], True)


def test_stray_cells_of_both_directions_are_told_once_each() -> None:
    found = workbook(ZZ3="甲", ZZ4="乙", A5000="丙", B6000="丁")
    assert said(found) == [("F105", "warning", "A5000", "丙"), ("F105", "warning", "ZZ3", "甲")]


def test_a_stray_cell_of_a_text_file() -> None:
    assert said(text(*[[]] * 2500, ["误填"])) == [("F105", "warning", "A2503", "误填")]
    assert said(text([*[""] * 300, "误填"])) == [("F105", "warning", "KO3", "误填")]


@pytest.mark.parametrize("address", ["A1900", "GA3"])
def test_a_cell_nearer_than_that_is_read_as_before(address: str) -> None:
    assert "F105" not in [code for code, *_ in said(workbook(**{address: "误填"}))]


def test_rows_of_a_table_beyond_a_gap_are_read() -> None:
    found = text(*[[]] * 2500, LATER)
    assert ([claim.name for claim in found.claims], said(found)) == (["示例甲孵化器", "示例乙孵化器"], [])


def test_blanks_far_off_are_nothing() -> None:
    assert said(text(*[[]] * 2500, [" "])) == []
