"""Columns of the return in a table, by what they hold: those that no table sets by hand, the plan's own among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mdj_plan.reports.tables.table import Column, Kind, Medium
from mdj_plan.reports.tables.values import Amount, Joined, Status, Value

if TYPE_CHECKING:
    from mdj_plan.fields import Field
    from mdj_plan.names import Words
    from mdj_plan.plan.model import Plan

_KINDS: dict[str, Kind] = {
    "text": "text",
    "choices": "text",
    "date": "date",
    "number": "number",
    "whole": "number",
    "choice": "code",
    "unit": "code",
    "code": "code",
}
"""How a column is set, by the type of its field."""
_PLACES = {"whole": 0, "number": 2}


def column_of(field: Field, media: frozenset[Medium], *, printed: bool = True) -> Column:
    """A field as a column of a table, under its own header."""
    blank = "—" if field.numeric else ""
    return Column(field.id, _KINDS[field.type], head=field.label, media=media, blank=blank, printed=printed)


def value_of(plan: Plan, field: Field, value: Any) -> Value:
    """What a claim says of a field, as a table shows it; None for a blank."""
    if value is None:
        return None
    match field.type:
        case "number" | "whole":
            return Amount(value, _PLACES[field.type])
        case "choice":
            return Status(value, _word(plan, field, value))
        case "choices":
            return Joined(tuple(_word(plan, field, each) for each in value))
        case "unit":
            return plan.units[value].name if value in plan.units else value
        case _:
            known: Value = value
            return known


def _word(plan: Plan, field: Field, value: str) -> Words | str:
    """The word for a listed value: the plan's in both languages, the template's as it stands there."""
    own = {choice.id: choice.name for column in plan.file.fields if column.id == field.id for choice in column.choices}
    return own.get(value) or field.words[value]
