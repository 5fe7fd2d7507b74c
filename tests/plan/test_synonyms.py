"""The plan's own words for headers: a table of the office like the others, in any format, every mistake at its cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.fields import FIELDS
from mdj_plan.kept.shelf import Shelf
from mdj_plan.messages import messages
from mdj_plan.plan.kept import recall
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.problems import PlanError
from mdj_plan.plan.synonyms import read_synonyms
from tests.plan.test_load import PLAN, write
from tests.sheets.workbooks import workbook

WORDS = {"tenants": ("入孵企业", "孵化企业"), "author": ("制表员",), "progress": ("本期完成",), "_index": ("顺号",)}
ROWS = [
    ["field", "synonym"],
    ["tenants", "入孵企业"],
    ["tenants", "孵化企业（户）"],
    ["author", "制表员"],
    ["progress", "本期完成"],
    ["_index", "顺号"],
]


def as_csv(rows: list[list[str]]) -> str:
    return "".join(",".join(row) + "\n" for row in rows)


def told(path: Path) -> list[str]:
    return [problem.sentence(messages("en")) for problem in read_synonyms(path, FIELDS).problems]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("词.csv", as_csv(ROWS).encode("utf-8-sig")),
        ("词.csv", as_csv([["表头用语", ""], ["填报项", "同义词"], *ROWS[1:]]).encode("gb18030")),
        (
            "词.xlsx",
            workbook(
                [["附件3：表头用语"], [], ["序号", "field", "说明", "synonym"], *[["1", f, "", w] for f, w in ROWS[1:]]]
            ),
        ),
        (
            "词.csv",
            as_csv([["field", "synonym"], ["在孵企业数", "入孵企业"], ["同上", "孵化企业（户）"], *ROWS[3:]]).encode(),
        ),
    ],
)
def test_any_format_titles_ids_or_headers(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert told(path) == []
    found = {
        field: tuple(word.removesuffix("（户）") for word in words)
        for field, words in read_synonyms(path, FIELDS).synonyms.items()
    }
    assert found == WORDS


def test_every_mistake_is_told_at_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "词.xlsx"
    wrong = [
        ["nmae", "双创平台"],
        ["tenants", None],
        ["tenants", "在孵企业使用面积"],
        ["tenants", "（户）"],
        ["level", "双创级别"],
        ["kind", "双创 级别"],
        ["level", "双创级别（国家、省、市）"],
    ]
    path.write_bytes(workbook([ROWS[0], *wrong]))  # type: ignore[list-item]  # a blank cell
    assert told(path) == [
        "词.xlsx:Sheet!A2: says “nmae”; expected: name",
        "词.xlsx:Sheet!B3: “synonym” is blank",
        "词.xlsx:Sheet!B4: “在孵企业使用面积” is already a header of 在孵企业使用面积",
        "词.xlsx:Sheet!B5: says “（户）”; expected: the words of a header",
        "词.xlsx:Sheet!B7: “双创 级别” is already a header of 级别",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "词.csv: no header found; expected: field, synonym"),
        ("列,词\nname,双创平台\n", "词.csv: no header found; expected: field, synonym"),
        ("%PDF-1.4", "词.csv: "),
    ],
)
def test_what_is_no_such_table(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "词.csv"
    path.write_text(text, "utf-8")
    (sentence,) = told(path)
    assert sentence.startswith(expected)


def test_its_mistakes_are_told_with_those_of_plan_and_quotas(tmp_path: Path) -> None:
    plan = PLAN.replace("quotas: quotas.csv", "quotas: quotas.csv\n    headers: words.csv\n    due_days: soon")
    (tmp_path / "words.csv").write_text("field,synonym\nnmae,双创平台\n", "utf-8")
    path = write(tmp_path, plan, "责任单位,指标,目标\n南区,孵化器,3\n")
    with pytest.raises(PlanError) as raised:
        load_plan(path, Shelf(None))
    assert {problem.file: problem.at for problem in raised.value.problems} == {
        "targets.yaml": "5:11",
        "quotas.csv": "A2",
        "words.csv": "A2",
    }
    (tmp_path / "words.csv").unlink()
    with pytest.raises(PlanError) as raised:
        load_plan(path, Shelf(None))
    assert "headers-not-found" in {problem.name for problem in raised.value.problems}


def test_words_are_kept_with_the_plan_and_read_again_where_they_change(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "kept")
    words = tmp_path / "words.csv"
    words.write_text("field,synonym\nname,双创平台\n", "utf-8")
    path = write(tmp_path, PLAN.replace("quotas: quotas.csv", "headers: words.csv\n    quotas: quotas.csv"))
    assert load_plan(path, shelf).synonyms == {"name": ("双创平台",)}
    assert recall(path, shelf) == load_plan(path, shelf)
    words.write_text("field,synonym\nname,双创基地\n", "utf-8")
    assert recall(path, shelf) is None
    assert load_plan(path, shelf).synonyms == {"name": ("双创基地",)}
