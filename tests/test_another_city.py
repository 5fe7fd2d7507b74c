"""Another city, by data files alone: from its breakdown table through every command and report (contract 6.4, 6.5).

Nothing of the shipped plan's city may show, nor any measure unit that is not this city's.
"""

from __future__ import annotations

import contextlib
import html
import io
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from mdj_plan.cli.app import run
from tests.founding.tables import as_workbook

ELSEWHERE = re.compile(
    "牡丹江|牡政办发|mdj-incubation|Mudanjiang|黑龙江|东安|阳明|爱民|西安区|林口|绥芬河|海林|宁安|穆棱|东宁|"
    "市人社局|市农委|市工信委|总工会|团市委|2016〕50|201[678]Q"
)
TABLE = """
附件：示川市2021—2023年双创载体建设任务分解表（示川政办发〔2021〕3号）|||||||
|||||单位：家、万平方米||
责任单位|建设任务||||高新技术企业（户）|责任人|备注
|孵化器||众创空间|孵化面积|||
|总数|其中：国家级||||
一、县（市）区|||||||
东山区|4家|1|3|1.5|12|张示例|
西岭县|3||2|1|6|李示例|边远
高新技术产业开发区|6|1|5|3|20|王示例|含大学城
小计|13|2|10|5.5|38||
二、市直部门|||||||
市教育局|1||1||||高校
市科技局|||视情况||||牵头
合计|14|2|11|5.5|38||
注：孵化面积为期末实有面积。|||||||
"""
MERGED = (
    "A1:H1",
    "A3:A5",
    "B3:E3",
    "B4:C4",
    "D4:D5",
    "E4:E5",
    "F3:F5",
    "G3:G5",
    "H3:H5",
    "A6:H6",
    "A11:H11",
    "A15:H15",
)

SECTIONS = {
    "# office:\n#   name: 示例市科技局\n#   contact: 示例联系人\n": "office:\n  name: 示川市科技局\n  contact: 张示例\n",
    "indicators:\n": """\
fields:
  - {id: hightech, header: 高新技术企业数, measure: 户, type: whole, name: {zh: 高新技术企业数, en: High-tech firms}}
  - {id: rating, header: 评级, type: choice, choices: {a: 甲级, b: 乙级}}

indicators:
  - {id: hightech, name: {zh: 高新技术企业, en: High-tech firms}, unit: 户, sum: hightech}
  - {id: rated, name: {zh: 甲级载体, en: Rated A}, unit: 家, count: facilities, where: {rating: a}}
""",
    "targets:\n  - {indicator: incubators, value: 14}\n": """\
targets:
  - {indicator: incubators, value: 14, clause: 二(一), revisions: [{from: 2022Q1, value: 16, clause: 二(一)补}]}
  - {indicator: hightech, value: 38, clause: 二(二)}
  - {indicator: rated, value: 3, clause: 二(三)}
""",
    "duties: []\n": """\
duties:
  - {id: talks, unit: keji, name: {zh: 创业辅导, en: Coaching}, measure: 辅导（场次）, clause: 三(二)}
""",
    "  - {status: behind, from: 10, colour: yellow, name: {zh: 滞后, en: behind}}\n": """\
  - {status: slow, over: 5, colour: yellow, name: {zh: 偏慢, en: slow}}
""",
    "  - {status: seriously_behind, over: 30, colour: red, name: {zh: 严重滞后, en: seriously behind}}\n": """\
  - {status: stuck, from: 20, colour: red, name: {zh: 停滞, en: stuck}}

score:
  clause: 五(一)
  weights: {incubators: 2, makerspaces: 1, hightech: 1}
  deductions: {late: 2, missing: 5, error: 0.5, overdue: 1}
rules:
  X107: {severity: note, over: 30}
  S105: {severity: off, reason: 载体变动频繁}
rewards:
  - {event: promoted, to: national, amount: 50, clause: 六}
""",
}
CRITERIA = """\
# yaml-language-server: $schema=criteria.schema.json
- id: city_star
  name: {zh: 示川市星级孵化器, en: City star}
  document: 示川科发〔2021〕1号
  kind: incubator
  below: municipal
  counts_for: incubators
  criteria:
    - {id: site, name: {zh: 场地5000平方米以上, en: site}, of: area_m2, at_least: 5000}
    - {id: hightech, name: {zh: 高企5户以上, en: high-tech}, of: hightech, at_least: 5}
"""
ACTIONS = """\
编号,会议日期,事项,责任单位,完成时限,指标,目标值
1,2021-02-20,建成孵化器1家,东山区,2021-03-31,孵化器,1
2,2021-02-20,报送政策清单,各县（市）区,2021-03-10,,
"""
ONE: dict[str, str | int] = {"载体名称": "示例云谷孵化器", "载体类型": "孵化器", "级别": "未认定", "运营状态": "运营", "孵化面积": 5500,
       "在孵企业数": 40, "本季新增毕业企业": 1, "累计毕业企业": 3, "高新技术企业数": 4, "评级": "甲级"}  # fmt: skip
TWO: dict[str, str | int] = {"载体名称": "示例松间众创空间", "载体类型": "众创空间", "级别": "国家级", "认定文号": "国科火字〔2020〕1号", "运营状态": "运营",
       "孵化面积": 800, "在孵企业数": 12, "本季新增毕业企业": 0, "累计毕业企业": 0, "高新技术企业数": "约2", "评级": "丙级"}  # fmt: skip


def found_the_plan(language: str) -> None:
    Path("任务分解表.xlsx").write_bytes(as_workbook(TABLE, merged=MERGED))
    assert run(["init", "示川", "--from", "任务分解表.xlsx", "--lang", "zh"]) == 0
    plan = Path("示川/config/targets.yaml")
    text = plan.read_text("utf-8")
    for before, after in SECTIONS.items():
        assert before in text
        text = text.replace(before, after, 1)
    plan.write_text(text.replace("language: zh", f"language: {language}"), "utf-8")
    Path("示川/config/criteria.yaml").write_text(CRITERIA, "utf-8")
    Path("示川/data/actions.csv").write_text(ACTIONS, "utf-8")
    with Path("示川/data/quotas.csv").open("a", encoding="utf-8") as quotas:
        # the lines that init left in the comments
        quotas.write("东山区,高新技术企业,12\n西岭县,高新技术企业,6\n高新技术产业开发区,高新技术企业,20\n")


def fill(blank: Path, filled: Path, *facilities: dict[str, str | int]) -> None:
    """A blank return filled in as a clerk does, by its headers."""
    book = openpyxl.load_workbook(blank)
    sheet = next(sheet for sheet in book.worksheets if sheet.title.startswith("季报"))
    top, columns = headers(sheet)
    names: list[object] = [sheet.cell(row, columns["载体名称"]).value for row in range(top + 1, top + 20)]
    for facility in facilities:
        known = facility["载体名称"] in names
        row = top + 1 + (names.index(facility["载体名称"]) if known else names.index(None))
        for head, value in facility.items():
            sheet.cell(row, columns[head], value)
        names[row - top - 1] = facility["载体名称"]
    if not facilities:
        kind = next(cell for row in sheet["A1:Z4"] for cell in row if cell.value == "报告类型")
        sheet.cell(kind.row, kind.column + 1, "零报告")
    for duties in (sheet for sheet in book.worksheets if sheet.title.startswith("任务进展")):
        duties["B2"], duties["C2"], duties["D2"] = 3, "进行中", "签到表"
    filled.parent.mkdir(exist_ok=True)
    book.save(filled)


def headers(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    for row in sheet.iter_rows(max_row=10):
        heads = {re.sub("（.*", "", str(cell.value)): cell.column for cell in reversed(row) if cell.value}
        if "载体名称" in heads:
            return int(row[0].row or 0), heads
    raise AssertionError("no headers")


def inside(path: Path) -> str:
    """All the text in a file that was written."""
    if path.suffix in {".xlsx", ".docx"}:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
            parts = (package.read(name).decode("utf-8") for name in package.namelist() if name.endswith(".xml"))
            return html.unescape(re.sub("<[^>]*>", " ", " ".join(parts)))
    return path.read_text("utf-8-sig")


COMMANDS = (
    ["plan"],
    ["plan", "--format", "json"],
    ["status", "--all-periods"],
    ["check"],
    ["check", "--by", "indicator"],
    ["check", "--format", "json"],
    ["check", "--format", "csv"],
    ["check", "--period", "2021Q1", "--as-of", "2021-02"],
    ["facilities"],
    ["facilities", "--format", "json"],
    ["facilities", "--format", "csv"],
    ["trend"],
    ["trend", "--format", "csv"],
    ["trend", "--indicator", "高新技术企业", "--unit", "东山区"],
    ["changes"],
    ["changes", "--format", "json"],
    ["actions"],
    ["actions", "--format", "json"],
    ["candidates"],
    ["candidates", "--format", "json"],
    ["explain"],
    ["explain", "X107"],
    ["explain", "高新技术企业", "--unit", "dongshan"],
    ["explain", "score", "--unit", "东山区"],
    ["accept", "X107", "--unit", "dongshan", "--until", "2021Q4", "--reason", "二期", "--by", "示例局长"],
    ["export", "-o", "out/汇总.xlsx"],
    ["export", "-o", "out/通报.docx", "--letters", "out/letters"],
    ["export", "-o", "out/报告.html"],
    ["export", "-o", "out/东山区.docx", "--unit", "东山区"],
    ["export", "-o", "out/pack/"],
    ["close", "2021Q1", "--accept-errors"],
    ["template", "--all", "--period", "2021Q3", "-o", "out/blank"],
)


@pytest.fixture(scope="module", params=["zh", "en"])
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each command printed and each file says, from the empty folder to the end of the second quarter."""
    told: dict[str, str] = {}
    folder = tmp_path_factory.mktemp("city")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("MDJ_PLAN_LANG", request.param)
        _live(folder, patch, told, request.param)
    return told


def _live(folder: Path, patch: pytest.MonkeyPatch, told: dict[str, str], language: str) -> None:
    patch.setattr("mdj_plan.reports.screen.paper.PIPED_WIDTH", 160)
    found_the_plan(language)
    patch.chdir(folder / "示川")
    (folder / "示川" / "out").mkdir()
    for quarter in ("2021Q1", "2021Q2"):
        do(told, ["template", "--all", "--period", quarter, "-o", f"空表{quarter}"])
        blanks, inbox = Path(f"空表{quarter}"), Path(f"收件箱{quarter}")
        second = quarter == "2021Q2"
        fill(
            blanks / f"东山区_{quarter}.xlsx",
            inbox / f"东山区_{quarter}.xlsx",
            ONE | {"高新技术企业数": 6 if second else 4},
        )
        if second:
            fill(blanks / f"西岭县_{quarter}.xlsx", inbox / f"西岭县_{quarter}.xlsx", TWO)
        fill(blanks / f"市科技局_{quarter}.xlsx", inbox / f"市科技局_{quarter}.xlsx")
        do(told, ["validate", str(inbox), "--annotate", f"out/returned{quarter}"])
        do(told, ["receive", str(inbox), "--received", f"2021-{'07' if second else '04'}-08", "--accept-errors"])
    for command in COMMANDS:
        do(told, command)
    for path in sorted(Path("out").rglob("*")):
        if path.is_file() and path.suffix in {".xlsx", ".docx", ".html", ".json", ".csv"}:
            told[str(path)] = inside(path)


def do(told: dict[str, str], command: list[str]) -> None:
    said = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = run(command)
    text = said.buffer.getvalue().decode("utf-8")
    assert code in {0, 1}, (command, code, text)
    told[" ".join(command)] = text


def test_no_other_city_shows(story: dict[str, str]) -> None:
    found = {name: sorted(set(ELSEWHERE.findall(text))) for name, text in story.items() if ELSEWHERE.search(text)}
    assert found == {}


def test_figures_bands_scores_and_criteria_are_the_citys(story: dict[str, str]) -> None:
    told = json.loads(story["check --format json"])
    gaps = {(gap["unit"], gap["indicator"]): (gap["target"], gap["actual"], gap["status"]) for gap in told["gaps"]}
    # 2021Q2: 6 of 36 months gone. 东山区 owes 12 high-tech firms: 2 on the line, 6 reported
    assert gaps["dongshan", "hightech"] == (12, 6, "on_schedule")
    # 55 000 ㎡: 9 167 on the line, 6 300 there (5 500 and 800): 5.2 points behind, more than 5
    assert gaps[None, "area"] == (55000, 6300, "slow")
    assert gaps[None, "rated"] == (3, 1, "on_schedule")  # 丙级 is no rating
    found = {(f["code"], f["value"]) for f in told["findings"] if f["severity"] == "error"}
    assert {("V103", "约2"), ("V106", "丙级")} <= found
    scores = {row["unit"]: row["score"] for row in told["scores"]}
    # weights 2, 1, 1: ratios 1.2, 0, 1.2 (capped) → 60 + 0 + 30; one decision overdue by the end of June
    assert scores["dongshan"] == 89
    candidates = json.loads(story["candidates --format json"])
    assert [(row["facility"], row["verdict"]) for row in candidates["rows"]] == [("示例云谷孵化器", "ready")]


def test_every_command_says_something(story: dict[str, str]) -> None:
    assert [name for name, text in story.items() if not text.strip()] == []
    assert len(story) > 40
