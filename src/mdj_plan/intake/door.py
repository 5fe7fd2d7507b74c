"""The door of a return: pydantic validates its columns by the types that `fields` declares, a column at a call.

Our parsers stand before the type as validators: a cell is read by its field's parser and what it gives is validated
by the declared type. A parser objects with PydanticCustomError (code, variant and arguments of a finding); errors tell
the index, which is the cell. Only pydantic's core is loaded, and when the first cell comes that no return before has
had: the marks in an annotation say themselves which schema they are, and a test holds these against `TypeAdapter`.
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING, Any

from mdj_plan.sheets.values.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pydantic_core import ErrorDetails, SchemaValidator
    from pydantic_core.core_schema import CoreSchema, ValidationInfo

    from mdj_plan.fields import Field
    from mdj_plan.sheets.cells import Cell

_PLAIN = {str: "str", dt.date: "date"}
"""What pydantic calls the types that need no mark."""


def prepare(fields: Iterable[Field]) -> None:
    """Load pydantic and make what validates these columns, before the process is split among several readers."""
    for field in fields:
        _validator(field.declared, read=False)


def validated(field: Field, values: Sequence[Any]) -> list[Any] | None:
    """A column's values, all as the field declares; None where one of them is not."""
    from pydantic_core import ValidationError

    try:
        passed: list[Any] = _validator(field.declared, read=False).validate_python(values)
    except ValidationError:
        return None
    return passed


def read(field: Field, cells: Sequence[Cell], parse: Callable[[Cell], Reading]) -> list[Reading]:
    """What each cell reads as: its value, the note that goes with it, or the objection to it."""
    from pydantic_core import ValidationError

    noted = _Parsing(parse)
    validator = _validator(field.declared, read=True)
    try:
        values = validator.validate_python(cells, context=noted)
    except ValidationError as error:
        found = {int(each["loc"][0]): _objection(each) for each in error.errors(include_url=False)}
        return [found.get(i) or noted.readings[i] for i in range(len(cells))]
    return [reading if reading.code else Reading(value) for value, reading in zip(values, noted.readings, strict=True)]


class _Parsing:
    """A parser at work on a column: what it has made of each cell so far."""

    __slots__ = ("parse", "readings")

    def __init__(self, parse: Callable[[Cell], Reading]) -> None:
        self.parse = parse
        self.readings: list[Reading] = []

    def value(self, cell: Cell) -> Any:
        """The cell's value. Raises PydanticCustomError where the parser objects; V118 goes with a value."""
        reading = self.parse(cell)
        self.readings.append(reading)
        if reading.code not in {"", "V118"}:
            from pydantic_core import PydanticCustomError

            raise PydanticCustomError("objection", "{code}", {"code": reading.code, "reading": reading})
        return reading.value


def _parsed(cell: Cell, info: ValidationInfo[_Parsing]) -> Any:
    return info.context.value(cell)


@functools.lru_cache(maxsize=256)
def _validator(declared: tuple[Any, ...], *, read: bool) -> SchemaValidator:
    """What validates a column that is so declared: values as they are, or (`read`) cells through a parser."""
    from pydantic_core import SchemaValidator
    from pydantic_core.core_schema import list_schema, with_info_before_validator_function

    item = schema_of(declared)
    return SchemaValidator(list_schema(with_info_before_validator_function(_parsed, item) if read else item))


def schema_of(declared: tuple[Any, ...]) -> CoreSchema:
    """The schema of a declared type, or a blank: what the annotation is about, as its marks say it."""
    from pydantic_core.core_schema import nullable_schema

    plain, *marks = declared
    schema: Any = {"type": _PLAIN.get(plain)}
    for mark in marks:
        schema = mark.__get_pydantic_core_schema__(plain, lambda _, before=schema: before)
    return nullable_schema(schema)


_OF_TYPES = {"greater_than_equal": "V104", "int_type": "V105", "int_from_float": "V105", "literal_error": "V106"}


def _objection(error: ErrorDetails) -> Reading:
    """A parser's objection, or what the declared type says of a value that the parser let pass."""
    reading = error.get("ctx", {}).get("reading")
    return reading if isinstance(reading, Reading) else Reading(None, _OF_TYPES.get(error["type"], "V102"))
