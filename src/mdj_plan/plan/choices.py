"""The words of a column of type choice, as the plan lists them (contract 6.4, `fields:`)."""

from __future__ import annotations

import re
from typing import Annotated, Any

from mdj_plan.marks import Read, Unfit
from mdj_plan.names import Words
from mdj_plan.phrases import phrase
from mdj_plan.records import NamedTuple

_ID = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)


class Choice(NamedTuple):
    """One word of the list: the value that is kept, and how it is called in a return."""

    id: str
    name: Words


def choices(value: Any) -> tuple[Choice, ...]:
    """``{high: 高}``, ``{high: {zh: 高, en: high}}``, the other way round ``{高: high}``, or a list ``[高, 低]``."""
    if isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value):
        listed = [Choice(text.strip(), Words(text.strip())) for text in value]
    elif isinstance(value, dict):
        listed = [Choice(*each) for each in _named(value)]
    else:
        listed = []
    if len({choice.id for choice in listed}) < max(len(listed), 1):
        example = "{high: 高, low: 低}"
        example = "{high: 高, low: 低}"
        raise Unfit(*phrase("ids-of-choices", example=example))
    return tuple(listed)


def _named(value: dict[str, Any]) -> list[tuple[str, Words]]:
    ids = [text for text in value.values() if isinstance(text, str) and _ID.fullmatch(text)]
    if len(ids) == len(value) and not any(map(_ID.fullmatch, value)):
        return [(found, Words(text)) for text, found in value.items()]
    return [(found, words) for found, text in value.items() if (words := _words(text)) is not None]


def _words(text: Any) -> Words | None:
    if isinstance(text, str) and text.strip():
        return Words(text.strip())
    if isinstance(text, dict) and isinstance(text.get("zh"), str) and set(text) <= {"zh", "en"}:
        return Words(text["zh"], text.get("en") or "")
    raise Unfit(*phrase("names-of-choices"))


_DESCRIBED = """{"anyOf": [
  {"type": "array", "items": {"type": "string"}, "minItems": 1},
  {"type": "object", "additionalProperties": {"type": ["string", "object"]}, "minProperties": 1}
]}"""
Choices = Annotated[tuple[Choice, ...], Read(choices, _DESCRIBED)]
"""A list of words to choose from, each once."""
