"""Dates as clerks write them (domain 8): read exactly, or objected to with what is the matter."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdj_plan.sheets.cells import Cell
from mdj_plan.sheets.values.dates import date, later
from mdj_plan.sheets.values.reading import BLANK, Reading


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2017-03-31", (2017, 3, 31)),
        ("2017/3/31", (2017, 3, 31)),
        ("2017.3.31", (2017, 3, 31)),
        ("2017年3月31日", (2017, 3, 31)),
        ("2017年3月31号", (2017, 3, 31)),
        ("2017 年 3 月 31 日", (2017, 3, 31)),
        ("２０１７－０３－３１", (2017, 3, 31)),
        ("2017—3—31", (2017, 3, 31)),
        ("20170331", (2017, 3, 31)),
        (20170331.0, (2017, 3, 31)),
        ("2017-03-31 00:00:00", (2017, 3, 31)),
        ("2017-03-31T08:30", (2017, 3, 31)),
        ("2017.3", (2017, 3, 1)),
        (2017.3, (2017, 3, 1)),
        ("2017年3月", (2017, 3, 1)),
        (43101.0, (2018, 1, 1)),
        ("43101", (2018, 1, 1)),
        ("43101.0", (2018, 1, 1)),
        (dt.date(2017, 3, 31), (2017, 3, 31)),
        (dt.datetime.fromisoformat("2017-03-31 23:59"), (2017, 3, 31)),
        ("2016-02-29", (2016, 2, 29)),
    ],
)
def test_read(typed: Cell, day: tuple[int, int, int]) -> None:
    assert date(typed) == Reading(dt.date(*day))


@pytest.mark.parametrize(
    ("typed", "variant"),
    [
        ("2017-02-29", "impossible"),
        ("2017年13月1日", "impossible"),
        ("20170332", "impossible"),
        ("1850-01-01", "impossible"),
        (dt.date(1850, 1, 1), "impossible"),
        ("2017", "incomplete"),
        ("2017年", "incomplete"),
        ("201703", "incomplete"),
        ("15.3.1", "short-year"),
        ("15年3月", "short-year"),
        (2017.1, "ambiguous"),
        ("2017-3.31", ""),
        ("三月", ""),
        ("待定", ""),
        (12.0, ""),
        (dt.time(8, 30), ""),
    ],
)
def test_objected_to(typed: Cell, variant: str) -> None:
    found = date(typed)
    assert (found.value, found.code, found.variant) == (None, "V107", variant)


@pytest.mark.parametrize("typed", [None, "", " ", "无", "暂无", "—", "/"])
def test_blank(typed: Cell) -> None:
    assert date(typed) is BLANK


def test_only_days_after_the_cut_off_are_later() -> None:
    days: dict[Cell, dt.date | None] = {"a": dt.date(2018, 6, 30), "b": dt.date(2018, 7, 1), "c": None}
    assert later(days, days, dt.date(2018, 6, 30)) == {
        "b": Reading(None, "V107", "after-cutoff", (("cutoff", "2018-06-30"),))
    }


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_reads_back_in_every_form(day: dt.date) -> None:
    forms = [
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
    ]
    assert [date(form).value for form in forms] == [day] * len(forms)
