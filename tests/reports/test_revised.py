"""A revised target in every medium: what it was, since when and on what ground it is another, and both rates."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import docx
import pytest
from openpyxl import load_workbook

from mdj_plan.cli.app import run
from mdj_plan.messages import messages
from mdj_plan.reports.document.circular import circular
from mdj_plan.reports.document.letter import letter
from mdj_plan.reports.document.visit import build as own_paper
from mdj_plan.reports.page.page import build as page
from mdj_plan.reports.tables.departments import DEPARTMENTS
from mdj_plan.reports.tables.districts import DISTRICTS
from mdj_plan.reports.tables.targets import ALL, CITY, UNITS
from mdj_plan.reports.tables.trend import TRENDS, UNIT_TRENDS
from mdj_plan.reports.tables.values import told, worded
from mdj_plan.reports.workbook.workbook import build as workbook
from tests.measure.test_revisions import QUOTAS, RETURNS, REVISED
from tests.reports.town import settle

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.assessment import Assessment
    from mdj_plan.reports.tables.table import Filled

OF_CITY = "孵化器：原目标 4，2018Q1 起调整为 8（依据 会议纪要3）；按原目标完成率：全市 50.0%"
OF_WEST = "孵化器：原目标 2，2017Q3 起调整为 1（依据 纪要）；按原目标完成率：西区 —"


@pytest.fixture
def town(tmp_path: Path) -> Assessment:
    return settle(tmp_path, plan=REVISED, quotas=QUOTAS, returns=RETURNS)


def notes(table: Filled) -> list[str]:
    return [worded(note, messages("zh")) for note in table.said_below("screen")]


def test_it_stands_below_every_table_that_shows_the_figure(town: Assessment) -> None:
    assert OF_CITY in notes(CITY.of(town))
    assert OF_WEST in notes(DISTRICTS.of(town))
    assert OF_WEST in notes(UNITS.of(town))
    assert {OF_CITY, OF_WEST} <= set(notes(ALL.of(town)))
    assert notes(DEPARTMENTS.of(town)) == []
    assert notes(TRENDS.of(town)) == [OF_CITY]
    assert [worded(note, messages("zh")) for note in UNIT_TRENDS.of(town).said_below("book")] == [OF_WEST]


def test_workbook_and_page_have_both_targets_and_both_rates(town: Assessment) -> None:
    columns = [column.key for column in CITY.of(town).on("book")]
    assert columns[columns.index("difference") + 1 :][:2] == ["target_original", "attainment_original"]
    row = next(row for row in CITY.of(town).rows if row["indicator"] == "incubators")
    shown = [
        told(row[key], messages("zh")) for key in ("target", "attainment", "target_original", "attainment_original")
    ]
    assert shown == ["8", "25.0%", "4", "50.0%"]
    sheet = load_workbook(io.BytesIO(workbook(town, messages("zh"))))["总览"]
    cells = [str(cell.value) for line in sheet.iter_rows() for cell in line]
    assert OF_CITY in cells
    assert any(
        cell.endswith("原目标 4，2018Q1 起调整为 8（依据 会议纪要3）") for cell in cells
    )  # the remark of its row
    assert "原目标 4，2018Q1 起调整为 8（依据 会议纪要3），按原目标完成率 50.0%" in page(town, messages("zh")).decode()


def test_where_nothing_was_revised_there_are_no_such_columns(tmp_path: Path) -> None:
    plain = settle(tmp_path)
    assert not {"target_original", "attainment_original"} & {column.key for column in CITY.of(plain).columns}


def test_circular_and_letters_say_it(town: Assessment) -> None:
    texts = messages("zh")
    said = [text for _, text in circular(town, texts)]
    assert "目标有调整的：孵化器原目标 4，2018年第一季度起调整为 8（依据 会议纪要3），按原目标完成率 50.0%。" in said
    later = [text for _, text in letter(town, texts, town.plan.units["east"])]
    assert not any("原目标" in text for text in later)  # east's was not revised
    visit = docx.Document(io.BytesIO(own_paper(town, texts, frozenset({"west"}))))
    assert OF_WEST in [paragraph.text for paragraph in visit.paragraphs]


def test_the_plan_shows_both_with_their_source(
    tmp_path: Path, town: Assessment, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = str(town.plan.path)
    assert run(["plan", "--plan", plan, "--lang", "zh"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "全市 孵化器 ≥ 4 家 2018Q1 ≥ 8 家 2019Q2 会议纪要3 targets.yaml › 14:62" in lines
    assert "西区 孵化器 ≥ 2 家 2017Q3 ≥ 1 家 2018Q4 纪要 quotas.csv › C4" in lines
    assert run(["plan", "--plan", plan, "--format", "json"]) == 0
    revisions = json.loads(capsys.readouterr().out)["revisions"]
    assert [(row["unit"], row["from"], row["target"]) for row in revisions] == [
        (None, "2018Q1", 8),
        ("west", "2017Q3", 1),
    ]
    assert run(["plan", "--plan", plan, "--format", "csv"]) == 0
    rows = [row.split(",") for row in capsys.readouterr().out.splitlines()]
    assert [row[-1] for row in rows if row[2] == "incubators"] == ["", "2018Q1", "", "", "2017Q3"]


def test_the_plan_marks_what_is_accepted(town: Assessment, capsys: pytest.CaptureFixture[str]) -> None:
    plan = ["--plan", str(town.plan.path), "--lang", "zh"]
    assert run(["accept", "P104", *plan, "--until", "2018Q2", "--reason", "另文下达", "--by", "示例主任"]) == 0
    capsys.readouterr()
    assert run(["plan", *plan]) == 0
    said = capsys.readouterr().out
    assert "已认可 P104" in said
    assert "→ 理由：另文下达（示例主任批准）；有效至 2018Q2。" in said
    assert run(["plan", *plan, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {each["accepted"]["until"] for each in found if each["code"] == "P104"} == {"2018Q2"}
