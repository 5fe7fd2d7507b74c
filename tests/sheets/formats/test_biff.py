"""Workbooks of Excel 97-2003 and WPS: values, what formatting says of them, and streams that are odd or hostile."""

from __future__ import annotations

import datetime as dt
import io
import random
import struct
from collections.abc import Callable
from typing import Any

import pytest

from mdj_plan.sheets.cells import Book, Covered, Range, Sheet
from mdj_plan.sheets.formats.content import read_bytes


def stream_read(stream: bytes) -> Book:
    return read_bytes(stream, "a.xls")


def workbook(fill: Callable[[Any, Any], object], **options: object) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    for name, value in options.items():
        setattr(book, name, value)
    fill(book, book.add_sheet("季报", cell_overwrite_ok=True))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def only(data: bytes) -> Sheet:
    (sheet,) = read_bytes(data, "a.xls").sheets
    return sheet


def test_what_has_no_size_is_hidden() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row in range(4):
            sheet.write(row, 0, row)
        sheet.row(1).height, sheet.row(1).has_default_height = 0, 0
        sheet.row(2).height, sheet.row(2).height_mismatch = 0, True
        sheet.col(3).width = 0

    sheet = only(workbook(fill))
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({1, 2}, {3})


def styled(**words: str) -> Any:
    import xlwt

    return xlwt.easyxf(**words)


def test_formatting_that_carries_meaning() -> None:
    def fill(book: Any, sheet: Any) -> None:
        import xlwt

        up, down, out = (
            xlwt.easyfont("escapement superscript"),
            xlwt.easyfont("escapement subscript"),
            xlwt.easyfont("struck_out on"),
        )
        sheet.write_rich_text(0, 0, ["20", ("1", up)])
        sheet.write_rich_text(0, 1, ["CO", ("2", down)])
        sheet.write_rich_text(0, 2, [("20", out), "25"])
        sheet.write_rich_text(0, 3, [("20", up), ("1", up)])
        sheet.write(1, 0, "甲", styled(strg_to_parse="font: struck_out on"))
        sheet.write_merge(2, 3, 0, 1, 5)
        sheet.write(3, 1, 7)
        sheet.row(4).hidden = True
        sheet.write(4, 0, "乙")
        sheet.col(2).hidden = True

    sheet = only(workbook(fill))
    assert sheet.rows[0] == ["20¹", "CO₂", "2̶0̶25", "201"]
    assert sheet.struck == {(1, 0)}
    assert (sheet.merged, sheet.rows[2], sheet.rows[3]) == ((Range(2, 0, 3, 1),), [5], ["", None])
    assert sheet.beneath == {(3, 1): Covered("7", Range(2, 0, 3, 1))}
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({4}, {2})


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (42800.0, "yyyy-mm-dd", dt.date(2017, 3, 6)),
        (42800.5, 'yyyy"年"m"月"d"日" h:mm', dt.datetime.fromisoformat("2017-03-06T12:00")),
        (0.5, "h:mm", dt.time(12)),
        (1.5, "[h]:mm", dt.timedelta(hours=36)),
        (780.5, '0.0"个月"', 780.5),
        (780.5, "#,##0.00_);[Red]\\(#,##0.00\\)", 780.5),
        (780.5, "General", 780.5),
        (42800.0, "[$-804]yyyy年m月", dt.date(2017, 3, 6)),
    ],
)
def test_a_number_is_what_its_format_shows(number: float, form: str, expected: object) -> None:
    sheet = only(workbook(lambda book, sheet: sheet.write(0, 0, number, styled(num_format_str=form))))
    assert sheet.rows == [[expected]]


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    data = workbook(lambda book, sheet: sheet.write(0, 0, 42124, styled(num_format_str="yyyy-mm-dd")), dates_1904=True)
    assert only(data).rows == [[dt.date(2019, 5, 1)]]


def formula(kind: int, result: bytes, text: str | None = None) -> bytes:
    """B1 is a formula in a record of the given number, with the given eight bytes of result, and its text if any."""

    def fill(book: Any, sheet: Any) -> None:
        import xlwt

        sheet.write(0, 0, "甲")
        sheet.write(0, 1, xlwt.Formula("3+5"))

    stream = stream_of(workbook(fill))
    at = next(a for a, code, _ in records(stream) if code == 0x06)
    length = struct.unpack_from("<H", stream, at + 2)[0]
    body = bytearray(stream[at + 4 : at + 4 + length])
    body[6:14] = result
    out = struct.pack("<HH", kind, len(body)) + bytes(body)
    if text is not None:
        string = struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
        out += struct.pack("<HH", 0x0207, len(string)) + string
    return stream[:at] + out + stream[at + 4 + length :]


def stream_of(data: bytes) -> bytes:
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as container:
        found: bytes = container.openstream("Workbook").read()
    return found


def records(stream: bytes) -> list[tuple[int, int, bytes]]:
    found, at = [], 0
    while at + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, at)
        if not code and not length:
            break
        found.append((at, code, stream[at + 4 : at + 4 + length]))
        at += 4 + length
    return found


@pytest.mark.parametrize("kind", [0x06, 0x0206, 0x0406])
@pytest.mark.parametrize(
    ("result", "text", "value", "flaw"),
    [
        (struct.pack("<d", 8), None, 8, None),
        (b"\0\0\0\0\0\0\xff\xff", "示例", "示例", None),
        (b"\1\0\1\0\0\0\xff\xff", None, "TRUE", None),
        (b"\2\0\x07\0\0\0\xff\xff", None, None, "#DIV/0!"),
        (b"\2\0\x2a\0\0\0\xff\xff", None, None, "#N/A"),
        (b"\0\0\0\0\0\0\xff\xff", None, None, "="),
        (b"\x09\0\0\0\0\0\xff\xff", None, None, "="),
    ],
)
def test_formulas_in_every_record_and_with_every_result(
    kind: int, result: bytes, text: str | None, value: object, flaw: str | None
) -> None:
    (sheet,) = stream_read(formula(kind, result, text)).sheets
    rest = [*sheet.rows[0], None][1]
    assert rest == value
    assert sheet.flaws == ({(0, 1): flaw} if flaw else {})


def calculated(fill: Callable[[Any, Any], object], *, by: bytes = b"") -> Sheet:
    """The sheet of a workbook with `by` before the end of what it says of the whole."""
    stream = stream_of(workbook(fill))
    at = next(a for a, code, _ in records(stream) if code == 0x0A)
    bound, start = next((a, body) for a, code, body in records(stream) if code == 0x85)
    moved = struct.pack("<I", struct.unpack_from("<I", start)[0] + len(by))
    (sheet,) = stream_read(stream[: bound + 4] + moved + stream[bound + 8 : at] + by + stream[at:]).sheets
    return sheet


def formulas(book: Any, sheet: Any) -> None:
    import xlwt

    sheet.write(0, 0, 3)
    sheet.write(0, 1, xlwt.Formula("A1+5"))
    sheet.write(0, 2, xlwt.Formula('IF(A1=3,"",1)'))


def test_formulas_that_nobody_ever_calculated() -> None:
    sheet = calculated(formulas)  # a program that only writes: no result is any
    assert ([*sheet.rows[0]], sheet.flaws) == ([3, None, None], {(0, 1): "=", (0, 2): "="})


def test_an_empty_result_is_one_where_somebody_calculated() -> None:
    sheet = calculated(formulas, by=struct.pack("<HHHHI", 0x01C1, 8, 0x01C1, 0, 191029))
    assert ([*sheet.rows[0]], sheet.flaws) == ([3, "", ""], {})


@pytest.mark.parametrize(
    ("flags", "asks", "flaw"), [(0, False, None), (1, False, None), (3, False, "="), (0, True, "=")]
)
def test_a_zero_is_a_result_unless_calculation_is_asked_for(flags: int, asks: bool, flaw: str | None) -> None:
    """By the formula itself (calculate on load), or by the sheet (saved uncalculated)."""
    stream = bytearray(formula(0x06, bytes(8)))
    start = next(struct.unpack_from("<I", body)[0] for _, code, body in records(bytes(stream)) if code == 0x85)
    cell = next(a for a, code, _ in records(bytes(stream)) if code == 0x06)
    stream[cell + 18 : cell + 20] = struct.pack("<H", flags)
    if asks:
        stream[start + 20 : start + 20] = struct.pack("<HHH", 0x5E, 2, 0)
    (sheet,) = stream_read(bytes(stream)).sheets
    assert sheet.flaws == ({(0, 1): flaw} if flaw else {})


def test_a_workbook_without_its_container_is_read() -> None:
    stream = stream_of(workbook(lambda book, sheet: sheet.write(0, 0, "甲")))
    assert only(stream).rows == [["甲"]]


def old_style(page: int | None, *texts: bytes) -> bytes:
    """A workbook of Excel 5 with texts in a code page."""

    def record(code: int, body: bytes) -> bytes:
        return struct.pack("<HH", code, len(body)) + body

    head = record(0x0809, struct.pack("<HHHH", 0x0500, 5, 4000, 1997))
    if page is not None:
        head += record(0x42, struct.pack("<H", page))
    head += record(0xE0, struct.pack("<HHHBBHHHH", 0, 0, 0xFFF5, 32, 0, 0, 0, 0, 0)) * 16
    name = "季报".encode("gbk")
    size = len(head) + 4 + 7 + len(name) + 4
    head += record(0x85, struct.pack("<IBBB", size, 0, 0, len(name)) + name) + record(0x0A, b"")
    cells = b"".join(record(0x0204, struct.pack("<HHHH", 0, i, 0, len(t)) + t) for i, t in enumerate(texts))
    return head + record(0x0809, struct.pack("<HHHH", 0x0500, 16, 4000, 1997)) + cells + record(0x0A, b"")


@pytest.mark.parametrize("page", [936, None])
def test_texts_before_excel_97_are_in_the_code_page_or_in_chinese(page: int | None) -> None:
    (sheet,) = stream_read(old_style(page, "载体名称".encode("gbk"), "示例孵化器".encode("gbk"))).sheets
    assert (sheet.name, sheet.rows) == ("季报", [["载体名称", "示例孵化器"]])


def test_a_text_in_another_encoding_than_stated_is_told() -> None:
    assert [f.code for f in stream_read(old_style(936, b"\x81\x20\xff\xff")).faults] == ["F107"]


def patched(data: bytes, code: int, place: int, new: bytes) -> bytes:
    """The stream with some bytes of its last record of a kind changed."""
    stream = bytearray(stream_of(data))
    at = [a for a, c, _ in records(bytes(stream)) if c == code][-1] + 4 + place
    stream[at : at + len(new)] = new
    return bytes(stream)


def one_number(book: Any, sheet: Any) -> None:
    sheet.write(0, 0, "甲")
    sheet.write(1, 1, 0.123456789)


@pytest.mark.parametrize(("column", "cell"), [(256, 256), (16383, 16383), (65535, 65535)])
def test_a_column_that_no_sheet_has_is_refused_at_its_cell(column: int, cell: int) -> None:
    book = stream_read(patched(workbook(one_number), 0x0203, 0, struct.pack("<HH", 9, column)))
    assert [(f.code, f.variant, f.row, f.column) for f in book.faults] == [("F105", "unreadable", 9, cell)]


def test_the_last_cell_that_a_sheet_has_is_a_stray_cell() -> None:
    book = read_bytes(patched(workbook(one_number), 0x0203, 0, struct.pack("<HH", 65535, 255)), "a.xls")
    assert [(f.code, f.row, f.column, f.warning) for f in book.faults] == [("F105", 65535, 255, True)]
    assert list(filter(None, map(list, book.sheets[0].rows))) == [["甲"]]


@pytest.mark.parametrize(
    ("code", "variant", "stream"),
    [
        ("F103", "truncated", stream_of(workbook(one_number))[:-40].rstrip(b"\0")[:-30]),
        ("F103", "truncated", patched(workbook(one_number), 0x85, 0, b"\xff\xff\xff\x7f")),
        ("F103", "truncated", b"\x09\x08\x10\x00"),
        ("F103", "", patched(workbook(one_number), 0x00FD, 6, b"\xff\xff\xff\x7f")),
    ],
)
def test_what_is_damaged_says_so(code: str, variant: str, stream: bytes) -> None:
    book = stream_read(stream)
    assert [(f.code, f.variant) for f in book.faults] == [(code, variant)]


def test_an_extent_below_the_cells_hides_none_of_them() -> None:
    stream = stream_of(workbook(one_number))
    (at, _, body) = next(r for r in records(stream) if r[1] == 0x0200)
    end = [place for place, code, _ in records(stream) if code == 0x0A][-1]
    moved = stream[:at] + stream[at + 4 + len(body) : end] + stream[at : at + 4 + len(body)] + stream[end:]
    assert only(moved).rows == [["甲"], ["", 0.123456789]]


def test_sheets_that_share_their_cells_are_refused() -> None:
    def two(book: Any, sheet: Any) -> None:
        one_number(book, sheet)
        book.add_sheet("二")

    stream = stream_of(workbook(two))
    places = [at for at, code, _ in records(stream) if code == 0x85]
    shared = bytearray(stream)
    shared[places[1] + 4 : places[1] + 8] = stream[places[0] + 4 : places[0] + 8]
    assert [f.code for f in stream_read(bytes(shared)).faults] == ["F103"]


def test_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    stream_read(patched(workbook(one_number), 0x0203, 0, struct.pack("<HH", 65535, 255)))
    stream_read(patched(workbook(one_number), 0x0208, 0, b"\xff\xff"))
    assert capsys.readouterr() == ("", "")


def test_whatever_the_stream_a_book_comes_back() -> None:
    seed = stream_of(workbook(one_number))
    rng = random.Random(4)
    for _ in range(300):
        changed = bytearray(seed.rstrip(b"\0"))
        for _ in range(rng.randrange(1, 6)):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        book: Book = stream_read(bytes(changed))
        assert book.sheets or book.faults
