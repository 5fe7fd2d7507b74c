"""Records whose classes cost little: a run makes every class anew.

What `dataclass` writes for each costs a compilation a method: of the plan's records alone seven milliseconds of every
run. For those of which a run makes few, what makes, compares, hashes, shows and copies them is the same for all.

What `typing.NamedTuple` does for each costs a compilation a field: it makes something of every annotation, which
nobody asks for. `NamedTuple` here lets them stay as they are written.
"""

from __future__ import annotations

from collections import namedtuple
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[T]) -> type[T]:
    """A frozen dataclass of which a run makes few; it may work things out once (`cached_property`)."""
    return made_alike(kind)


def made_alike(kind: type[T], *, slots: bool = False, kw_only: bool = False) -> type[T]:
    """The class as a frozen dataclass whose methods are those of all the others."""
    for name, method in _OF_ALL.items():
        setattr(kind, name, method)
    return dataclass(slots=slots, kw_only=kw_only, init=False, eq=False, repr=False, match_args=False)(kind)


def _made(record: Any, /, *given: Any, **stated: Any) -> None:
    in_order = [each.name for each in fields(record) if each.init and not each.kw_only]
    if len(given) > len(in_order) or not stated.keys().isdisjoint(in_order[: len(given)]):
        raise TypeError(f"{type(record).__name__} takes no more than {', '.join(in_order) or 'names'}, each once")
    stated.update(zip(in_order, given, strict=False))
    for each in fields(record):
        if each.init and each.name in stated:
            value = stated.pop(each.name)
        elif each.default_factory is not MISSING:
            value = each.default_factory()
        elif each.default is not MISSING:
            value = each.default
        else:
            raise TypeError(f"{type(record).__name__}: {each.name} is not stated")
        object.__setattr__(record, each.name, value)
    if stated:
        raise TypeError(f"{type(record).__name__} has no {', '.join(stated)}")


def _refused(record: Any, name: str, *_: Any) -> None:
    raise FrozenInstanceError(f"{type(record).__name__}.{name} stays as it was read")


def _compared(record: Any) -> tuple[Any, ...]:
    return tuple(getattr(record, each.name) for each in fields(record) if each.compare)


def _equal(record: Any, other: object) -> bool:
    return _compared(record) == _compared(other) if type(other) is type(record) else NotImplemented


def _hashed(record: Any) -> int:
    return hash(_compared(record))


def _shown(record: Any) -> str:
    stated = (f"{each.name}={getattr(record, each.name)!r}" for each in fields(record))
    return f"{type(record).__name__}({', '.join(stated)})"


def _copied(record: Any) -> tuple[Any, ...]:
    return tuple(getattr(record, each.name) for each in fields(record))


def _restored(record: Any, values: tuple[Any, ...]) -> None:
    for each, value in zip(fields(record), values, strict=True):
        object.__setattr__(record, each.name, value)


_OF_ALL: Mapping[str, Callable[..., Any]] = {
    "__init__": _made,
    "__setattr__": _refused,
    "__delattr__": _refused,
    "__eq__": _equal,
    "__hash__": _hashed,
    "__repr__": _shown,
    "__getstate__": _copied,
    "__setstate__": _restored,
}
"""The methods of every record."""


class _Named(type):
    """Makes of each class that is written as a `NamedTuple` a named tuple."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
        if not bases:
            return super().__new__(cls, name, bases, body)
        told: dict[str, str] = body.pop("__annotations__")
        defaults = [body.pop(each) for each in told if each in body]
        made = namedtuple(name, told, defaults=defaults, module=body.pop("__module__"))  # type: ignore[misc] # noqa: PYI024 - the annotations come next
        for each, value in (body | {"__annotations__": told}).items():
            setattr(made, each, value)
        return made


if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - a type checker knows this one alone
else:

    class NamedTuple(metaclass=_Named):
        """The same as that of `typing`, but for classes with type variables."""
