"""XML Spreadsheet 2003 and single-file web pages: read for what they are, or named."""

from __future__ import annotations

import base64
import datetime as dt
import quopri

import pytest

from mdj_plan.sheets.cells import Book, Range, Sheet
from mdj_plan.sheets.formats.content import read_bytes

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def workbook(*rows: str, styles: str = "", options: str = "", columns: str = "", head: str = "", more: str = "") -> str:
    table = "".join(row if row.startswith("<Row") else f"<Row>{row}</Row>" for row in rows)
    return (
        f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="{NAMESPACE}" '
        f'xmlns:ss="{NAMESPACE}">{head}<Styles>{styles}</Styles><Worksheet ss:Name="季报"><Table>{columns}{table}</Table>'
        f"<WorksheetOptions>{options}</WorksheetOptions></Worksheet>{more}</Workbook>"
    )


def read(text: str, name: str = "a.xml") -> Book:
    return read_bytes(text.encode(), name)


def only(text: str) -> Sheet:
    (sheet,) = read(text).sheets
    return sheet


def data(kind: str, text: str, cell: str = "") -> str:
    return f'<Cell {cell}><Data ss:Type="{kind}">{text}</Data></Cell>'


DAY = '<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="e" ss:Parent="d"/>'
OUT = '<Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style>'


@pytest.mark.parametrize(
    ("cell", "value", "flaw"),
    [
        (data("Number", "20"), 20, None),
        (data("Number", "1.25e3"), 1250, None),
        (data("String", "20"), "20", None),
        (data("String", "甲&#10;乙"), "甲\n乙", None),
        (data("Boolean", "1"), "TRUE", None),
        (data("DateTime", "2015-03-01T00:00:00.000"), dt.date(2015, 3, 1), None),
        (data("DateTime", "1899-12-31T08:30:00.000"), "08:30:00.000", None),
        (data("Number", "42064", 'ss:StyleID="d"'), dt.date(2015, 3, 1), None),
        (data("Number", "42064", 'ss:StyleID="e"'), dt.date(2015, 3, 1), None),
        (data("Error", "#DIV/0!"), None, "#DIV/0!"),
        (data("Number", "8", 'ss:Formula="=3+5"'), 8, None),
        ('<Cell ss:Formula="=SUM(R[-1]C)"></Cell>', None, "=SUM(R[-1]C)"),
        ('<Cell><Data ss:Type="String"><Font>20</Font><Sup>1</Sup></Data></Cell>', "20¹", None),
        ('<Cell><ss:Data ss:Type="String"><S>20</S>25</ss:Data></Cell>', "2̶0̶25", None),
        ('<Cell><Data ss:Type="Number">5</Data><Comment><ss:Data>批注 7</ss:Data></Comment></Cell>', 5, None),
    ],
)
def test_cells(cell: str, value: object, flaw: str | None) -> None:
    sheet = only(workbook(data("String", "前") + cell, styles=DAY))
    assert [*sheet.rows[0], None][1] == value
    assert sheet.flaws == ({(0, 1): flaw} if flaw else {})


def test_places_spans_and_what_is_hidden() -> None:
    sheet = only(
        workbook(
            data("String", "a", 'ss:MergeAcross="1" ss:MergeDown="1"') + data("String", "b"),
            '<Row ss:Index="4" ss:Height="0">' + data("Number", "1", 'ss:Index="3"') + "</Row>",
            data("String", "c", 'ss:StyleID="s"'),
            columns='<Column ss:Width="9"/><Column ss:Hidden="1" ss:Span="1"/>',
            styles=OUT,
        )
    )
    assert list(map(list, sheet.rows)) == [["a", None, "b"], [], [], [None, None, 1], ["c"]]
    assert sheet.merged == (Range(0, 0, 1, 1),)
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.struck) == ({3}, {1, 2}, {(4, 0)})


def test_a_hidden_sheet_and_days_from_1904() -> None:
    text = workbook(
        data("Number", "42124", 'ss:StyleID="d"'),
        styles=DAY,
        head="<ExcelWorkbook><Date1904/></ExcelWorkbook>",
        options="<Visible>SheetHidden</Visible>",
        more='<Worksheet ss:Name="二"><Table><Row><Cell><Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet>',
    )
    first, second = read(text).sheets
    assert (first.rows, first.visible, first.since_1904) == ([[dt.date(2019, 5, 1)]], False, True)
    assert (second.name, second.rows, second.visible) == ("二", [[1]], True)


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "utf-16"])
def test_encodings(encoding: str) -> None:
    text = workbook(data("String", "载体名称")).replace('version="1.0"', f'version="1.0" encoding="{encoding}"')
    (sheet,) = read_bytes(text.encode(encoding), "a.xls").sheets
    assert sheet.rows == [["载体名称"]]


def test_a_wrong_suffix_is_told_by_the_name_that_people_know() -> None:
    (fault,) = read(workbook(data("Number", "1")), "a.xls").faults
    assert (fault.code, dict(fault.args)["found"]) == ("F106", ("XML 表格 2003", "XML Spreadsheet 2003"))


@pytest.mark.parametrize(
    ("text", "code", "variant"),
    [
        (workbook(data("Number", "1"))[:-30], "F103", ""),
        (workbook('<Row ss:Index="99999999">' + data("Number", "1") + "</Row>"), "F105", "unreadable"),
        (workbook(data("Number", "1", 'ss:Index="99999"')), "F105", "unreadable"),
        (workbook('<Row ss:Hidden="1" ss:Span="900000"></Row>' * 3), "F104", "bomb"),
        (
            workbook("<Cell><Data>&a;</Data></Cell>").replace("\n<?mso", "\n<!DOCTYPE x [<!ENTITY a 'b'>]><?mso"),
            "F104",
            "doctype",
        ),
        ("<?xml version='1.0'?><w:wordDocument xmlns:w='x'/>", "F101", "document"),
        ("<?xml version='1.0'?><x/>", "F101", "other"),
    ],
)
def test_what_cannot_be_read_says_so(text: str, code: str, variant: str) -> None:
    book = read(text)
    assert [(f.code, f.variant) for f in book.faults] == [(code, variant)]
    assert book.sheets == ()


def test_a_stray_cell_far_out_is_told() -> None:
    book = read(
        workbook(data("String", "a"), '<Row ss:Index="1000000">' + data("Number", "7", 'ss:Index="16000"') + "</Row>")
    )
    assert [(f.code, f.row, f.column, f.value) for f in book.faults] == [("F105", 999_999, 15_999, "7")]
    assert [list(row) for row in book.sheets[0].rows] == [["a"]]


PAGE = (
    '<html><head><meta charset="utf-8"></head><body><table><tr><td>载体名称</td><td>20</td></tr></table></body></html>'
)


def mhtml(*parts: tuple[str, str, bytes], kind: str = "multipart/related", end: str = "--B--\r\n") -> bytes:
    """Parts as (headers, transfer encoding, body)."""
    out = f'MIME-Version: 1.0\r\nContent-Type: {kind}; boundary="B"\r\n\r\n'.encode()
    for headers, encoding, body in parts:
        packed = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(encoding, bytes)(body)
        out += f"--B\r\n{headers}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + packed + b"\r\n"
    return out + end.encode()


HTML = 'Content-Location: file:///C:/x.htm\r\nContent-Type: text/html; charset="utf-8"'


@pytest.mark.parametrize(
    ("encoding", "charset"), [("base64", "utf-8"), ("quoted-printable", "utf-8"), ("8bit", "gb18030")]
)
def test_a_single_file_web_page_is_read_as_its_page(encoding: str, charset: str) -> None:
    book = read_bytes(mhtml((HTML, encoding, PAGE.encode(charset))), "a.mht")
    assert [(s.name, s.rows) for s in book.sheets] == [(None, [["载体名称", "20"]])]
    assert book.faults == ()


def test_the_sheets_of_a_saved_workbook_have_their_names_and_its_tabs_are_none() -> None:
    frame = (
        '<html><xml><x:ExcelWorksheet><x:Name>季报</x:Name>\n<x:WorksheetSource HRef="x.files/sheet001.htm"/>'
        "</x:ExcelWorksheet></xml><frameset><frame></frameset></html>"
    )
    sheet = "Content-Location: file:///C:/x.files/sheet001.htm\r\nContent-Type: text/html"
    tabs = "Content-Location: file:///C:/x.files/tabstrip.htm\r\nContent-Type: text/html"
    data_ = mhtml((HTML, "7bit", frame.encode()), (tabs, "base64", PAGE.encode()), (sheet, "base64", PAGE.encode()))
    assert [(s.name, s.rows) for s in read_bytes(data_, "a.mht").sheets] == [("季报", [["载体名称", "20"]])]


@pytest.mark.parametrize(
    ("data_", "code", "variant"),
    [
        (mhtml((HTML, "base64", PAGE.encode()), end=""), "F103", "truncated"),
        (mhtml((HTML, "base64", PAGE[:-40].encode())), "F103", "truncated"),
        (mhtml(("Content-Type: image/png", "base64", b"\x89PNG")), "F101", "mhtml"),
        (
            mhtml(
                (
                    'Content-Type: application/vnd.ms-excel; name="a.xls"\r\nContent-Disposition: attachment; filename="a.xls"',
                    "base64",
                    b"x",
                ),
                kind="multipart/mixed",
            ),
            "F101",
            "mail",
        ),
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=A\r\n\r\n"
            + b"--A\r\nContent-Type: multipart/mixed; boundary=A\r\n\r\n" * 5000,
            "F104",
            "bomb",
        ),
    ],
)
def test_what_holds_no_whole_page_says_so(data_: bytes, code: str, variant: str) -> None:
    assert [(f.code, f.variant) for f in read_bytes(data_, "a.mht").faults] == [(code, variant)]
