"""The columns that a plan adds to the return (contract 6.4, `fields:`): what each is, and what it may not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.fields import COVER_FIELDS, DUTY_FIELDS, FIELDS, Field
from mdj_plan.names import Words, folded
from mdj_plan.plan.refusals import wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.plan.entries import Column, PlanFile
    from mdj_plan.plan.problems import Problem
    from mdj_plan.plan.yaml import Document


def field_of(column: Column) -> Field:
    """The column as a field of the return."""
    english = column.name.en or column.name.zh if column.name else column.id
    choices = tuple((choice.name.zh, choice.id) for choice in column.choices)
    return Field(column.id, column.header, column.type, column.measure or "", english, choices)


def crossed_columns(file: PlanFile, document: Document) -> Iterator[Problem]:
    """Ids and headers that exist, choices without words, words without a choice."""
    ids = {field.id for field in (*FIELDS.values(), *DUTY_FIELDS.values())}
    headers = {folded(f.header) for f in (*FIELDS.values(), *DUTY_FIELDS.values())}
    headers |= {folded(header) for header in COVER_FIELDS.values()}
    for i, column in enumerate(file.fields):
        path = ("fields", i)
        if column.id in ids:
            expected = Words("填报表没有用过的标识", "an id that no column of the return has")
            yield wrong(document, (*path, "id"), column.id, expected)
        if folded(column.header) in headers:
            expected = Words("填报表没有用过的表头", "a header that no column of the return has")
            yield wrong(document, (*path, "header"), column.header, expected)
        ids.add(column.id)
        headers.add(folded(column.header))
        if (column.type == "choice") != bool(column.choices):
            expected = Words(
                "choice 类的列列出选项，其他的不列", "choices for a column of type choice, and for no other"
            )
            yield wrong(document, (*path, "choices"), column.type, expected)
        if column.measure and column.type not in {"whole", "number"}:
            expected = Words("只有数字列有计量单位", "a measure only where the column holds numbers")
            yield wrong(document, (*path, "measure"), column.measure, expected)
