"""Figures read exactly, with the note where something was read through, and what is no figure (contract 1, Values)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdj_plan.sheets.cells import Cell
from mdj_plan.sheets.values.numbers import number
from mdj_plan.sheets.values.reading import BLANK, Reading

WHOLE = st.integers(0, 10**15 - 1)


def read(typed: Cell, measure: str = "户", factor: int = 1) -> Reading:
    return number(typed, measure=measure, whole=measure in {"户", "人"}, factor=Decimal(factor))


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", 12),
        (" 12\u3000", 12),
        ("１２", 12),
        ("1\xa0200", 1200),
        ("1,200", 1200),
        ("1，200", 1200),
        ("12,345,678", 12_345_678),
        ("12.", 12),
        ("12.00", 12),
        ("1.2e3", 1200),
        ("+5", 5),
        ("0", 0),
        ("000", 0),
        (12.0, 12),
        (0.0, 0),
        (999_999_999_999_999.0, 999_999_999_999_999),
    ],
)
def test_a_whole_figure(typed: Cell, value: int) -> None:
    found = read(typed)
    assert found == Reading(value)
    assert type(found.value) is int


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1200.50", "1200.5"),
        (".5", "0.5"),
        (0.1 + 0.2, "0.3"),  # as a spreadsheet keeps it
        (1200.0, "1200"),
        ("0.00", "0"),
        ("1e-3", "0.001"),
        ("0.30000000000000004", "0.30000000000000004"),  # as it is typed
    ],
)
def test_a_figure_with_a_point(typed: Cell, value: str) -> None:
    found = read(typed, "平方米")
    assert (str(found.value), found.code) == (value, "")


@pytest.mark.parametrize("typed", ["-0", "-0.0", -0.0])
@pytest.mark.parametrize("measure", ["户", "平方米"])
def test_nought_has_no_sign(typed: Cell, measure: str) -> None:
    assert str(read(typed, measure).value) == "0"


@pytest.mark.parametrize(
    ("typed", "measure", "value"),
    [
        ("12家", "户", "12"),
        ("12 户", "户", "12"),
        ("1.2万", "户", "12000"),
        ("1.2 万户", "户", "12000"),
        ("1,200㎡", "平方米", "1200"),
        ("1200m²", "平方米", "1200"),
        ("1200 M2", "平方米", "1200"),
        ("0.12万平方米", "平方米", "1200"),
        ("50万元", "万元", "50"),
        ("50万", "万元", "50"),
        ("12名", "人", "12"),
    ],
)
def test_the_field_s_own_unit_and_ten_thousand_of_it_are_read_through_and_said(
    typed: str, measure: str, value: str
) -> None:
    found = read(typed, measure)
    assert (str(found.value), found.code, found.args) == (value, "V118", (("read", value),))


@pytest.mark.parametrize(
    ("typed", "value", "code"),
    [
        ("1.8", "18000", ""),
        (1.8, "18000", ""),
        ("1.8万", "18000", "V118"),
        ("1.8万平方米", "18000", "V118"),
        ("18000平方米", "18000", "V118"),  # the unit in the cell wins over the header's
        ("0", "0", ""),
    ],
)
def test_under_a_header_in_ten_thousand_square_metres(typed: Cell, value: str, code: str) -> None:
    found = read(typed, "平方米", 10_000)
    assert (str(found.value), found.code) == (value, code)


def test_a_cell_may_repeat_the_header_s_unit_where_alone_it_would_be_another() -> None:
    assert read("5公顷", "平方米", 10_000)[:2] == (Decimal(50_000), "V118")
    assert read("5公顷", "平方米")[:2] == (None, "V102")


@pytest.mark.parametrize(
    ("typed", "measure", "code", "variant"),
    [
        ("-5", "户", "V104", ""),
        ("负5", "户", "V104", ""),
        ("\u22125户", "户", "V104", ""),
        (-0.5, "平方米", "V104", ""),
        ("5.5", "户", "V105", ""),
        (5.5, "户", "V105", ""),
        ("0.00015万户", "户", "V105", ""),
        ("5.5", "平方米", "", ""),
        (1e15, "平方米", "V102", "out-of-range"),
        ("1e15", "户", "V102", "out-of-range"),
        ("1e-21", "平方米", "V102", "out-of-range"),
        ("1e-20", "平方米", "", ""),
        (f"0.{'0' * 30}", "平方米", "", ""),  # nought, however finely written
        ("-500000元", "万元", "V102", ""),
        ("1e15元", "万元", "V102", ""),
        ("12人", "户", "V102", ""),
        ("500亩", "平方米", "V102", ""),
        ("(3)", "户", "V102", ""),
        ("=A1+B1", "户", "V109", ""),
        ("2017年3月", "户", "V102", "date"),
        ("2017-03-31", "户", "V102", "date"),
        (dt.date(2017, 3, 31), "户", "V102", "date"),
        (dt.timedelta(hours=3), "户", "V102", "date"),
        (True, "户", "V102", ""),
        (float("nan"), "平方米", "V102", ""),
        (float("inf"), "平方米", "V102", ""),
        ("待核实", "户", "V102", ""),
        ("20¹", "户", "V102", "likely"),
        ("20①", "户", "V102", "likely"),
        ("5²", "平方米", "V102", "likely"),
    ],
)
def test_objected_to(typed: Cell, measure: str, code: str, variant: str) -> None:
    found = read(typed, measure)
    assert (found.code, found.variant) == (code, variant)
    assert (found.value is None) == bool(code)


@pytest.mark.parametrize(
    ("typed", "measure", "likely"),
    [
        ("500000元", "万元", "50"),
        ("0元", "万元", "0"),
        ("1.2亿元", "万元", "12000"),
        ("12千户", "户", "12000"),
        ("12个", "户", "12"),
        ("20①", "户", "20"),
        ("20家*", "户", "20"),
    ],
)
def test_what_is_likely_is_offered_and_not_taken(typed: str, measure: str, likely: str) -> None:
    found = read(typed, measure)
    assert (found.value, found.code, found.variant, found.args) == (None, "V102", "likely", (("likely", likely),))


@pytest.mark.parametrize("typed", [None, "", " ", "无", "暂无", " 暂 无 ", "—", "－", "--", "/", "／", "\u200b"])
def test_what_is_blank_is_not_nought(typed: Cell) -> None:
    assert read(typed) is BLANK


@pytest.mark.parametrize("typed", ["0", 0, "〇", "无人", "/1"])
def test_what_is_not_blank(typed: Cell) -> None:
    assert read(typed) is not BLANK


@given(WHOLE)
def test_every_whole_figure_reads_back_in_every_form(figure: int) -> None:
    for form in (str(figure), f"{figure:,}", f"{figure:,}".replace(",", " "), f" {figure}.00 ", figure):
        assert read(form) == Reading(figure)
    assert read(f"{figure}户").value == figure


@given(st.decimals(0, 10**9, allow_nan=False, places=4))
def test_every_figure_reads_back_exactly_and_in_the_header_s_unit(figure: Decimal) -> None:
    assert read(str(figure), "平方米").value == figure
    assert read(f"{figure:,}", "平方米", 10_000).value == figure * 10_000
    assert read(f"{figure}万", "平方米").value == figure * 10_000


@given(st.text(st.sampled_from("0123456789.,-+~约余多万家户㎡ 一二十百千①²()（）/年月")))
def test_whatever_is_typed_there_is_a_figure_or_an_objection_and_never_both(typed: str) -> None:
    found = read(typed)
    assert found is BLANK or (found.value is None) == (found.code not in {"", "V118"})
    assert found.value is None or found.value >= 0
