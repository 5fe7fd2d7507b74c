"""What an annotation says of a value beside its type: limits, and how its text is read.

A record is declared once, as a frozen dataclass whose annotations carry these marks. They load no pydantic: it asks
them when a door is opened (`plan.door`), and the same marks make the JSON schema.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast, dataclass_transform

from mdj_plan.names import Words
from mdj_plan.period import Period
from mdj_plan.phrases import phrase
from mdj_plan.records import made_alike

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core.core_schema import CoreSchema

    Handler = Callable[[Any], Any]

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(kind: type[T]) -> type[T]:
    """A frozen record that may be read from a file: no unknown keys; a name ending in ``_`` is a key without it."""
    made: Any = made_alike(kind, slots=True, kw_only=True)
    made.__pydantic_config__ = {"extra": "forbid", "alias_generator": key_of}
    return cast("type[T]", made)


def key_of(name: str) -> str:
    """How a record's field is called in a file: ``from_`` is written ``from``."""
    return name.rstrip("_")


class Unfit(ValueError):  # noqa: N818 - it names what the value is; pydantic knows it by its base
    """A value that is not what a mark asks for; says what was expected, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        self.expected = Words(zh, en)
        super().__init__(en)


class Typed:
    """A text that fits a pattern, or is at least so long, once the spaces around it are gone."""

    def __init__(self, pattern: str | None = None, at_least: int | None = None) -> None:
        self.pattern, self.at_least = pattern, at_least

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        from pydantic_core.core_schema import str_schema

        strip = self.at_least is not None
        return str_schema(strict=True, pattern=self.pattern, min_length=self.at_least, strip_whitespace=strip or None)


class Within:
    """A number inside limits: at least `ge`, above `gt`, at most `le`."""

    def __init__(self, ge: int | None = None, gt: int | None = None, le: int | None = None) -> None:
        self.ge, self.gt, self.le = ge, gt, le

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        from pydantic_core.core_schema import decimal_schema, int_schema

        if source is int:
            return int_schema(strict=True, ge=self.ge, gt=self.gt, le=self.le)
        limits = [None if limit is None else Decimal(limit) for limit in (self.ge, self.gt, self.le)]
        return decimal_schema(ge=limits[0], gt=limits[1], le=limits[2], allow_inf_nan=False)


class Exactly:
    """A value of the type itself, nothing that could be turned into it: true is no text and "true" no truth."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        return cast("CoreSchema", {**handler(source), "strict": True})


class Some:
    """A list or mapping with at least one entry."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        schema = handler(source)
        if schema["type"].startswith("function"):  # another mark stands before the list itself
            return cast("CoreSchema", {**schema, "schema": {**schema["schema"], "min_length": 1}})
        return cast("CoreSchema", {**schema, "min_length": 1})


class OneOrMore:
    """A list, or its single entry without one."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        from pydantic_core.core_schema import no_info_before_validator_function

        return no_info_before_validator_function(_as_list, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Handler) -> dict[str, Any]:
        many = handler(schema)
        return {"anyOf": [many["items"], many]}


class WorkedOut:
    """What no file states: the program works it out, so it is neither read nor part of the JSON schema."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        from pydantic_core.core_schema import any_schema

        return any_schema()

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Handler) -> dict[str, Any]:
        from pydantic_core import PydanticOmit

        raise PydanticOmit


class Read:
    """A value read by one of our own parsers, which raises `Unfit`; `described` is its JSON schema, as text."""

    def __init__(self, parse: Callable[[Any], Any], described: str) -> None:
        self.parse, self.described = parse, described

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        from pydantic_core.core_schema import no_info_plain_validator_function

        return no_info_plain_validator_function(self.parse)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Handler) -> dict[str, Any]:
        import json

        described: dict[str, Any] = json.loads(self.described)
        return described


class Bilingual:
    """Words in both languages: ``{zh: …, en: …}``, or a plain text for a name in Chinese."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        from pydantic_core import core_schema as schemas

        text = schemas.str_schema(strict=True, min_length=1, strip_whitespace=True)
        parts = {
            "zh": schemas.typed_dict_field(text),
            "en": schemas.typed_dict_field(schemas.nullable_schema(text), required=False),
        }
        both = schemas.typed_dict_schema(parts, extra_behavior="forbid")
        named = schemas.no_info_before_validator_function(_spoken, both)
        return schemas.no_info_after_validator_function(lambda read: Words(read["zh"], read.get("en") or ""), named)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Handler) -> dict[str, Any]:
        text = {"type": "string", "minLength": 1}
        both = {"zh": text, "en": {"anyOf": [text, {"type": "null"}]}}
        mapping = {"type": "object", "properties": both, "required": ["zh"], "additionalProperties": False}
        return {"anyOf": [text, mapping], "description": "A name in Chinese, or in Chinese and English."}


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _spoken(value: Any) -> Any:
    return {"zh": value} if isinstance(value, str) else value


def quarter(value: Any) -> Period:
    """``2018Q2``, or a year for its last quarter."""
    text = value if isinstance(value, str) else str(value) if type(value) is int else ""
    if len(text) == 4 and text.isascii() and text.isdigit():
        return Period(int(text), 4)
    return first_quarter(value)


def first_quarter(value: Any) -> Period:
    """``2018Q2``; a year does not say in which quarter something begins."""
    if isinstance(value, str):
        try:
            return Period.parse(value)
        except ValueError:
            pass
    raise Unfit(*phrase("quarter"))


def day(value: Any) -> dt.date:
    """``2018-10-01``."""
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise Unfit(*phrase("day-of-a-target"))


Id = Annotated[str, Typed(pattern=r"^[^\s、,，]+$")]
"""An identifier: no spaces, no commas."""
Named = Annotated[str, Typed(at_least=1)]
"""A text that is not empty."""
Text = Annotated[str, Exactly()]
"""Any text."""
Flag = Annotated[bool, Exactly()]
"""true or false."""
Name = Annotated[Words, Bilingual()]
"""A name in Chinese and, optionally, English."""
_QUARTER = r"""{"type": ["string", "integer"], "pattern": "^\\d{4}(Q[1-4])?$", "examples": ["2019Q4", 2019]}"""
Quarter = Annotated[Period, Read(quarter, _QUARTER)]
"""A quarter; a year stands for its last."""
_FIRST = r"""{"type": "string", "pattern": "^\\d{4}Q[1-4]$", "examples": ["2017Q1"]}"""
FirstQuarter = Annotated[Period, Read(first_quarter, _FIRST)]
"""A quarter in which something begins."""
Day = Annotated[dt.date, Read(day, '{"type": "string", "format": "date", "examples": ["2018-10-01"]}')]
"""A calendar day."""
Amount = Annotated[Decimal, Within(ge=0)]
"""A number, 0 or more."""
Positive = Annotated[Decimal, Within(gt=0)]
"""A number above 0."""
