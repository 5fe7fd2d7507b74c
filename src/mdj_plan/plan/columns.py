"""The columns that a plan adds to the return (contract 6.4, `fields:`): what each is, and what it may not be."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from mdj_plan.fields import COVER, DUTY_FIELDS, FIELDS, Field
from mdj_plan.names import folded
from mdj_plan.phrases import phrase
from mdj_plan.plan.refusals import wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mdj_plan.plan.entries import Column, PlanFile
    from mdj_plan.plan.problems import Problem
    from mdj_plan.plan.yaml import Document


def field_of(column: Column) -> Field:
    """The column as a field of the return."""
    english = column.name.en or column.name.zh if column.name else column.id
    choices = tuple((choice.name.zh, choice.id) for choice in column.choices)
    measure = column.measure or ""
    header = column.header.removesuffix(f"（{measure}）").removesuffix(f"({measure})")
    return Field(column.id, header, column.type, measure, english, choices)


def columns_of(own: Sequence[Column]) -> Mapping[str, Field]:
    """The columns of a return's facilities by id: the template's, then a plan's own."""
    return {**FIELDS, **{column.id: field_of(column) for column in own}} if own else FIELDS


_BRACKETED = r"[(\[{<〔【《「][^)\]}>〕】》」]*(?:[)\]}>〕】》」]|$)"
BESIDE = (
    *("credited_to", "measured", "file", "sheet", "cell"),
    *("number", "unit", "titles", "counted", "claims", "claimed_by", "cells"),
)
"""Columns that a frame of facilities, or the register, has beside the fields of a return."""


def _key(header: str) -> str:
    """What tells a header from others: not what stands in brackets, nor how it is spaced (contract 1)."""
    return folded(re.sub(_BRACKETED, "", unicodedata.normalize("NFKC", header)))


def crossed_columns(file: PlanFile, document: Document) -> Iterator[Problem]:
    """Ids and headers that exist, choices without words, words without a choice."""
    ids = {*FIELDS, *DUTY_FIELDS, *BESIDE}
    headers = {_key(field.header) for fields in (FIELDS, DUTY_FIELDS, COVER) for field in fields.values()} | {""}
    for i, column in enumerate(file.fields):
        path = ("fields", i)
        if column.id in ids:
            expected = phrase("unused-id")
            yield wrong(document, (*path, "id"), column.id, expected)
        if _key(column.header) in headers:
            expected = phrase("unused-header")
            yield wrong(document, (*path, "header"), column.header, expected)
        ids.add(column.id)
        headers.add(_key(column.header))
        if (column.type == "choice") != bool(column.choices):
            expected = phrase("choices-of-a-choice-column")
            yield wrong(document, (*path, "choices"), column.type, expected)
        if column.measure and column.type not in {"whole", "number"}:
            expected = phrase("measure-of-numbers-only")
            yield wrong(document, (*path, "measure"), column.measure, expected)
