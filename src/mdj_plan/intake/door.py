"""The door of a return: pydantic validates its columns by the types that `fields` declares, a column at a call.

Our parsers stand in the annotation as validators: a cell is read by its field's parser and what it gives is validated
by the declared type. A parser objects with PydanticCustomError (code, variant and arguments of a finding); errors tell
the index, which is the cell. Pydantic is loaded when the first cell comes that no return before has had.
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING, Annotated, Any

from mdj_plan.fields import Code, Count, Figure, Listed
from mdj_plan.intake.values.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails
    from pydantic_core.core_schema import CoreSchema, ValidationInfo

    from mdj_plan.fields import Field
    from mdj_plan.intake.cells import Cell

_DECLARED: dict[str, Any] = {
    "text": str,
    "unit": str,
    "code": Code,
    "number": Figure,
    "whole": Count,
    "date": dt.date,
    "choice": str,
    "choices": tuple[str, ...],
}


def prepare(fields: Iterable[Field]) -> None:
    """Load pydantic and make what validates these columns, before the process is split among several readers."""
    for field in fields:
        _adapter(field.type, field.choices, read=False)


def validated(field: Field, values: Sequence[Any]) -> list[Any]:
    """A column's values, all of the type that the field declares."""
    passed: list[Any] = _adapter(field.type, field.choices, read=False).validate_python(values)
    return passed


def read(field: Field, cells: Sequence[Cell], parse: Callable[[Cell], Reading]) -> list[Reading]:
    """What each cell reads as: its value, the note that goes with it, or the objection to it."""
    from pydantic import ValidationError

    noted = _Parsing(parse)
    adapter = _adapter(field.type, field.choices, read=True)
    try:
        values = adapter.validate_python(cells, context=noted)
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


class _Parsed:
    """The mark of a value that a parser makes of a cell; which parser, the call says."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], CoreSchema]) -> CoreSchema:
        from pydantic_core.core_schema import with_info_before_validator_function

        return with_info_before_validator_function(_parsed, handler(source))


def _parsed(cell: Cell, info: ValidationInfo[_Parsing]) -> Any:
    return info.context.value(cell)


@functools.lru_cache(maxsize=256)
def _adapter(type_: str, choices: tuple[tuple[str, str], ...], *, read: bool) -> TypeAdapter[Any]:
    """What validates a column of that type: values as they are, or (`read`) cells through a parser."""
    from pydantic import TypeAdapter

    declared: Any = Annotated[_DECLARED[type_], Listed(choices)] if choices else _DECLARED[type_]
    item: Any = Annotated[declared | None, _Parsed()] if read else declared | None
    column: Any = list[item]
    return TypeAdapter(column)


_OF_TYPES = {"greater_than_equal": "V104", "int_type": "V105", "int_from_float": "V105", "literal_error": "V106"}


def _objection(error: ErrorDetails) -> Reading:
    """A parser's objection, or what the declared type says of a value that the parser let pass."""
    reading = error.get("ctx", {}).get("reading")
    return reading if isinstance(reading, Reading) else Reading(None, _OF_TYPES.get(error["type"], "V102"))
