"""The meeting workbook: read back, its figures are those of the JSON, its formulas what they say."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mdj_plan.assessment import Assessment
from mdj_plan.messages import messages
from mdj_plan.reports.data.gaps import gap_row
from mdj_plan.reports.workbook.workbook import build


def dump(data: bytes, sheet: str, *, formulas: bool = False) -> list[list[Any]]:
    page = load_workbook(io.BytesIO(data), data_only=not formulas)[sheet]
    return [[cell for cell in row if cell is not None] for row in page.iter_rows(values_only=True)]


def test_the_overview(assessment: Assessment) -> None:
    rows = dump(build(assessment, messages("zh")), "总览")
    assert rows[:3] == [
        ["2021年第二季度进展情况汇总表"],
        ["示例计划  2021年第二季度  序时进度算至2022年6月末  未定稿"],
        ["应报 3 个单位，已报 3 个；报表问题：0 个错误、2 个警告、0 个提示。"],
    ]
    assert rows[3] == [
        "序号", "指标", "目标任务", "累计完成", "完成率", "序时进度", "差值（百分点）", "缺口", "状态", "序时应完成",
        "每季需完成", "到期预计", "备注",
    ]  # fmt: skip
    assert rows[4] == [1, "孵化器（家）", 4, 3, 0.75, 0.75, 0, 1, "达到序时", 3, 1, 5, "依据：通知一"]
    assert ["全市", 0, 1, 0, 0, 0, 1] in rows
    assert ["县（市）区、开发区", 1, 0, 0, 1, 0, 2] in rows
    assert ["迟报：西示区（迟 4 天）"] in rows


def test_sums_and_rates_are_live(assessment: Assessment) -> None:
    rows = dump(build(assessment, messages("zh")), "总览", formulas=True)
    assert rows[4][4:8] == [
        '=IF(COUNT(D5,C5)=2,D5/C5,"")',
        '=IF(COUNT(J5,C5)=2,J5/C5,"")',
        '=IF(COUNT(E5,F5)=2,ROUND(E5*100,1)-ROUND(F5*100,1),"")',
        '=IF(COUNT(D5,C5)=2,C5-D5,"")',
    ]
    matrix = dump(build(assessment, messages("zh")), "县市区开发区", formulas=True)
    assert ["合计", "=SUM(B5:B6)", "=SUM(C5:C6)", ""] in matrix or ["合计", "=SUM(B5:B6)", "=SUM(C5:C6)"] in matrix


def test_every_sheet_says_what_is_there(assessment: Assessment) -> None:
    data = build(assessment, messages("zh"))
    assert load_workbook(io.BytesIO(data)).sheetnames == [
        "总览", "县市区", "市直部门", "滞后清单", "报送情况", "县市区开发区", "分单位", "载体变动", "未计文件", "问题清单",
        "重复申报", "重复计数", "载体台账", "趋势", "趋势图", "逐季进展", "数据来源",
    ]  # fmt: skip
    assert [1, "市示局", "宣传", "—", 3, "—", "进行中", "", "通知二", ""] in dump(data, "市直部门")
    found = dump(data, "问题清单")[3]
    assert found[:5] == [1, "东示区", "警告", "“示例甲孵化器”没有填统一社会信用代码。", "请照营业执照补填。"]
    assert found[-3:] == ["2021Q2/东示区_2021Q2.csv › C4", "V115", "没有信用代码"]
    assert ["孵化器（家）", 4, 3, 1] in dump(data, "重复计数")
    assert [1, "示例丙孵化器", "孵化器", 2, "西示区、市示局", "西示区、市示局"] in dump(data, "重复申报")


def test_the_same_bytes_again(assessment: Assessment) -> None:
    assert build(assessment, messages("zh")) == build(assessment, messages("zh"))


def test_every_figure_is_that_of_the_json(assessment: Assessment) -> None:
    texts = messages("zh")
    rows = dump(build(assessment, texts), "总览") + dump(build(assessment, texts), "分单位")
    figures = [row for row in rows if len(row) > 8 and "孵化器（家）" in row[1:3]]
    expected = [gap_row(gap, texts) for gap in assessment.gaps]
    assert len(figures) == len(expected)
    for row, gap in zip(figures, expected, strict=True):
        target, actual, attainment, rate, difference, gap_, _, schedule, needed, forecast, _ = row[-11:]
        assert (target, actual, gap_) == (gap["target"], gap["actual"], gap["gap"])
        assert (round(attainment, 4), schedule, needed) == (
            gap["attainment"],
            gap["schedule"],
            gap["needed_per_quarter"],
        )
        assert forecast == ("—" if gap["forecast"] is None else gap["forecast"])
        assert difference == pytest.approx(round(attainment * 100, 1) - round(rate * 100, 1))
        assert difference == pytest.approx(-gap["lag_points"], abs=0.1)


def test_names_stay_text(hostile: Assessment) -> None:
    book = load_workbook(io.BytesIO(build(hostile, messages("zh"))))
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert str(cell.value).startswith(
                        ("=IF(COUNT(", "=SUM(", "=SUMIF(", "=IF(ISNUMBER('总览'!", "='总览'!")
                    )


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
    assert compared == 30  # 3 targets with 4 each, 3 counts, 2 sums, 1 overlap, 4 of the register, 2 rates of the chart
