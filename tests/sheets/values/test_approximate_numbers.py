"""Figures that are not exact: objected to, and a likely figure offered only where nobody can doubt it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mdj_plan.sheets.values.numbers import number


def judged(typed: str, measure: str, factor: int = 1) -> tuple[str, str]:
    """The code, and the likely figure that the hint offers."""
    reading = number(typed, measure=measure, whole=measure == "户", factor=Decimal(factor))
    return reading.code, str(dict(reading.args).get("likely", ""))


def ends(typed: str, measure: str, factor: int = 1) -> tuple[str, str, str]:
    """The code, and both ends of a range as the hint names them."""
    reading = number(typed, measure=measure, whole=measure == "户", factor=Decimal(factor))
    args = dict(reading.args)
    return reading.code, str(args.get("low", "")), str(args.get("high", ""))


@pytest.mark.parametrize(
    ("typed", "measure", "low", "high"),
    [
        ("3-5", "户", "3", "5"),
        ("3户-5户", "户", "3", "5"),
        ("1.2万-1.5万", "户", "12000", "15000"),
        ("1.2-1.5万", "户", "12000", "15000"),
        ("3-5万", "户", "30000", "50000"),
        ("3000-1万", "户", "", ""),
        ("3000户至1万户", "户", "3000", "10000"),
        ("约3-5百", "户", "300", "500"),
        ("3-5天", "户", "", ""),
        ("约1.2-1.5万平方米", "平方米", "12000", "15000"),
        ("3000-5000㎡", "平方米", "3000", "5000"),
        ("3000㎡-5000㎡", "平方米", "3000", "5000"),
        ("3000m2-5000m2", "平方米", "3000", "5000"),
        ("1.2~1.5万㎡", "平方米", "12000", "15000"),
    ],
)
def test_a_range_offers_neither_end_but_names_both(typed: str, measure: str, low: str, high: str) -> None:
    assert ends(typed, measure) == ("V103", low, high)
    assert judged(typed, measure) == ("V103", "")


@pytest.mark.parametrize("typed", ["3-3", "5-3", "5-3天", "3-1e15"])
def test_what_does_not_rise_or_ends_nowhere_is_no_range(typed: str) -> None:
    assert ends(typed, "户") == ("V102", "", "")


def test_an_area_about_so_large() -> None:
    assert judged("约3000m²", "平方米") == ("V103", "3000")


def test_under_a_header_in_ten_thousands_the_figure_offered_is_in_the_headers_unit() -> None:
    assert judged("约1.2", "平方米", 10_000) == ("V103", "1.2")
    assert judged("约12000平方米", "平方米", 10_000) == ("V103", "1.2")
    assert ends("1.2-1.5万平方米", "平方米", 10_000) == ("V103", "1.2", "1.5")
    assert ends("12000-15000平方米", "平方米", 10_000) == ("V103", "1.2", "1.5")


@pytest.mark.parametrize(
    "typed",
    [
        *("七八户", "三五家", "一两户", "两三百", "二三十", "五六百", "二十七八", "一千二三百户", "约七八户", "百八十"),
        *("若干", "若干户", "几户", "几十户", "多户", "4、5户", "4、5", "50±5"),
    ],
)
def test_an_approximate_numeral_offers_no_figure(typed: str) -> None:
    assert judged(typed, "户") == ("V103", "")


@pytest.mark.parametrize(("typed", "likely"), [("过百", "100"), ("超过百户", "100"), ("十余户", "10"), ("近百", "100")])
def test_about_a_round_number(typed: str, likely: str) -> None:
    assert judged(typed, "户") == ("V103", likely)


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("十二", "12"),
        ("一千二百", "1200"),
        ("二〇一七", "2017"),
        ("二〇", "20"),
        ("十二户", "12"),
        ("六百二", "620"),
        ("六百零二", "602"),
        ("三万五", "35000"),
        ("拾贰", "12"),
        ("二百五", "250"),
        ("贰佰伍", "250"),
        ("三千五", "3500"),
        ("叁仟伍", "3500"),
        ("一亿二", "120000000"),
        ("一万二千", "12000"),
        ("一千零五", "1005"),
        ("伍仟零伍拾", "5050"),
        ("一百一十", "110"),
    ],
)
def test_an_exact_numeral_is_no_number_but_says_which(typed: str, likely: str) -> None:
    assert judged(typed, "户") == ("V102", likely)


@pytest.mark.parametrize("typed", ["5-3", "1,23", "1/2", "待核实", "3+2", "户数"])
def test_what_is_no_number_at_all(typed: str) -> None:
    assert judged(typed, "户") == ("V102", "")


@pytest.mark.parametrize("typed", ["12。", "12、", "'12", "“12”", "12;", "：12"])
def test_a_mark_that_slipped_in_is_no_part_of_the_likely_figure(typed: str) -> None:
    assert judged(typed, "户") == ("V102", "12")


@pytest.mark.parametrize("typed", ["12.3.4", "1,2", "1、2", "3：4"])
def test_a_mark_between_figures_may_mean_anything(typed: str) -> None:
    assert judged(typed, "户")[1] == ""
