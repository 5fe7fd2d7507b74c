"""How names are compared, said in two languages, and suggested."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mdj_plan.names import Words, all_folded, folded, listed, nearest, trimmed, without_prefixes

PREFIXES = ["黑龙江省", "牡丹江市", "牡丹江"]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("示例 甲·孵化器", "示例甲孵化器"),
        ("示例甲（二期）", "示例甲二期"),
        ("ＳＨＩＬＩ－Ａ", "shilia"),
        ("Ｓtraße", "strasse"),
        ("ﬁt①", "fit1"),
        ("㎡", "m2"),
        ("示例甲\u200b\u3000", "示例甲"),
        ("——", ""),
        ("", ""),
    ],
)
def test_names_are_compared_by_their_letters_and_digits(typed: str, key: str) -> None:
    assert folded(typed) == key


@given(st.text())
def test_the_form_in_which_names_are_compared_has_letters_and_digits_alone(text: str) -> None:
    key = folded(text)
    assert key == "".join(filter(str.isalnum, key))
    assert folded(f" {text}. ") == key


@pytest.mark.parametrize(
    ("key", "rest"),
    [
        ("黑龙江省牡丹江市示例甲", "示例甲"),
        ("牡丹江市示例甲", "示例甲"),
        ("牡丹江示例甲", "示例甲"),
        ("牡丹江牡丹江市示例甲", "示例甲"),
        ("示例甲牡丹江", "示例甲牡丹江"),
        ("牡丹江", "牡丹江"),
        ("牡丹江牡丹江", "牡丹江"),
        ("牡丹江市", "市"),  # 牡丹江市 would leave nothing, the shorter one leaves something
    ],
)
def test_prefixes_go_the_longest_first_as_long_as_something_remains(key: str, rest: str) -> None:
    assert without_prefixes(key, PREFIXES) == rest


def test_no_prefix_and_an_empty_one_take_nothing() -> None:
    assert without_prefixes("示例甲", []) == without_prefixes("示例甲", [""]) == "示例甲"


@given(st.text("甲乙", max_size=8), st.lists(st.text("甲乙", max_size=3), max_size=3))
def test_something_always_remains_and_it_is_an_end_of_the_name(key: str, prefixes: list[str]) -> None:
    rest = without_prefixes(key, prefixes)
    assert key.endswith(rest)
    assert bool(rest) == bool(key)


def test_texts_are_compared_without_the_spaces_around_them() -> None:
    assert trimmed("\u3000生物 医药\xa0") == "生物 医药"
    assert trimmed("ＩＴ") == "IT"


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (Words("东安区", "Dong'an"), "东安区", "Dong'an"),
        (Words("东安区"), "东安区", "东安区"),
        (Words("", "X"), "X", "X"),
    ],
)
def test_words_missing_in_one_language_are_said_in_the_other(words: Words, zh: str, en: str) -> None:
    assert (words.in_language("zh"), words.in_language("en")) == (zh, en)


def test_names_in_a_row_are_joined_as_each_language_joins_them() -> None:
    assert listed([Words("东安区", "Dong'an"), Words("西安区"), "ab"]) == Words(
        "东安区、西安区、ab", "Dong'an, 西安区, ab"
    )
    assert listed([]) == Words("", "")


@pytest.mark.parametrize(("typed", "suggested"), [("东安曲", "东安区"), ("西安", "西安区"), ("爱民", None), ("", None)])
def test_a_suggestion_is_near_or_there_is_none(typed: str, suggested: str | None) -> None:
    assert nearest(typed, iter(["东安区", "西安区"])) == suggested


@given(st.lists(st.text(max_size=8)))
@example(["示例甲（二期）", "Ａ１ Maker-Space", "", "甲\n乙", "\u0338\u0301", "ﬁ㈱①\u2028"])
def test_many_names_are_folded_like_each(names: list[str]) -> None:
    assert all_folded(names) == [folded(name) for name in names]
