"""Blank returns: what stands in them, that they are read back as they were filled in, and that nothing of them is data."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from mdj_plan.cli.app import run as command
from mdj_plan.fields import FIELDS
from mdj_plan.findings import Severity
from mdj_plan.messages import LANGUAGES, messages
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.reports.blank.terms import meaning, tip
from mdj_plan.run import run
from tests.reports.town import PLAN, settle

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

OFFICE = "office: {name: {zh: 科技局, en: Science Office}, contact: 示例丁, phone: 0453-0000002}\n"
QUOTAS = "责任单位,指标,目标,依据\n东区,孵化器,2,一\n西区,孵化器,2,一\n"
CRITERIA = """\
- id: national
  name: {zh: 国家级孵化器（示例）, en: National incubator (example)}
  document: 示例〔2016〕2号
  kind: incubator
  below: national
  criteria:
    - {id: site, name: {zh: 场地, en: site}, of: area_m2, at_least: 900}
    - {id: fund, name: {zh: 资金, en: fund}, of: fund_10k, at_least: 500}
    - {id: staff, name: {zh: 人员, en: staff}, of: professional_staff, per: staff, at_least: 0.8}
"""
HEADER = "载体名称,统一社会信用代码,载体类型,级别,运营状态,孵化面积（平方米）,在孵企业数（户）,本季新增毕业企业（户）,累计毕业企业（户）"
RETURNS = {
    "2017Q2/东区_2017Q2.csv": f"""\
{HEADER}
春风孵化器,91990000MAXX00001R,孵化器,市级,运营,1000.5,20,1,5
夏雨孵化器,91990000MAXX00002W,孵化器,国家级,运营,500,9,0,2
旧仓孵化器,91990000MAXX000030,孵化器,市级,停运,900,,0,0
""",
    "2017Q2/商务局_2017Q2.csv": "任务,本季进展数,状态\n办展会,3,进行中\n",
}


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "town"
    settle(folder, plan=PLAN, quotas=QUOTAS, returns=RETURNS)
    (folder / "config" / "criteria.yaml").write_text(CRITERIA, "utf-8")
    plan = PLAN.replace("submissions:", "criteria: criteria.yaml\nsubmissions:", 1) + OFFICE
    (folder / "config" / "targets.yaml").write_text(plan, "utf-8")
    monkeypatch.chdir(folder)
    return folder


def blank(name: str, *more: str) -> Any:
    assert command(["template", "--all", "-o", "blank", *more]) == 0
    return openpyxl.load_workbook(Path("blank") / name)


def dumped(sheet: Worksheet) -> str:
    """What stands in a sheet, a row a line."""
    lines = []
    for row in sheet.iter_rows():
        filled = [f"{cell.coordinate} {cell.value}" for cell in row if cell.value is not None]
        lines += [" | ".join(filled)] if filled else []
    return "\n".join(lines) + "\n"


FACILITIES = """\
C1 示例镇计划季报表
A2 填报单位 | B2 东区 | E2 报告期 | F2 2017年第三季度 | G2 报告类型 | H2 正常 | J2 数据截止日 | K2 2017-09-30 | M2 请于2017年10月15日前报科技局（联系人示例丁，0453-0000002）
A3 报出日期 | E3 填表人 | G3 审核人 | J3 联系电话
A5 序号 | B5 载体名称 | C5 统一社会信用代码 | D5 载体类型 | E5 级别 | F5 认定文号 | G5 示范类型 | H5 所在地区 | I5 责任部门 | J5 专业领域 | K5 成立日期 | L5 运营状态 | M5 孵化面积（平方米） | N5 上季数 | O5 在孵企业使用面积（平方米） | P5 上季数 | Q5 在孵企业数（户） | R5 上季数 | S5 本季新增毕业企业（户） | T5 上季数 | U5 累计毕业企业（户） | V5 上季数 | W5 核对 | X5 备注 | Y5 孵化资金（万元） | Z5 上季数 | AA5 从业人员（人） | AB5 上季数 | AC5 专业孵化服务人员（人） | AD5 上季数 | AE5 创业导师（人） | AF5 上季数 | AG5 获投融资在孵企业（户） | AH5 上季数 | AI5 已申请专利在孵企业（户） | AJ5 上季数 | AK5 拥有有效知识产权在孵企业（户） | AL5 上季数 | AM5 创业工位（个） | AN5 上季数 | AO5 入驻团队（个） | AP5 上季数 | AQ5 当年新注册企业（户） | AR5 上季数 | AS5 典型案例（个） | AT5 上季数 | AU5 当年活动（场次） | AV5 上季数
A6 1 | B6 春风孵化器 | C6 91990000MAXX00001R | D6 孵化器 | E6 市级 | H6 东区 | L6 运营 | N6 1000.5 | R6 20 | T6 1 | V6 5
A7 2 | B7 夏雨孵化器 | C7 91990000MAXX00002W | D7 孵化器 | E7 国家级 | H7 东区 | L7 运营 | N7 500 | R7 9 | T7 0 | V7 2
B28 合计
"""
"""The formulas are left out: column W, and the sums of row 28."""


def test_the_table_of_facilities(town: Path) -> None:
    sheet = blank("东区_2017Q3.xlsx")["季报"]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                cell.value = None
    assert dumped(sheet).split("C30 ")[0] == FACILITIES
    assert [cell.value.split("　")[0] for cell in sheet["C"][29:33]] == [
        "单位负责人（签字）",
        "注：1.只填黄色单元格。橙色单元格也请填写，是该载体申报国家级、省级还缺的数据，见“填表说明”。",
        "2.灰色“上季数”取自2017年第二季度报表，供核对，不必改动；“核对”一列出现文字的，请改正，或在备注说明原因。",
        "3.空行不够时可在空行之间插入行；合计自动计算。各项含义见“指标解释”。",
    ]


def test_sums_and_checks_are_formulas(town: Path) -> None:
    sheet = blank("东区_2017Q3.xlsx")["季报"]
    assert sheet["M28"].value == (
        '=IF(OR(COUNT(M6:M27)=0,COUNTA(M6:M27)>COUNT(M6:M27)),"",SUMIF(B6:B27,"<>合计",M6:M27))'
    )
    assert sheet["W7"].value == (
        '=IF(AND(COUNT(O7,M7)=2,O7>M7),"在孵企业使用面积＞孵化面积；","")'
        '&IF(AND(COUNT(S7,U7)=2,S7>U7),"本季新增毕业企业＞累计毕业企业；","")'
        '&IF(AND(COUNT(AC7,AA7)=2,AC7>AA7),"专业孵化服务人员＞从业人员；","")'
        '&IF(AND(COUNT(AG7,Q7)=2,AG7>Q7),"获投融资在孵企业＞在孵企业数；","")'
        '&IF(AND(COUNT(AI7,Q7)=2,AI7>Q7),"已申请专利在孵企业＞在孵企业数；","")'
        '&IF(AND(COUNT(AK7,Q7)=2,AK7>Q7),"拥有有效知识产权在孵企业＞在孵企业数；","")'
        '&IF(AND(COUNT(S7,U7,V7)=3,U7<>V7+S7),"累计≠上季累计＋本季新增；","")'
    )


def test_after_a_quarter_without_a_return_the_form_says_so_and_asks_no_cumulative_figure_to_follow(town: Path) -> None:
    assert command(["template", "--unit", "east", "--period", "2017Q4", "-o", "blank"]) == 0
    sheet = openpyxl.load_workbook("blank/东区_2017Q4.xlsx")["季报"]
    assert "取自2017年第二季度报表" in sheet["C32"].value
    assert "≠" not in sheet["W6"].value


def test_it_prints_on_two_pages_with_names_on_both(town: Path) -> None:
    sheet = blank("东区_2017Q3.xlsx")["季报"]
    assert [each.id for each in sheet.col_breaks.brk] == [24]  # behind X, 备注
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$B", "$5:$5")
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 8)
    assert sheet.protection.sheet
    assert not sheet.protection.password


GUIDE = """\
A1 东区  2017年第三季度季报填表说明
A2 一、报送
A3 请于2017年10月15日前报科技局（联系人示例丁，0453-0000002）
A4 二、怎么填
A5 1.只填黄色和橙色单元格，其余已锁定（无密码）。
A6 2.载体已按上季预填；新增载体写在空行；停运的载体保留该行，把运营状态改为“停运”。
A7 3.数字只填阿拉伯数字，不填单位；面积以平方米计。不清楚的留空，不要填“无”或“—”；确实为零填0。
A8 4.“上季数”供核对；“核对”一列出现文字，或单元格变红的，请改正，或在备注说明原因。
A9 5.没有载体的，报告类型选“零报告”；与上季完全相同的，选“无变化”。
A10 6.每一列的含义，点单元格即可看到，全文见“指标解释”。
A11 三、东区任务与进展（2017年第二季度报表，序时进度算至2017年6月末）
A12 指标 | B12 目标任务 | C12 完成时限 | D12 累计完成 | E12 完成率 | F12 序时进度 | G12 差值（百分点） | H12 状态
A13 孵化器（家） | B13 2 | C13 2018年第四季度 | D13 2 | E13 100.0% | F13 25.0% | G13 75.0 | H13 已完成
A14 四、申报国家级、省级还缺的数据
A15 下列载体可以争取更高级别，但上季报表有几列没有填，无法判断是否够条件，请本季补填（表中橙色单元格）。
A16 春风孵化器：申报国家级孵化器（示例）还缺：孵化资金、从业人员、专业孵化服务人员。
A17 模板版本 2
"""


def test_the_guide_tells_targets_standing_and_what_candidates_owe(town: Path) -> None:
    book = blank("东区_2017Q3.xlsx")
    assert dumped(book["填表说明"]) == GUIDE
    sheet = book["季报"]
    orange = [cell.coordinate for cell in sheet[6] + sheet[7] if cell.fill.fgColor.rgb == "FFFFE0B2"]
    assert orange == ["Y6", "AA6", "AC6"]


def test_at_the_plans_start_the_guide_tells_targets_alone(town: Path) -> None:
    assert command(["template", "--unit", "east", "--period", "2017Q1", "-o", "blank"]) == 0
    lines = dumped(openpyxl.load_workbook("blank/东区_2017Q1.xlsx")["填表说明"]).splitlines()
    assert lines[-4:-1] == [
        "A11 三、东区任务",
        "A12 指标 | B12 目标任务 | C12 完成时限",
        "A13 孵化器（家） | B13 2 | C13 2018年第四季度",
    ]


DUTIES = """\
A1 任务 | B1 本季进展数（场） | C1 状态 | D1 佐证材料 | E1 说明 | F1 计量单位 | G1 上季数 | H1 上季状态 | I1 累计进展
A2 办展会 | F2 场 | G2 3 | H2 进行中 | I2 3
A4 填表人
A5 审核人
A6 联系电话
A7 报出日期
"""


def test_a_unit_that_owes_duties_alone_finds_them_first(town: Path) -> None:
    book = blank("商务局_2017Q3.xlsx")
    assert (book.sheetnames[:2], book.active.title) == (["任务进展", "季报"], "任务进展")
    assert dumped(book["任务进展"]).split("A9 ")[0] == DUTIES
    guide = [cell.value for cell in book["填表说明"]["A"]]
    assert "办展会：累计3场。" in guide
    assert not any("载体已按上季预填" in str(line) for line in guide)
    assert book["任务进展"].oddHeader.center.text.split("\n")[0].endswith("示例镇计划任务进展季报表")


def filled(path: Path, *, down: int = 0) -> None:
    """东区's blank return as a clerk fills it in: last quarter's stocks, two graduates, one new facility.

    `down`: how many rows the table begins lower than in Chinese.
    """
    book = openpyxl.load_workbook(path)
    sheet = book["季报"]
    entries: dict[str, Any] = {
        "B3": "2017-10-08",
        "F3": "示例丁",
        "K3": "0453-0000001",
        "F6": "示例〔2016〕3号",
        "M6": 1000.5,
        "Q6": 21,
        "S6": 2,
        "U6": 7,
        "Y6": 600,
        "AA6": 10,
        "AC6": 9,
        "F7": "示例〔2016〕3号",
        "M7": 500,
        "Q7": 9,
        "S7": 0,
        "U7": 2,
        "B8": "秋实孵化器",
        "C8": "91990000MAXX000043",
        "D8": "孵化器",
        "E8": "未认定",
        "L8": "运营",
        "M8": 300,
        "Q8": 4,
        "S8": 0,
        "U8": 0,
    }
    for at, value in entries.items():
        letters = at.rstrip("0123456789")
        row = int(at.removeprefix(letters))
        sheet[f"{letters}{row + (down if row > 5 else 0)}"] = value
    book.save(path)


def assert_read_back(folder: Path, path: Path) -> None:
    """Nothing above a note is found in the return, and its figures are those that were filled in."""
    target = folder / "data" / "submissions" / "2017Q3" / "东区_2017Q3.xlsx"
    target.parent.mkdir(exist_ok=True)
    shutil.copy(path, target)
    assessment = run(load_plan(folder / "config" / "targets.yaml"), period=Period(2017, 3))
    own = [f for f in assessment.findings if f.unit == "east" and f.severity is not Severity.NOTE]
    assert [(f.code, f.at.cell) for f in own] == []
    gaps = {gap.indicator.id: gap.actual for gap in assessment.gaps if gap.unit is None}
    assert gaps == {"incubators": 3, "area": Decimal("1800.5"), "graduates": 3}
    assert [facility.values.value("fund_10k") for facility in assessment.facilities] == [600, None, None]
    assert assessment.units[0].contact == ("示例丁", "0453-0000001")


def test_it_reads_back_as_it_was_filled_in(town: Path) -> None:
    blank("东区_2017Q3.xlsx")
    filled(Path("blank/东区_2017Q3.xlsx"))
    assert_read_back(town, Path("blank/东区_2017Q3.xlsx"))


def test_it_reads_back_in_english_too(town: Path) -> None:
    book = blank("东区_2017Q3.xlsx", "--lang", "en")
    sheet = book["季报 Return"]
    assert (sheet["B5"].value, sheet["B6"].value, sheet["N5"].value) == ("facility name", "载体名称", "last quarter")
    assert sheet["M2"].value == "Due by 15 October 2017, to Science Office (ask 示例丁, 0453-0000002)"
    sheet.title = "季报"
    book.save("blank/东区_2017Q3.xlsx")
    filled(Path("blank/东区_2017Q3.xlsx"), down=1)
    assert_read_back(town, Path("blank/东区_2017Q3.xlsx"))


def test_what_is_left_blank_in_the_cover_is_no_english_head(town: Path) -> None:
    blank("东区_2017Q3.xlsx", "--lang", "en")
    target = town / "data" / "submissions" / "2017Q3" / "东区_2017Q3.xlsx"
    target.parent.mkdir(exist_ok=True)
    shutil.copy("blank/东区_2017Q3.xlsx", target)
    assessment = run(load_plan(town / "config" / "targets.yaml"), period=Period(2017, 3))
    assert "V107" not in {f.code for f in assessment.findings if f.unit == "east"}  # No. below 报出日期
    assert assessment.units[0].contact is None


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_it_reads_back_when_libreoffice_has_saved_it(town: Path, tmp_path: Path) -> None:
    blank("东区_2017Q3.xlsx")
    filled(Path("blank/东区_2017Q3.xlsx"))
    home = f"-env:UserInstallation=file://{tmp_path / 'office'}"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", "saved", "blank/东区_2017Q3.xlsx"],
        check=True,
        capture_output=True,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    assert_read_back(town, Path("saved/东区_2017Q3.xlsx"))
    sheet = openpyxl.load_workbook("saved/东区_2017Q3.xlsx", data_only=True)["季报"]
    assert [sheet[place].value for place in ("M28", "Q28", "U28", "N28")] == [1800.5, 34, 9, 1500.5]
    assert {sheet[f"W{row}"].value for row in (6, 7, 8, 9)} <= {"", None}


def test_no_year_of_the_form_is_taken_for_the_periods(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The deadline of a fourth quarter lies in the next year: where the cover says 第四季度 alone it must not decide."""
    assert command(["template", "--unit", "east", "--period", "2017Q4", "-o", "blank"]) == 0
    book = openpyxl.load_workbook("blank/东区_2017Q4.xlsx")
    book["季报"]["F2"] = "第四季度"
    book.save("东区.xlsx")
    assert command(["validate", "东区.xlsx", "--format", "csv", "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert "L106" in said
    assert "2018Q4" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_beside_a_cell_fits_and_points_to_the_page_of_terms(town: Path, language: str) -> None:
    plan, texts = load_plan(town / "config" / "targets.yaml"), messages(language)
    for number, field in enumerate(FIELDS.values(), 1):
        told = tip(plan, field, texts)
        assert len(told) <= 255
        assert meaning(plan, field, texts) in told, f"{field.id} is cut"
        assert str(number) in told.rsplit("\n", 1)[1]


def test_the_page_of_terms_and_the_cells_say_the_same(town: Path) -> None:
    book = blank("东区_2017Q3.xlsx")
    terms, sheet = book["指标解释"], book["季报"]
    assert [cell.value for cell in terms[14]] == ["12", "孵化面积", "平方米", messages("zh")("term-area_m2")]
    told = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert told["M6:M27"].prompt.replace("_x000a_", "\n").endswith("详见“指标解释”第12项。")
    assert told["D6:D27"].formula1 == "'字典'!$A$2:$A$4"
    assert [cell.value for cell in book["字典"]["A"]] == ["载体类型", "孵化器", "众创空间", "大学科技园", None][
        : len(book["字典"]["A"])
    ]


def test_the_same_form_is_the_same_bytes(town: Path) -> None:
    blank("东区_2017Q3.xlsx")
    first = Path("blank/东区_2017Q3.xlsx").read_bytes()
    blank("东区_2017Q3.xlsx", "--force")
    assert Path("blank/东区_2017Q3.xlsx").read_bytes() == first
    assert openpyxl.load_workbook(io.BytesIO(first)).properties.identifier is None
