"""What each column means, with the document that says so: a page of the form, and what is told beside a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.fields import FIELDS
from mdj_plan.reports.blank.form import name_of
from mdj_plan.reports.blank.sheets import Lines
from mdj_plan.text import visible

if TYPE_CHECKING:
    from mdj_plan.fields import Field
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Plan
    from mdj_plan.reports.blank.sheets import Book

_LONGEST = 255
"""Characters that a spreadsheet shows beside a cell."""


def terms(book: Book, plan: Plan) -> None:
    """The page of definitions, numbered as the cells' messages name them."""
    texts = book.texts
    page = Lines(book, texts("blank-terms"), (6, 26, 10, 96))
    page.title(texts("blank-terms-title"))
    heads = tuple(texts(f"blank-head-{name}") for name in ("number", "term", "measure", "meaning"))
    rows = [
        (str(number), name_of(field, texts), field.measure, meaning(plan, field, texts))
        for number, field in enumerate(plan.fields.values(), 1)
    ]
    page.table(heads, rows, frozenset((1, 3)))
    for line in texts("blank-terms-notes").split("\n"):
        page.line(line)


def meaning(plan: Plan, field: Field, texts: Messages) -> str:
    """What a column means; of one that the plan adds, what the plan notes of it."""
    if field.id in FIELDS:
        return texts(f"term-{field.id}")
    note = next((column.note for column in plan.file.fields if column.id == field.id), None)
    return visible(note) if note else texts("blank-own-column")


def tip(plan: Plan, field: Field, texts: Messages) -> str:
    """What is told beside a cell: the meaning and its number on the page of definitions."""
    number = list(plan.fields).index(field.id) + 1
    where = texts("blank-tip", page=texts("blank-terms"), number=number)
    said = meaning(plan, field, texts)
    room = _LONGEST - len(where) - 1
    return f"{said if len(said) <= room else said[: room - 1] + '…'}\n{where}"
