"""Odd workbooks: other names, other places, other notations. What a spreadsheet program shows is what is read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from mdj_plan.sheets.formats.content import read_bytes
from tests.sheets.formats.packages import MAIN, PACKAGE, REL, cells, package, parts, zipped

if TYPE_CHECKING:
    from mdj_plan.sheets.cells import Sheet

ONE = cells('<c r="A1"><v>1</v></c>', '<c r="B1" t="inlineStr"><is><t>甲</t></is></c>')
DAYS = (
    f'<styleSheet xmlns="{MAIN}"><fonts><font/><font><strike/></font></fonts><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="14"/><xf numFmtId="57"/><xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>'
)


def only(data: bytes) -> Sheet:
    book = read_bytes(data, "a.xlsx")
    assert book.faults == ()
    (sheet,) = book.sheets
    return sheet


def values(data: bytes) -> list[list[Any]]:
    return [list(row) for row in only(data).rows]


def renamed(**names: str) -> bytes:
    """The workbook ONE with parts renamed, wherever they are named."""
    made = parts(ONE, styles=DAYS)
    for old, new in names.items():
        before, after = old.replace("__", "/"), new
        made = {
            name.replace(before, after): text.replace(before, after) if isinstance(text, str) else text
            for name, text in made.items()
        }
    return zipped(made)


@pytest.mark.parametrize(
    "names",
    [
        {"workbook.xml": "workbook22.xml"},
        {"sharedStrings.xml": "texts.xml"},
        {"styles.xml": "looks.xml"},
        {"sheet1.xml": "Table%201.xml"},
        {"xl/": "XL/"},
    ],
)
def test_parts_are_found_by_relationship_whatever_their_names(names: dict[str, str]) -> None:
    assert values(renamed(**names)) == [[1, "甲"]]


@pytest.mark.parametrize("change", [lambda n: n.replace("/", "\\"), lambda n: "/" + n, str.upper])
def test_names_of_parts_are_compared_as_the_standard_says(change: Any) -> None:
    assert values(zipped({change(name): text for name, text in parts(ONE).items()})) == [[1, "甲"]]


def test_a_part_that_is_there_twice_is_refused() -> None:
    far = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    book = read_bytes(zipped({**parts(ONE), "/xl/worksheets/sheet1.xml": far}), "a.xlsx")
    assert [(fault.code, fault.value) for fault in book.faults] == [("F103", "xl/worksheets/sheet1.xml")]


def test_sheets_go_by_relationship_and_chart_sheets_hold_no_return() -> None:
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate("乙图甲宏", 1))
    kinds = ("worksheet", "chartsheet", "worksheet", "xlMacrosheet")
    targets = "".join(
        f'<Relationship Id="r{n}" Type="{REL}/{kind}" Target="worksheets/sheet{5 - n}.xml"/>'
        for n, kind in enumerate(kinds, 1)
    )
    more: dict[str, str | bytes] = {
        f"xl/worksheets/sheet{n}.xml": f'<worksheet xmlns="{MAIN}">{cells(f"<c r={chr(34)}A1{chr(34)}><v>{n}</v></c>")}</worksheet>'
        for n in range(1, 5)
    }
    more["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{listed}</sheets></workbook>'
    more["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}/relationships">{targets}</Relationships>'
    book = read_bytes(zipped({**parts(ONE), **more}), "a.xlsx")
    assert [(sheet.name, [list(row) for row in sheet.rows]) for sheet in book.sheets] == [("乙", [[4]]), ("甲", [[2]])]


@pytest.mark.parametrize(
    "sheet",
    [
        "<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>",
        '<sheetData>\n <row\tr="1">\n  <c\tr="A1"\n><v>1</v></c>\n </row>\n</sheetData>',
        '<sheetData><row r = "1"><c r = "A1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c s="0" r="A1"><v>1</v></c></row></sheetData>',
        '<sheetData><!-- <row r="7"><c r="A7"><v>7</v></c></row> --><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
        '<!-- <sheetData></sheetData> --><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row></sheetData>',
        "<sheetData><row><c><v>1</v></c></row></sheetData>",
        '<sheetData><row r="1"><c r="&#65;1"><v>1</v></c></row></sheetData>',
        '<x:sheetData xmlns:x="' + MAIN + '"><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData>',
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><!-- </worksheet> -->',
    ],
)
def test_however_a_cell_is_written_it_is_read(sheet: str) -> None:
    assert values(package(sheet)) == [[1]]


@pytest.mark.parametrize(
    ("cell", "value", "flaw"),
    [
        ('<c r="A1" t="str"><f>B1</f><v xml:space="preserve">甲 </v></c>', "甲 ", None),
        ('<c r="A1" t="inlineStr"><f>B1</f><is><t>甲</t></is></c>', "甲", None),
        ('<c r="A1" t="d"><v>2018-06-30</v></c>', dt.date(2018, 6, 30), None),
        ('<c r="A1" t="s"><v>7</v></c>', None, "#REF!"),
        ('<c r="A1" s="2"><v>43281</v></c>', dt.date(2018, 6, 30), None),
        ('<c r="A1"><f>SUM(B1,"&lt;")</f></c>', None, '=SUM(B1,"<")'),
    ],
)
def test_values(cell: str, value: object, flaw: str | None) -> None:
    sheet = only(package(cells(cell, '<c r="B1"><v>1</v></c>'), styles=DAYS))
    assert [list(row) for row in sheet.rows] == [[value, 1]]
    assert dict(sheet.flaws) == ({(0, 0): flaw} if flaw else {})


@pytest.mark.parametrize("calculation", ["", '<calcPr calcId="1"/>', '<calcPr fullCalcOnLoad="0"/>'])
def test_a_zero_is_a_result_unless_the_workbook_asks_for_calculation(calculation: str) -> None:
    data = cells('<c r="A1"><f>3+5</f><v>0</v></c>', '<c r="B1"><v>0</v></c>')
    assert values(package(data, calculation=calculation)) == [[0, 0]]
    asked = only(package(data, calculation='<calcPr fullCalcOnLoad="1"/>'))
    assert ([list(row) for row in asked.rows], dict(asked.flaws)) == ([[None, 0]], {(0, 0): "=3+5"})


def test_digits_raised_or_lowered_stand_as_such() -> None:
    def run(text: str, align: str = "") -> str:
        return f'<r><rPr><vertAlign val="{align}"/></rPr><t>{text}</t></r>' if align else f"<r><t>{text}</t></r>"

    strings = (
        f"<si>{run('20')}{run('1', 'superscript')}</si><si>{run('H')}{run('2', 'subscript')}{run('O')}</si>"
        f"<si>{run('20', 'superscript')}</si><si>{run('1200m')}{run('2', 'superscript')}</si>"
    )
    data = cells(*(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABCD")))
    assert values(package(data, strings=strings)) == [["20¹", "H₂O", "20", "1200m²"]]


def test_what_is_struck_through_by_style_or_by_run() -> None:
    out = "<r><rPr><strike/></rPr><t>{}</t></r>"
    strings = f"<si>{out.format('甲')}</si><si>{out.format('20')}<r><t>25</t></r></si><si><t>乙</t></si>"
    kept = "<r><rPr><strike val='0'/></rPr><t>丙</t></r>"
    data = cells(
        '<c r="A1" t="s"><v>0</v></c>',
        '<c r="B1" t="s"><v>1</v></c>',
        '<c r="C1" t="s"><v>2</v></c>',
        '<c r="D1" s="3"><v>5</v></c>',
        f'<c r="E1" t="inlineStr"><is>{out.format("丁")}</is></c>',
        f'<c r="F1" t="inlineStr"><is>{kept}</is></c>',
    )
    sheet = only(package(data, strings=strings, styles=DAYS))
    assert [list(row) for row in sheet.rows] == [["甲", "2̶0̶25", "乙", 5, "丁", "丙"]]
    assert sheet.struck == {(0, 0), (0, 3), (0, 4)}


def test_rows_beyond_a_gap_are_read_whoever_reads() -> None:
    def row(number: int, at: str = "") -> str:
        return "".join(f"<c{at and f' r={chr(34)}{c}{number}{chr(34)}'}><v>{number}</v></c>" for c in "ABCDE")

    plain_, counted = row(1, "at"), row(1)
    for first in (plain_, counted):
        data = f'<sheetData><row r="1">{first}</row><row r="2402">{row(2402, "at")}</row></sheetData>'
        sheet = only(package(data))
        assert (len(sheet.rows), list(sheet.rows[-1])) == (2402, [2402] * 5)


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ('<row r="1048576"><c\tr="XFD1048576"><v>9</v></c></row>', [(1048575, 16383)]),
        ("<row r='1048576'><c r='XFD1048576'><v>9</v></c></row>", [(1048575, 16383)]),
        ('<row r="999999999"><c><v>9</v></c></row>', [(999999998, 0)]),
        ('<row r="5"><c r="ZZZ5"><v>9</v></c></row>', [(4, 18277)]),
        ('<row r="1048577"><c r="A1048577"><v>9</v></c></row>', [(1048576, 0)]),
    ],
)
def test_a_cell_far_off_is_left_out_and_told_however_it_is_written(sheet: str, told: list[tuple[int, int]]) -> None:
    book = read_bytes(package(f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{sheet}</sheetData>'), "a.xlsx")
    assert [(f.code, f.warning, (f.row, f.column)) for f in book.faults] == [("F105", True, place) for place in told]
    assert [[cell for cell in row if cell != ""] for row in book.sheets[0].rows if any(row)] == [[1]]


def test_many_sheets_of_few_cells_each_far_off_fit_into_memory() -> None:
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 601))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{listed}</sheets></workbook>'
    rows = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="99999"><c r="Z99999"><v>1</v></c></row></sheetData>'
    )
    read = read_bytes(package(rows, **{"xl/workbook.xml": book}), "a.xlsx")
    assert (len(read.sheets), {len(sheet.rows) for sheet in read.sheets}) == (600, {1})
    assert {fault.code for fault in read.faults} == {"F105"}


@pytest.mark.parametrize("tag", ["<c >", '<row r="1">', "<v>", "<a/>"])
def test_what_never_ends_ends(tag: str) -> None:
    book = read_bytes(package(f"<sheetData>{tag * 300_000}</sheetData>"), "a.xlsx")
    assert [fault.code for fault in book.faults] == ([] if tag == "<a/>" else ["F103"])


def test_more_tags_than_anybody_waits_for_are_refused() -> None:
    book = read_bytes(package(f"<sheetData>{'<a/>' * 6_100_000}</sheetData>"), "a.xlsx")
    assert [(fault.code, fault.variant) for fault in book.faults] == [("F104", "bomb")]


def test_a_part_without_a_name_is_none() -> None:
    assert values(zipped(parts(ONE)).replace(b"[Content_Types].xml", b"\0" * 19)) == [[1, "甲"]]


@pytest.mark.parametrize("encoding", ["nobody-knows", "rot13", "x" * 300, "utf-7", "UTF-32"])
def test_an_encoding_that_nobody_knows_is_told(encoding: str) -> None:
    made = parts(ONE)
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"):
        odd = made | {name: f'\ufeff<?xml version="1.0" encoding="{encoding}"?>{made[name]!s}'}
        assert [fault.code for fault in read_bytes(zipped(odd), "a.xlsx").faults] == ["F103"]


def test_columns_are_hidden_by_ranges_of_any_number() -> None:
    cols = '<cols><col min="1" max="99999" hidden="1"/>' + '<col min="3" max="999" hidden="1"/>' * 50_000 + "</cols>"
    assert only(package(cols + ONE)).hidden_columns == set(range(1000))


def test_other_encodings() -> None:
    text = f'<?xml version="1.0" encoding="{{}}"?><worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="str"><v>甲</v></c></row></sheetData></worksheet>'
    for encoding in ("UTF-16", "GB18030", "gb2312", "utf-8"):
        made = parts(ONE) | {"xl/worksheets/sheet1.xml": text.format(encoding).encode(encoding)}
        assert values(zipped(made)) == [["甲"]], encoding
    made = parts(ONE) | {"xl/worksheets/sheet1.xml": text.replace("甲", "a").format("cp037").encode("cp037")}
    assert [f.code for f in read_bytes(zipped(made), "a.xlsx").faults] == ["F103"]
