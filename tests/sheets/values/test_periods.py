"""Periods as clerks write them (domain 8): one quarter, or what keeps a cell from naming one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdj_plan.period import Period
from mdj_plan.sheets.values.periods import Quarter, find_period, find_year, period, unclear


def written(found: Period | Quarter | None) -> str:
    """``2017Q1``, ``Q1`` where no year is named, ``-`` for none."""
    return "-" if found is None else f"Q{found.quarter}" if isinstance(found, Quarter) else str(found)


@pytest.mark.parametrize(
    ("typed", "quarter"),
    [
        ("2017Q1", "2017Q1"),
        ("2017q4", "2017Q4"),
        ("2017-Q3", "2017Q3"),
        ("2017年Q2", "2017Q2"),
        ("２０１７年第１季度", "2017Q1"),
        ("2017年第一季度", "2017Q1"),
        ("2017年度第四季度", "2017Q4"),
        ("2017 年 3 季度", "2017Q3"),
        ("二〇一七年第二季度", "2017Q2"),
        ("二○一七年二季度", "2017Q2"),
        ("2017年1-3月", "2017Q1"),
        ("2017年1月至3月份", "2017Q1"),
        ("2017年04月—06月", "2017Q2"),
        ("2017年7～9月", "2017Q3"),
        ("2017年10月-2017年12月", "2017Q4"),
        ("2017年十月至十二月", "2017Q4"),
        ("2017年1月1日-3月31日", "2017Q1"),
        ("2017年4月1日至2017年6月30日", "2017Q2"),
        ("2017.07.01-2017.09.30", "2017Q3"),
        ("2017年第四季度（10-12月）", "2017Q4"),
        ("2017年第三季度季报", "2017Q3"),
        ("第三季度", "Q3"),
        ("三季度", "Q3"),
        ("Q3", "Q3"),
        ("7-9月", "Q3"),
    ],
)
def test_a_cell_names_a_quarter(typed: str, quarter: str) -> None:
    assert written(period(typed)) == quarter


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "待定",
            "2017",
            "2017年",
            "2017年3月",
            "2017年上半年",
            "2017年全年",
            "2017年1-6月",
            "2017年1-4月",
            "2017年2-4月",
        ),
        *(
            "前三季度",
            "2017年前三季度",
            "第一、二季度",
            "一至三季度",
            "1-2季度",
            "两个季度",
            "2017年第五季度",
            "2017Q5",
            "2017Q12",
        ),
        *(
            "17年一季度",
            "2017年一季度和2018年一季度",
            "2017年第一季度汇总",
            "2017年4月1日-6月29日",
            "2017年第一季度第二季度",
        ),
    ],
)
def test_what_names_no_single_quarter_is_not_guessed(typed: str) -> None:
    assert period(typed) is None


def test_a_year_from_elsewhere_stands_in_where_none_is_named() -> None:
    assert period("三季度", year=2018) == Period(2018, 3)
    assert period("2017年三季度", year=2018) == Period(2017, 3)


@pytest.mark.parametrize(
    ("typed", "variant", "quarter"),
    [
        ("2018年6月", "month", "2018Q2"),
        ("2018年1月份", "month", "2018Q1"),
        ("2018年10月", "month", "2018Q4"),
        ("2018-12", "month", "2018Q4"),
        ("2018.06", "month", "2018Q2"),
        ("2018.3", "unreadable", "-"),  # March, or the third quarter
        ("1-6月", "several", "-"),
        ("2018年上半年", "several", "-"),
        ("2018年", "several", "-"),
        ("2018年度", "several", "-"),
        ("2018年2-4月", "several", "-"),
        ("2108年第二季度", "far", "-"),
        ("20018年第二季度", "far", "-"),
        ("2108年", "unreadable", "-"),
        ("待定", "unreadable", "-"),
    ],
)
def test_what_keeps_a_cell_from_naming_one(typed: str, variant: str, quarter: str) -> None:
    found, lies_in = unclear(typed)
    assert (found, written(lies_in)) == (variant, quarter)


@pytest.mark.parametrize(
    ("title", "quarter"),
    [
        ("东安区2017年第一季度科技企业孵化器统计表", "2017Q1"),
        ("东安区_2017Q1.v2.xlsx", "2017Q1"),
        ("统计表（1-3月）2017", "2017Q1"),
        ("2017年统计表（一季度）", "2017Q1"),
        ("牡政办发〔2016〕50号 2017年一季度", "2017Q1"),
        ("牡政办发〔2016〕50号 一季度", "Q1"),
        ("2016-2017年统计表 一季度", "2017Q1"),
        ("2016年和2017年统计表 一季度", "Q1"),
        ("2017年第一季度、2017年1-3月", "2017Q1"),
        ("2017年一季度与2018年一季度对比", "-"),
        ("2017年一季度比四季度", "-"),
        ("统计表2017", "-"),
        ("A1季", "Q1"),
        ("SQ1", "-"),
    ],
)
def test_a_title_or_a_name_mentions_one(title: str, quarter: str) -> None:
    assert written(find_period(title)) == quarter


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2017", 2017),
        ("东安区2017", 2017),
        ("2017年统计表", 2017),
        ("1998年设立，2017年报", None),
        ("2016-2017", None),
        ("2016、2017年", 2017),
        ("〔2016〕50号", None),
        ("(2016)", None),
        ("2016号", None),
        ("第2016", None),
        ("20170331", None),
        ("12017", None),
        ("1899", None),
        ("二〇一七年", 2017),
        ("", None),
    ],
)
def test_the_one_year_of_a_text(text: str, year: int | None) -> None:
    assert find_year(text) == year


@given(st.integers(1900, 2099), st.integers(1, 4))
def test_every_quarter_reads_back_in_every_form(year: int, quarter: int) -> None:
    first, last, han = quarter * 3 - 2, quarter * 3, "一二三四"[quarter - 1]
    forms = (f"{year}Q{quarter}", f"{year}年第{han}季度", f"{year}年{quarter}季度", f"{year}年{first}-{last}月")
    assert {period(form) for form in forms} == {Period(year, quarter)}
    assert {find_period(f"某区{form}报表") for form in forms} == {Period(year, quarter)}


@given(st.text(st.sampled_from("0123456789年季度月日第一二三四Qq-~至.、上半前 ")))
def test_whatever_a_cell_says_a_title_that_says_it_says_the_same_or_less(typed: str) -> None:
    found = period(typed)
    assert found is None or find_period(typed) == found
