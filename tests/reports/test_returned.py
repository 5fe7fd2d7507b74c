"""Copies that go back to the sender: marked, listed, told; and cleaned when they come back mended."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from mdj_plan.cli.app import run as command
from mdj_plan.sheets.formats.content import read_bytes
from tests.reports.town import HEADER, PLAN, QUOTAS, RETURNS, settle

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

OFFICE = "office: {name: {zh: 科技局, en: Science Office}, contact: 示例丁, phone: 0453-0000002, reply_days: 5}\n"
COVER = "填报单位,东区,报告期,2017年第三季度\n报出日期,2017-10-08\n"
FAULTY = f"""\
{COVER}{HEADER},统一社会信用代码
春风孵化器,孵化器,运营,约1000,1,91990000MAXX00001R
夏雨孵化器,孵化器,运营,500.5,-2,91990000MAXX00002W
秋实孵化器,孵化器,运营,30,0,91990000MAXX000030
"""
"""Row 4: V103 at D4; row 5: V104 at E5; row 6: a warning, 30 ㎡ are few (V111)."""


@pytest.fixture(autouse=True)
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(tmp_path / "town", plan=PLAN + OFFICE, quotas=QUOTAS, returns=RETURNS)
    monkeypatch.chdir(tmp_path / "town")
    return tmp_path / "town"


def book_of(text: str) -> Any:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "季报"
    for line in csv.reader(io.StringIO(text)):
        sheet.append([float(cell) if cell.replace(".", "").lstrip("-").isdigit() else cell for cell in line])
    return book


def sent_back(file: str, *more: str) -> Any:
    assert command(["validate", file, "--annotate", "退回", "--fail-on", "never", *more]) == 0
    return None


def dumped(sheet: Worksheet) -> str:
    lines = []
    for row in sheet.iter_rows():
        filled = [str(cell.value) for cell in row if cell.value is not None]
        lines += [" | ".join(filled)] if filled else []
    return "\n".join(lines) + "\n"


def stated(row: Any) -> list[Any]:
    """The cells of a row, without the blank ones at its end."""
    cells = [cell if cell != "" else None for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def coloured(sheet: Worksheet) -> dict[str, str]:
    """The colour of each marked cell, and the rule under which it has it."""
    return {
        str(each.sqref): f"{rule.dxf.fill.bgColor.rgb[2:]} {rule.formula[0]}"
        for each in sheet.conditional_formatting
        for rule in each.rules
    }


LIST = """\
东区2017年第三季度报表问题清单
来件：来件.xlsx　　2处错误、1处警告
请于2017年10月20日前改正后重报科技局（联系人示例丁，0453-0000002）
红色为错误，必须改正；黄色为警告，请核对；蓝色为提示，不必处理。改动单元格后颜色自动消失。点“位置”可跳到单元格。改好后直接报这份表即可，本清单和批注不必删除。
序号 | 程度 | 涉及载体 | 位置 | 原填内容 | 问题 | 怎么改 | 代码
1 | 错误 | 春风孵化器 | 季报!D4 | 约1000 | “孵化面积（平方米）”填“约1000”，是约数。 | 请填准确数字；若就是 1000，请直接填 1000。 | V103
2 | 错误 | 夏雨孵化器 | 季报!E5 | -2 | “本季新增毕业企业（户）”填“-2”，不能为负。 | 请核对后填 0 或正数。 | V104
"""


def test_the_copy_is_the_senders_own_marked_with_a_list_in_front(capsys: pytest.CaptureFixture[str]) -> None:
    book_of(FAULTY).save("来件.xlsx")
    before = Path("来件.xlsx").read_bytes()
    sent_back("来件.xlsx", "--lang", "zh")
    assert Path("来件.xlsx").read_bytes() == before
    book = openpyxl.load_workbook("退回/东区_2017Q3_退回.xlsx")
    assert (book.sheetnames, book["问题清单"] is book.active) == (["问题清单", "季报"], True)
    assert dumped(book["问题清单"]).startswith(LIST)
    assert book["问题清单"]["D6"].hyperlink.location == "'季报'!D4"
    sheet = book["季报"]
    assert {at: rule for at, rule in coloured(sheet).items() if at in {"D4", "E5"}} == {
        "D4": 'FFC7CE AND(LEN("mdj-plan"),EXACT(D4,"约1000"))',
        "E5": 'FFC7CE AND(LEN("mdj-plan"),E5=-2)',
    }
    assert sheet["D4"].comment.text.split("\n") == [
        "【退回·错误】“孵化面积（平方米）”填“约1000”，是约数。",
        "请填准确数字；若就是 1000，请直接填 1000。",
    ]
    assert not sheet["D4"].fill.fgColor.rgb.endswith("FFC7CE"), "the sender's own format stays"
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "已写入 退回/东区_2017Q3_退回.xlsx：原件已标注，2处错误、1处警告"
    assert said[2] == (
        "东区2017年第三季度报表有2处错误、1处警告，已在退回件“东区_2017Q3_退回.xlsx”中逐处标出，"
        "请于2017年10月20日前改正后重报科技局（联系人示例丁，0453-0000002）。"
    )


def test_a_mended_copy_loses_our_marks_and_is_marked_anew() -> None:
    book = book_of(FAULTY)
    book["季报"]["D4"].comment = Comment("待核实", "示例丁")
    book.save("来件.xlsx")
    sent_back("来件.xlsx")
    copy = openpyxl.load_workbook("退回/东区_2017Q3_退回.xlsx")
    copy["季报"].insert_rows(1)  # the sender moves everything down, mends one of the two, and saves
    copy["季报"]["D5"] = 1000
    copy.save("改正.xlsx")
    sent_back("改正.xlsx", "--lang", "zh")
    again = openpyxl.load_workbook("退回/东区_2017Q3_第2次退回.xlsx")
    assert again.sheetnames == ["问题清单", "季报"]
    assert again["问题清单"]["A1"].value == "东区2017年第三季度报表问题清单（第2次退回）"
    comments = {c.coordinate: c.comment.text for row in again["季报"].iter_rows() for c in row if c.comment}
    assert comments.pop("D5" if "D5" in comments else "D4") == "待核实"
    assert [text.split("，")[0] for text in comments.values() if "错误" in text] == [
        "【退回·错误】“本季新增毕业企业（户）”填“-2”"
    ]


def test_a_copy_that_comes_back_is_read_as_the_return_that_it_is(town: Path) -> None:
    """Neither the list nor what it quotes is read as the cover or a table."""
    book_of(FAULTY.replace("报出日期,", "填表人：示例甲   联系电话：0453-1,")).save("来件.xlsx")
    sent_back("来件.xlsx")
    copy = openpyxl.load_workbook("退回/东区_2017Q3_退回.xlsx")
    copy["问题清单"]["E6"] = "填表人：别人   联系电话：000"
    copy.save("东区_2017Q3.xlsx")
    assert command(["receive", "东区_2017Q3.xlsx", "--accept-errors", "--received", "2017-10-12"]) == 0
    from mdj_plan.frames import load

    data = load("config/targets.yaml", period="2017Q3")
    assert sorted(data.facilities["name"]) == ["夏雨孵化器", "春风孵化器", "秋实孵化器"]


def test_what_was_sent_back_before_is_counted_by_the_receipts() -> None:
    book_of(FAULTY).save("来件.xlsx")
    assert command(["receive", "来件.xlsx", "--received", "2017-10-09"]) == 1
    sent_back("来件.xlsx")  # the very file that was sent back: still the first time
    assert Path("退回/东区_2017Q3_退回.xlsx").exists()
    book_of(FAULTY.replace("-2", "-3")).save("再来.xlsx")
    sent_back("再来.xlsx")
    assert Path("退回/东区_2017Q3_第2次退回.xlsx").exists()


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_a_copy_is_known_again_when_libreoffice_has_saved_it(tmp_path: Path) -> None:
    book_of(FAULTY).save("来件.xlsx")
    sent_back("来件.xlsx")
    converted("退回/东区_2017Q3_退回.xlsx", "xlsx", tmp_path)
    sent_back("改/东区_2017Q3_退回.xlsx")
    again = openpyxl.load_workbook("退回/东区_2017Q3_第2次退回.xlsx")
    assert again.sheetnames == ["问题清单", "季报"]
    sheet = again["季报"]
    assert {"D4", "E5", "D6"} <= coloured(sheet).keys()
    assert len(coloured(sheet)) == 3
    assert sheet["D4"].comment.text.count("退回·错误") == 1


def converted(file: str, suffix: str, home: Path) -> None:
    """The file as LibreOffice saves it, in the folder 改."""
    profile = f"-env:UserInstallation=file://{home / 'office'}"
    line = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", "改", file]
    subprocess.run(line, check=True, capture_output=True, env={**os.environ, "HOME": str(home)})


@pytest.mark.parametrize("suffix", ["csv", "html", "ods", "xls"])
def test_what_is_no_xlsx_gets_a_marked_copy_of_its_values(suffix: str, tmp_path: Path) -> None:
    if suffix == "csv":
        Path("来件.csv").write_text(FAULTY, "utf-8")
    elif suffix == "html":
        rows = "".join(
            "<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split(",")) + "</tr>" for line in FAULTY.splitlines()
        )
        Path("来件.html").write_text(f"<table>{rows}</table>", "utf-8")
    else:
        if shutil.which("soffice") is None:
            pytest.skip("LibreOffice is not on this machine")
        book_of(FAULTY).save("来件.xlsx")
        converted("来件.xlsx", suffix, tmp_path)
        Path(f"改/来件.{suffix}").rename(f"来件.{suffix}")
    sent_back(f"来件.{suffix}", "--lang", "zh")
    data = Path("退回/东区_2017Q3_退回.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[1]
    assert {"D4", "E5"} <= coloured(sheet).keys()
    original = read_bytes(Path(f"来件.{suffix}").read_bytes(), f"来件.{suffix}").sheets[0].rows
    copied = read_bytes(data, "copy.xlsx").sheets[1].rows
    assert [stated(row) for row in copied] == [stated(row) for row in original]
    assert "只有数据" in str(openpyxl.load_workbook(io.BytesIO(data))["问题清单"]["A4"].value)


def test_a_copy_of_values_hides_what_was_hidden() -> None:
    rows = [f"<tr{' style=display:none' if row == 4 else ''}>" for row in range(6)]
    cells = ("".join(f"<td>{cell}</td>" for cell in line.split(",")) for line in FAULTY.splitlines())
    page = "".join(row + line + "</tr>" for row, line in zip(rows, cells, strict=True))
    Path("来件.html").write_text(f"<table>{page}</table>", "utf-8")
    sent_back("来件.html")
    sheet = openpyxl.load_workbook("退回/东区_2017Q3_退回.xlsx").worksheets[1]
    assert [row for row, form in sheet.row_dimensions.items() if form.hidden] == [5]


def test_what_cannot_be_read_gets_the_list_alone(capsys: pytest.CaptureFixture[str]) -> None:
    Path("东区_2017Q3.xlsx").write_bytes(b"PK\x03\x04 broken off")
    sent_back("东区_2017Q3.xlsx", "--lang", "zh")
    assert openpyxl.load_workbook("退回/东区_2017Q3_退回.xlsx").sheetnames == ["问题清单"]
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("已写入 退回/东区_2017Q3_退回.xlsx：只有问题清单")
    assert said[2].startswith("东区2017年第三季度报表读不出：")
    assert said[2].endswith("请于2017年10月20日前报科技局（联系人示例丁，0453-0000002）。")


def test_notes_alone_send_nothing_back(capsys: pytest.CaptureFixture[str]) -> None:
    book_of(FAULTY.replace("约1000", "1000㎡").replace("-2", "2").replace(",30,", ",300,")).save("来件.xlsx")
    sent_back("来件.xlsx", "--lang", "zh")
    assert capsys.readouterr().err == "没有要退回的报表。\n"
    assert list(Path("退回").iterdir()) == []


def test_a_copy_that_somebody_has_saved_is_never_replaced() -> None:
    book_of(FAULTY).save("来件.xlsx")
    sent_back("来件.xlsx")
    sent_back("来件.xlsx")  # our own, as we have written it
    assert [path.name for path in Path("退回").iterdir()] == ["东区_2017Q3_退回.xlsx"]
    copy = openpyxl.load_workbook("退回/东区_2017Q3_退回.xlsx")
    copy["季报"]["D4"] = 1000
    copy.save("退回/东区_2017Q3_退回.xlsx")
    sent_back("来件.xlsx")
    assert sorted(path.name for path in Path("退回").iterdir()) == ["东区_2017Q3_退回-2.xlsx", "东区_2017Q3_退回.xlsx"]


def test_copies_made_before_of_the_same_return_are_cleared_away(capsys: pytest.CaptureFixture[str]) -> None:
    book_of(FAULTY).save("来件.xlsx")
    sent_back("来件.xlsx")
    Path("退回/西区_2017Q3_退回.xlsx").write_bytes(Path("退回/东区_2017Q3_退回.xlsx").read_bytes())  # of another unit
    book_of(FAULTY.replace("约1000", "1000").replace("-2", "2").replace(",30,", ",300,")).save("来件.xlsx")
    capsys.readouterr()
    sent_back("来件.xlsx", "--lang", "zh")
    assert capsys.readouterr().err.splitlines()[0] == "已清除以前生成的退回件：东区_2017Q3_退回.xlsx"
    assert [path.name for path in Path("退回").iterdir()] == ["西区_2017Q3_退回.xlsx"]


def test_a_copy_that_is_handed_in_is_not_cleared_away() -> None:
    book_of(FAULTY).save("来件.xlsx")
    sent_back("来件.xlsx")
    before = Path("退回/东区_2017Q3_退回.xlsx").read_bytes()
    sent_back("退回/东区_2017Q3_退回.xlsx")
    assert Path("退回/东区_2017Q3_退回.xlsx").read_bytes() == before
    assert sorted(path.name for path in Path("退回").iterdir()) == [
        "东区_2017Q3_第2次退回.xlsx",
        "东区_2017Q3_退回.xlsx",
    ]


def test_thousands_of_faults_are_a_list_that_ends(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mdj_plan.reports.returned import listing

    monkeypatch.setattr(listing, "_MOST_LINES", 30)
    rows = "".join(f"示例{n:04d}号孵化器,孵化器,运营,约{n + 100},1,\n" for n in range(3000))
    (town / "东区.csv").write_text(f"{COVER}{HEADER},统一社会信用代码\n{rows}", "utf-8")
    sent_back("东区.csv")
    (copy,) = (town / "退回").iterdir()
    listed = [row[0] for row in openpyxl.load_workbook(copy).worksheets[0].iter_rows(values_only=True)]
    assert listed[5:] == [*map(str, range(1, 31)), "还有别的问题未列出：本表只列前 30 行。请先改好这些再报。"]
