"""Every declared table is shown somewhere, has its words in both languages, and reads the same in every medium."""

from __future__ import annotations

import importlib
import io
import pkgutil
import re
from contextlib import redirect_stdout
from pathlib import Path

import openpyxl
import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.messages import messages
from mdj_plan.plan.load import load_plan
from mdj_plan.reports import tables
from mdj_plan.reports.document import annexes
from mdj_plan.reports.page import page
from mdj_plan.reports.screen import check
from mdj_plan.reports.tables.listed import TABLES
from mdj_plan.reports.tables.promises import PLAN_TABLES
from mdj_plan.reports.tables.table import DATA, Column, Filled, Medium, Table
from mdj_plan.reports.tables.values import Said, told, worded
from mdj_plan.reports.workbook import workbook
from mdj_plan.run import run
from tests.reports.county import county

LANGUAGES = ("zh", "en")
MEDIA: tuple[Medium, ...] = ("screen", "book", "page", "paper")


def declared() -> dict[str, Table[object]]:
    """Every table that a module of the room declares, by module and name."""
    found: dict[str, Table[object]] = {}
    for module in pkgutil.iter_modules(tables.__path__):
        held = vars(importlib.import_module(f"mdj_plan.reports.tables.{module.name}"))
        found |= {f"{module.name}.{name}": each for name, each in held.items() if isinstance(each, Table)}
    return found


def test_every_table_is_listed() -> None:
    listed = {id(table) for table in (*TABLES, *PLAN_TABLES)}
    forgotten = [name for name, table in declared().items() if id(table) not in listed]
    assert not forgotten, f"declared and shown nowhere: {forgotten}. Add them to TABLES in reports/tables/listed.py"


def test_a_table_that_scripts_are_said_to_get_is_named_there() -> None:
    """JSON and CSV are composed by hand; every other medium goes through the list."""
    files = Path("src/mdj_plan/reports/data").rglob("*.py")
    given = set(re.findall(r"\w+", "".join(file.read_text("utf-8") for file in files)))
    named = {id(table): place.partition(".")[2] for place, table in declared().items()}
    forgotten = [named[id(table)] for table in TABLES if "data" in table.media and named[id(table)] not in given]
    assert not forgotten, f"data is said to have {forgotten}, and has none: see 3. in docs/add-a-table.md"


def test_names_are_used_once() -> None:
    names = [*(table.name for table in TABLES), *(table.name for table in PLAN_TABLES)]
    assert sorted(names) == sorted(set(names))


NEW: Table[Assessment] = Table(
    "plan-bands",  # a title that the catalogues have, and that none of these shows
    (Column("unit_name", head="who"),),
    lambda a: [{"unit_name": unit.name} for unit in a.plan.participants if unit.id == "spring"],
    media=frozenset(MEDIA),
    optional=True,
)
"""A table that shows itself everywhere; it is declared and listed, and nothing else."""


def drawn_by(medium: str, a: Assessment) -> str:
    """What a medium makes of an assessment, as text."""
    texts, out = messages("zh"), io.StringIO()
    match medium:
        case "screen":
            with redirect_stdout(out):
                check.show_check(a, texts)
            return out.getvalue()
        case "book":
            book = openpyxl.load_workbook(io.BytesIO(workbook.build(a, texts)))
            return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
        case "page":
            return page.build(a, texts).decode()
        case _:
            return " ".join(title for title, _ in annexes.annexes(a, texts))


@pytest.mark.parametrize("medium", MEDIA)
def test_a_table_that_is_listed_is_shown_by_the_media_that_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, medium: str
) -> None:
    """One function, one line, two words (docs/add-a-table.md)."""
    for drawing in (check, workbook, page, annexes):
        monkeypatch.setattr(drawing, "TABLES", (*TABLES, NEW))
    a = county(tmp_path)
    assert NEW.of(a).title(messages("zh")) in drawn_by(medium, a)


def filled(assessment: Assessment) -> list[Filled]:
    return [*(table.of(assessment) for table in TABLES), *(table.of(assessment.plan) for table in PLAN_TABLES)]


def wanted(table: Filled) -> dict[str, str]:
    """The words that a table needs, and what each is; a column that only scripts read is known by its key."""
    heads = {
        column.heading.key: f"the heading of {column.key}"
        for column in table.columns
        if isinstance(column.heading, Said) and column.media != DATA
    }
    return {table.title.key: "its title"} | heads


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_its_words(assessment: Assessment, language: str) -> None:
    texts = messages(language)
    forgotten = [
        f'{table.name} lacks {what}: add {key} = "…" to locale/tables.{language}.toml'
        for table in filled(assessment)
        for key, what in wanted(table).items()
        if not texts.has(key)
    ]
    assert not forgotten, "; ".join(forgotten)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_can_bear_every_title(assessment: Assessment, language: str) -> None:
    texts = messages(language)
    for table in filled(assessment):
        tab = texts(f"tab-{table.name}") if texts.has(f"tab-{table.name}") else table.title(texts)
        assert len(tab) <= 31, f'{tab} is too long for a sheet: add tab-{table.name} = "…" to locale/tables.*.toml'
        assert not re.search(r"[\[\]:*?/\\]", tab), f"{tab}: a sheet's name may not hold []:*?/\\"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_can_be_told(assessment: Assessment, language: str) -> None:
    texts = messages(language)
    for table in filled(assessment):
        for row in table.rows:
            assert all(isinstance(told(value, texts), str) for value in row.values())
        assert all(worded(note.text, texts) for note in (*table.lead, *table.notes))


def test_no_column_waits_for_what_no_row_has() -> None:
    for table in filled(run(load_plan(Path("config/targets.yaml")))):
        known = {key for row in table.rows for key in row} | {"number"}
        never = {column.key for column in table.columns} - known
        assert not (table.rows and never), f"{table.name}: no row has anything for {never}"
