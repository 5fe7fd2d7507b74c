"""A sheet is the same whichever reader reads it: calamine where it is plain, our own reader cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdj_plan.sheets.formats import xlsx
from mdj_plan.sheets.formats.content import read_bytes
from tests.sheets.formats.packages import MAIN, package

if TYPE_CHECKING:
    from mdj_plan.sheets.cells import Book

CODES = (
    *("General", "0.00", "#,##0_);(#,##0)", "0.00E+00", "[Red]0.0", "0.0;[Red]-0.0", "@", "0 &quot;h&quot;", "\\d0"),
    *("yyyy-mm-dd", "yyyy&quot;年&quot;m&quot;月&quot;", "h:mm", "[h]:mm", "[mm]:ss", "mmm-yy", "[$-804]yyyy", "AM/PM"),
)
IDS = (*range(60), *range(164, 164 + len(CODES)))
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts>'
    + "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{code}"/>' for i, code in enumerate(CODES))
    + "</numFmts><fonts><font/><font><strike/></font></fonts><cellXfs>"
    + "".join(f'<xf numFmtId="{number}" fontId="{number % 7 == 3:d}"/>' for number in IDS)
    + "</cellXfs></styleSheet>"
)
STRINGS = (
    "<si><t>甲</t></si><si><t> 乙 </t></si><si><t xml:space='preserve'> 丙 </t></si>",
    "<si><r><t>20</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r></si><si><t/></si><si/>",
    "<si><r><rPr><strike/></rPr><t>丁</t></r></si><si><t>a&amp;b_x000D_</t></si><si><t>戊</t><rPh><t>wu</t></rPh></si>",
    '<si><t xml:space="preserve">a\r\nb</t></si><si><r><rPr><b/><color rgb="FF0000"/></rPr><t>己</t></r></si>',
)
HIDDEN = (' hidden="1"', ' ht="0" customHeight="1"', ' ht="0.00"', ' ht="0.5"', ' ht="14.25"')
figures = st.one_of(
    st.integers(-5, 60_000).map(str),
    st.floats(0, 60_000).map(repr),
    st.sampled_from(("0", "1E5", "1e-7", "2958466", "1E+300", " 5", "abc", "-0.5", "59.5", "60")),
    st.sampled_from(("NaN", "inf", "-Infinity", "７", "&#55;", "1e999", "+.5", "0x7", "")),
)
odd_places = st.sampled_from(("99", "-1", "+1", " 1", "1.0", "1e0", "１", "&#49;", "x", "01", "10000000000"))
words = st.sampled_from(("示例", " a ", "a&amp;b", "&lt;1", "", "12", "一\n二", "#N/A"))


@st.composite
def cell(draw: st.DrawFn, at: str, strings: int) -> str:
    """One cell in any of the ways that programs write it."""
    kind = draw(st.sampled_from(("", "", " t='n'", " t='s'", " t='str'", " t='b'", " t='e'", " t='inlineStr'")))
    style = draw(st.one_of(st.just(""), st.integers(0, len(IDS) + 1).map(lambda n: f" s='{n}'")))
    formula = draw(st.sampled_from(("", "", "", "<f>A1&lt;3</f>", "<f t='shared' si='0'/>")))
    if kind == " t='inlineStr'":
        body = f"<is><t{draw(st.sampled_from(('', ' xml:space=' + chr(39) + 'preserve' + chr(39))))}>{draw(words)}</t></is>"
    else:
        stored = draw(
            st.one_of(st.integers(0, strings - 1 if strings else 3).map(str), odd_places)
            if "'s'" in kind
            else words
            if "str" in kind
            else st.sampled_from(("0", "1", "TRUE", "true", " 1", "2"))
            if "'b'" in kind
            else st.sampled_from(("#N/A", "#DIV/0!"))
            if "'e'" in kind
            else figures
        )
        body = draw(st.sampled_from((f"<v>{stored}</v>", f"<v>{stored}</v>", "", "<v/>", "<v></v>")))
    return f"<c r='{at}'{style}{kind}>{formula}{body}</c>".replace("'", '"')


@st.composite
def workbooks(draw: st.DrawFn) -> dict[str, str]:
    """A small workbook, plain throughout."""
    listed = draw(st.lists(st.sampled_from(STRINGS), max_size=3))
    strings = "".join(listed)
    rows = []
    for row in sorted(draw(st.sets(st.integers(1, 9), max_size=5))):
        columns = sorted(draw(st.sets(st.sampled_from("ABCDEFG"), max_size=5)))
        inside = "".join(draw(cell(f"{column}{row}", strings.count("<si"))) for column in columns)
        rows.append(f'<row r="{row}"{draw(st.sampled_from(("", *HIDDEN)))}>{inside}</row>')
    merged = draw(st.sampled_from(("", '<mergeCells count="1"><mergeCell ref="A1:B3"/></mergeCells>')))
    hidden = draw(st.sampled_from(("", '<cols><col min="2" max="3" width="0" hidden="1"/></cols>')))
    return {
        "sheet": f"{hidden}<sheetData>{''.join(rows)}</sheetData>{merged}",
        "strings": strings,
        "properties": draw(st.sampled_from(("", '<workbookPr date1904="1"/>'))),
        "calculation": draw(st.sampled_from(("", '<calcPr fullCalcOnLoad="1"/>'))),
    }


def essence(book: Book) -> list[Any]:
    """What a book holds, blanks at the ends of rows and of the sheet left out: they stand for nothing."""
    out: list[Any] = [[(f.code, f.row, f.column) for f in book.faults]]
    for sheet in book.sheets:
        rows = [[None if cell == "" else cell for cell in row] for row in sheet.rows]
        for row in rows:
            while row and row[-1] is None:
                row.pop()
        while rows and not rows[-1]:
            rows.pop()
        height = len(rows)
        merged = [(m.top, m.left, min(m.bottom, height - 1), m.right) for m in sheet.merged if m.top < height]
        out.append((repr(rows), dict(sheet.flaws), merged, sheet.hidden_rows, sheet.hidden_columns, set(sheet.struck)))
        out.append({place: covered.text for place, covered in sheet.beneath.items()})
    return out


@settings(max_examples=120)
@given(workbooks())
def test_either_reader_reads_the_same(workbook: dict[str, str]) -> None:
    data = package(**workbook, styles=STYLES)
    with pytest.MonkeyPatch.context() as patch:
        quick = essence(read_bytes(data, "a.xlsx"))
        patch.setattr(xlsx, "plain", lambda _: None)
        assert essence(read_bytes(data, "a.xlsx")) == quick
