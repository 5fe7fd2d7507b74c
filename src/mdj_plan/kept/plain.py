"""Records as JSON and back, exactly: decimals, dates, tuples, mappings, and records of a closed list of classes.

Nothing is looked up or called by what the text says but those classes, and none of their code runs.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_PLAIN = frozenset({str, bool, type(None)})
_FIGURES = frozenset({int, float})
_WORD = 2**63
"""Whole numbers beyond it are told as text: a reader of JSON may make something else of them."""


class Plain:
    """Writes and reads values that consist of plain ones and of records of the `classes` given, by their names."""

    def __init__(self, classes: Iterable[type]) -> None:
        self._classes: dict[str, type] = {}
        for cls in filter(is_record, classes):
            if self._classes.setdefault(cls.__name__, cls) is not cls:
                raise ValueError(f"two records are called {cls.__name__}")
        self._fields = {cls: fields_of(cls) for cls in self._classes.values()}
        self._readers: Mapping[str, Callable[[Any], Any]] = {
            "r": self._record,
            "m": lambda pairs: {self.read(key): self.read(value) for key, value in pairs},
            "s": lambda items: frozenset(map(self.read, items)),
            "i": int,
            "f": float,
            "D": Decimal,
            "d": dt.date.fromisoformat,
            "dt": dt.datetime.fromisoformat,
            "t": dt.time.fromisoformat,
            "td": lambda parts: dt.timedelta(*parts),
            "p": Path,
        }

    def dumps(self, value: Any) -> bytes:
        """The value as JSON. Raises TypeError for what is neither plain nor a record of the classes."""
        return written(self.write(value))

    def loads(self, data: bytes) -> Any:
        """The value again. Raises ValueError, TypeError, KeyError or AttributeError for what `dumps` never wrote."""
        return self.read(understood(data))

    def write(self, value: Any) -> Any:
        """The value in terms of JSON; what JSON does not know is an object with one key, its kind."""
        kind = type(value)
        if kind in _PLAIN or (kind in _FIGURES and _is_safe(value)):
            return value
        if kind is tuple:
            return [self.write(each) for each in value]
        if kind in self._fields:
            return {"r": [kind.__name__, *self._parts(value)]}
        return _odd(value, self.write)

    def _parts(self, value: Any) -> list[Any]:
        if isinstance(value, Enum):
            return [value.value]
        return [self.write(getattr(value, name)) for name in self._fields[type(value)]]

    def read(self, told: Any) -> Any:
        """The value that `write` put so."""
        kind = type(told)
        if kind in _PLAIN or kind in _FIGURES:
            return told
        if kind is list:
            return tuple(map(self.read, told))
        ((mark, inner),) = told.items()
        return self._readers[mark](inner)

    def _record(self, parts: list[Any]) -> Any:
        cls = self._classes[parts[0]]
        names = self._fields[cls]
        if len(names) != len(parts) - 1:
            raise ValueError(f"{parts[0]}: {len(parts) - 1} fields")
        values = map(self.read, parts[1:])
        if issubclass(cls, Enum):
            return cls(next(values))
        if issubclass(cls, tuple):
            return tuple.__new__(cls, values)
        made = object.__new__(cls)
        for name, value in zip(names, values, strict=True):
            object.__setattr__(made, name, value)  # the record is frozen, and was whole before
        return made


def written(value: Any) -> bytes:
    """JSON as bytes. Raises TypeError for what JSON does not know.

    Whole numbers in it are less than 2**63. Names of files that are no Unicode come back as they were.
    """
    try:
        return bytes(memoryview(orjson.dumps(value, option=_NOTHING_ELSE)))  # its own hold on to far more than they are
    except TypeError:
        import json  # orjson writes no half characters, of which such names are made

        return json.dumps(value, separators=(",", ":")).encode("ascii")


_NOTHING_ELSE = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS


def understood(data: bytes) -> Any:
    """JSON again. Raises ValueError."""
    try:
        return orjson.loads(data)
    except ValueError:
        import json

        try:
            return json.loads(data)
        except RecursionError as error:
            raise ValueError("nested too deep") from error


def _is_safe(figure: float) -> bool:
    """Whether every reader of JSON makes the same of a figure."""
    return -_WORD <= figure < _WORD if type(figure) is int else math.isfinite(figure)


def is_record(cls: object) -> bool:
    """Whether it is a class of frozen records: a dataclass, a named tuple or an enumeration."""
    if not isinstance(cls, type):
        return False
    return (
        dataclasses.is_dataclass(cls) or (issubclass(cls, tuple) and hasattr(cls, "_fields")) or issubclass(cls, Enum)
    )


def fields_of(cls: type) -> tuple[str, ...]:
    """The names of a record's fields, in order."""
    if issubclass(cls, Enum):
        return ("value",)
    if dataclasses.is_dataclass(cls):
        return tuple(field.name for field in dataclasses.fields(cls))
    return tuple(cls._fields)  # type: ignore[attr-defined] # `is_record` has looked


_TEXTS: Mapping[type, tuple[str, Callable[[Any], str]]] = {
    int: ("i", str),
    float: ("f", repr),
    Decimal: ("D", str),
    dt.datetime: ("dt", dt.datetime.isoformat),
    dt.date: ("d", dt.date.isoformat),
    dt.time: ("t", dt.time.isoformat),
}
"""What is told as text: its kind, and how."""


def _odd(value: Any, write: Callable[[Any], Any]) -> Any:
    """What JSON does not know. A list is refused: it would come back as a tuple."""
    if type(value) in _TEXTS:
        mark, told = _TEXTS[type(value)]
        return {mark: told(value)}
    match value:
        case dt.timedelta():
            return {"td": [value.days, value.seconds, value.microseconds]}
        case frozenset():
            return {"s": sorted((write(each) for each in value), key=str)}
        case Path():
            return {"p": str(value)}
    if hasattr(value, "items"):
        return {"m": [[write(key), write(each)] for key, each in value.items()]}
    raise TypeError(
        f"{type(value).__name__} is not among the records that are kept: list its class where they are listed"
    )
