"""What calamine is handed: rows that were looked at before, and nothing that costs it time."""

from __future__ import annotations

from mdj_plan.sheets.formats.calamine import Handed


def test_a_sheet_is_gone_through_once() -> None:
    # a second walk through it, for its merged ranges, would meet what closes nothing
    handed = Handed()
    handed.add(b'<row r="1"><c r="A1"><v>1</v></c></row></sheetData></nothing>')
    assert handed.read(b"", b"", since_1904=False) == [[[1.0]]]
