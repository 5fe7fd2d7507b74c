"""An id names a unit only as a whole part of a file's name; the name of a sheet alone decides nothing."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from mdj_plan.intake.reader import Reader
from mdj_plan.plan.load import load_plan

READER = Reader.of(load_plan(Path("config/targets.yaml")))
HEAD = ["载体名称", "统一社会信用代码", "载体类型", "运营状态", "孵化面积（平方米）"]
ROW = ["示例甲孵化器", "91990000MAXX00001R", "孵化器", "运营", 1000]


def whose(file: str, sheet: str = "季报", title: str = "季报表") -> tuple[str | None, list[str]]:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in ([title], HEAD, ROW):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    found = READER.read(out.getvalue(), file)
    return found.unit, [f.code for f in found.findings if f.severity == "error"]


@pytest.mark.parametrize(
    "file", ["dongan_2018Q2.xlsx", "2018Q2-dongan.v2.xlsx", "2018Q2 dongan.xlsx", "2018Q2/hr.xlsx"]
)
def test_an_id_between_marks(file: str) -> None:
    assert whose(file)[1] == []


@pytest.mark.parametrize(
    "file", ["xiangmu_2018Q2.xlsx", "hebeixianhuizong2018Q2.xlsx", "zonghe_thread_2018Q2.xlsx", "dongan2018Q2.xlsx"]
)
def test_an_id_inside_another_word(file: str) -> None:
    assert whose(file) == (None, ["L105"])


def test_a_sheets_name_does_not_decide() -> None:
    assert whose("附件_2018Q2.xlsx", sheet="Three") == (None, ["L105"])
    assert whose("附件_2018Q2.xlsx", sheet="东安区") == (None, ["L105"])
    assert whose("附件_2018Q2.xlsx", title="东安区季报表") == ("dongan", [])
