"""The pages are as the program is: findings, sample of the run, every command named."""

from __future__ import annotations

import re
import runpy
from collections import defaultdict
from dataclasses import fields
from pathlib import Path

import pytest
import typer.main

from mdj_plan.cli.app import COMMANDS, app
from mdj_plan.cli.usage import Group
from mdj_plan.marks import key_of
from mdj_plan.messages import help_texts, messages
from mdj_plan.plan.entries import PlanFile
from mdj_plan.plan.load import load_plan

MAKE = "the page is made from what is declared: run `python scripts/make_docs.py`"
DOCS = runpy.run_path("scripts/make_docs.py")


def test_the_findings_page_is_made_from_the_catalogue() -> None:
    assert Path("docs/findings.md").read_text("utf-8") == DOCS["findings_page"](), MAKE


def test_the_page_of_the_return_is_made_from_its_declaration() -> None:
    assert Path("docs/return.md").read_text("utf-8") == DOCS["return_page"](), MAKE


def test_the_glossary_is_made_from_the_catalogue() -> None:
    assert Path("docs/glossary.md").read_text("utf-8") == DOCS["glossary_page"](), MAKE


def test_a_heading_has_one_word_in_either_language() -> None:
    """Two heads with one word in one language have one in the other, and are then the same head."""
    zh, en = messages("zh"), messages("en")
    heads = [key for key in sorted(zh.keys()) if key.startswith("head-")]
    for one, other in ((zh, en), (en, zh)):
        words: dict[str, set[str]] = defaultdict(set)
        for key in heads:
            words[one(key)].add(other(key))
        assert {word: others for word, others in words.items() if len(others) > 1} == {}
    assert [en(key) for key in heads if en(key)[:1].islower()] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_and_option_has_its_help(language: str) -> None:
    said = help_texts(language)
    made = typer.main.get_command(app(COMMANDS, whole=True))
    assert isinstance(made, Group)
    asked = [
        (name, *(getattr(each, "help", None) for each in command.params)) for name, command in made.commands.items()
    ]
    forgotten = sorted({key for keys in asked for key in keys if key and key not in said})
    assert not forgotten, f"locale/help.{language}.toml lacks {forgotten}"


def test_every_command_is_listed() -> None:
    made = [
        path.stem
        for path in Path("src/mdj_plan/cli").glob("*.py")
        if re.search(r"^ASKS = ", path.read_text("utf-8"), re.MULTILINE)
    ]
    forgotten = set(made) - set(COMMANDS)
    assert not forgotten, f"cli/ has commands that nobody can call: add {sorted(forgotten)} to COMMANDS in cli/app.py"


def test_every_command_is_tried_before_a_release() -> None:
    runs = runpy.run_path("scripts/try_release.py")["RUNS"]
    forgotten = set(COMMANDS) - set(runs)
    assert not forgotten, f"say in RUNS of scripts/try_release.py how these are tried: {sorted(forgotten)}"


@pytest.mark.parametrize("page", sorted(Path("docs").glob("add-*.md")), ids=lambda path: path.name)
def test_what_a_page_tells_to_edit_is_there(page: Path) -> None:
    """Every file or folder named, and every name of ours in capitals or with its module."""
    text = page.read_text("utf-8")
    code = "".join(
        path.read_text("utf-8") for folder in ("src", "tests", "scripts") for path in Path(folder).rglob("*.py")
    )
    paths = re.findall(r"`((?:src|tests|docs|config|scripts)/[\w./{},-]*)`", text)
    names = re.findall(r"`([A-Z][A-Z_]{3,}|[A-Z][a-z]+[A-Z]\w+)`", text)
    gone = [path for path in paths if not Path(path).exists()] + [name for name in names if name not in code]
    assert not gone, f"{page} names what is no longer there: {gone}"
    assert paths


VARIANTS = (
    "每季需增",
    "多家申报",
    "㎡",
    "（平米）",
    "落后（百分点）",
    "落后(百分点)",
    "per qtr",
    "Lag (points)",
    "Behind (points)",
)
"""What other words once said: each thing has one (docs/glossary.md)."""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_word_for_one_thing(language: str) -> None:
    texts = messages(language)
    said = {key: texts(key) for key in sorted(texts.keys()) if "." not in key}
    assert {key: text for key, text in said.items() if any(word in text for word in VARIANTS)} == {}
    loose = {key for key, text in said.items() if re.search("(?<!到期)预计|每季需(?!完成)", text)}
    assert loose - {"meaning-forecast", "note-all-sources"} == set()


def test_every_command_is_in_both_readmes() -> None:
    forgotten = DOCS["documented"]()
    assert not forgotten, f"say how each command is called: {forgotten}"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", Path("docs/plan-file.md").read_text("utf-8"), re.DOTALL)


def test_the_plan_file_page_shows_a_plan_that_loads(tmp_path: Path) -> None:
    for folder in ("config", "data/submissions"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "config" / "targets.yaml").write_text(blocks("yaml")[0], "utf-8")
    (tmp_path / "data" / "quotas.csv").write_text(blocks("csv")[0], "utf-8")
    plan = load_plan(tmp_path / "config" / "targets.yaml")
    assert [(t.unit, t.indicator, str(t.value), str(t.due)) for t in plan.owed] == [
        (None, "incubators", "8", "2021Q4"),
        (None, "graduates", "10", "2021Q4"),
        ("east", "incubators", "4", "2021Q4"),
        ("east", "area", "12000", "2021Q4"),
        ("west", "incubators", "4", "2021Q4"),
    ]
    assert [(duty.unit, duty.measure and duty.measure.zh) for duty in plan.duties] == [("office", "宣传报道（篇）")]


def test_the_plan_file_page_names_every_key() -> None:
    page = Path("docs/plan-file.md").read_text("utf-8")
    keys = {key_of(field.name) for field in fields(PlanFile)}
    forgotten = {word for word in keys if f"`{word}`" not in page}
    assert not forgotten, f"docs/plan-file.md does not say what {forgotten} of the plan file does: add it to its table"
