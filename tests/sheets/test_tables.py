"""The one reader of the office's tables: what is read, and what is refused at which cell."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any

import openpyxl
import pytest

from mdj_plan.messages import messages
from mdj_plan.period import Period
from mdj_plan.plan.problems import Problem
from mdj_plan.sheets.cells import Cell
from mdj_plan.sheets.tables.columns import Column, Family
from mdj_plan.sheets.tables.kinds import DAY, RAW, TEXT, WHOLE
from mdj_plan.sheets.tables.parsers import moment, quarter
from mdj_plan.sheets.tables.table import OfficeTable, parse_table
from tests.sheets.workbooks import workbook


def period_of(head: str) -> Period | None:
    found: Period | None = quarter(head).value
    return found


@dataclass(frozen=True, slots=True)
class Row:
    row: int
    unit: Annotated[str, Column(("责任单位", "单位"), TEXT, required=True, needed=True)]
    count: Annotated[int | None, Column(("数量",), WHOLE, needed=True)]
    day: Annotated[dt.date | None, Column(("日期",), DAY)] = None
    milestones: Annotated[dict[Period, Cell], Family(period_of, RAW)] = field(default_factory=dict)


def parsed(text: str, encoding: str = "utf-8") -> OfficeTable[Row]:
    return parse_table(text.encode(encoding), "表.csv", Row, totals="unit", strict=True)


def in_workbook(*rows: list[Any], merge: str = "") -> OfficeTable[Row]:
    return parse_table(workbook(rows, merge), "表.xlsx", Row, totals="unit", strict=True)


def told(table: OfficeTable[Row]) -> list[str]:
    return [Problem.of(slip).sentence(messages("en")) for slip in table.slips]


def read(table: OfficeTable[Row]) -> list[tuple[Any, ...]]:
    assert told(table) == []
    return [(row.unit, row.count, row.day) for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        "责任单位,数量\n东区,3\n西区,4\n",
        "附件2：分解表\n,,\n单 位（全称）,数量\n东区,3\n西区,4\n填表人：示例甲\n",
        "单位\t数量\r\n东区\t３\r\n\t\r\n西区\t4\r\n",
        '责任单位,数量\n东区,3\n责任单位,数量\n西区,"4"\n注：以季末为准\n',
    ],
)
def test_titles_synonyms_notes_and_encodings(text: str, encoding: str) -> None:
    assert read(parsed(text, encoding)) == [("东区", 3, None), ("西区", 4, None)]


def test_a_merged_name_holds_for_each_of_its_rows_a_merged_figure_does_not() -> None:
    head = ["责任单位", "数量", "日期"]
    table = in_workbook(head, ["东区", 3], [None, 4], merge="A2:A3")
    assert read(table) == [("东区", 3, None), ("东区", 4, None)]
    table = in_workbook(head, ["东区", 3], ["西区", None], merge="B2:B3")
    assert read(table) == [("东区", 3, None), ("西区", None, None)]


def test_a_header_of_two_rows_below_a_merged_one() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    cells: list[list[Any]] = [["责任单位", "数量", "年度目标"], [None, None, "2017年", 2018], ["东区", 3, 1, 2]]
    for each in cells:
        sheet.append(each)
    for merged in ("A1:A2", "B1:B2", "C1:D1"):
        sheet.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    (row,) = parse_table(out.getvalue(), "表.xlsx", Row).rows
    assert row.milestones == {Period(2017, 4): 1, Period(2018, 4): 2}


def test_totals_stand_apart() -> None:
    table = parsed("责任单位,数量\n东区,3\n县区小计,3\n西区,4\n合计,7\n")
    assert [row.unit for row in table.rows] == ["东区", "西区"]
    assert [(total["unit"], total["count"]) for total in table.totals] == [("县区小计", "3"), ("合计", "7")]


def test_as_above_takes_the_value_above() -> None:
    assert read(parsed("责任单位,数量\n东区,3\n同上,4\n")) == [("东区", 3, None), ("东区", 4, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "责任单位,数量,日期\n,3,2018-01-01\n东区,三,2018年\n西区,4,2018-02-30\n",
            [
                "表.csv:A2: “责任单位” is blank",
                "表.csv:B3: says “三”; expected: a whole number",
                "表.csv:C3: says “2018年”; expected: a date such as 2018-07-12",
                "表.csv:C4: says “2018-02-30”; expected: a date such as 2018-07-12",
            ],
        ),
        ("责任单位,数量\n东区,3,9\n", ["表.csv:C2: says “9”, but the header has no such column"]),
        ("责任单位,数量,颜色\n东区,3,红\n", ["表.csv:C1: unknown column “颜色”; known: 责任单位, 数量, 日期"]),
        ("责任单位,数量,数量\n东区,3,3\n", ["表.csv:C1: the column “数量” stands twice"]),
        ("名称,个数\n东区,3\n", ["表.csv: no header found; expected: 责任单位, 数量"]),
        ("责任单位,数量,2017\n东区,3,1\n", []),
    ],
)
def test_every_mistake_is_told_at_its_cell_in_one_run(text: str, expected: list[str]) -> None:
    assert told(parsed(text)) == expected


def test_a_row_with_a_mistake_is_left_out_the_others_stand() -> None:
    table = parsed("责任单位,数量\n东区,三\n西区,4\n")
    assert [row.unit for row in table.rows] == ["西区"]


def test_what_else_is_wrong_with_a_row_can_be_asked_with_blanks_for_its_mistakes() -> None:
    table = parsed("责任单位,数量,日期,2017\n,三,2018-07-12,1\n东区,4,2018年,2\n西区,4,,\n")
    assert [row.unit for row in table.rows] == ["西区"]
    assert table.partial == (
        Row(1, "", None, dt.date(2018, 7, 12), {Period(2017, 4): "1"}),
        Row(2, "东区", 4, None, {Period(2017, 4): "2"}),
    )


def test_cells_whose_value_cannot_be_known() -> None:
    assert told(in_workbook(["责任单位", "数量"], ["东区", "=1/0"]))[0].startswith("表.xlsx:Sheet!B2: ")


def test_two_sheets_with_the_table_are_not_guessed_between() -> None:
    book = openpyxl.Workbook()
    for sheet in (book.worksheets[0], book.create_sheet("二")):
        sheet.append(["责任单位", "数量"])
        sheet.append(["东区", 3])
    out = io.BytesIO()
    book.save(out)
    table = parse_table(out.getvalue(), "表.xlsx", Row)
    assert told(table) == ["表.xlsx:二: several sheets hold this table (Sheet, 二); keep one"]


def test_a_file_that_cannot_be_read_says_why() -> None:
    table = parse_table(b"%PDF-1.4", "表.csv", Row)
    assert told(table)[0].startswith("表.csv: ")
    assert table.rows == ()


def test_an_empty_file_holds_nothing() -> None:
    assert parse_table("\ufeff\n".encode(), "表.csv", Row) == OfficeTable("表.csv", None, (), (), (), None)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2019Q4", Period(2019, 4)),
        ("2019", Period(2019, 4)),
        (2019, Period(2019, 4)),
        (2019.0, Period(2019, 4)),
        ("2019年底", Period(2019, 4)),
        ("2019年末前", Period(2019, 4)),
        ("2019年12月", Period(2019, 4)),
        ("2019年12月底前完成", Period(2019, 4)),
        ("2019-12", Period(2019, 4)),
        ("2018.6", Period(2018, 2)),
        ("2018年上半年", Period(2018, 2)),
        ("2018年第三季度", Period(2018, 3)),
        ("2018年三季度末", Period(2018, 3)),
        ("2019-12-31", Period(2019, 4)),
        ("2019年12月31日前", Period(2019, 4)),
        (dt.date(2019, 12, 31), Period(2019, 4)),
        (dt.datetime(2018, 6, 30), Period(2018, 2)),  # noqa: DTZ001 - as a spreadsheet gives it
        (43830, Period(2019, 4)),
        ("２０１９年底", Period(2019, 4)),
        ("", None),
        ("—", None),
        ("2019年11月", "V107"),
        ("2019-11-15", "V107"),
        ("年底", "V107"),
        ("四季度", "V107"),
        (2019.1, "V107"),
        ("长期", "V107"),
    ],
)
def test_quarters_as_offices_write_deadlines(raw: Cell, expected: Period | str | None) -> None:
    found = quarter(raw)
    assert (found.code or found.value) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2018-07-14T09:30:00+08:00", "2018-07-14T09:30:00+08:00"),
        ("2018-07-15T16:30:00Z", "2018-07-15T16:30:00+00:00"),
        ("2018/07/14 09:30:00", "2018-07-14T09:30:00"),
        ("2018/7/14 9:30", "2018-07-14T09:30:00"),
        ("2018/7/14 9:30:05", "2018-07-14T09:30:05"),
        ("2018/7/14 9:30+08:00", "2018-07-14T09:30:00+08:00"),
        ("2018-7-14 16:30:59.999", "2018-07-14T16:30:59"),
        ("2018年7月14日 9:30", "2018-07-14T09:30:00"),
        ("2018-07-14", "2018-07-14T00:00:00"),
        ("43296.6875", "2018-07-15T16:30:00"),
        (43296.6875, "2018-07-15T16:30:00"),
        (43296, "2018-07-15T00:00:00"),
        ("43296.999999", "2018-07-16T00:00:00"),  # to the nearest second
        ("43296.99998", "2018-07-15T23:59:58"),
        (dt.datetime(2018, 7, 14, 9, 30), "2018-07-14T09:30:00"),  # noqa: DTZ001 - as a spreadsheet gives it
        (dt.date(2018, 7, 14), "2018-07-14T00:00:00"),
        ("", None),
        ("12 July", "V107"),
        ("2018-07-14 25:00", "V107"),
        ("2018年7月", "V107"),
    ],
)
def test_times_of_receipt_as_spreadsheets_save_them(raw: Cell, expected: str | None) -> None:
    found = moment(raw)
    assert (found.code or (found.value and found.value.isoformat())) == expected


def in_csv(rows: list[list[str]]) -> bytes:
    return "\n".join(map(",".join, rows)).encode()


def in_xls(rows: list[list[str]]) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def in_html(rows: list[list[str]]) -> bytes:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><meta charset=utf-8><table>{lines}</table></html>".encode()


@pytest.mark.parametrize("made", [in_csv, workbook, in_xls, in_html])
def test_the_rows_are_the_same_whatever_the_format(made: Callable[[list[list[str]]], bytes]) -> None:
    table = parse_table(made([["责任单位", "数量", "日期"], ["东区", "14", "2018-07-12"]]), "表", Row)
    assert read(table) == [("东区", 14, dt.date(2018, 7, 12))]
