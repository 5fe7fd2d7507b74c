"""Columns of a return at pydantic's door: values of the declared type, notes and objections at their place."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from pydantic import TypeAdapter

from mdj_plan.fields import FIELDS, Code, Count, District, FacilityRow, Field, Figure, Kind, Titles
from mdj_plan.intake.door import read, schema_of, validated
from mdj_plan.marks import Within
from mdj_plan.sheets.cells import Cell
from mdj_plan.sheets.values import parsers
from mdj_plan.sheets.values.reading import Reading


def whole(raw: Cell) -> Reading:
    return parsers.number(raw, measure="户", whole=True)


def test_each_cell_is_read_and_each_objection_is_told_at_its_place() -> None:
    found = read(FIELDS["tenants"], ["12", "约5", "", "12家", "-3", 7.0], whole)
    assert [(each.value, each.code, each.variant) for each in found] == [
        (12, "", ""),
        (None, "V103", "likely"),
        (None, "", ""),
        (12, "V118", ""),
        (None, "V104", ""),
        (7, "", ""),
    ]
    assert dict(found[1].args)["likely"] == "5"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("tenants", -1, "V104"), ("tenants", 1.5, "V105"), ("area_m2", Decimal(-1), "V104"), ("kind", "hub", "V106")],
)
def test_what_a_parser_lets_pass_the_declared_type_does_not(field: str, value: Any, code: str) -> None:
    def careless(raw: Cell) -> Reading:
        return Reading(raw)

    assert [each.code for each in read(FIELDS[field], [None, value], careless)] == ["", code]


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("tenants", [0, 3, None], -1),
        ("area_m2", [Decimal("1.5"), None], Decimal(-1)),
        ("kind", ["incubator", None], "孵化器"),
        ("demonstration", [("provincial", "typical"), None], ("other",)),
        ("founded", [dt.date(2020, 1, 2), None], "someday"),
        ("credit_code", ["91990000MAXX00001R", None], "91990000MAXX0000"),
        ("name", ["示例甲孵化器", None], 5),
    ],
)
def test_values_are_of_the_declared_type(field: str, good: list[Any], bad: Any) -> None:
    assert validated(FIELDS[field], good) == good
    assert validated(FIELDS[field], [*good, bad]) is None


def test_a_choice_of_the_plan_is_one_of_its_own_words() -> None:
    rating = Field("rating", "评级", "choice", choices=(("甲级", "a"), ("乙级", "b")))
    assert validated(rating, ["a", None, "b"]) == ["a", None, "b"]
    assert validated(rating, ["c"]) is None


@pytest.mark.parametrize(
    ("field", "declared"),
    [
        ("name", str),
        ("credit_code", Code),
        ("kind", Kind),
        ("demonstration", Titles),
        ("region", District),
        ("founded", dt.date),
        ("area_m2", Figure),
        ("tenants", Count),
    ],
)
def test_the_schema_is_the_one_that_pydantic_makes_of_the_annotation(field: str, declared: Any) -> None:
    made: Any = TypeAdapter(declared | None).core_schema
    made["schema"].pop("metadata", None)  # of no concern to what is valid
    assert schema_of(FIELDS[field].declared) == made


def test_a_limit_in_an_annotation_is_one_that_reading_holds() -> None:
    """What one column declares beyond its type: a plain figure beyond it is objected to like any other."""
    few = FIELDS["tenants"]._replace(marks=(int, Within(ge=0, le=9)))
    assert validated(few, [9, None]) == [9, None]
    assert validated(few, [10]) is None
    assert [(each.value, each.code) for each in read(few, [9.0, 10.0], whole)] == [(9, ""), (None, "V102")]


def test_every_column_is_validated_by_its_own_annotation() -> None:
    hints = get_type_hints(FacilityRow, include_extras=True)
    for name, field in FIELDS.items():
        stated = get_args(get_args(hints[name])[0])[0]
        assert field.declared == (get_args(stated) if get_origin(stated) is Annotated else (stated,)), name
