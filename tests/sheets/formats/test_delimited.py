"""Text files: delimiters, quoted cells, and records that break (contract 1, F108)."""

from __future__ import annotations

import random

import pytest

from mdj_plan.sheets.cells import address
from mdj_plan.sheets.formats.content import read_bytes
from mdj_plan.sheets.formats.delimited import delimiter, read_delimited
from mdj_plan.sheets.formats.guarded import bare


def rows(text: str) -> list[list[str]]:
    (sheet,) = read_delimited(text).sheets
    return [list(map(str, row)) for row in sheet.rows]


def broken(text: str) -> list[tuple[str, str, str]]:
    """Each F108: its variant, its cell, and the line it names."""
    return [(f.variant, address(f.row, f.column), dict(f.args)["line"]) for f in read_delimited(text).faults]  # type: ignore[misc]  # lines are plain text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a\tb\tc\n1,200\t2,300\t3,400\n", "\t"),
        ("a;b;c\n1,5;2,5;3,5\n", ";"),
        ("a;b;c\n甲，乙;丙，丁;戊，己，庚\n", ";"),
        ('a\tb\n"x,y,z,u,v"\t1\n', "\t"),
        ("a，b\n1，2\n", "，"),
        ("备注，说明\n", "，"),
        ("a|b|c\n1|2|3\n", "|"),
        ("sep=;\na;b\n1,2,3;4,5,6\n", ";"),
        ("填报单位,东安区,,报告期,2018Q2\n名称\t类型\t面积\n甲\t孵化器\t1,200\n乙\t孵化器\t2,200\n", "\t"),
        ("甲\n乙\n", ","),
        ("", ","),
    ],
)
def test_the_delimiter_is_the_mark_that_divides_the_lines_alike(text: str, expected: str) -> None:
    assert delimiter(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,b\n"1,2","3\n4"\n', [["a", "b"], ["1,2", "3\n4"]]),
        ('a,b\n"say ""x""",5" disk\n', [["a", "b"], ['say "x"', '5" disk']]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n\r\n1,2", [["a", "b"], [], ["1", "2"]]),
        ("sep=;\r\na;b\r\n", [[], ["a", "b"]]),
        ('"a","b"\n"",""\n', [["a", "b"], ["", ""]]),
        (
            'a,b,c,d\n"x\ny, z",1,2,3\n1,2,3,"p\nq"\n',
            [["a", "b", "c", "d"], ["x\ny, z", "1", "2", "3"], ["1", "2", "3", "p\nq"]],
        ),
    ],
)
def test_sound_records_are_read_as_a_spreadsheet_reads_them(text: str, expected: list[list[str]]) -> None:
    assert (rows(text), broken(text)) == (expected, [])


HEAD = "name,kind,area,tenants\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + '"a,b,1,2\nc,d,3,4\n', [("open", "A2", "2")]),
        (HEAD + 'a,b,1,2\nc,d,3,"4\n', [("open", "D3", "3")]),
        (HEAD + '"a,b,1,2\nc,d,3,4\n"e"x,f,5,6\n', [("stray", "A2", "2"), ("stray", "A4", "4")]),
        (HEAD + 'a,"b"x,1,2\nc,"d" ,3,4\n', [("stray", "B2", "2"), ("stray", "B3", "3")]),
        (HEAD + '"a,b,1,2\nc,d,3,4\ne",f,5,6\n', [("lines", "A2", "2")]),
        (HEAD + 'a,"b,1,2\nc,d",3,4\n', [("lines", "B2", "2")]),
        (HEAD + '"a,b,1,2\n",c,d,3\n', [("lines", "A2", "2"), ("open", "A3", "3")]),
        ('title\n"two\nlines",x\n' + HEAD + '"a,b,1,2\n', [("open", "A4", "5")]),
        (HEAD.replace(",", "\t") + '"a\tb\t1\t2\nc\td\t3\t4\n', [("open", "A2", "2")]),
        (HEAD.replace(",", ";") + '"a;b;1;2\nc;d;3;4\ne";f;5;6\n', [("lines", "A2", "2")]),
    ],
)
def test_a_quotation_mark_that_breaks_records_is_told_where_it_opens(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert broken(text) == expected


def test_below_a_broken_record_reading_goes_on() -> None:
    assert rows(HEAD + '"a,b,1,2\nc,d,3,4\n')[1:] == [['"a', "b", "1", "2"], ["c", "d", "3", "4"]]


def test_many_broken_records_are_told_in_bounds() -> None:
    assert len(broken(HEAD + 'a,"b"x,1,2\n' * 500)) == 20


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('="91231000MAXX"', "91231000MAXX"),
        ('= "a""b" ', 'a"b'),
        ("'91231000MAXX", "91231000MAXX"),
        ("'=1+1", "=1+1"),
        ("''", "''"),
        ("it's", "it's"),
        ("'a' and 'b'", "'a' and 'b'"),
        ("=A1", "=A1"),
        ("", ""),
    ],
)
def test_guards_are_taken_off(cell: str, expected: str) -> None:
    assert bare(cell) == expected


def test_guards_in_a_file() -> None:
    text = 'code,code\n"=""9123""",\'9124\n="9125",9126\n'
    assert rows(text)[1:] == [["9123", "9124"], ["9125", "9126"]]


def test_whatever_the_marks_every_line_is_read_or_told() -> None:
    rng = random.Random(8)
    for _ in range(2000):
        text = "".join(rng.choices('ab",\n\r1', weights=(4, 4, 5, 5, 4, 1, 4), k=rng.randrange(60)))
        book = read_delimited(text)
        assert book.sheets or book.faults
        if not book.faults and book.sheets[0].lines is not None:
            assert len(book.sheets[0].lines) == len(book.sheets[0].rows)


def test_a_line_has_the_number_that_an_editor_shows() -> None:
    (sheet,) = read_bytes(b'"a\nb",c\r\nd,e\n', "a.csv").sheets
    assert list(sheet.lines or ()) == [1, 3]


def test_a_long_file_is_read_like_a_short_one_and_keeps_what_repeats_once() -> None:
    lines = [["甲", str(number), "孵化器", "运营"][: 4 if number % 200 == 0 else 3] for number in range(4096)]
    lines[300:302] = [[], ["合计", "5", "个", "多", "了"]]
    (sheet,) = read_delimited("".join(",".join(line) + "\n" for line in lines)).sheets
    assert [list(row) for row in sheet.rows] == lines
    assert len({id(row[2]) for row in sheet.rows if len(row) == 3}) == 1


def test_the_lines_of_a_long_file_are_told_whatever_its_cells_hold() -> None:
    ends = {7: "\r\n三", 100: "\r\n", 2047: "\r\n\r\n三", 2048: "\r\n三"}
    rows = [f'{number},"一{ends.get(number, "")}",丙' for number in range(3000)]
    (sheet,) = read_delimited("\r\n".join(rows)).sheets
    assert [row[1] for row in sheet.rows] == [f"一{ends.get(number, '')}" for number in range(3000)]
    lines = list(sheet.lines or ())
    assert [lines[at] for at in (7, 8, 100, 101, 2047, 2048, 2049, 2999)] == [8, 10, 102, 104, 2050, 2053, 2055, 3005]


def test_cells_of_many_lines_are_told_by_the_line_in_which_they_begin() -> None:
    rows = [f'{number},"一\n二",丙' for number in range(300)]
    (sheet,) = read_delimited("编号,两行,丙\n" + "\n".join(rows)).sheets
    assert [list(row) for row in sheet.rows[1:]] == [[str(number), "一\n二", "丙"] for number in range(300)]
    assert list(sheet.lines or ())[:3] == [1, 2, 4]
