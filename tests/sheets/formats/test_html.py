"""HTML tables: as browsers show them, with the numbers that spreadsheets wrote beside, and nothing lost in silence."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from mdj_plan.sheets.cells import Book, Range, Sheet
from mdj_plan.sheets.formats.content import read_bytes


def page_read(page: str) -> Book:
    return read_bytes(page.encode(), "a.html")


def only(page: str) -> Sheet:
    (sheet,) = page_read(page).sheets
    return sheet


def table(*rows: str, around: str = "{}") -> str:
    return around.format("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<td>甲</td>", "甲"),
        ("<td> 甲\n   乙 </td>", "甲 乙"),
        ("<td>甲<br>乙<p>丙</td>", "甲\n乙\n丙"),
        ("<td>1 &lt; 2 &amp;&nbsp;3</td>", "1 < 2 &\xa03"),
        ("<td><b>20</b></td>", "20"),
        ("<td>20<sup>1</sup></td>", "20¹"),
        ("<td>CO<sub>2</sub></td>", "CO₂"),
        ("<td><sup>20</sup></td>", "20"),
        ('<td>20<span style="vertical-align: super">1</span></td>', "20¹"),
        ("<td><s>20</s>25</td>", "2̶0̶25"),
        ("<td>甲<!-- 乙 -->丙</td>", "甲丙"),
        ("<td>甲<script>var x='乙'</script></td>", "甲"),
        ('<td>20<span style="display:none">0</span></td>', "20"),
        ('<td><input type="text" value="20"></td>', "20"),
        ('<td><input type="hidden" value="7">20</td>', "20"),
        ("<td><select><option>甲<option selected>乙</select></td>", "乙"),
        ("<td><table><tr><td>20</td></tr></table></td>", "20"),
        ('<td>="9123"</td>', "9123"),
        ('<td sdval="2000" sdnum="1033;0;0.0">0.2</td>', 2000),
        ('<td sdval="42064" sdnum="1033;0;YYYY-MM-DD">2015-03-01</td>', dt.date(2015, 3, 1)),
        ('<td sdval="0.2" sdnum="1033;0;0%">20%</td>', 0.2),
        ('<td sdval="x">20</td>', "20"),
        ('<td sdval="121&#31;">20</td>', 121),
        ('<td x:num="20">2</td>', 20),
        ("<td x:num>20</td>", "20"),
        ('<td x:num="42064">2015/3/1</td>', "2015/3/1"),
        ('<td x:num="2000">2,000.0</td>', 2000),
        ('<td x:num="3.46">3.5</td>', 3.46),
        ('<td x:str x:num="5">甲</td>', "甲"),
        ('<td data-sheets-value=\'{"1":3,"3":20}\'>2</td>', 20),
        ('<td data-sheets-value=\'{"1":2,"2":"甲"}\'>甲</td>', "甲"),
        ("<td data-sheets-value='{'>甲</td>", "甲"),
    ],
)
def test_cells(cell: str, value: object) -> None:
    assert only(table(cell)).rows == [[value]]


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        ("<table><tr><td>1<td>2<tr><td>3<td>4", [["1", "2"], ["3", "4"]]),
        ("<table><tr><td>1</td><td>2</td><tr><td>3<td>4</table>", [["1", "2"], ["3", "4"]]),
        ("<TABLE><TR><TD>1</TD></TR></TABLE>", [["1"]]),
        ("<table><td>1</td><td>2</td></table>", [["1", "2"]]),
        ("<table><tr><td><font>1<td><b>2</tr><tr><th>3</table>", [["1", "2"], ["3"]]),
        ("<!-- <table><tr><td>alt</td></tr></table> --><table><tr><td>1</td></tr></table>", [["1"]]),
        ("<table><tr><td>1</td></tr></table><!-- </table> -->", [["1"]]),
        ("<table><tr><td>a < b</td></tr></table>", [["a < b"]]),
        ("<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>", [["a", "b"], [None, "c"]]),
        ("<table><tr><td rowspan=0>a</td><td>b</td></tr><tr><td>c</td></tr></table>", [["a", "b"], [None, "c"]]),
        ("<table><tr><td colspan='x'>a</td></tr></table>", [["a"]]),
    ],
)
def test_pages_as_browsers_read_them(page: str, rows: list[list[object]]) -> None:
    assert only(page).rows == rows


def test_a_table_in_a_cell_is_a_table_of_its_own_and_the_cell_goes_on() -> None:
    inner = "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    outer, nested = page_read(table(f"<td>前{inner}后</td><td>乙</td>")).sheets
    assert (outer.name, outer.rows) == ("Table 1", [["前后", "乙"]])
    assert (nested.name, nested.rows) == ("Table 2", [["1", "2"], ["3", "4"]])


@pytest.mark.parametrize(
    ("page", "hidden_rows", "hidden_columns", "visible"),
    [
        ("<table><tr><td>1<tr style='display: none'><td>2</table>", {1}, set(), True),
        ("<table><tr><td>1<tr hidden><td>2</table>", {1}, set(), True),
        (
            "<style>.h, tr.x {display:none}</style><table><tr><td>1<tr class='a h'><td>2<tr class=x><td>3</table>",
            {1, 2},
            set(),
            True,
        ),
        ("<table><tr><td>1<tbody style='visibility:collapse'><tr><td>2</table>", {1}, set(), True),
        ("<table><col><col span=2 style='display:none'><tr><td>1<td>2<td>3</table>", set(), {1, 2}, True),
        ("<table><tr><td>1<td style='display:none'>2<tr><td>3<td style='display:none'>4</table>", set(), {1}, True),
        ("<table><tr><td>1<td style='display:none'>2<tr><td>3<td>4</table>", {0}, set(), True),
        ("<div style='display:none'><table><tr><td>1</table></div>", set(), set(), False),
        ("<table style='display:none'><tr><td>1</table>", set(), set(), False),
    ],
)
def test_what_is_hidden_counts_and_is_known(
    page: str, hidden_rows: set[int], hidden_columns: set[int], visible: bool
) -> None:
    sheet = only(page)
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.visible) == (hidden_rows, hidden_columns, visible)
    assert all(all(row) for row in sheet.rows)


def test_what_is_struck_through_is_known() -> None:
    sheet = only(table("<td><del>甲</del></td><td style='text-decoration:line-through'>乙</td><td>丙</td>"))
    assert (sheet.rows, sheet.struck) == ([["甲", "乙", "丙"]], {(0, 0), (0, 1)})


def test_spans_are_merged_ranges() -> None:
    assert only(table("<td rowspan=2 colspan=2>a</td>", "<td>b</td>")).merged == (Range(0, 0, 1, 1),)


FULL = "<html><body>" + table("<td>甲</td><td>20</td>", "<td>乙</td><td>30</td>") + "</body></html>"


@pytest.mark.parametrize("end", range(FULL.index("乙"), FULL.index("</table>") + 8))
def test_a_page_that_is_cut_off_says_so(end: int) -> None:
    book = page_read(FULL[:end])
    assert [(f.code, f.variant) for f in book.faults] == [("F103", "truncated")]
    assert book.sheets == ()


@pytest.mark.parametrize(
    ("page", "code", "variant"),
    [
        ("<table><tr><td>1<td>2<tr><td>3", "F103", "truncated"),
        ("<table><tr><td>1</table><table><tr><td>2", "F103", "truncated"),
        ("<table><tr><td>1</table><!-- <table>", "F103", "truncated"),
        ("<script>var a = 1; <table><tr><td>1</table>", "F103", "truncated"),
        ("<table><tr><td " + "<a " * 1000, "F103", "truncated"),
        ("<table><tr><td>" + "<div>" * 3000 + "</table>", "F103", ""),
        ("<table><tr>" + "<td colspan=1000>x" * 4000 + "</table>", "F104", "bomb"),
        ("<table>" + "<tr><td rowspan=60000 colspan=1000>x" + "<tr><td>y" * 5000 + "</table>", "F104", "bomb"),
        ("<table><tr><td>1</table>" * 3000, "F104", "bomb"),
        ("<html><p>无表</p></html>", "F101", "other"),
        ("<?xml version='1.0'?><office:document><table:table>", "F101", "other"),  # .fods is no page that is cut off
        ("<html><frameset rows='*'><frame src='a.files/sheet001.htm'></frameset></html>", "F101", "frames"),
    ],
)
def test_what_is_no_page_that_can_be_read_says_so(page: str, code: str, variant: str) -> None:
    assert [(f.code, f.variant) for f in page_read(page).faults] == [(code, variant)]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("gb2312", "gbk"),
        ("utf-16", "gb18030"),
        ("iso-8859-1", "gb18030"),
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8"),
        ("big5", "big5"),
        ("rot13", "utf-8"),
        ("", "utf-16"),
    ],
)
def test_the_charset_that_a_page_names_may_be_a_slip(charset: str, encoding: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head>' + table("<td>孵化器</td><td>面積</td>")
    (sheet,) = read_bytes(page.encode(encoding), "a.html").sheets
    assert sheet.rows == [["孵化器", "面積"]]


def test_whatever_the_markup_a_book_comes_back() -> None:
    rng = random.Random(5)
    words = [
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<td rowspan=2>",
        "<td colspan=3>",
        "甲",
        "1",
        "<b>",
        "</b>",
        "<s>",
        "<!--",
        "-->",
        "<p>",
        "<select>",
        "<",
        ">",
        "&",
        "<col>",
        "<script>",
        "</script>",
        "<tr hidden>",
    ]
    for _ in range(1500):
        book = page_read("<table>" + "".join(rng.choices(words, k=rng.randrange(40))))
        assert book.sheets or book.faults
        for sheet in book.sheets:
            assert all(m.top < len(sheet.rows) for m in sheet.merged)
