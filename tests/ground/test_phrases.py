"""Phrases within other texts lie in the catalogues, in both languages, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mdj_plan.catalogues import texts_in
from mdj_plan.names import Words
from mdj_plan.phrases import phrase, phrases

SOURCES = {path: path.read_text("utf-8") for path in sorted(Path("src/mdj_plan").rglob("*.py"))}
NAMES_OF_THINGS = {"founding/draft.py", "reports/measures.py"}
"""Names that go into a new plan, and measure units: told apart by their words."""


def test_a_phrase_is_said_in_both_languages() -> None:
    assert phrase("whole-number") == Words("整数", "a whole number")
    assert phrase("ids-of-choices", example="{high: 高}") == Words(
        "选项的标识和名称，如 {high: 高}", "ids and names of the choices, such as {high: 高}"
    )
    with pytest.raises(KeyError):
        phrase("no-such-phrase")


def test_both_catalogues_have_the_same_phrases_and_all_are_used() -> None:
    zh, en = (texts_in(Path(f"src/mdj_plan/locale/phrases.{language}.toml")) for language in ("zh", "en"))
    used = set(re.findall(r'phrase\(\s*"([a-z0-9-]+)"', "\n".join(SOURCES.values())))
    assert zh.keys() == en.keys() == used == phrases().keys()


def test_no_phrase_stands_among_the_code() -> None:
    literal = re.compile(r'\b(?:Words|Unfit)\(\s*f?"[^"]*[\u4e00-\u9fff]')
    found = [
        path.relative_to("src/mdj_plan").as_posix()
        for path, text in SOURCES.items()
        if literal.search(text) is not None
    ]
    left = set(found) - NAMES_OF_THINGS
    assert not left, f"put what these say into locale/phrases.*.toml and call it by phrase(): {sorted(left)}"
