"""The meeting workbook: read back, its figures are those of the JSON, its formulas what they say."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mdj_plan.assess import Assessment
from mdj_plan.messages import messages
from mdj_plan.reports.data import gap_row
from mdj_plan.reports.workbook import build


def dump(data: bytes, sheet: str, *, formulas: bool = False) -> list[list[Any]]:
    page = load_workbook(io.BytesIO(data), data_only=not formulas)[sheet]
    return [[cell for cell in row if cell is not None] for row in page.iter_rows(values_only=True)]


def test_the_overview(assessment: Assessment) -> None:
    rows = dump(build(assessment, messages("zh")), "总览")
    assert rows[2] == [
        "指标", "单位", "目标", "完成", "完成率", "序时进度", "差值（百分点）", "缺口", "每季需完成", "预计", "状态", "备注",
        "序时比例",
    ]  # fmt: skip
    assert rows[3] == ["孵化器", "家", 4, 3, 0.75, 3, 0, 1, 1, 5, "达到序时", "依据一", 0.75]
    assert ["全市", 0, 1, 0, 0, 0, 1] in rows
    assert ["县（市）区、开发区", 1, 0, 0, 1, 0, 2] in rows
    assert ["迟报：西示区"] in rows


def test_sums_and_rates_are_live(assessment: Assessment) -> None:
    rows = dump(build(assessment, messages("zh")), "总览", formulas=True)
    assert rows[3][4] == '=IF(ISNUMBER(D4),D4/C4,"")'
    assert rows[3][6] == '=IF(ISNUMBER(D4),(F4-D4)/C4*100,"")'
    matrix = dump(build(assessment, messages("zh")), "县市区开发区", formulas=True)
    assert ["合计", "=SUM(B5:B6)", "=SUM(C5:C6)", ""] in matrix or ["合计", "=SUM(B5:B6)", "=SUM(C5:C6)"] in matrix


def test_every_sheet_says_what_is_there(assessment: Assessment) -> None:
    data = build(assessment, messages("zh"))
    assert load_workbook(io.BytesIO(data)).sheetnames == [
        "总览", "县市区开发区", "分单位", "市直部门", "报送情况", "问题清单", "重复申报", "载体台账", "趋势", "趋势图", "数据来源",
    ]  # fmt: skip
    assert ["市示局", "二", "宣传", "—", 3, "—", "进行中", ""] in dump(data, "市直部门")
    found = dump(data, "问题清单")[3]
    assert found[:4] == ["东示区", "警告", "“示例甲孵化器”没有填统一社会信用代码。", "请补填。"]
    assert found[-3:] == ["2021Q2/东示区_2021Q2.csv › C4", "V115", "credit-code-missing"]
    assert ["孵化器（家）", 4, 3, 1] in dump(data, "重复申报")
    assert ["示例丙孵化器", "孵化器", "2", "西示区、市示局", "西示区、市示局"] in dump(data, "重复申报")


def test_the_same_bytes_again(assessment: Assessment) -> None:
    assert build(assessment, messages("zh")) == build(assessment, messages("zh"))


def test_every_figure_is_that_of_the_json(assessment: Assessment) -> None:
    texts = messages("zh")
    rows = dump(build(assessment, texts), "总览") + dump(build(assessment, texts), "分单位")
    figures = [row for row in rows if row and row[0] == "孵化器" and len(row) > 8]
    expected = [gap_row(gap, texts) for gap in assessment.gaps]
    assert len(figures) == len(expected)
    for row, gap in zip(figures, expected, strict=True):
        names = ("target", "actual", "attainment", "schedule", "lag_points", "gap", "needed_per_quarter", "forecast")
        assert [round(value, 4) for value in row[2:10] if isinstance(value, int | float)] == [
            gap[name] for name in names if gap[name] is not None
        ]


def test_names_stay_text(hostile: Assessment) -> None:
    book = load_workbook(io.BytesIO(build(hostile, messages("zh"))))
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert str(cell.value).startswith(("=IF(ISNUMBER(", "=SUM(", "=B", "=F"))


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_recalculated_every_formula_equals_its_stored_result(assessment: Assessment, tmp_path: Path) -> None:
    data = build(assessment, messages("zh"))
    (tmp_path / "in.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "ods",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "in.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    again = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(tmp_path / "out"),
        str(tmp_path / "in.ods"),
    ]
    subprocess.run(again, check=True, capture_output=True, timeout=120)
    stored = load_workbook(io.BytesIO(data), data_only=True)
    formulas = load_workbook(io.BytesIO(data))
    recalculated = load_workbook(tmp_path / "out" / "in.xlsx", data_only=True)
    compared = 0
    for page in formulas:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    compared += 1
                    ours, theirs = (book[page.title][cell.coordinate].value for book in (stored, recalculated))
                    assert (
                        theirs == pytest.approx(ours)
                        if isinstance(ours, int | float)
                        else (theirs or "") == (ours or "")
                    )
    assert compared == 16  # 3 targets with 3 each, 3 counts, 2 sums, 1 overlap, 1 schedule rate
