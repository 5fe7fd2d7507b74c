"""The form's table of duties: the plan's, each with its measure unit, what was reported last and so far."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mdj_plan.fields import CHOICES, DUTY_FIELDS
from mdj_plan.measures import unit
from mdj_plan.reports.blank.facilities import LAST
from mdj_plan.reports.blank.sheets import GREY, HEAD, QUIET
from mdj_plan.reports.figures import shown
from mdj_plan.text import visible

if TYPE_CHECKING:
    from decimal import Decimal

    from mdj_plan.plan.model import Duty
    from mdj_plan.reports.blank.form import Form
    from mdj_plan.reports.blank.sheets import Book

MEASURE, LAST_STATUS, SO_FAR = "计量单位", "上季状态", "累计进展"
"""Headers of columns that readers pass over (`headers.csv`)."""
_WIDTHS = (30, 17, 10, 34, 26, 16, 11, 10, 11)
_PERSONS = ("填表人", "审核人", "联系电话", "报出日期")


def duties(book: Book, form: Form) -> Any:
    """The sheet; it is returned so that the book can open on it. Its title is printed above it: readers that look for
    the header in the first row find it there.
    """
    sheet = book.sheet(book.texts("blank-duties"), _WIDTHS)
    sheet.fit_to_pages(1, 0)
    _heads(book, sheet, form)
    for row, duty in enumerate(form.duties, 1):
        _row(book, sheet, row, duty, form)
    _rules(sheet, len(form.duties), book)
    _bottom(book, sheet, form, len(form.duties) + 2)
    title = book.texts("blank-duties-title", plan=book.texts.words(form.plan.file.plan.title))
    lines = (f'&"黑体"&15{_printed(title)}', f'&"宋体"&11{_printed(form.headline(book.texts))}')
    sheet.set_header("&C" + "\n".join(lines))
    sheet.set_margins(left=0.4, right=0.4, top=1.1, bottom=0.6)
    sheet.freeze_panes(1, 1)
    return sheet


def _printed(text: str) -> str:
    """A text of a header or footer, where & begins a code; a digit must not follow a font's size."""
    safe = visible(text).replace("&", "&&")
    return f" {safe}" if safe[:1].isdigit() else safe


def _heads(book: Book, sheet: Any, form: Form) -> None:
    measures = {taken_apart(duty)[1] for duty in form.duties}
    measure = measures.pop() if len(measures) == 1 else ""
    heads = [field.header for field in DUTY_FIELDS.values()]
    heads[1] += f"（{measure}）" if measure and unit(measure) else ""
    for column, head in enumerate((*heads, MEASURE, LAST, LAST_STATUS, SO_FAR)):
        quiet = column >= len(heads)
        colours = {"bg_color": f"#{QUIET if quiet else HEAD}", "font_color": f"#{GREY if quiet else '000000'}"}
        pen = book.ruled(font_name="黑体", text_wrap=True, align="center", **colours)
        sheet.write_string(0, column, head, pen)
    sheet.set_row(0, 34)


def taken_apart(duty: Duty) -> tuple[str, str]:
    """What a duty's figure counts, and its measure unit: 拨付资金 and 万元 of 拨付资金（万元）; of 场 only the unit."""
    said = visible(duty.measure.zh if duty.measure else "")
    found = re.search(r"\s*[（(]([^）)]*)[）)]\s*$", said)
    return (said[: found.start()], found[1]) if found else ("", said)


def _row(book: Book, sheet: Any, row: int, duty: Duty, form: Form) -> None:
    sheet.set_row(row, 42)
    sheet.write_string(row, 0, visible(duty.name.zh or duty.name.en), book.ruled(text_wrap=True))
    for column in range(1, len(DUTY_FIELDS)):
        pen = book.entry() if column == 1 else book.entry(num_format="@", text_wrap=True)
        sheet.write_blank(row, column, None, pen)
    quiet: dict[str, Any] = {"bg_color": f"#{QUIET}", "font_color": f"#{GREY}", "text_wrap": True, "align": "center"}
    for column, words in enumerate(_known(duty, form), len(DUTY_FIELDS)):
        sheet.write_string(row, column, words, book.ruled(**quiet))


def _known(duty: Duty, form: Form) -> tuple[str, str, str, str]:
    """What is known of a duty: measure, the last figure and status, the total so far; "" for what is not."""
    last, status = _last(duty, form)
    return visible(duty.measure.zh if duty.measure else ""), last, status, _so_far(duty, form)


def _last(duty: Duty, form: Form) -> tuple[str, str]:
    """The figure and the status of the last return."""
    report = next((each for each in form.reports if each.duty == duty.id), None)
    if report is None:
        return "", ""
    status = "" if report.status is None else DUTY_FIELDS["status"].words[report.status]
    return _figure(report.progress), status


def _so_far(duty: Duty, form: Form) -> str:
    states = form.standing.duties if form.standing is not None else ()
    state = next((each for each in states if each.duty.id == duty.id), None)
    return "" if state is None else _figure(state.progress_total)


def _figure(value: Decimal | None) -> str:
    return "" if value is None else shown(value, 4)


def _rules(sheet: Any, rows: int, book: Book) -> None:
    texts = book.texts
    number = {"validate": "decimal", "criteria": ">=", "value": 0, "input_title": DUTY_FIELDS["progress"].header}
    sheet.data_validation(1, 1, rows, 1, number | {"input_message": texts("blank-tip-progress")})
    words = {"validate": "list", "source": list(CHOICES["status"]), "input_title": DUTY_FIELDS["status"].header}
    sheet.data_validation(1, 2, rows, 2, words | {"input_message": texts("blank-tip-status")})
    evidence = {"validate": "any", "input_title": DUTY_FIELDS["evidence"].header}
    sheet.data_validation(1, 3, rows, 3, evidence | {"input_message": texts("blank-tip-evidence")})


def _bottom(book: Book, sheet: Any, form: Form, row: int) -> None:
    """Who has filled it in, where no other sheet asks for it; until when, whereto, signatures."""
    if form.duties_only:
        for label in _PERSONS:
            sheet.write_string(row, 0, label, book.pen(font_name="黑体", align="right"))
            sheet.write_blank(row, 1, None, book.entry(num_format="@"))
            sheet.set_row(row, 20)
            row += 1
        row += 1
    sheet.write_string(row, 0, book.texts("blank-signatures"), book.pen(font_size=11))
    sheet.set_row(row, 30)
    red = book.pen(font_name="黑体", font_color="#C00000")
    sheet.write_string(row + 1, 0, book.texts("blank-note", note=form.asks(book.texts)), red)
    if form.duties_only:
        what = book.texts("blank-no-facilities", sheet=book.texts("blank-sheet"))
        sheet.write_string(row + 2, 0, what, book.pen(font_size=9))
    if book.texts.language != "zh":
        named = ", ".join(f"{field.header}: {field.english}" for field in DUTY_FIELDS.values())
        sheet.write_string(row + 3, 0, f"※{named}", book.pen(font_size=9))
