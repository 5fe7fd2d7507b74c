"""Quarters and months: how they are written, ordered, counted and counted off."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdj_plan.period import Month, Period, span

PERIODS = st.builds(Period, st.integers(1, 9999), st.integers(1, 4))


@pytest.mark.parametrize(
    ("text", "year", "quarter"), [("2018Q2", 2018, 2), ("2018q4", 2018, 4), (" 2017Q1\n", 2017, 1)]
)
def test_a_period_is_read(text: str, year: int, quarter: int) -> None:
    assert Period.parse(text) == Period(year, quarter)


@pytest.mark.parametrize("text", ["2018Q0", "2018Q5", "2018 Q1", "18Q1", "2018", "2018Q12", "x2018Q1", ""])
def test_what_is_no_period_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a period; expected e\.g\. 2018Q2$"):
        Period.parse(text)


@pytest.mark.parametrize(("text", "month"), [("2018-01", (2018, 1)), ("2018-12", (2018, 12)), (" 2018-06 ", (2018, 6))])
def test_a_month_is_read(text: str, month: tuple[int, int]) -> None:
    assert Month.parse(text) == Month(*month)


@pytest.mark.parametrize("month", [Month(2018, 1), Month(2018, 12), Month(1, 1)])
def test_a_month_by_its_number(month: Month) -> None:
    assert Month.of(month.number) == month
    assert Month.of(Month(2018, 12).number + 1) == Month(2019, 1)


@pytest.mark.parametrize("text", ["2018-00", "2018-13", "2018-6", "2018/06", "2018-061", "201806", ""])
def test_what_is_no_month_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a month; expected e\.g\. 2018-06$"):
        Month.parse(text)


@pytest.mark.parametrize(
    ("period", "first", "last", "day"),
    [
        ("2018Q1", "2018-01", "2018-03", dt.date(2018, 3, 31)),
        ("2018Q2", "2018-04", "2018-06", dt.date(2018, 6, 30)),
        ("2018Q3", "2018-07", "2018-09", dt.date(2018, 9, 30)),
        ("2018Q4", "2018-10", "2018-12", dt.date(2018, 12, 31)),
    ],
)
def test_the_months_of_a_quarter(period: str, first: str, last: str, day: dt.date) -> None:
    found = Period.parse(period)
    assert (str(found.first_month), str(found.last_month), found.last_day) == (first, last, day)


def test_february_ends_as_the_calendar_says() -> None:
    assert [Month(year, 2).last_day.day for year in (2016, 2017, 2000, 1900)] == [29, 28, 29, 28]


@pytest.mark.parametrize(
    ("period", "quarters", "then"),
    [
        ("2018Q2", 0, "2018Q2"),
        ("2018Q4", 1, "2019Q1"),
        ("2018Q1", -1, "2017Q4"),
        ("2017Q1", 11, "2019Q4"),
        ("2019Q4", -11, "2017Q1"),
    ],
)
def test_so_many_quarters_later(period: str, quarters: int, then: str) -> None:
    assert str(Period.parse(period).shift(quarters)) == then


def test_differences_are_in_whole_quarters_and_months() -> None:
    assert Period(2019, 4).number - Period(2017, 1).number == 11
    assert Month(2019, 12).number - Month(2017, 1).number == 35
    assert Month(2018, 1).number - Month(2017, 12).number == 1
    assert (Month(1, 1).number, Period(1, 1).number) == (12, 4)  # since the year 0


def test_a_span_has_both_its_ends() -> None:
    assert [str(each) for each in span(Period(2017, 4), Period(2018, 2))] == ["2017Q4", "2018Q1", "2018Q2"]
    assert span(Period(2018, 2), Period(2018, 2)) == (Period(2018, 2),)
    assert span(Period(2018, 2), Period(2018, 1)) == ()


def test_years_before_1000_keep_their_four_digits() -> None:
    assert (str(Period(17, 1)), str(Month(17, 1))) == ("0017Q1", "0017-01")


@given(PERIODS)
def test_what_is_written_is_read_back(period: Period) -> None:
    assert Period.parse(str(period)) == period == Period.of(period.number)


@given(PERIODS, PERIODS)
def test_periods_are_in_the_order_of_time_however_they_are_compared(one: Period, other: Period) -> None:
    assert (one < other) == (one.number < other.number) == (str(one) < str(other)) == (one.last_day < other.last_day)
