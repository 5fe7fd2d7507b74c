"""What calamine is handed: rows that were looked at before, and nothing that costs it time."""

from __future__ import annotations

import datetime as dt

import pytest

from mdj_plan.sheets.formats.calamine import Handed
from mdj_plan.sheets.formats.stored import Stored
from mdj_plan.sheets.formats.styles import Styles

ROW = b'<row r="1"><c r="A1"><v>1</v></c></row>'


def test_a_sheet_is_gone_through_once() -> None:
    # a second walk through it, for its merged ranges, would meet what closes nothing
    handed = Handed()
    handed.add(ROW + b"</sheetData></nothing>")
    assert handed.read(b"", b"", since_1904=False) == [[[1.0]]]


@pytest.mark.parametrize(("since_1904", "day"), [(False, dt.date(2017, 7, 1)), (True, dt.date(2021, 7, 2))])
def test_days_count_from_the_workbook_s_own_first(since_1904: bool, day: dt.date) -> None:
    handed = Handed()
    handed.add(b'<row r="1"><c r="A1" s="0"><v>42917</v></c></row>')
    assert handed.read(b"", Styles(("moment",)).written(), since_1904=since_1904) == [[[day]]]


def test_what_was_read_is_not_read_again() -> None:
    handed = Handed()
    handed.add(ROW)
    handed.read(b"", b"", since_1904=False)
    assert handed.read(b"", b"", since_1904=False) == []


def test_a_package_that_begins_with_another_s_parts_leaves_that_one_as_it_is() -> None:
    first = Stored()
    first.add("a", b"1")
    before = first.done()
    second = Stored(first)
    second.add("b", b"2")
    assert first.done() == before
    assert second.done() != before
