"""Listed words, credit codes, blanks, dittos and marks: read, or objected to with what may be meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdj_plan.fields import CHOICES
from mdj_plan.names import Words
from mdj_plan.sheets.cells import Cell
from mdj_plan.sheets.values.footnotes import lowered, raised, struck_out, unmarked
from mdj_plan.sheets.values.parsers import choice, choices, credit_code, text
from mdj_plan.sheets.values.reading import BLANK, Reading, blank, ditto, spaced, squeezed

LEVEL, TITLES = CHOICES["level"], CHOICES["demonstration"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [("国家级", "national"), (" 省 级 ", "provincial"), ("市级\u200b", "municipal"), ("national", "national")],
)
def test_a_listed_word(typed: str, value: str) -> None:
    assert choice(typed, LEVEL) == Reading(value)


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("省", "省级"),
        ("国家级孵化器", "国家级"),
        ("国家极", "国家级"),
        ("区级", ""),
        ("拟申报省级", ""),
        ("原省级", ""),
        ("非国家级", ""),
        ("A", ""),
    ],
)
def test_another_word_is_objected_to_with_what_may_be_meant(typed: str, suggestion: str) -> None:
    found = choice(typed, LEVEL)
    assert (found.value, found.code, found.variant) == (None, "V106", "suggested" if suggestion else "")
    assert dict(found.args) == {
        "allowed": Words("国家级、省级、市级、未认定", "国家级, 省级, 市级, 未认定"),
        "suggestion": suggestion,
    }


def test_of_two_words_in_one_cell_none_is_suggested() -> None:
    found = choice("省级和市级", LEVEL)
    assert (found.code, found.variant, dict(found.args)["suggestion"]) == ("V106", "two", "")


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("典型示范", ("typical",)),
        ("典型示范、省级示范", ("provincial", "typical")),  # in the list's order
        ("省级示范,典型示范", ("provincial", "typical")),
        ("省级示范；典型示范；省级示范", ("provincial", "typical")),
        ("省级示范 典型示范", ("provincial", "typical")),
        ("省级示范\n典型示范、", ("provincial", "typical")),
        ("typical", ("typical",)),
        ("典 型 示 范", ("typical",)),
    ],
)
def test_several_listed_words(typed: str, values: tuple[str, ...]) -> None:
    assert choices(typed, TITLES) == Reading(values)


def test_one_word_that_is_not_listed_spoils_them_all() -> None:
    found = choices("省级示范、市级示范", TITLES)
    assert (found.value, found.code) == (None, "V106")


@pytest.mark.parametrize("typed", [None, "", "无", "、", " ， "])
def test_no_word_at_all(typed: Cell) -> None:
    assert choices(typed, TITLES) is BLANK


@pytest.mark.parametrize(
    ("typed", "variant"),
    [
        ("91990000MAXX00001P", "checksum"),
        ("91990000MAXX00001I", "characters"),
        ("A199000OMAXX00001R", "characters"),
        ("91990000MAXX00001", "length"),
        ("91990000MAXX00001RR", "length"),
        ("231002123456789", "licence15"),
        ("23100212345678A", "length"),
        ("办理中", "words"),
        ("9.1231E+17", "scientific"),
        (9.1231e17, "scientific"),
        (910000000000000000, "scientific"),
        (910000.0, "length"),
    ],
)
def test_what_is_no_credit_code(typed: Cell, variant: str) -> None:
    found = credit_code(typed)
    assert (found.value, found.code, found.variant) == (None, "V108", variant)


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_a_code_with_one_wrong_character_is_none(at: int, other: str) -> None:
    code = "91990000MAXX00001R"
    changed = code[:at] + other + code[at + 1 :]
    assert (credit_code(changed).value is not None) == (changed == code)


@pytest.mark.parametrize("typed", [None, "", " \t\u3000", "无", "暂无", "暂 无", "—", "———", "/", "- /", "\ufeff"])
def test_blank(typed: Cell) -> None:
    assert blank(typed)
    assert text(typed) is BLANK


@pytest.mark.parametrize("typed", [0, 0.0, False, "0", "无锡", "暂无法", "。", "—1"])
def test_not_blank(typed: Cell) -> None:
    assert not blank(typed)


@pytest.mark.parametrize(
    ("typed", "above"),
    [
        ("同上", True),
        (" 同 上 ", True),
        ("〃", True),
        ('"', True),
        ("同上述", False),
        ("上", False),
        (None, False),
        (0, False),
    ],
)
def test_a_cell_that_says_as_above(typed: Cell, *, above: bool) -> None:
    assert ditto(typed) is above


@pytest.mark.parametrize(
    ("typed", "line", "compared"),
    [
        ("  示例\n甲\u3000园 ", "示例 甲 园", "示例甲园"),
        ("Ａ\u200b1", "Ａ 1", "A1"),
        ("a\u202eb", "ab", "ab"),
        ("a\x00b", "ab", "a\x00b"),
        (12.0, "12", "12"),
        (None, "", ""),
    ],
)
def test_text_on_one_line_and_as_it_is_compared(typed: Cell, line: str, compared: str) -> None:
    assert (spaced(typed), squeezed(typed)) == (line, compared)


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("20①", "20"),
        ("20¹", "20"),
        ("12家*", "12家"),
        ("12[1]", "12"),
        ("12(注1)", "12"),
        ("12（①）", "12"),
        (f"{struck_out('20')}25", "25"),
        ("甲①", "甲①"),
        ("12[123]", "12[123]"),
        ("①", "①"),
    ],
)
def test_marks_beside_a_figure(typed: str, figure: str) -> None:
    assert unmarked(typed) == figure


def test_raised_and_lowered_digits_are_none_of_the_figure() -> None:
    assert (raised("20"), lowered("13")) == ("²⁰", "₁₃")
    assert unmarked(f"12{raised('1')}") == unmarked(f"12{lowered('1')}") == "12"
