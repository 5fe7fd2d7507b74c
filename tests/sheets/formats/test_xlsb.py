"""Binary workbooks, made record by record, and held against what calamine reads of them."""

from __future__ import annotations

import datetime as dt
import io
import struct
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from mdj_plan.sheets.cells import Range, Sheet
from mdj_plan.sheets.formats.content import read_bytes
from tests.sheets.formats.packages import PACKAGE, REL, zipped


def record(code: int, body: bytes = b"") -> bytes:
    """One record: its number and its length in bytes of seven bits, then the body."""
    out = bytearray()
    for number in (code, len(body)):
        rest = number
        while rest > 0x7F:
            out.append(rest & 0x7F | 0x80)
            rest >>= 7
        out.append(rest)
    return bytes(out) + body


def text(words: str) -> bytes:
    return struct.pack("<I", len(words.encode("utf-16-le")) // 2) + words.encode("utf-16-le")


def row(number: int, *cells: bytes, hidden: bool = False, height: int = 300) -> bytes:
    head = struct.pack("<IIHBBBI", number, 0, height, 0, 16 * hidden, 0, 0)
    return record(0, head) + b"".join(cells)


def cell(code: int, column: int, body: bytes, style: int = 0) -> bytes:
    return record(code, struct.pack("<II", column, style) + body)


def number(column: int, value: float, style: int = 0) -> bytes:
    return cell(5, column, struct.pack("<d", value), style)


def string(column: int, words: str) -> bytes:
    return cell(6, column, text(words))


def sheet(*rows: bytes, before: bytes = b"", after: bytes = b"", last: tuple[int, int] = (1, 2)) -> bytes:
    extent = record(148, struct.pack("<IIII", 0, last[0], 0, last[1]))
    return record(129) + extent + before + record(145) + b"".join(rows) + record(146) + after + record(130)


FONTS = record(43, struct.pack("<HHHHBBBB", 200, 0, 400, 0, 0, 0, 0, 0)) + b"".join(
    record(43, struct.pack("<HHHHBBBB", 200, flags, 400, shift, 0, 0, 0, 0)) for flags, shift in ((8, 0), (0, 1))
)
"""Font 1 is struck through, font 2 raised."""
STYLES = (
    record(278)
    + record(615, struct.pack("<I", 1))
    + record(44, struct.pack("<H", 164) + text('yyyy"年"m"月"'))
    + record(616)
    + FONTS
    + record(617, struct.pack("<I", 4))
    + b"".join(
        record(47, struct.pack("<HHHHHBBHH", 0, form, font, 0, 0, 0, 0, 0, 0))
        for form, font in ((0, 0), (14, 0), (164, 0), (0, 1))
    )
    + record(618)
    + record(279)
)
"""Cell styles: 0 plain, 1 and 2 days, 3 struck through."""


def book(
    *sheets: tuple[str, int, str, bytes],
    strings: bytes = b"",
    since_1904: bool = False,
    kept: bool = False,
    state: int = 0,
) -> bytes:
    """A workbook of sheets: name, number of its part, kind, records; in the order of the tabs."""
    listed = b"".join(
        record(156, struct.pack("<II", state, n) + text(f"rId{n}") + text(name))
        for n, (name, *_) in enumerate(sheets, 1)
    )
    targets = "".join(
        f'<Relationship Id="rId{n}" Type="{REL}/{kind}" Target="worksheets/sheet{part}.bin"/>'
        for n, (_, part, kind, _) in enumerate(sheets, 1)
    )
    calculation = record(157, struct.pack("<IIIdIH", 0, 0, 0, 0, 0, kept))
    properties = record(153, struct.pack("<III", since_1904, 0, 0))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{REL}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/workbook.bin": record(131) + properties + record(143) + listed + record(144) + calculation + record(132),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{targets}</Relationships>',
        "xl/styles.bin": STYLES,
        **{f"xl/worksheets/sheet{part}.bin": records for _, part, _, records in sheets},
    }
    if strings:
        parts["xl/sharedStrings.bin"] = record(159, struct.pack("<II", 2, 2)) + strings + record(160)
    return zipped(parts)


def only(*rows: bytes, before: bytes = b"", after: bytes = b"", **options: Any) -> Sheet:
    read = read_bytes(book(("季报", 1, "worksheet", sheet(*rows, before=before, after=after)), **options), "a.xlsb")
    assert read.faults == ()
    (found,) = read.sheets
    return found


def test_values_and_errors() -> None:
    found = only(row(0, string(0, "载体名称"), number(1, 12.5)), row(1, string(0, "示例"), cell(3, 1, b"\x07")))
    assert found.name == "季报"
    assert [list(line) for line in found.rows] == [["载体名称", 12.5], ["示例", None]]
    assert found.flaws == {(1, 1): "#DIV/0!"}


@pytest.mark.parametrize(
    ("code", "body", "value"),
    [
        (2, struct.pack("<I", 7 << 2 | 2), 7),
        (2, struct.pack("<I", 1250 << 2 | 3), 12.5),
        (2, struct.pack("<I", (-7 << 2 & 0xFFFFFFFF) | 2), -7),
        (2, struct.pack("<d", 1.5)[4:], 1.5),
        (4, b"\1", "TRUE"),
        (7, struct.pack("<I", 1), "乙"),
        (8, text("甲") + b"\0\0", "甲"),
        (9, struct.pack("<d", 0) + b"\0\0", 0),
        (10, b"\0\0\0", "FALSE"),
        (62, b"\0" + text("丙"), "丙"),
    ],
)
def test_each_kind_of_cell(code: int, body: bytes, value: object) -> None:
    strings = record(19, b"\0" + text("甲")) + record(19, b"\0" + text("乙"))
    assert [list(line) for line in only(row(0, cell(code, 0, body)), strings=strings).rows] == [[value]]


def noon(*day: int) -> dt.datetime:
    return dt.datetime.combine(dt.date(*day), dt.time(12))


def test_days_count_from_1900_or_1904() -> None:
    cells = row(0, number(0, 43281, 1), number(1, 43281.5, 2), number(2, 43281))
    assert list(only(cells).rows[0]) == [dt.date(2018, 6, 30), noon(2018, 6, 30), 43281]
    found = only(cells, since_1904=True)
    assert list(found.rows[0]) == [dt.date(2022, 7, 1), noon(2022, 7, 1), 43281]
    assert found.since_1904


def test_a_zero_kept_for_every_formula_is_no_result() -> None:
    zero = row(0, cell(9, 0, struct.pack("<d", 0) + b"\0\0"), number(1, 0))
    found = only(zero, kept=True)
    assert (list(found.rows[0]), found.flaws) == ([None, 0], {(0, 0): "="})


def test_what_is_hidden_merged_and_struck_through() -> None:
    found = only(
        row(0, number(0, 1), number(1, 2, 3)),
        row(1, number(0, 3), hidden=True),
        before=record(60, struct.pack("<IIIIH", 2, 3, 2000, 0, 1)),
        after=record(176, struct.pack("<IIII", 0, 1, 0, 0)),
    )
    assert (found.hidden_rows, found.hidden_columns, found.struck) == ({1}, {2, 3}, {(0, 1)})
    assert found.merged == (Range(0, 0, 1, 0),)
    assert {place: covered.text for place, covered in found.beneath.items()} == {(1, 0): "3"}


def test_what_has_no_size_is_hidden() -> None:
    columns = (record(60, struct.pack("<IIIIH", at, at, width, 0, 0)) for at, width in ((2, 2000), (3, 0)))
    found = only(row(0, number(0, 1)), row(1, number(0, 2), height=0), before=b"".join(columns))
    assert (found.hidden_rows, found.hidden_columns) == ({1}, {3})


def test_runs_of_a_shared_string() -> None:
    runs = struct.pack("<I", 1) + struct.pack("<HH", 2, 2)
    strings = record(19, b"\1" + text("201") + runs)
    found = only(row(0, cell(7, 0, struct.pack("<I", 0)), cell(7, 1, struct.pack("<I", 5))), strings=strings)
    assert (list(found.rows[0]), found.flaws) == (["20¹", None], {(0, 1): "#REF!"})


def test_sheets_go_by_relationship() -> None:
    data = book(
        ("季报", 2, "worksheet", sheet(row(0, number(0, 800)))),
        ("图", 1, "chartsheet", record(129) + record(130)),
        ("附", 3, "worksheet", sheet(row(0, cell(3, 0, b"\x2a")))),
        ("宏", 4, "xlMacrosheet", sheet(row(0, number(0, 1)))),
    )
    read = read_bytes(data, "a.xlsb")
    assert read.faults == ()
    assert [(s.name, [list(line) for line in s.rows], dict(s.flaws)) for s in read.sheets] == [
        ("季报", [[800]], {}),
        ("附", [[None]], {(0, 0): "#N/A"}),
    ]


def test_a_cell_far_off_is_told_and_the_table_read() -> None:
    far = sheet(row(0, string(0, "a")), row(1_048_575, string(16383, "x")), last=(1_048_575, 16383))
    read = read_bytes(book(("季报", 1, "worksheet", far)), "a.xlsb")
    assert [(f.code, f.warning, f.row, f.column) for f in read.faults] == [("F105", True, 1_048_575, 16383)]
    assert [list(line) for line in read.sheets[0].rows] == [["a"]]


def test_calamine_reads_the_same() -> None:
    strings = record(19, b"\0" + text("甲")) + record(19, b"\0" + text("乙"))
    rows = (
        row(0, string(0, "载体名称"), cell(7, 1, struct.pack("<I", 1)), number(2, 43281, 1), cell(4, 3, b"\1")),
        row(2, cell(2, 0, struct.pack("<I", 1250 << 2 | 3)), number(1, 43281.25, 2), number(3, 0.5, 1)),
        row(3, cell(9, 0, struct.pack("<d", 8) + b"\0\0"), cell(8, 2, text("丙") + b"\0\0"), number(3, 1e300)),
    )
    data = book(("季报", 1, "worksheet", sheet(*rows, last=(3, 3))), strings=strings)
    read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    ours = read_bytes(data, "a.xlsb").sheets[0].rows
    assert [[cell or None for cell in (*line, *[None] * (4 - len(line)))] for line in ours] == [
        [str(cell).upper() if isinstance(cell, bool) else cell or None for cell in line] for line in read
    ]


def test_records_cut_short_hold_nothing() -> None:
    whole = sheet(row(0, string(0, "示例"), number(1, 5)))
    for length in range(len(whole)):
        read = read_bytes(book(("季报", 1, "worksheet", whole[:length])), "a.xlsb")
        assert len(read.sheets) == 1
