"""The files of the example data: returns in the form of the template as workbooks or CSV, and receipts and register."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.archive.receipts import COLUMNS as RECEIPT_COLUMNS
from mdj_plan.archive.states import FILED, RETURNED
from mdj_plan.fields import DUTY_FIELDS, FIELDS

from .example_returns import TOTALLED, Return, Value
from .example_story import ALIASES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from mdj_plan.period import Period

TITLE = "牡丹江市科技企业孵化器和众创空间{what}季报表（示例数据）"
MADE_UP = (
    "注：本表为示例数据（synthetic example data），载体、经营主体、人员和文号均属虚构；孵化面积以实际投入使用面积为准。"
)
WIDTHS = {"name": 26, "credit_code": 21, "level_document": 22, "demonstration": 18, "duty": 34, "evidence": 26}


class Table(NamedTuple):
    """One sheet as a person sees it: title, cover, header, rows, perhaps a total, footer. `fields` are the columns."""

    sheet: str
    title: str
    cover: list[list[Value]]
    fields: tuple[str, ...]
    headers: list[str]
    rows: list[list[Value]]
    total: list[Value]
    footer: list[list[Value]]


def tables(ret: Return) -> list[Table]:
    """The facilities table, and the duties table where the return has one."""
    department = "region" in ret.form and "department" not in ret.form
    foot: list[list[Value]] = [
        ["填表人：示例张三", None, None, None, "审核人：示例李四", None, None, None, "联系电话：0453-0000000"],
        [MADE_UP],
    ]
    total: list[Value] = []
    if ret.reporter.total and ret.rows:
        total = ["合计", *(ret.totals.get(name) for name in ret.form)]
    found = [
        Table(
            "载体明细" if department else "季报",
            TITLE.format(what="建设情况"),
            _cover(ret),
            ret.form,
            ["序号", *(FIELDS[name].label.zh for name in ret.form)],
            [[number, *(row.get(name) for name in ret.form)] for number, row in enumerate(ret.rows, 1)],
            total,
            foot,
        )
    ]
    if ret.duties is not None:
        fields = tuple(DUTY_FIELDS)
        headers = ["序号", *(field.header for field in DUTY_FIELDS.values())]
        rows = [[number, *(row[name] for name in fields)] for number, row in enumerate(ret.duties, 1)]
        found.append(Table("任务进展", TITLE.format(what="发展任务进展"), [], fields, headers, rows, [], [[MADE_UP]]))
    return found


def _cover(ret: Return) -> list[list[Value]]:
    reported = ret.received.date()
    said: tuple[tuple[str, Value], ...] = (
        ("填报单位", ret.reporter.name),
        ("报告期", _in_words(ret.period)),
        ("数据截止日", ret.period.last_day),
        ("报出日期", reported),
        ("报告类型", ret.type),
    )
    if ret.reporter.cover == "pairs":
        cells: list[list[Value]] = [[label, value, None] for label, value in said]
    else:
        cells = [[f"{label}：{_dated(value)}", None, None] for label, value in said]
    return [list(chain.from_iterable(cells[:3])), list(chain.from_iterable(cells[3:]))]


def _in_words(period: Period) -> str:
    return f"{period.year}年第{'一二三四'[period.quarter - 1]}季度"


def _dated(value: Value) -> Value:
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, dt.date) else value


def return_bytes(ret: Return) -> bytes:
    """The return as a file: a workbook, or text in the reporter's encoding."""
    if ret.reporter.form == "xlsx":
        return _workbook(ret)
    lines: list[Sequence[Value]] = []
    for table in tables(ret):
        lines += [[table.title], *table.cover, table.headers, *table.rows, *([table.total] if table.total else [])]
        lines += table.footer
    width = max(len(line) for line in lines)
    return csv_bytes(([*line, *[None] * (width - len(line))] for line in lines), ret.reporter.form)


def csv_bytes(rows: Iterable[Sequence[Value]], encoding: str = "utf-8-sig") -> bytes:
    """Rows as CSV with CRLF; blanks as nothing, dates as ISO."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def receipts_bytes(received: Iterable[tuple[Return, str]]) -> bytes:
    """receipts.csv of (return, SHA-256 of its file), in order of arrival."""
    rows: list[list[Value]] = [
        [
            ret.received.isoformat(),
            ret.reporter.unit,
            ret.reporter.name if "." in ret.reporter.id else "",
            str(ret.period),
            ret.version or "",
            ret.file,
            sha256,
            f"{ret.reporter.name}{_in_words(ret.period)}季报（示例）.{ret.suffix}",
            ret.errors,
            ret.warnings,
            FILED if ret.version else RETURNED,
            "",
        ]
        for ret, sha256 in sorted(received, key=lambda pair: (pair[0].received, pair[0].file))
        if ret.reporter.receipt
    ]
    return csv_bytes([RECEIPT_COLUMNS, *rows])


def register_bytes() -> bytes:
    """register.csv: which differently named claims are one facility."""
    header = ["载体名称", "载体类型", "别名", "别名类型", "依据"]
    return csv_bytes([header, *([a.name, a.own_kind, a.alias, a.kind, a.reason] for a in ALIASES)])


def _workbook(ret: Return) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        created = ret.received.replace(tzinfo=None, second=0)
        book.set_properties({"title": "示例数据", "author": "示例", "comments": MADE_UP, "created": created})
        for table in tables(ret):
            _write(book, book.add_worksheet(table.sheet), table)
    return buffer.getvalue()


def _write(book: Workbook, sheet: Worksheet, table: Table) -> None:
    """One sheet: cells, a total as formula with its result, widths and a frozen header."""
    line = {"border": 1, "valign": "vcenter"}
    plain, dates = book.add_format(line), book.add_format(line | {"num_format": "yyyy-mm-dd"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    bold = book.add_format(line | {"bold": True, "text_wrap": True, "align": "center", "bg_color": "#DDE6F0"})
    title = book.add_format({"bold": True, "font_size": 14, "align": "center"})
    sheet.merge_range(0, 0, 0, len(table.fields), table.title, title)
    for row, cells in enumerate(table.cover, 1):
        _cells(sheet, row, cells, None, day)
    header = 1 + len(table.cover)
    for column, text in enumerate(table.headers):
        sheet.write_string(header, column, text, bold)
    for row, cells in enumerate(table.rows, header + 1):
        _cells(sheet, row, cells, plain, dates)
    end = header + 1 + len(table.rows)
    if table.total:
        _total(sheet, table, header + 1, end, book.add_format(line | {"bold": True}))
        end += 1
    for row, cells in enumerate(table.footer, end):
        _cells(sheet, row, cells, None, day)
    sheet.set_row(header, 48)
    sheet.set_column(0, 0, 9)
    for column, name in enumerate(table.fields, 1):
        sheet.set_column(column, column, WIDTHS.get(name, 11))
    sheet.freeze_panes(header + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)


def _cells(sheet: Worksheet, row: int, cells: Sequence[Value], plain: Format | None, dates: Format) -> None:
    """Write a row; blanks only where there is a border to draw, numbers as numbers, dates as dates."""
    for column, value in enumerate(cells):
        if isinstance(value, dt.date):
            sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), dates)
        elif isinstance(value, int | Decimal):
            sheet.write_number(row, column, float(value), plain)
        elif value:
            sheet.write_string(row, column, value, plain)
        elif plain is not None:
            sheet.write_blank(row, column, None, plain)


def _total(sheet: Worksheet, table: Table, first: int, end: int, bold: Format) -> None:
    """The 合计 row: sums with their stored results; a figure that somebody typed over stays a figure."""
    from xlsxwriter.utility import xl_range

    sheet.write_string(end, 0, "合计", bold)
    for column, value in enumerate(table.total[1:], 1):
        summed = sum(Decimal(str(cells[column])) for cells in table.rows if isinstance(cells[column], int | Decimal))
        if value is None or table.fields[column - 1] not in TOTALLED:
            sheet.write_blank(end, column, None, bold)
        elif value == summed:
            sheet.write_formula(end, column, f"=SUM({xl_range(first, column, end - 1, column)})", bold, str(value))
        else:
            sheet.write_number(end, column, float(str(value)), bold)
