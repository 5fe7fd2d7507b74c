"""How a table of the office is declared: a frozen dataclass whose annotations say head, synonyms and what cells hold.

    unit: Annotated[str, Column(("责任单位", "单位"), TEXT, required=True)]

The annotation is also the validator by which pydantic reads a cell (`__get_pydantic_core_schema__`); nothing here loads
pydantic by being imported.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, get_type_hints

from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

    from mdj_plan.names import Words
    from mdj_plan.sheets.cells import Cell
    from mdj_plan.sheets.values.reading import Reading


class Kind(NamedTuple):
    """What the cells of a column hold: how one is read, what a person is told was expected there.

    `fills`: a merged cell holds for each of its rows. A figure does not: filled down it would be counted twice.
    """

    read: Callable[[Cell], Reading]
    expected: Words
    fills: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head as we write it, then its synonyms; `required`: a row without it is a mistake.

    `needed`: the table is none without the column; `english` is its name in English messages.
    """

    heads: tuple[str, ...]
    kind: Kind
    required: bool = False
    needed: bool = False
    english: str = ""

    def value(self, raw: Cell) -> Any:
        """What stands in a cell, None for a blank. Raises PydanticCustomError: ``blank`` or ``refused``."""
        reading = self.kind.read(raw)
        if reading.code not in _EXACT:
            _object("refused")
        if reading.value is None and self.required:
            _object("blank")
        return reading.value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self.value, handler(source))


@dataclass(frozen=True, slots=True)
class Family:
    """Columns of which a table may have any number, each named by its head: 2017, 2018Q2. `named` gives their key."""

    named: Callable[[str], Hashable | None]
    kind: Kind

    def values(self, raw: dict[Hashable, Cell]) -> dict[Hashable, Any]:
        """What stands in the cells, without the blanks. Raises PydanticCustomError for the first that is no value."""
        found = {key: self.kind.read(cell) for key, cell in raw.items()}
        if any(reading.code not in _EXACT for reading in found.values()):
            _object("refused")
        return {key: reading.value for key, reading in found.items() if reading.value is not None}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self.values, handler(source))


_EXACT = frozenset(("", "V118"))
"""A reading without an objection; V118 notes that a unit was read through."""


def _object(kind: str) -> NoReturn:
    from pydantic_core import PydanticCustomError

    raise PydanticCustomError(kind, "{kind}", {"kind": kind})


def columns_of(row: type) -> dict[str, Column]:
    """The columns of a declared row, by field."""
    return {name: each for name, each in _annotated(row) if isinstance(each, Column)}


def families_of(row: type) -> dict[str, Family]:
    """Its families of columns, by field."""
    return {name: each for name, each in _annotated(row) if isinstance(each, Family)}


@functools.cache
def _annotated(row: type) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(row, include_extras=True)
    return tuple((name, each) for name, hint in hints.items() for each in getattr(hint, "__metadata__", ()))
