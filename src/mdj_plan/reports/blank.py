"""The blank return: the template as a workbook, cover and facilities prefilled from the unit's last return.

Input cells are open in a protected sheet without a password; last quarter's figure stands beside each empty cell. What
a unit fills in reads back without a finding.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from mdj_plan.fields import CHOICES, DUTY_FIELDS, Field
from mdj_plan.reports.returned import saved
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from mdj_plan.intake.submission import Claim
    from mdj_plan.messages import Messages
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Duty, Plan, Unit

VERSION = "1"
LAST = "上季数"
"""The header of the columns that show last quarter's figures; readers pass over it."""
_COMPARED = ("area_m2", "tenant_area_m2", "tenants", "new_graduates", "graduates_total")
_SPARE_ROWS = 12
_HEAD_ROW = 5
_QUARTERS = "一二三四"


class Form(NamedTuple):
    """What a blank return is made from. `claims` are the facilities of the last return, [] where there is none."""

    plan: Plan
    unit: Unit
    member: str | None
    period: Period
    claims: Sequence[Claim]
    duties: Sequence[Duty]

    @property
    def name(self) -> str:
        """The file's name: the unit's (or member's) and the period."""
        return f"{self.member or self.unit.name.zh}_{self.period}.xlsx"


def blank_return(form: Form, texts: Messages) -> bytes:
    """The workbook's bytes; the same for the same form."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "季报"
    _cover(sheet, form, texts)
    columns = _columns(form.plan)
    _head(sheet, columns)
    for offset in range(len(form.claims) + _SPARE_ROWS):
        claim = form.claims[offset] if offset < len(form.claims) else None
        _row(sheet, _HEAD_ROW + 1 + offset, offset + 1 if claim else None, columns, claim, form)
    last = _HEAD_ROW + len(form.claims) + _SPARE_ROWS
    _rules(sheet, columns, last)
    _footer(sheet, last + 2)
    _printed(sheet, len(columns) + 1)
    if form.duties:
        _duties(book.create_sheet("任务进展"), form)
    _instructions(book, texts)
    _dictionary(book, form.plan)
    return saved(book)


def _columns(plan: Plan) -> list[tuple[Field, bool]]:
    """The table's columns after 序号: each field, and after a compared one that of last quarter's figure (True)."""
    found = []
    for field in plan.fields.values():
        found.append((field, False))
        if field.id in _COMPARED:
            found.append((field, True))
    return found


def _cover(sheet: Worksheet, form: Form, texts: Messages) -> None:
    from openpyxl.styles import Font

    sheet["A1"] = visible(f"{form.plan.file.plan.title.zh}季报表")
    sheet["A1"].font = Font(name="黑体", size=16)
    year, quarter = form.period.year, form.period.quarter
    entries = (
        ("A2", "填报单位", form.member or form.unit.name.zh, True),
        ("E2", "报告期", f"{year}年第{_QUARTERS[quarter - 1]}季度", True),
        ("I2", "数据截止日", form.period.last_day.isoformat(), True),
        ("M2", "报告类型", "正常", False),
        ("A3", "报出日期", None, False),
        ("E3", "填表人", None, False),
        ("I3", "审核人", None, False),
        ("M3", "联系电话", None, False),
    )
    for place, label, value, fixed in entries:
        cell = sheet[place]
        cell.value = label
        cell.font = Font(name="黑体", size=10)
        beside = sheet.cell(cell.row, cell.column + 1)
        beside.value = value
        beside.number_format = "@"
        if not fixed:
            _open(beside)
    sheet["Q2"] = texts("template-version", version=VERSION)


def _head(sheet: Worksheet, columns: Sequence[tuple[Field, bool]]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Side(style="thin", color="808080")
    heads = ["序号", *(LAST if last else field.label.zh for field, last in columns)]
    for column, head in enumerate(heads, 1):
        cell = sheet.cell(_HEAD_ROW, column, head)
        cell.font = Font(name="黑体", size=10, bold=True, color="808080" if head == LAST else "000000")
        cell.fill = PatternFill("solid", fgColor="F2F2F2" if head == LAST else "D9E1F2")
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
        cell.border = Border(left=line, right=line, top=line, bottom=line)
        field = columns[column - 2][0] if column > 1 else None
        if field is not None and head != LAST and field.id in _HELP:
            comment = Comment(_HELP[field.id], "mdj-plan")
            comment.width, comment.height = 260, 90
            cell.comment = comment
    sheet.row_dimensions[_HEAD_ROW].height = 46


_HELP = {
    "name": "填全称，与上季一致；更名请在备注说明。",
    "credit_code": "18 位统一社会信用代码。",
    "level_document": "省级以上必填，如：国科发火〔2016〕1号。",
    "demonstration": "省级示范、典型示范；有两项时用“、”隔开。",
    "founded": "如 2015-03-02。",
    "state": "只有“运营”计入。",
    "area_m2": "只填数字，单位平方米，不是万平方米。",
    "new_graduates": "只填本季新增，不是年初至今。",
    "graduates_total": "等于上季累计加本季新增，只增不减。",
}


def _row(
    sheet: Worksheet,
    row: int,
    number: int | None,
    columns: Sequence[tuple[Field, bool]],
    claim: Claim | None,
    form: Form,
) -> None:
    from openpyxl.styles import Border, Font, Side

    line = Side(style="thin", color="BFBFBF")
    edge = Border(left=line, right=line, top=line, bottom=line)
    sheet.cell(row, 1, number).border = edge
    for column, (field, last) in enumerate(columns, 2):
        cell = sheet.cell(row, column)
        cell.border = edge
        value = None if claim is None else claim.value(field.id)
        if last:
            cell.value = None if value is None else float(value)
            cell.font = Font(name="宋体", size=10, color="808080")
            continue
        cell.font = Font(name="宋体", size=10)
        _open(cell)
        if not field.numeric:
            cell.number_format = "@"
            if value is not None and field.id != "note":
                cell.value = visible(_typed(field, value, form))
                cell.data_type = "s"


def _typed(field: Field, value: Any, form: Form) -> str:
    """A canonical value as the template writes it."""
    if field.type == "choice":
        return field.words[value]
    if field.type == "choices":
        return "、".join(word for word, canonical in field.choices if canonical in value)
    if field.type == "unit":
        return form.plan.units[value].name.zh
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _open(cell: Any) -> None:
    from openpyxl.styles import PatternFill, Protection

    cell.protection = Protection(locked=False)
    cell.fill = PatternFill("solid", fgColor="FFFDE7")


def _rules(sheet: Worksheet, columns: Sequence[tuple[Field, bool]], last: int) -> None:
    """Drop-downs for listed fields, number rules for figures; on the cover the report type."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, (field, is_last) in enumerate(columns, 2):
        if is_last:
            continue
        rule = _rule(field, DataValidation)
        if rule is not None:
            letter = get_column_letter(column)
            rule.add(f"{letter}{_HEAD_ROW + 1}:{letter}{last}")
            sheet.add_data_validation(rule)
    kinds = DataValidation("list", formula1='"' + ",".join(CHOICES["type"]) + '"', allow_blank=True)
    kinds.add("N2")
    sheet.add_data_validation(kinds)


def _rule(field: Field, rule: Any) -> Any:
    if field.type == "choice":
        made = rule("list", formula1='"' + ",".join(field.words.values()) + '"', allow_blank=True)
    elif field.type == "whole":
        made = rule("whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    elif field.type == "number":
        made = rule("decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    else:
        return None
    made.error, made.errorTitle = f"{field.label.zh}填写有误，请看填表说明。", "请改正"
    made.showErrorMessage = True
    return made


def _footer(sheet: Worksheet, row: int) -> None:
    sheet.cell(row, 1, "注：只填黄色单元格；只填数字，不填单位；“上季数”供核对，不必改动。")


def _printed(sheet: Worksheet, width: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for column in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 11
    for letter, wide in (("A", 10), ("B", 30), ("C", 23), ("F", 20)):
        sheet.column_dimensions[letter].width = wide
    sheet.freeze_panes = f"C{_HEAD_ROW + 1}"
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8  # A3: the full return has more columns than A4 shows
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer: Any = sheet.oddFooter
    footer.center.text = "第 &P 页 共 &N 页"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def _duties(sheet: Worksheet, form: Form) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    heads = [field.header for field in DUTY_FIELDS.values()]
    for column, head in enumerate(heads, 1):
        sheet.cell(1, column, head).font = Font(name="黑体", size=10, bold=True)
    for row, duty in enumerate(form.duties, 2):
        sheet.cell(row, 1, duty.name.zh)
        for column in range(2, len(heads) + 1):
            _open(sheet.cell(row, column))
    rule = DataValidation("list", formula1='"' + ",".join(CHOICES["status"]) + '"', allow_blank=True)
    rule.add(f"C2:C{1 + len(form.duties)}")
    sheet.add_data_validation(rule)
    for letter, wide in (("A", 36), ("B", 12), ("C", 12), ("D", 40), ("E", 40)):
        sheet.column_dimensions[letter].width = wide
    sheet.protection.sheet = True


def _instructions(book: Workbook, texts: Messages) -> None:
    sheet = book.create_sheet("填表说明")
    for row, line in enumerate(texts("template-how").split("\n"), 1):
        sheet.cell(row, 1, line)
    sheet.column_dimensions["A"].width = 100
    sheet.protection.sheet = True


def _dictionary(book: Workbook, plan: Plan) -> None:
    sheet = book.create_sheet("字典")
    for column, field in enumerate((field for field in plan.fields.values() if field.choices), 1):
        sheet.cell(1, column, field.header)
        for row, word in enumerate(field.words.values(), 2):
            sheet.cell(row, column, word)
    sheet.protection.sheet = True
