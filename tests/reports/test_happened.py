"""What happened to facilities, in every medium: the table, what scripts read, the circular's sentence."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from openpyxl import load_workbook

from mdj_plan.cli.app import run
from mdj_plan.messages import messages
from mdj_plan.reports.document.visit import build as own_paper
from mdj_plan.reports.happened import happened
from mdj_plan.reports.narrowed import narrowed
from mdj_plan.reports.page.page import build as page
from mdj_plan.reports.tables.changes import CHANGES
from mdj_plan.reports.tables.rows import data_rows
from mdj_plan.reports.tables.values import told, worded
from mdj_plan.reports.workbook.workbook import build as workbook
from tests.checks import world
from tests.checks.world import C1, C2, assessed, table
from tests.reports.html import read

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.assessment import Assessment

HEAD = "载体名称,统一社会信用代码,载体类型,级别,认定文号,示范类型,运营状态,孵化面积（平方米）,在孵企业数（户）,本季新增毕业企业（户）"
BEFORE = table(
    f"示例甲孵化器,{C1},孵化器,市级,,,运营,1200,20,0",
    f"示例乙众创空间,{C2},众创空间,省级,示文〔2019〕3号,典型示范,运营,900,9,0",
    "示例丙孵化器,,孵化器,,,,在建,800,,",
    head=HEAD,
)
NOW = table(
    f"示例甲孵化器,{C1},孵化器,国家级,国文〔2021〕8号,,运营,1200,20,2",
    f"示例乙众创空间,{C2},众创空间,市级,,,停运,900,9,0",
    "示例丙孵化器,,孵化器,,,,运营,800,6,0",
    "示例丁众创空间,,众创空间,,,,筹建,,,",
    "示例戊众创空间,,众创空间,,,,运营,300,4,1",
    head=HEAD,
)


@pytest.fixture
def year(tmp_path: Path) -> Assessment:
    return assessed(tmp_path, {"东示区_1": BEFORE, "东示区_2": NOW})


def test_the_table_line_by_line(year: Assessment) -> None:
    texts = messages("zh")
    filled = CHANGES.of(year)
    columns = ("event", "facility", "kind", "whose", "change", "document")
    assert [[told(row[key], texts, "") for key in columns] for row in filled.rows] == [
        ["晋升", "示例甲孵化器", "孵化器", "东示区", "市级 → 国家级", "国文〔2021〕8号"],
        ["毕业企业", "示例甲孵化器", "孵化器", "东示区", "2户", ""],
        ["停止运营", "示例乙众创空间", "众创空间", "东示区", "运营 → 停运", ""],
        ["降级", "示例乙众创空间", "众创空间", "东示区", "省级 → 市级", ""],
        ["失去示范", "示例乙众创空间", "众创空间", "东示区", "典型示范", ""],
        ["投入运营", "示例丙孵化器", "孵化器", "东示区", "在建 → 运营", ""],
        ["新增", "示例丁众创空间", "众创空间", "东示区", "筹建", ""],
        ["新增", "示例戊众创空间", "众创空间", "东示区", "运营", ""],
        ["投入运营", "示例戊众创空间", "众创空间", "东示区", "运营", ""],
        ["毕业企业", "示例戊众创空间", "众创空间", "东示区", "1户", ""],
    ]
    assert filled.rows[0]["where"] == "2021Q2/东示区.csv › A2"
    assert [worded(note, texts) for note in filled.said_above("book")] == [
        "2021Q1 至 2021Q2：新增（2）；投入运营（2）；停止运营（1）；晋升（1）；降级（1）；失去示范（1）；毕业企业（3）。"
    ]
    assert "amount" not in {column.key for column in filled.on("book")}


def test_scripts_read_ids_and_cells(year: Assessment) -> None:
    assert data_rows(CHANGES.of(year), messages("en"))[0] == {
        "event": "promoted",
        "facility": "示例甲孵化器",
        "kind": "incubator",
        "credited_to": ["east"],
        "before": "municipal",
        "after": "national",
        "value": None,
        "document": "国文〔2021〕8号",
        "amount": None,
        "file": "2021Q2/东示区.csv",
        "sheet": None,
        "cell": "A2",
    }


def test_the_circular_says_it_in_a_sentence(year: Assessment) -> None:
    assert happened(year.changes, messages("zh")) == (
        "新增众创空间2家：示例丁众创空间、示例戊众创空间；孵化器投入运营1家：示例丙孵化器；停止运营1家：示例乙众创空间；"
        "晋升国家级1家：示例甲孵化器（国文〔2021〕8号）；降为市级1家：示例乙众创空间；不再是典型示范1家：示例乙众创空间；"
        "毕业企业3户：示例甲孵化器（2户）、示例戊众创空间（1户）"
    )


def test_incubators_come_before_maker_spaces_and_the_highest_level_first(tmp_path: Path) -> None:
    before = table("示例乙众创空间,,众创空间,,,,运营,,,", "示例甲孵化器,,孵化器,,,,运营,,,", head=HEAD)
    now = table(
        "示例乙众创空间,,众创空间,市级,,,运营,,,",
        "示例丁众创空间,,众创空间,,,,在建,,,",
        "示例甲孵化器,,孵化器,国家级,国文〔2021〕8号,,运营,,,",
        "示例丙孵化器,,孵化器,,,,在建,,,",
        head=HEAD,
    )
    a = assessed(tmp_path, {"东示区_1": before, "东示区_2": now})
    assert happened(a.changes, messages("zh")) == (
        "新增孵化器1家：示例丙孵化器；新增众创空间1家：示例丁众创空间；晋升国家级1家：示例甲孵化器（国文〔2021〕8号）；"
        "晋升市级1家：示例乙众创空间"
    )


def test_many_are_counted_and_not_named(tmp_path: Path) -> None:
    many = table(*(f"示例{i}号孵化器,,孵化器,,,,运营,500,5,0" for i in range(11)), head=HEAD)
    first = assessed(tmp_path, {"东示区_1": many}, quarter=1)
    assert happened(first.changes, messages("zh")) == "新增孵化器11家"


def test_a_quiet_quarter_says_nothing(tmp_path: Path) -> None:
    quiet = assessed(tmp_path, {"东示区_1": BEFORE, "东示区_2": BEFORE})
    assert happened(quiet.changes, messages("zh")) == ""
    assert not CHANGES.of(quiet).rows


def test_of_some_units_what_is_credited_to_them(year: Assessment) -> None:
    assert len(narrowed(year, frozenset({"east"})).changes.rows) == 10
    assert narrowed(year, frozenset({"farms"})).changes.rows == ()


def test_the_command_names_each_with_its_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assessed(tmp_path, {"东示区_1": BEFORE, "东示区_2": NOW})
    plan = str(tmp_path / "config" / "targets.yaml")
    assert run(["changes", "--plan", plan, "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "晋升（1）\n  示例甲孵化器（东示区）  市级 → 国家级  国文〔2021〕8号  2021Q2/东示区.csv › A2" in said
    assert run(["changes", "--plan", plan, "--since", "2021Q2"]) == 2
    assert run(["changes", "--plan", plan, "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == (
        "promoted,示例甲孵化器,incubator,east,municipal,national,,国文〔2021〕8号,,2021Q2/东示区.csv,,A2"
    )


def test_overviews_tell_the_quarter_without_a_table(year: Assessment) -> None:
    sheet = load_workbook(io.BytesIO(workbook(year, messages("zh")))).worksheets[0]
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    sentence = happened(year.changes, messages("zh"))
    assert said[said.index("变动与修订") + 1] == f"本季，{sentence}。"
    lines = read(page(year, messages("zh"))).one("section", id="overview").one("ul", **{"class": "lines"})
    assert f"载体变动：{sentence}" in [line.said() for line in lines.all("li")]


def test_a_quiet_quarter_has_no_line_for_it(tmp_path: Path) -> None:
    quiet = assessed(tmp_path, {"东示区_1": BEFORE, "东示区_2": BEFORE})
    assert "变动与修订" not in str(
        [list(row) for row in load_workbook(io.BytesIO(workbook(quiet, messages("zh")))).worksheets[0].values]
    )
    assert 'href="#changes"' in page(quiet, messages("zh")).decode()  # its section, and no more
    assert page(quiet, messages("zh")).decode().count('href="#changes"') == 1


def test_a_unit_s_own_paper_tells_its_changes(year: Assessment) -> None:
    paper = docx.Document(io.BytesIO(own_paper(year, messages("zh"), frozenset({"east"}))))
    table = next(table for table in paper.tables if table.rows[0].cells[1].text == "变动")
    assert [cell.text for cell in table.rows[1].cells][1:] == [
        *("晋升", "示例甲孵化器", "孵化器", "东示区", "市级 → 国家级", "国文〔2021〕8号"),
    ]


def test_what_is_paid_is_added_up_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paying = "rewards: [{event: promoted, to: national, amount: 50}, {event: graduated, amount: 1}]\n"
    monkeypatch.setattr(world, "PLAN", world.PLAN + paying)
    a = assessed(tmp_path, {"东示区_1": BEFORE, "东示区_2": NOW})
    rows = list(load_workbook(io.BytesIO(workbook(a, messages("zh"))))["载体变动"].values)
    paid = [row[7] or "" for row in rows[3:]]
    assert paid == ["奖补（万元）", 50, 2, "", "", "", "", "", "", "", 1, "=SUM(H5:H14)"]
