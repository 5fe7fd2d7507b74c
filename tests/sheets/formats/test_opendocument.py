"""OpenDocument spreadsheets, written as XML: what LibreOffice shows is what is read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from mdj_plan.sheets.cells import Range, Sheet
from mdj_plan.sheets.formats.content import read_bytes
from tests.sheets.formats.packages import zipped

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
) + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'  # fmt: skip
KIND = "application/vnd.oasis.opendocument.spreadsheet"


def document(*tables: str, styles: str = "", mimetype: str = KIND, more: str = "") -> bytes:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{more}{''.join(tables)}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="urn:m"><manifest:file-entry manifest:media-type="{KIND}"/></manifest:manifest>'
    named: dict[str, str | bytes] = {"mimetype": mimetype} if mimetype else {}
    return zipped({**named, "META-INF/manifest.xml": manifest, "content.xml": content})


def table(*rows: str, name: str = "季报", attributes: str = "", before: str = "") -> str:
    return f'<table:table table:name="{name}" {attributes}>{before}{"".join(rows)}</table:table>'


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def text(words: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{words}</text:p></table:table-cell>'


def figure(value: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="float" office:value="{value}" {attributes}><text:p>{value}</text:p></table:table-cell>'


def only(*rows: str, **options: Any) -> Sheet:
    book = read_bytes(document(table(*rows, before=options.pop("before", "")), **options), "a.ods")
    assert book.faults == ()
    (sheet,) = book.sheets
    return sheet


def values(*rows: str, **options: Any) -> list[list[Any]]:
    return [list(line) for line in only(*rows, **options).rows]


@pytest.mark.parametrize(
    ("cell", "value", "flaw"),
    [
        ("<table:table-cell office:value-type='percentage' office:value='0.5'><text:p>50%</text:p></table:table-cell>", 0.5, None),
        ("<table:table-cell office:value-type='date' office:date-value='2018-06-30'/>", dt.date(2018, 6, 30), None),
        ("<table:table-cell office:value-type='time' office:time-value='-PT1H30M'/>", -dt.timedelta(hours=1, minutes=30), None),
        ("<table:table-cell office:value-type='time' office:time-value='P1DT2H'/>", dt.timedelta(hours=26), None),
        ("<table:table-cell office:value-type='boolean' office:boolean-value='true'/>", "TRUE", None),
        ("<table:table-cell office:value-type='string' office:string-value='甲'/>", "甲", None),
        ("<table:table-cell office:value-type='string' office:string-value='甲'><text:p>乙</text:p></table:table-cell>", "甲", None),
        ("<table:table-cell office:value-type='string'><text:p>甲<text:s text:c='2'/>乙</text:p><text:p>丙</text:p></table:table-cell>", "甲  乙\n丙", None),
        ("<table:table-cell office:value-type='string' calcext:value-type='error'><text:p>#N/A</text:p></table:table-cell>", None, "#N/A"),
        ("<table:table-cell table:formula='of:=1/0' office:value-type='string'><text:p>#DIV/0!</text:p></table:table-cell>", None, "#DIV/0!"),
        ("<table:table-cell table:formula='of:=[.B1]+1'/>", None, "=[.B1]+1"),
        ("<table:table-cell table:formula='of:=[.B1]+1' office:value-type='float'/>", None, "=[.B1]+1"),
        ("<table:table-cell table:formula='of:=[.B1]+1' office:value-type='float'><text:p/></table:table-cell>", None, "=[.B1]+1"),
        ("<table:table-cell table:formula='of:=[.B1]+1'><text:p></text:p></table:table-cell>", None, "=[.B1]+1"),
        ("<table:table-cell table:formula='of:=[.B1]+1'><text:p>2</text:p></table:table-cell>", "2", None),
        ("<table:table-cell table:formula='of:=&quot;&quot;' office:value-type='string'><text:p/></table:table-cell>", None, None),
        ("<table:table-cell table:formula='of:=&quot;&quot;' office:value-type='string' office:string-value=''/>", None, None),
        ("<table:table-cell office:value-type='string'><office:annotation><text:p>注</text:p></office:annotation><text:p>甲</text:p></table:table-cell>", "甲", None),
    ],
)  # fmt: skip
def test_cells(cell: str, value: object, flaw: str | None) -> None:
    sheet = only(row(cell, figure("1")))
    assert [[None if cell == "" else cell for cell in line] for line in sheet.rows] == [[value, 1]]
    assert dict(sheet.flaws) == ({(0, 0): flaw} if flaw else {})


def test_copies_of_other_files_are_no_sheets() -> None:
    source = '<table:table-source table:table-name="Sheet1" table:mode="copy-results-only"/>'
    cache = table(row(text("外")), name="'file:///x/other.ods'#$Sheet1", before=source)
    exchanged = f"<table:dde-links><table:dde-link>{table(row(text('外')))}</table:dde-link></table:dde-links>"
    changes = (
        f"<table:tracked-changes><table:deletion>{table(row(text('旧')))}</table:deletion></table:tracked-changes>"
    )
    linked = table(row(text("连")), name="连接", before=source)
    data = document(table(row(text("甲"))), linked, cache, exchanged, more=changes)
    assert [(s.name, [list(line) for line in s.rows]) for s in read_bytes(data, "a.ods").sheets] == [
        ("季报", [["甲"]]),
        ("连接", [["连"]]),
    ]


def test_a_table_within_a_cell_is_not_the_sheet() -> None:
    inner = (
        f'<table:table-cell office:value-type="string"><text:p>甲</text:p>{table(row(text("内")))}</table:table-cell>'
    )
    assert values(row(inner, figure("1")), row(figure("2"))) == [["甲", 1], [2]]


def test_rows_and_cells_repeated() -> None:
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    found = values(
        row(figure("1", 'table:number-columns-repeated="3"'), attributes='table:number-rows-repeated="2"'),
        row(blank, attributes='table:number-rows-repeated="3"'),
        row(blank, figure("2")),
        row(blank, attributes='table:number-rows-repeated="1048570"'),
    )
    assert found == [[1, 1, 1], [1, 1, 1], [], [], [], [None, None, 2]]


def test_what_is_repeated_without_end_is_told() -> None:
    rows = row(figure("1")), row(figure("2"), attributes='table:number-rows-repeated="1048575"')
    book = read_bytes(document(table(*rows)), "a.ods")
    assert [(f.code, f.row, f.column, f.value) for f in book.faults] == [("F105", 5001, 0, "2")]


def test_what_is_hidden_merged_and_struck_through() -> None:
    styles = (
        '<style:style style:name="out" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="below" style:family="table-cell" style:parent-style-name="out"/>'
        '<style:style style:name="run" style:family="text"><style:text-properties style:text-line-through-type="single"/></style:style>'
        '<style:style style:name="up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    )
    sheet = only(
        row(figure("1", 'table:number-rows-spanned="2"'), text("甲", 'table:style-name="below"')),
        row(
            '<table:covered-table-cell office:value-type="float" office:value="5"/>',
            text('<text:span text:style-name="run">乙</text:span>'),
            text('20<text:span text:style-name="up">1</text:span>'),
            attributes='table:visibility="collapse"',
        ),
        f'<table:table-row-group table:display="false">{row(figure("3"))}</table:table-row-group>',
        styles=styles,
        before='<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>',
    )
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({1, 2}, {1, 2})
    assert sheet.merged == (Range(0, 0, 1, 0),)
    assert {place: covered.text for place, covered in sheet.beneath.items()} == {(1, 0): "5"}
    assert sheet.struck == {(0, 1), (1, 1)}
    assert sheet.rows[1][2] == "20¹"


@pytest.mark.parametrize(("size", "hidden"), [("0cm", True), ("0", True), ("0.00in", True), ("0.45cm", False)])
def test_what_has_no_size_is_hidden(size: str, hidden: bool) -> None:
    styles = (
        f'<style:style style:name="ro9" style:family="table-row"><style:table-row-properties style:row-height="{size}"/></style:style>'
        f'<style:style style:name="co9" style:family="table-column"><style:table-column-properties style:column-width="{size}"/></style:style>'
    )
    sheet = only(
        row(figure("1")),
        row(figure("2"), attributes='table:style-name="ro9"'),
        styles=styles,
        before='<table:table-column/><table:table-column table:style-name="co9"/>',
    )
    assert (sheet.hidden_rows, sheet.hidden_columns) == (({1}, {1}) if hidden else (set(), set()))


def test_hidden_rows_without_end_fill_no_memory() -> None:
    blank = row(attributes='table:number-rows-repeated="4999" table:visibility="collapse"')
    book = read_bytes(document(table(row(figure("1")), *[blank] * 20_000, row(figure("2")))), "a.ods")
    assert ([list(line) for line in book.sheets[0].rows], book.sheets[0].hidden_rows) == ([[1]], set())
    assert [(fault.code, fault.value) for fault in book.faults] == [("F105", "2")]


def test_more_cells_than_fit_are_refused() -> None:
    many = figure("1", 'table:number-columns-repeated="5000"')
    data = document(table(*[row(many, attributes='table:number-rows-repeated="5000"')]))
    assert [(fault.code, fault.variant) for fault in read_bytes(data, "a.ods").faults] == [("F104", "bomb")]


def test_a_text_without_end_is_refused() -> None:
    data = document(table(row(text('<text:s text:c="1000"/>' * 2_000))))
    assert [(fault.code, fault.variant) for fault in read_bytes(data, "a.ods").faults] == [("F104", "bomb")]


def test_a_spreadsheet_is_known_without_its_mimetype() -> None:
    assert values(row(figure("1")), mimetype="") == [[1]]
    other = document(mimetype="application/vnd.oasis.opendocument.text")
    assert [(fault.code, fault.variant) for fault in read_bytes(other, "a.ods").faults] == [("F101", "document")]
