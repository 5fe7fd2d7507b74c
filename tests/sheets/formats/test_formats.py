"""Bytes to sheets: what calamine would hide or not survive comes out as a reading or as a finding."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdj_plan.sheets.cells import Book, Range
from mdj_plan.sheets.formats.content import SUFFIXES, read_bytes
from tests.sheets.formats.packages import cells, package


def test_every_kind_of_content_has_its_suffixes() -> None:
    code = "".join(file.read_text("utf-8") for file in Path("src/mdj_plan/sheets/formats").glob("*.py"))
    kinds = set(re.findall(r'return "(\w+)", read_', code))
    forgotten = sorted(kinds - SUFFIXES.keys())
    assert not forgotten, f"add the suffixes that {forgotten} go by to SUFFIXES in sheets/formats/content.py"
    assert {"xlsx", "csv", "html"} <= kinds


def archived(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "<x/>")
    return out.getvalue()


def only(book: Book) -> tuple[list[list[Any]], dict[tuple[int, int], str]]:
    (sheet,) = book.sheets
    return [list(row) for row in sheet.rows], dict(sheet.flaws)


@pytest.mark.parametrize(
    ("cell", "value", "flaw"),
    [
        ('<c r="A1"><v>7224.1</v></c>', 7224.1, None),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', 2, None),
        ('<c r="A1"><f>1+1</f></c>', None, "=1+1"),
        ('<c r="A1"><f>1+1</f><v></v></c>', None, "=1+1"),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', "", None),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', None, "#DIV/0!"),
        ('<c r="A1" t="e"><f>1/0</f><v>#REF!</v></c>', None, "#REF!"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE", None),
        ('<c r="A1" t="inlineStr"><is><t>甲</t></is></c>', "甲", None),
    ],
)
def test_cells(cell: str, value: object, flaw: str | None) -> None:
    rows, flaws = only(read_bytes(package(cells(cell, '<c r="B1"><v>1</v></c>')), "a.xlsx"))
    assert rows == [[value, 1]]
    assert flaws == ({(0, 0): flaw} if flaw else {})


def test_phonetic_guides_are_no_text_and_escapes_are_characters() -> None:
    strings = "<si><r><t>示</t></r><r><t>例</t></r><rPh><t>shi</t></rPh></si><si><t>a_x000D_b</t></si>"
    sheet = cells('<c r="A1" t="s"><v>0</v></c>', '<c r="B1" t="s"><v>1</v></c>')
    assert only(read_bytes(package(sheet, strings=strings), "a.xlsx"))[0] == [["示例", "a\rb"]]


def test_a_strict_workbook_is_no_empty_one() -> None:
    strict, rel = (
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    data = package(cells('<c r="A1"><v>3</v></c>'), main=strict, rel=rel)
    assert only(read_bytes(data, "a.xlsx"))[0] == [[3]]


def test_a_stray_cell_far_away_is_told_and_the_table_still_read() -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    )
    book = read_bytes(package(sheet), "a.xlsx")
    assert only(book)[0] == [[1]]
    fault = book.faults[0]
    assert (fault.code, fault.row, fault.column, fault.value, fault.warning) == ("F105", 1048575, 16383, "x", True)


def test_a_cell_that_claims_a_far_row_does_not_fill_the_memory() -> None:
    sheet = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD99999"><v>2</v></c></row></sheetData>'
    book = read_bytes(package(sheet), "a.xlsx")
    assert only(book)[0] == [[1]]
    assert [fault.code for fault in book.faults] == ["F105"]


def test_rows_and_cells_without_places_are_counted() -> None:
    sheet = "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>"
    assert only(read_bytes(package(sheet), "a.xlsx"))[0] == [[1, 2], [3]]


def test_a_cell_outside_any_row_is_in_the_first() -> None:
    sheet = "<sheetData><c r='A1'><v>1</v></c></sheetData>"
    assert only(read_bytes(package(sheet), "a.xlsx"))[0] == [[1]]


def test_a_wrong_dimension_hides_no_row() -> None:
    sheet = '<dimension ref="A1"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="B9"><v>2</v></c></row></sheetData>'
    rows, _ = only(read_bytes(package(sheet), "a.xlsx"))
    assert (rows[0][0], rows[8][1]) == (1, 2)


@pytest.mark.parametrize("careful", [False, True])
def test_what_has_no_height_or_width_is_hidden(careful: bool) -> None:
    odd = "<c t='n'><v>1</v></c>" if careful else '<c r="A1"><v>1</v></c>'
    sheet = (
        '<cols><col min="1" max="1" width="0.5"/><col min="2" max="3" width="0" customWidth="1"/></cols><sheetData>'
        f'<row r="1" ht="14.25">{odd}</row><row r="2" ht="0" customHeight="1"><c r="A2"><v>2</v></c></row>'
        '<row r="3" ht="0.5"><c r="A3"><v>2</v></c></row></sheetData>'
    )
    (read,) = read_bytes(package(sheet), "a.xlsx").sheets
    assert (read.hidden_rows, read.hidden_columns) == ({1}, {1, 2})


def test_what_is_hidden_and_what_is_merged() -> None:
    sheet = (
        '<cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    )
    (read,) = read_bytes(package(sheet), "a.xlsx").sheets
    assert (read.hidden_rows, read.hidden_columns, read.merged) == ({1}, {1, 2}, (Range(0, 0, 1, 1),))


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "a.xlsx", ("F103", "empty")),
        (b"\x89PNG\r\n\x1a\n1234", "a.xlsx", ("F101", "picture")),
        (b"%PDF-1.7 ...", "a.xlsx", ("F101", "pdf")),
        (b"\0\0\0\x18ftypheic" + b"\0" * 90, "a.jpg", ("F101", "picture")),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 90, "a.mp4", ("F101", "media")),
        (b"#!AMR\n" + bytes(range(200)), "a.amr", ("F101", "media")),
        (b"{\\rtf1 x", "a.doc", ("F101", "document")),
        (archived("OFD.xml", "Doc_0/Document.xml"), "a.ofd", ("F101", "document")),
        (archived("Index/Document.iwa"), "a.numbers", ("F101", "other")),
        (archived("a.csv"), "a.xlsx", ("F101", "archive")),
        (b"PK\x03\x04cut", "a.xlsx", ("F103", "truncated")),
        (package(cells())[:-30], "a.xlsx", ("F103", "truncated")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", ("F103", "truncated")),
        (bytes(range(256)) * 4, "a.csv", ("F101", "other")),
        (b"a,b\n\x81\x20\xff\n", "a.csv", ("F107", "")),
        (package(cells(), **{"word/document.xml": "<x/>"}), "a.xlsx", ("F101", "document")),
        (package("<!DOCTYPE x [<!ENTITY a 'b'>]>" + cells()), "a.xlsx", ("F104", "doctype")),
        (b"<?xml version='1.0'?><x/>", "a.xls", ("F101", "other")),
    ],
)
def test_what_holds_no_table_says_so(data: bytes, name: str, expected: tuple[str, str]) -> None:
    book = read_bytes(data, name)
    assert book.sheets == ()
    assert [(fault.code, fault.variant) for fault in book.faults] == [expected]


@pytest.mark.parametrize(
    ("data", "name", "mismatch"),
    [
        (package(cells('<c r="A1"><v>1</v></c>')), "a.xls", ("xlsx", ".xls")),
        (package(cells('<c r="A1"><v>1</v></c>')), "a.xlsm", None),
        (b"1,2\n", "a.xlsx", ("csv", ".xlsx")),
        (b"1\t2\n", "a.csv", None),
        (b"<table><tr><td>1</td></tr></table>", "a.xls", ("html", ".xls")),
    ],
)
def test_content_decides_and_a_wrong_suffix_is_told(data: bytes, name: str, mismatch: tuple[str, str] | None) -> None:
    book = read_bytes(data, name)
    assert len(book.sheets) == 1
    told = [(dict(f.args)["found"], dict(f.args)["suffix"]) for f in book.faults if f.code == "F106"]
    assert told == ([mismatch] if mismatch else [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_in_any_encoding_and_with_any_delimiter(encoding: str, mark: str) -> None:
    data = f'载体名称{mark}"甲\n乙"{mark}1\r\n'.encode(encoding)
    assert only(read_bytes(data, "a.csv"))[0] == [["载体名称", "甲\n乙", "1"]]


def test_html_spans_are_merged_ranges() -> None:
    data = b"<table><tr><td rowspan=2>a</td><td colspan=2>b &amp; c</td></tr><tr><td>d</td><td>e</td></tr></table>"
    (sheet,) = read_bytes(data, "a.xls").sheets
    assert sheet.rows == [["a", "b & c", None], [None, "d", "e"]]
    assert sheet.merged == (Range(0, 0, 1, 0), Range(0, 1, 0, 2))


def old_workbook() -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("季报")
    sheet.write(0, 0, "甲")
    sheet.write(0, 1, 12.5)
    sheet.write(1, 0, dt.date(2017, 3, 1), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    sheet.row(2).hidden = True
    sheet.write(2, 0, 1)
    sheet.row(3).set_cell_error(0, "#DIV/0!")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_old_workbook_with_its_errors_and_hidden_rows() -> None:
    (sheet,) = read_bytes(old_workbook(), "a.et").sheets
    assert [list(row) for row in sheet.rows][:2] == [["甲", 12.5], [dt.date(2017, 3, 1)]]
    assert sheet.flaws == {(3, 0): "#DIV/0!"}
    assert sheet.hidden_rows == {2}


def open_document() -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table = Table(name="季报")
    for line in ([("float", "3")], [("string", "甲")], [("date", "2017-03-01")]):
        row = TableRow()
        for kind, text in line:
            values = {"float": {"value": text}, "date": {"datevalue": text}}.get(kind, {})
            cell = TableCell(valuetype=kind, **values)
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    far = TableRow(numberrowsrepeated=1_000_000)
    far.addElement(TableCell(numbercolumnsrepeated=16384))
    table.addElement(far)
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def test_an_open_document_with_a_million_empty_rows() -> None:
    (sheet,) = read_bytes(open_document(), "a.ods").sheets
    assert [list(row) for row in sheet.rows] == [[3], ["甲"], [dt.date(2017, 3, 1)]]


WORKBOOK = package(cells('<c r="A1"><v>1</v></c>', '<c r="B1" t="inlineStr"><is><t>甲</t></is></c>'))
SEEDS = (WORKBOOK, old_workbook(), open_document(), b"<table><tr><td>1</td></tr></table>", "甲,1\n".encode("gb18030"))


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Flip, cut, repeat or insert a few bytes."""
    out = bytearray(data)
    for _ in range(rng.randrange(1, 8)):
        at = rng.randrange(len(out) + 1)
        match rng.randrange(4):
            case 0 if at < len(out):
                out[at] = rng.randrange(256)
            case 1:
                del out[at : at + rng.randrange(64)]
            case 2:
                out[at:at] = out[at : at + rng.randrange(64)]
            case _:
                out[at:at] = rng.randbytes(rng.randrange(16))
    return bytes(out)


def repacked(data: bytes, rng: random.Random) -> bytes:
    """The same package with one part's bytes mutated, so that the damage lies inside."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package_, zipfile.ZipFile(out, "w") as made:
        chosen = rng.choice(package_.namelist())
        for name in package_.namelist():
            content = package_.read(name)
            made.writestr(name, mutated(content, rng) if name == chosen else content)
    return out.getvalue()


@settings(max_examples=300)
@given(st.integers(0, 10**9))
def test_whatever_the_bytes_a_book_comes_back(seed: int) -> None:
    rng = random.Random(seed)
    data = rng.choice(SEEDS)
    changed = repacked(data, rng) if data.startswith(b"PK") and rng.random() < 0.6 else mutated(data, rng)
    book = read_bytes(changed, rng.choice(("a.xlsx", "a.xls", "a.ods", "a.csv", "a")))
    assert book.sheets or book.faults
