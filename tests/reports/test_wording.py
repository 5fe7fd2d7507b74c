"""Periods, days, clauses and lists as a circular writes them, in both languages."""

from __future__ import annotations

import datetime as dt

import pytest

from mdj_plan.period import Month, Period
from mdj_plan.reports.wording import day, day_of_year, listed, month, quarter, source, with_quarters


@pytest.mark.parametrize(
    ("number", "zh"),
    [(1, "2018年第一季度"), (2, "2018年第二季度"), (3, "2018年第三季度"), (4, "2018年第四季度")],
)
def test_a_quarter(number: int, zh: str) -> None:
    period = Period(2018, number)
    assert (quarter(period, "zh"), quarter(period, "en")) == (zh, f"2018Q{number}")


@pytest.mark.parametrize(
    ("date", "zh", "short", "en", "short_en"),
    [
        (dt.date(2018, 1, 1), "2018年1月1日", "1月1日", "1 January 2018", "1 January"),
        (dt.date(2018, 10, 15), "2018年10月15日", "10月15日", "15 October 2018", "15 October"),
        (dt.date(2020, 12, 31), "2020年12月31日", "12月31日", "31 December 2020", "31 December"),
    ],
)
def test_a_day(date: dt.date, zh: str, short: str, en: str, short_en: str) -> None:
    assert [day(date, "zh"), day_of_year(date, "zh"), day(date, "en"), day_of_year(date, "en")] == [
        zh,
        short,
        en,
        short_en,
    ]


def test_a_month() -> None:
    assert [month(Month(2018, 9), "zh"), month(Month(2018, 9), "en")] == ["2018年9月", "September 2018"]
    assert [month(Month(2018, 1), "en"), month(Month(2018, 12), "en")] == ["January 2018", "December 2018"]


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("沿用 2018Q2 的数字", "沿用 2018年第二季度的数字"),
        ("2017Q4", "2017年第四季度"),
        ("2017Q4 has", "2017年第四季度 has"),  # a Latin word keeps its distance
        ("2018Q1-2018Q2", "2018年第一季度-2018年第二季度"),
        ("示例2018Q5", "示例2018Q5"),  # there is no fifth
        ("A2018Q1", "A2018Q1"),  # part of another word
        ("12018Q1", "12018Q1"),
        ("2018Q12", "2018Q12"),
        ("1918Q1", "1918Q1"),
    ],
)
def test_quarters_within_a_text(text: str, zh: str) -> None:
    assert with_quarters(text, "zh") == zh
    assert with_quarters(text, "en") == text


@pytest.mark.parametrize(
    ("clause", "zh", "en"),
    [
        ("三", "通知三", "notice 三"),
        ("四(三)5", "通知四(三)5", "notice 四(三)5"),
        ("（二）", "通知（二）", "notice （二）"),
        ("(二)", "通知(二)", "notice (二)"),
        ("第三条", "通知第三条", "notice 第三条"),
        ("5", "通知5", "notice 5"),
        ("市政府常务会议纪要〔2018〕3号", "市政府常务会议纪要〔2018〕3号", "市政府常务会议纪要〔2018〕3号"),
        ("", "", ""),
    ],
)
def test_a_clause_of_the_notice_and_another_document(clause: str, zh: str, en: str) -> None:
    words = source(clause)
    assert (words.in_language("zh"), words.in_language("en")) == (zh, en)


def test_names_in_a_row() -> None:
    assert [listed([], "zh"), listed(["甲"], "zh"), listed(["甲", "乙"], "zh")] == ["", "甲", "甲、乙"]
    assert listed(iter(["East", "West"]), "en") == "East, West"
