"""The message catalogues: both languages say the same things, and every code is said."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from mdj_plan.catalogues import tables_in, texts_in
from mdj_plan.fields import FIELDS
from mdj_plan.findings import CATALOGUE, Location, finding
from mdj_plan.messages import chosen_language, help_texts, messages
from mdj_plan.names import Words

LOCALE = Path("src/mdj_plan/locale")
AREAS = sorted({path.name.split(".")[0] for path in LOCALE.glob("*.toml")})


def catalogue(area: str, language: str) -> dict[str, object]:
    return tomllib.loads((LOCALE / f"{area}.{language}.toml").read_text("utf-8"))


def placeholders(text: object) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", str(text)))


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_have_the_same_keys_and_ask_for_the_same_things(area: str) -> None:
    zh, en = catalogue(area, "zh"), catalogue(area, "en")
    alone = sorted(set(zh) ^ set(en))
    assert not alone, f"in one language alone: add {alone} to locale/{area}.zh.toml or {area}.en.toml"
    for key, text in zh.items():
        if isinstance(text, dict):
            other = en[key]
            assert isinstance(other, dict)
            assert set(text) == set(other), key
            for part, words in text.items():
                assert placeholders(words) == placeholders(other[part]), (key, part)
        else:
            assert placeholders(text) == placeholders(en[key]), key


@pytest.mark.parametrize("file", sorted(LOCALE.glob("*.toml")), ids=lambda file: file.name)
def test_catalogues_are_toml_and_are_read_as_such(file: Path) -> None:
    tables = tables_in(file)
    texts = tables.pop("")
    assert texts | tables == tomllib.loads(file.read_text("utf-8"))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("n = 1", "x.en.toml:2: n = 1"),
        ("a = 'b'", "x.en.toml:2: a = 'b'"),
        ('a = "b" # c', 'x.en.toml:2: a = "b" # c'),
        (r'a = "\u4e00"', r"\u"),
    ],
)
def test_a_line_of_another_form_is_refused(tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "x.en.toml"
    file.write_text(f'b = "c"\n{line}\n', "utf-8")
    with pytest.raises(ValueError, match=re.escape(told)):
        texts_in(file)


def test_texts_of_several_lines_and_quoted_ones_are_read() -> None:
    assert "\n\nExample: mdj-plan plan" in help_texts("en")["plan"]
    assert "\\" not in "".join(help_texts("zh").values())


def test_no_key_stands_in_two_files() -> None:
    seen: dict[str, str] = {}
    for area in AREAS:
        for key in catalogue(area, "zh"):
            assert key not in seen, (key, area, seen.get(key))
            seen[key] = area


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_is_said_whole(language: str) -> None:
    entries = catalogue("findings", language)
    forgotten = [
        f'[{code}] {part} = "…"'
        for code, rule in CATALOGUE.items()
        for part in ("title", "message", "hint", "meaning", "example", "remedy", *(f"limit_{n}" for n in rule.limits))
        if not dict(entries.get(code, {})).get(part, "").strip()  # type: ignore[call-overload]  # TOML is what it is
    ]
    assert not forgotten, f"locale/findings.{language}.toml lacks {'; '.join(forgotten)}"
    unknown = sorted(set(entries) - set(CATALOGUE))
    assert not unknown, (
        f"{unknown} have words in locale/findings.{language}.toml and no line in CATALOGUE (findings.py)"
    )
    assert list(entries) == list(CATALOGUE), f"locale/findings.{language}.toml: codes in the order of CATALOGUE"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_column_of_the_return_is_explained(language: str) -> None:
    said = catalogue("blank", language)
    forgotten = [f'term-{field} = "…"' for field in FIELDS if not str(said.get(f"term-{field}", "")).strip()]
    assert not forgotten, (
        f"what a column means is told beside its cells: add {'; '.join(forgotten)} to locale/blank.{language}.toml"
    )


def test_a_variant_overrides_and_what_it_lacks_comes_from_the_code() -> None:
    likely = finding(
        "V103", Location(), value="约500", variant="likely", args={"field": Words("面积", "area"), "likely": "500"}
    )
    assert messages("en").message(likely) == "area: “约500” is only approximate."
    assert messages("en").hint(likely) == "Give the exact number; if it is 500, write 500."
    assert messages("zh").hint(likely) == "请填准确数字；若就是 500，请直接填 500。"


@pytest.mark.parametrize(
    ("n", "told"), [(0, "Wrote 0 letters to 督办函"), (1, "Wrote 1 letter to 督办函"), (2, "Wrote 2 letters to 督办函")]
)
def test_the_catalogue_has_the_words_for_one_and_for_several(n: int, told: str) -> None:
    assert messages("en")("letters-written", n=n, path="督办函") == told
    assert messages("zh")("letters-written", n=n, path="督办函") == f"已在 督办函 写入 {n} 份督办函"


def test_a_figure_of_a_finding_chooses_its_words_too() -> None:
    late = finding("S102", Location(), args={"received": "2018-07-16", "due": "2018-07-15", "days": "1"})
    assert messages("en").message(late) == "Received on 2018-07-16, 1 day after 2018-07-15."


_COUNTED = r"\{(?:n|(\w+s))\} (?:more |old |no |blank )?(?(1)\1|\w+s)\b"
"""A number, and behind it a word that is the same for one and for several: ``{n} letters``, ``{days} days``."""


@pytest.mark.parametrize("area", AREAS)
def test_what_a_number_counts_has_its_form_for_one(area: str) -> None:
    lines = (LOCALE / f"{area}.en.toml").read_text("utf-8").split("\n")
    told = [
        f"{key}: {found[0]}"
        for key, _, text in (line.partition(" = ") for line in lines)
        for found in re.finditer(_COUNTED, text)
    ]
    assert not told, f"“1 days”: write {{n}} {{n:day|days}} in locale/{area}.en.toml: {told}"


def test_thousands_are_written_in_one_way_in_english() -> None:
    texts = [text for file in LOCALE.glob("*.en.toml") for text in (file.read_text("utf-8")).split("\n")]
    texts += [field.label.en for field in FIELDS.values()]
    texts += Path("src/mdj_plan/founding/criteria.yaml").read_text("utf-8").split("\n")
    told = [text for text in texts if re.search(r"\d \d{3}\b", text)]
    assert not told, f"write 10,000, as everywhere: {told}"


@pytest.mark.parametrize(
    ("option", "variables", "expected"),
    [
        ("zh", {"MDJ_PLAN_LANG": "en"}, "zh"),
        (None, {"MDJ_PLAN_LANG": "zh", "LANG": "en_US.UTF-8"}, "zh"),
        (None, {"LC_ALL": "zh_CN.UTF-8", "LANG": "C"}, "zh"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_language(
    monkeypatch: pytest.MonkeyPatch, option: str | None, variables: dict[str, str], expected: str
) -> None:
    for name in ("MDJ_PLAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert chosen_language(option) == expected
