"""Binary workbooks, made record by record: values by calamine, errors and extents by our own look."""

from __future__ import annotations

import io
import struct
import zipfile

from mdj_plan.intake.formats.content import read_bytes

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


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
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def row(number: int, *cells: bytes) -> bytes:
    head = struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0)
    return record(0, head) + b"".join(cells)


def cell(code: int, column: int, body: bytes) -> bytes:
    return record(code, struct.pack("<II", column, 0) + body)


def workbook(*rows: bytes, last: tuple[int, int] = (1, 2)) -> bytes:
    sheet = record(129) + record(148, struct.pack("<IIII", 0, last[0], 0, last[1])) + record(145)
    sheet += b"".join(rows) + record(146) + record(130)
    bundle = struct.pack("<II", 0, 1) + text("rId1") + text("季报")
    book = record(131) + record(143) + record(156, bundle) + record(144) + record(132)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/worksheets/sheet1.bin": sheet,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def test_values_and_errors() -> None:
    data = workbook(
        row(0, cell(6, 0, text("载体名称")), cell(5, 1, struct.pack("<d", 12.5))),
        row(1, cell(6, 0, text("示例")), cell(3, 1, b"\x07")),
    )
    book = read_bytes(data, "a.xlsb")
    assert book.faults == ()
    (sheet,) = book.sheets
    assert sheet.name == "季报"
    assert [list(line) for line in sheet.rows] == [["载体名称", 12.5], ["示例", None]]
    assert sheet.flaws == {(1, 1): "#DIV/0!"}


def test_a_cell_too_far_off_is_refused() -> None:
    data = workbook(row(0, cell(6, 0, text("a"))), row(1_048_575, cell(6, 16383, text("x"))), last=(1_048_575, 16383))
    assert [(f.code, f.variant) for f in read_bytes(data, "a.xlsb").faults] == [("F105", "unreadable")]
