"""Figures rounded once, half up, and written without exponent or trailing zeros."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdj_plan.rounding import PUBLISHED, Figure, plain, rounded


@pytest.mark.parametrize(
    ("figure", "places", "expected"),
    [
        (3, 2, "3.00"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-2.5"), 0, "-3"),
        (Decimal("2.4999"), 0, "2"),
        (Decimal("0.00005"), PUBLISHED, "0.0001"),
        (Decimal("0.000049999"), PUBLISHED, "0.0000"),
        (Fraction(1, 3), PUBLISHED, "0.3333"),
        (Fraction(2, 3), PUBLISHED, "0.6667"),
        (Fraction(1, 20000), PUBLISHED, "0.0001"),  # a tie: 0.00005
        (Fraction(-1, 8), 2, "-0.13"),
        (Decimal(15), -1, "20"),
        (Decimal("123456789012345678901234567890.15"), 1, "123456789012345678901234567890.2"),
    ],
)
def test_a_tie_goes_away_from_zero(figure: Figure, places: int, expected: str) -> None:
    assert plain(rounded(figure, places)) == plain(Decimal(expected))


@given(st.fractions(-(10**9), 10**9), st.integers(0, 6))
def test_what_is_rounded_is_off_by_half_of_the_last_place_at_most(figure: Fraction, places: int) -> None:
    found = rounded(figure, places)
    assert abs(Fraction(found) - figure) <= Fraction(1, 2 * 10**places)
    assert rounded(found, places) == found == -rounded(-figure, places)


@pytest.mark.parametrize(
    ("value", "digits"),
    [("1E+3", "1000"), ("1.500", "1.5"), ("100", "100"), ("100.0", "100"), ("0.00", "0"), ("1E-7", "0.0000001")],
)
def test_a_figure_in_digits(value: str, digits: str) -> None:
    assert plain(Decimal(value)) == digits
