"""The words that may be chosen, on a sheet of their own, from which the form's lists are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mdj_plan.reports.blank.sheets import HEAD
from mdj_plan.sheets.cells import column_letters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdj_plan.fields import Field
    from mdj_plan.plan.model import Plan
    from mdj_plan.reports.blank.sheets import Book


class Listing:
    """Where the words of each listed column stand; `draw` writes them."""

    def __init__(self, plan: Plan, name: str) -> None:
        self.name = name
        self.fields = {field.id: field for field in plan.fields.values() if _words(plan, field)}
        self._words: Mapping[str, tuple[str, ...]] = {id_: _words(plan, field) for id_, field in self.fields.items()}
        self._columns = {id_: column for column, id_ in enumerate(self.fields)}

    def rule(self, field: Field) -> dict[str, Any]:
        """What may be entered in a column: a word of its list, a whole number, a number; else anything."""
        if field.id in self.fields:
            column = column_letters(self._columns[field.id])
            strict = "stop" if field.type == "choice" else "warning"
            source = f"='{self.name}'!${column}$2:${column}${len(self._words[field.id]) + 1}"
            return {"validate": "list", "source": source, "error_type": strict}
        if field.numeric:
            kind = "integer" if field.type == "whole" else "decimal"
            return {"validate": kind, "criteria": ">=", "value": 0}
        return {"validate": "any"}

    def draw(self, book: Book) -> None:
        """The sheet."""
        sheet = book.sheet(self.name, [22] * len(self.fields))
        sheet.fit_to_pages(1, 0)
        for id_, column in self._columns.items():
            head = book.ruled(font_name="黑体", bg_color=f"#{HEAD}")
            sheet.write_string(0, column, self.fields[id_].header, head)
            for row, word in enumerate(self._words[id_], 1):
                sheet.write_string(row, column, word, book.ruled())


def _words(plan: Plan, field: Field) -> tuple[str, ...]:
    """The words that a column may hold, as a return writes them."""
    words = tuple(field.words.values())
    if field.type == "choices":
        return (*words, "、".join(words))
    if field.type == "unit":
        kind = "district" if field.id == "region" else "department"
        return tuple(unit.name.zh for unit in plan.units.values() if unit.kind == kind)
    return words
