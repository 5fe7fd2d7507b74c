"""The form's table of facilities: cover, last quarter's facilities with their figures beside empty cells, new rows,
totals and checks. Core columns print on one page, those for accreditation on a second, names on both.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from mdj_plan.fields import CHOICES
from mdj_plan.reports.blank.form import Head, name_of, pages, parts, places
from mdj_plan.reports.blank.sheets import A3, ENTRY, GREY, HEAD, OBJECTED, OWED, QUIET
from mdj_plan.reports.blank.terms import tip
from mdj_plan.reports.wording import quarter
from mdj_plan.sheets.cells import address, column_letters
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.fields import Field
    from mdj_plan.intake.submission import Claim
    from mdj_plan.reports.blank.form import Form
    from mdj_plan.reports.blank.sheets import Book
    from mdj_plan.reports.blank.words import Listing

LAST, CHECK = "上季数", "核对"
"""Headers of columns that readers pass over (`headers.csv`)."""
_SPARE_ROWS = 20
_WIDTHS = {"name": 25.0, "credit_code": 20.0, "level_document": 14.0, "field": 10.0, "founded": 11.0, "note": 12.0}
_NARROW = {"state": 7.0, "level": 7.5, "kind": 10.0, "demonstration": 9.0}
_BESIDE = 2
"""The first column that is not repeated on the second page: long lines begin there."""
_NUMBER = 8.5
_PAPER = 1430
"""Points of a screen across an A3 page within its margins, and a little to spare for other fonts."""


def facilities(book: Book, form: Form, listing: Listing) -> Any:
    """The sheet; it is returned so that the book can open on it."""
    return _Facilities(book, form, listing).drawn()


class _Facilities:
    def __init__(self, book: Book, form: Form, listing: Listing) -> None:
        self.book, self.form, self.listing, self.texts = book, form, listing, book.texts
        self.core, self.further = pages(form.plan)
        self.heads = (*self.core, *self.further)
        self.at = places(self.heads)
        self.head = 4 if self.texts.language == "zh" else 5  # a row parts the English heads from the cover's blanks
        self.first = self.head + 1
        self.last = self.head + len(form.claims) + _SPARE_ROWS
        widths = [_NUMBER, *map(_width, self.heads)]
        self.sheet = book.sheet(self.texts("blank-sheet"), widths, A3)
        self._printed(widths)

    def drawn(self) -> Any:
        self._top()
        self._heads()
        for offset in range(self.last - self.head):
            claim = self.form.claims[offset] if offset < len(self.form.claims) else None
            self._row(self.first + offset, offset + 1 if claim else None, claim)
        self._total(self.last + 1)
        self._prompts()
        self._marked()
        self._bottom(self.last + 3)
        return self.sheet

    def _top(self) -> None:
        """Title, cover, until when and to whom. A cell beside a label holds its value."""
        form, texts = self.form, self.texts
        title = texts("blank-title", plan=texts.words(form.plan.file.plan.title))
        self.sheet.write_string(0, _BESIDE, visible(title), self.book.pen(font_name="黑体", font_size=16))
        self.sheet.set_row(0, 28)
        zh = "zh"  # the cover is read, so it is in the words of a return
        cover = (
            (1, 0, "填报单位", form.whose, True),
            (1, 4, "报告期", quarter(form.period, zh), True),
            (1, 6, "报告类型", "正常", False),
            (1, 9, "数据截止日", form.period.last_day.isoformat(), True),
            (2, 0, "报出日期", None, False),
            (2, 4, "填表人", None, False),
            (2, 6, "审核人", None, False),
            (2, 9, "联系电话", None, False),
        )
        for row, column, label, value, fixed in cover:
            self.sheet.write_string(row, column, label, self.book.pen(font_name="黑体"))
            pen = self.book.pen(num_format="@") if fixed else self.book.entry(num_format="@")
            self._text(row, column + 1, value, pen)
        self.sheet.data_validation(1, 7, 1, 7, {"validate": "list", "source": list(CHOICES["type"])})
        # beside a value that is always there: on a line of its own its year would be taken for the period's
        red = self.book.pen(font_name="黑体", font_color="#C00000", text_wrap=True)
        self.sheet.merge_range(1, 12, 1, len(self.core), form.asks(texts), red)
        self.sheet.set_row(1, 30)
        self.sheet.set_row(2, 20)

    def _text(self, row: int, column: int, text: str | None, pen: Any) -> None:
        if text:
            self.sheet.write_string(row, column, visible(text), pen)
        else:
            self.sheet.write_blank(row, column, None, pen)

    def _heads(self) -> None:
        for column, head in enumerate((None, *self.heads)):
            quiet = head is not None and head.role != "entry"
            fill, colour = (QUIET, GREY) if quiet else (HEAD, "000000")
            form = {"font_name": "黑体", "text_wrap": True, "align": "center"}
            pen = self.book.ruled(bg_color=f"#{fill}", font_color=f"#{colour}", **form)
            self.sheet.write_string(self.head, column, _header(head), pen)
            if self.texts.language != "zh":  # headers are read, so their names in English stand above them
                english = self.book.pen(font_size=8, font_color=f"#{GREY}", text_wrap=True, align="center")
                self.sheet.write_string(self.head - 1, column, self._english(head), english)
        self.sheet.set_row(self.head - 1, 8 if self.texts.language == "zh" else 48)
        self.sheet.set_row(self.head, 58)

    def _english(self, head: Head | None) -> str:
        if head is None or head.field is None or head.role == "last":
            role = "number" if head is None else head.role
            return self.texts(f"blank-{role}")
        return self.texts.words(head.field.label)

    def _row(self, row: int, number: int | None, claim: Claim | None) -> None:
        wanted = self.form.wanted(claim) if claim is not None else frozenset()
        pen = self.book.ruled(align="center")
        if number is None:
            self.sheet.write_blank(row, 0, None, pen)
        else:
            self.sheet.write_number(row, 0, number, pen)
        for column, head in enumerate(self.heads, 1):
            self._cell(row, column, head, claim, OWED if head.field and head.field.id in wanted else ENTRY)
        self.sheet.set_row(row, 28 if claim is not None else 21)

    def _cell(self, row: int, column: int, head: Head, claim: Claim | None, fill: str) -> None:
        if head.field is None:
            red = self.book.ruled(text_wrap=True, font_size=8, font_color="#C00000")
            self.sheet.write_formula(row, column, self._checks(row), red, "")
            return
        value = None if claim is None else claim.value(head.field.id)
        if head.role == "last":
            pen = self.book.ruled(font_color=f"#{GREY}", bg_color=f"#{QUIET}", shrink=True)
            if value is None:
                self.sheet.write_blank(row, column, None, pen)
            else:
                self.sheet.write_number(row, column, float(value), pen)
        elif head.field.numeric:
            self.sheet.write_blank(row, column, None, self.book.entry(fill, shrink=True))
        else:
            typed = None if value is None or head.field.id == "note" else _typed(head.field, value, self.form)
            fitted = {"shrink": True} if head.field.type == "code" else {"text_wrap": True}
            self._text(row, column, typed, self.book.entry(fill, num_format="@", **fitted))

    def _checks(self, row: int) -> str:
        """A formula that says what does not fit in the row, and nothing where all does."""
        told = [_check(f"{part}>{whole}", (part, whole), words) for part, whole, words in self._pairs(row)]
        if (names := self._cumulative()) is not None:
            new, total, before = (address(row, at) for at in names)
            follows = self.texts("blank-does-not-follow")
            told.append(_check(f"{total}<>{before}+{new}", (new, total, before), follows))
        return "=" + ("&".join(told) or '""')

    def _cumulative(self) -> tuple[int, int, int] | None:
        """The columns of new graduates, their total, and the total before, where one must follow from the others."""
        names = (("new_graduates", "entry"), ("graduates_total", "entry"), ("graduates_total", "last"))
        if not self.form.follows or any(name not in self.at for name in names):
            return None
        new, total, before = (self.at[name] for name in names)
        return new, total, before

    def _pairs(self, row: int) -> Iterator[tuple[str, str, str]]:
        fields = self.form.plan.fields
        for part, whole in parts(self.at):
            inside, around = (address(row, self.at[name, "entry"]) for name in (part, whole))
            names = {"part": name_of(fields[part], self.texts), "whole": name_of(fields[whole], self.texts)}
            yield inside, around, self.texts("blank-exceeds", **names)

    def _total(self, row: int) -> None:
        """Sums below the figures."""
        bold = {"font_name": "黑体", "bg_color": f"#{QUIET}", "shrink": True}
        self.sheet.write_blank(row, 0, None, self.book.ruled(**bold))
        for column, head in enumerate(self.heads, 1):
            if head.field is None or not head.field.numeric:
                self._text(row, column, "合计" if column == 1 else None, self.book.ruled(**bold))
                continue
            colour = {"font_color": f"#{GREY}"} if head.role == "last" else {}
            formula = _sum(*(f"{address(self.first, at)}:{address(self.last, at)}" for at in (column, 1)))
            shown = self._stated(head.field) if head.role == "last" else ""
            self.sheet.write_formula(row, column, formula, self.book.ruled(**bold, **colour), shown)
        self.sheet.set_row(row, 24)

    def _stated(self, field: Field) -> float | str:
        """What the figures of the last return come to; "" where it states none."""
        stated = [value for claim in self.form.claims if (value := claim.value(field.id)) is not None]
        return float(sum(stated)) if stated else ""

    def _prompts(self) -> None:
        """What may be entered in each column, and what is told beside a cell: its meaning and where to read more."""
        for column, head in enumerate(self.heads, 1):
            if head.field is None or head.role != "entry":
                continue
            rule = self.listing.rule(head.field)
            title = name_of(head.field, self.texts)[:32]
            told = {"input_title": title, "input_message": tip(self.form.plan, head.field, self.texts)}
            wrong = {"error_title": self.texts("blank-wrong"), "error_message": self.texts("blank-see", name=title)}
            self.sheet.data_validation(self.first, column, self.last, column, {**rule, **told, **wrong})

    def _marked(self) -> None:
        """Red where a part exceeds its whole, or a cumulative figure does not follow."""
        red = self.book.made.add_format({"bg_color": f"#{OBJECTED}"})
        for part, whole in parts(self.at):
            inside, around = (f"${column_letters(self.at[name, 'entry'])}{self.first + 1}" for name in (part, whole))
            self._when(part, f"=AND(COUNT({inside},{around})=2,{inside}>{around})", red)
        if (names := self._cumulative()) is not None:
            new, total, before = (f"${column_letters(at)}{self.first + 1}" for at in names)
            wrong = f"=AND(COUNT({new},{total},{before})=3,{total}<>{before}+{new})"
            self._when("graduates_total", wrong, red)

    def _when(self, field: str, formula: str, pen: Any) -> None:
        column = self.at[field, "entry"]
        rule = {"type": "formula", "criteria": formula, "format": pen}
        self.sheet.conditional_format(self.first, column, self.last, column, rule)

    def _bottom(self, row: int) -> None:
        """Signatures, and what the colours mean. No label with a colon, which would be read as the cover's."""
        self.sheet.write_string(row, _BESIDE, self.texts("blank-signatures"), self.book.pen(font_size=11))
        self.sheet.set_row(row, 30)
        since = self.form.since
        last = quarter(since, self.texts.language) if since else self.texts("blank-no-last")
        for offset, line in enumerate(self.texts("blank-notes", last=last).split("\n"), 1):
            self.sheet.write_string(row + offset, _BESIDE, line, self.book.pen(font_size=9, font_color="#404040"))

    def _printed(self, widths: list[float]) -> None:
        """Core columns on a page, the rest on another beside it; headers and names on each."""
        named = sum(map(_points, widths[:2]))
        core = sum(map(_points, widths[: len(self.core) + 1]))
        rest = named + sum(map(_points, widths[len(self.core) + 1 :]))
        self.sheet.set_print_scale(max(10, min(100, _PAPER * 100 // max(core, rest))))
        self.sheet.set_v_pagebreaks([len(self.core) + 1])
        self.sheet.print_across()
        self.sheet.repeat_rows(self.head)
        self.sheet.repeat_columns(0, 1)
        self.sheet.freeze_panes(self.first, 2)
        self.sheet.set_header(f"&R&9{self.form.headline(self.texts).replace('&', '&&')}")


def _check(wrong: str, cells: tuple[str, ...], words: str) -> str:
    """The part of a formula that says something where all the cells hold figures and they are wrong."""
    quoted = words.replace('"', '""')
    return f'IF(AND(COUNT({",".join(cells)})={len(cells)},{wrong}),"{quoted}","")'


def _sum(span: str, names: str) -> str:
    """The formula of a total: blank as long as nothing is filled in, and where a figure is typed as text; a row that
    somebody has called 合计 himself is not added.
    """
    return f'=IF(OR(COUNT({span})=0,COUNTA({span})>COUNT({span})),"",SUMIF({names},"<>合计",{span}))'


def _points(width: float) -> int:
    return int(width * 7 + 5)


def _width(head: Head) -> float:
    if head.field is None:
        return 16
    if head.role == "last":
        return 7
    if head.field.numeric:
        return 9 if head.field.measure == "平方米" else 8
    return _WIDTHS.get(head.field.id) or _NARROW.get(head.field.id, 9.5)


def _header(head: Head | None) -> str:
    if head is None:
        return "序号"
    if head.field is None:
        return CHECK
    return LAST if head.role == "last" else head.field.label.zh


def _typed(field: Field, value: Any, form: Form) -> str:
    """A canonical value as the template writes it."""
    if field.type == "choice":
        return field.words[value]
    if field.type == "choices":
        return "、".join(word for word, canonical in field.choices if canonical in value)
    if field.type == "unit":
        return form.plan.units[value].name.zh
    return value.isoformat() if isinstance(value, dt.date) else str(value)
