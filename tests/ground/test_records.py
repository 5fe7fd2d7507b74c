from __future__ import annotations

import pickle
from typing import get_type_hints

import pytest

from mdj_plan.records import NamedTuple


class Place(NamedTuple):
    """Where."""

    sheet: str
    row: int
    column: int | None = None

    def said(self) -> str:
        return f"{self.sheet}!{self.row}"

    @property
    def whole(self) -> bool:
        return self.column is None

    @classmethod
    def top(cls, sheet: str) -> Place:
        return cls(sheet, 1)


def test_a_named_tuple_is_made_as_it_is_written() -> None:
    place = Place("台账", 3)
    assert tuple(place) == ("台账", 3, None)
    assert repr(place) == "Place(sheet='台账', row=3, column=None)"
    assert (place.said(), place.whole, Place.top("封面")) == ("台账!3", True, ("封面", 1, None))
    assert place._replace(column=2) == Place("台账", row=3, column=2)


def test_what_others_ask_of_its_class_is_there() -> None:
    assert (Place.__name__, Place.__qualname__, Place.__module__, Place.__doc__) == (
        "Place",
        "Place",
        __name__,
        "Where.",
    )
    assert (Place._fields, Place._field_defaults) == (("sheet", "row", "column"), {"column": None})
    assert Place.__annotations__ == {"sheet": "str", "row": "int", "column": "int | None"}
    assert get_type_hints(Place) == {"sheet": str, "row": int, "column": int | None}
    assert pickle.loads(pickle.dumps(Place("台账", 3))) == Place("台账", 3)  # noqa: S301 - of our own making


def test_one_that_is_made_with_too_little_or_changed_is_refused() -> None:
    with pytest.raises(TypeError, match="row"):
        Place("台账")  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        Place("台账", 3).row = 4  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Place("台账", 3).note = ""  # type: ignore[attr-defined]
