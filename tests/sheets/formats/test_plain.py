"""Which sheets calamine may be handed, and which of those need no look beside their values."""

from __future__ import annotations

import pytest

from mdj_plan.sheets.formats.look import Look
from mdj_plan.sheets.formats.plain import look, plain

HEAD = '<?xml version="1.0"?><worksheet xmlns="main"><sheetData>'
SHARED, FIGURE = '<c r="A1" t="s"><v>3</v></c>', '<c r="B1" s="4"><v>-1.5E3</v></c>'


def sheet(rows: str, *, head: str = HEAD, tail: str = "") -> bytes:
    return f"{head}{rows}</sheetData>{tail}</worksheet>".encode()


def row(cells: str, *, attributes: str = "", number: int = 1) -> str:
    return f'<row r="{number}"{attributes}>{cells}</row>'


def seen(xml: bytes) -> Look | None:
    found = plain(xml)
    return None if found is None else look(found, struck=frozenset(), struck_texts=frozenset(), kept=False)


@pytest.mark.parametrize(
    "rows",
    [
        row(SHARED + FIGURE),
        row('<c r="A1" s="2"/>' + FIGURE, attributes=' spans="1:2" ht="15.6" customHeight="1" x14ac:dyDescent="0.3"'),
        row("") + '<row r="2" spans="1:2"/>' + row('<c r="BZ3"><v>7</v></c>', number=3),
        "",
    ],
)
def test_shared_strings_and_figures_need_no_look(rows: str) -> None:
    found = plain(sheet(rows))
    assert found is not None
    assert found.plainest
    assert not found.has_booleans
    assert seen(sheet(rows)) == Look()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (row(SHARED, attributes=' hidden="1"'), Look(hidden_rows=frozenset({0}))),
        (row(SHARED, attributes=' spans="1:2" ht="0"'), Look(hidden_rows=frozenset({0}))),
        (row(SHARED, attributes=' ht="0.75"'), Look()),
        (row('<c r="A1" t="e"><v>#N/A</v></c>'), Look(flaws={(0, 0): "#N/A"})),
        (row('<c r="A1"><f>B1</f></c>' + FIGURE), Look(flaws={(0, 0): "=B1"})),
        (row('<c r="A1"><f>B1</f><v>5</v></c>'), Look()),
        (row('<c r="A1" t="str"><v>甲</v></c>'), Look()),
        (row('<c r="A1" t="inlineStr"><is><t>甲</t></is></c>'), Look()),
        (row('<c r="CA1"><v>5</v></c>'), Look()),
    ],
)
def test_anything_else_is_looked_at(rows: str, expected: Look) -> None:
    found = plain(sheet(rows))
    assert found is not None
    assert not found.plainest
    assert seen(sheet(rows)) == expected


def test_merges_and_hidden_columns_are_seen_beside_the_plainest_rows() -> None:
    head = HEAD.replace("<sheetData>", '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>')
    tail = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    found = seen(sheet(row(SHARED), head=head, tail=tail))
    assert found is not None
    assert (found.hidden_columns, [tuple(each) for each in found.merged]) == (frozenset({1}), [(0, 0, 0, 1)])


def test_a_style_that_is_struck_out_is_looked_for_in_the_plainest_rows() -> None:
    found = plain(sheet(row(SHARED + FIGURE)))
    assert found is not None
    assert look(found, struck={4}, struck_texts=frozenset(), kept=False).struck == {(0, 1)}
    assert look(found, struck=frozenset(), struck_texts={3}, kept=False).struck == {(0, 0)}


@pytest.mark.parametrize(
    "xml",
    [
        sheet(row('<c r="A2"><v>5</v></c>')),  # the address of another row
        sheet(row(SHARED) + row(SHARED)),  # one row twice
        sheet(row(SHARED) + "<!-- -->"),
        sheet(row('<c r="A1"><v>5</v></c>', attributes=' spans="&amp;x;"') + row("<x/>", number=2)),
        sheet(row('<c r="A1" t="str"><v>_x0041_</v></c>')),
        sheet(row('<c r="A1" t="str"><v>&bogus;</v></c>')),
        sheet(row('<c r="A1" t="s"><v>７</v></c>')),  # calamine shows the first of all shared strings
        sheet(row('<c r="A1" t="s"><v>1e0</v></c>')),
        sheet(row('<c r="A1" s="4" t="s"><v>-7</v></c>')),
        sheet(row('<c r="A1"><v>&#55;</v></c>')),  # calamine shows nothing
        sheet(row('<c r="A1" t="n"><v>NaN</v></c>')),
        sheet(row('<c r="A1" t="b"><v>false</v></c>')),  # calamine 0.8 shows TRUE
        sheet(row('<c r="A1" t="b"><v>2</v></c>')),
        sheet(row(SHARED), tail='<hyperlink display="&bogus;"/>'),
    ],
)
def test_what_readers_might_understand_differently_is_read_with_care(xml: bytes) -> None:
    assert plain(xml) is None
