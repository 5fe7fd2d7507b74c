"""Exact figures as people and scripts read them: rounded once, half up, and nothing reached that is not."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from mdj_plan.names import Words
from mdj_plan.plan.model import Indicator
from mdj_plan.reports.figures import honest_places, json_number, percent, shown, shown_fixed
from mdj_plan.reports.measures import divided, own_unit, places, unit_after, unit_of
from mdj_plan.rounding import Figure


@pytest.mark.parametrize(
    ("figure", "number"),
    [
        (None, None),
        (0, 0),
        (7, 7),
        (-7, -7),
        (Decimal(7), 7),  # whole, without a point
        (Decimal("7.00"), 7),
        (Decimal("7.5"), 7.5),
        (Fraction(1, 3), 0.3333),
        (Fraction(2, 3), 0.6667),
        (Decimal("0.00005"), 0.0001),  # half up
        (Decimal("-0.00005"), -0.0001),  # and away from zero
        (Decimal("0.000049"), 0),
        (Fraction(99999, 100000), 1),
        (Decimal("123456789012.34565"), 123456789012.3457),
    ],
)
def test_numbers_for_scripts(figure: Figure | None, number: float | None) -> None:
    found = json_number(figure)
    assert (found, type(found)) == (number, type(number))


@pytest.mark.parametrize(
    ("figure", "decimals", "text"),
    [
        (None, 1, "—"),
        (0, 1, "0"),
        (1234567, 0, "1,234,567"),
        (Decimal("1234.5"), 1, "1,234.5"),
        (Decimal("12.50"), 2, "12.5"),  # no zeros that say nothing
        (Decimal("12.00"), 2, "12"),
        (Decimal(100), 0, "100"),  # but those of the number itself stay
        (Decimal(1000), 2, "1,000"),
        (Decimal("0.05"), 1, "0.1"),
        (Decimal("0.04"), 1, "0"),
        (Decimal("-0.04"), 1, "0"),  # no minus before nothing
        (Decimal("-0.05"), 1, "−0.1"),
        (-1234, 0, "−1,234"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "−3"),
        (Fraction(1, 3), 4, "0.3333"),
    ],
)
def test_figures_for_people(figure: Figure | None, decimals: int, text: str) -> None:
    assert shown(figure, decimals) == text


@pytest.mark.parametrize(
    ("figure", "decimals", "text"),
    [
        (None, 1, "—"),
        (0, 1, "0.0"),
        (Decimal("-0.04"), 1, "0.0"),
        (Decimal("-12.25"), 1, "−12.3"),
        (Decimal("12.25"), 1, "12.3"),
        (1234, 2, "1,234.00"),
        (Fraction(-1, 3), 3, "−0.333"),
    ],
)
def test_figures_with_all_their_decimals(figure: Figure | None, decimals: int, text: str) -> None:
    assert shown_fixed(figure, decimals) == text


def test_what_stands_for_the_unknown_may_be_chosen() -> None:
    assert [shown(None, blank=""), percent(None, blank="未报"), shown_fixed(None, blank="?")] == ["", "未报", "?"]


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (None, "—"),
        (0, "0.0%"),
        (Fraction(1, 2), "50.0%"),
        (Fraction(1, 3), "33.3%"),
        (1, "100.0%"),
        (Decimal("1.234"), "123.4%"),  # unclamped
        (Fraction(-1, 4), "−25.0%"),
        (Fraction(9994, 10000), "99.9%"),
        (Fraction(9995, 10000), "99.95%"),  # one decimal would round it up to what is not reached
        (Fraction(99999, 100000), "99.999%"),
        (Fraction(999996, 1000000), "99.9996%"),
        (Fraction(100001, 100000), "100.0%"),  # above the target nothing is hidden
    ],
)
def test_below_a_hundred_nothing_shows_as_a_hundred(ratio: Figure | None, text: str) -> None:
    assert percent(ratio) == text


@pytest.mark.parametrize(
    ("percentage", "at_least", "decimals"),
    [("50", 1, 1), ("99.94", 1, 1), ("99.95", 1, 2), ("99.995", 1, 3), ("99.5", 0, 1), ("100", 0, 0), ("120", 1, 1)],
)
def test_as_many_decimals_as_honesty_takes(percentage: str, at_least: int, decimals: int) -> None:
    assert honest_places(Fraction(percentage), at_least) == decimals


def indicator(unit: str, english: str = "", *, whole: bool = True) -> Indicator:
    """A count, or a sum whose column nobody knows."""
    counted = {"count": "facilities"} if whole else {"sum": "something"}
    return Indicator(id="any", name=Words("任一"), unit=Words(unit, english), **counted)  # type: ignore[arg-type] # by name


@pytest.mark.parametrize(
    ("unit", "shown_in", "behind", "own", "by"),
    [
        ("㎡", ("万平方米", "10,000 m²"), "× 10,000 m²", ("平方米", "m²"), 10_000),
        ("平方米", ("万平方米", "10,000 m²"), "× 10,000 m²", ("平方米", "m²"), 10_000),
        ("m2", ("万平方米", "10,000 m²"), "× 10,000 m²", ("平方米", "m²"), 10_000),
        ("万平方米", ("万平方米", "10 000"), "10 000", ("万平方米", "10 000"), 1),  # the plan's own multiple stays
        ("家", ("家", "10 000"), "10 000", ("家", "10 000"), 1),
    ],
)
def test_areas_are_shown_in_ten_thousands(
    unit: str, shown_in: tuple[str, str], behind: str, own: tuple[str, str], by: int
) -> None:
    of = indicator(unit, "10 000")
    assert (unit_of(of), unit_after(of).en, own_unit(of), divided(of)) == (shown_in, behind, own, by)


@pytest.mark.parametrize(
    ("unit", "whole", "scale", "loose", "decimals"),
    [
        ("家", True, 50, False, 0),
        ("家", True, 50, True, 1),  # a schedule of whole things need not be whole
        ("万元", False, 50, False, 1),
        ("㎡", False, 100_000, False, 2),
        ("㎡", False, 99_999, False, 4),  # less than ten ten-thousands: down to the square metre
        ("㎡", True, 100_000, True, 2),
    ],
)
def test_decimals_by_what_is_measured(unit: str, whole: bool, scale: int, loose: bool, decimals: int) -> None:
    assert places(indicator(unit, whole=whole), scale, loose=loose) == decimals


def test_one_decimal_unless_told_otherwise() -> None:
    figure = Decimal("12.345")
    assert [shown(figure), shown_fixed(figure), percent(Decimal("0.12345"))] == ["12.3", "12.3", "12.3%"]
