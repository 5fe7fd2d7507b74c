"""Measure units as clerks write them: which unit a word is, how much of the field's own it makes, what a cell may bear."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mdj_plan.measures import Unit, is_own, multiple, scale, unit, units_of


@pytest.mark.parametrize(
    ("word", "measure", "found"),
    [
        ("平方米", "", Unit("平方米", 1)),
        ("万平方米", "", Unit("平方米", 10_000)),
        ("KM2", "", Unit("km2", 1)),
        ("千元", "", Unit("元", 1000)),
        ("亿元", "", Unit("元", 100_000_000)),
        ("百万元", "", Unit("元", 1_000_000)),
        ("万", "", Unit("", 10_000)),
        ("十万", "", Unit("", 100_000)),
        ("万亩", "", Unit("亩", 10_000)),
        ("人次", "人次", Unit("人次", 1)),
        ("万人次", "人次", Unit("人次", 10_000)),
        ("字", "万字", Unit("字", 1)),
        ("百万字", "万字", Unit("字", 1_000_000)),
    ],
)
def test_a_word_is_a_unit(word: str, measure: str, found: Unit) -> None:
    assert unit(word, measure) == found


@pytest.mark.parametrize(
    ("word", "measure"),
    [("", ""), ("", "户"), ("吨", ""), ("人次", ""), ("人次数", "人次"), ("半人次", "人次"), ("万万", "")],
)
def test_a_word_is_none(word: str, measure: str) -> None:
    assert unit(word, measure) is None


@pytest.mark.parametrize(
    ("word", "measure", "times"),
    [
        ("平方米", "平方米", "1"),
        ("万平方米", "平方米", "10000"),
        ("公顷", "平方米", "10000"),
        ("平方公里", "平方米", "1000000"),
        ("元", "万元", "0.0001"),
        ("千元", "万元", "0.1"),
        ("亿元", "万元", "10000"),
        ("万", "万元", "1"),  # of money, 万 alone is 万元
        ("亿", "万元", "10000"),
        ("万", "户", "10000"),
        ("万", "万字", "1"),
        ("字", "万字", "0.0001"),
        ("家", "户", "1"),
        ("名", "人", "1"),
        ("场", "场次", "1"),
        ("个", "户", "1"),
        ("个", "万字", "0.0001"),
        ("篇", "", "1"),
        ("万", "", "10000"),
    ],
)
def test_how_much_of_the_field_s_own_a_unit_makes(word: str, measure: str, times: str) -> None:
    found = unit(word, measure)
    assert found is not None
    assert scale(found, measure) == Decimal(times)


@pytest.mark.parametrize(
    ("word", "measure"),
    [
        ("亩", "平方米"),
        ("人", "户"),
        ("户", "人"),
        ("美元", "万元"),
        ("%", ""),
        ("亩", ""),
        ("个", "平方米"),
        ("个", "万元"),
    ],
)
def test_what_is_of_another_kind_makes_nothing(word: str, measure: str) -> None:
    found = unit(word, measure)
    assert found is not None
    assert scale(found, measure) is None


@pytest.mark.parametrize(
    ("written", "measure", "times"),
    [
        ("万 平方米", "平方米", 10_000),
        ("㎡", "平方米", 1),
        ("亿元", "万元", 10_000),
        ("万元", "万元", 1),
        ("家", "户", 1),
        ("吨", "", 1),
        ("元", "万元", None),  # a part of the measure, no multiple
        ("亩", "平方米", None),
        ("吨", "户", None),
    ],
)
def test_an_indicator_s_unit_is_the_measure_or_a_multiple(written: str, measure: str, times: int | None) -> None:
    assert multiple(written, measure) == times


@pytest.mark.parametrize(
    ("word", "measure", "own"),
    [
        ("户", "户", True),
        ("家", "户", True),
        ("万", "户", True),
        ("万户", "户", True),
        ("千户", "户", False),
        ("个", "户", False),
        ("人", "户", False),
        ("m2", "平方米", True),
        ("万平方米", "平方米", True),
        ("公顷", "平方米", False),
        ("万元", "万元", True),
        ("万", "万元", True),
        ("元", "万元", False),
        ("亿元", "万元", False),
        ("亿", "万元", False),
        ("篇", "篇", True),
        ("万", "", True),
        ("百", "", False),
        ("户", "", False),
    ],
)
def test_a_cell_may_bear_the_field_s_own_unit_or_ten_thousand_of_it(word: str, measure: str, *, own: bool) -> None:
    found = unit(word, measure)
    assert found is not None
    assert is_own(found, measure) is own


def test_no_unit_at_all_is_not_the_field_s_own() -> None:
    assert not is_own(Unit("", 1), "户")


def test_the_units_that_a_header_may_bear_are_told() -> None:
    assert [units_of(measure) for measure in ("平方米", "万元", "户")] == [
        ("平方米", "万平方米"),
        ("万元", "元", "千元"),
        ("户",),
    ]
