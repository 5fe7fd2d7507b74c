"""What an annotation asks of a value that stands in a file: read, or refused with what was expected."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from mdj_plan.marks import (
    Amount,
    Day,
    FirstQuarter,
    Flag,
    Id,
    Name,
    Named,
    OneOrMore,
    Positive,
    Quarter,
    Some,
    Text,
    Unfit,
    Within,
    WorkedOut,
    day,
    first_quarter,
    key_of,
    quarter,
    record,
)
from mdj_plan.names import Words
from mdj_plan.period import Period

Percent = Annotated[int, Within(ge=0, le=100)]
Ids = Annotated[tuple[Id, ...], OneOrMore(), Some()]


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        (Quarter, "2018Q2", Period(2018, 2)),
        (Quarter, 2019, Period(2019, 4)),
        (Quarter, "2019", Period(2019, 4)),
        (FirstQuarter, "2017Q1", Period(2017, 1)),
        (Day, "2018-10-01", dt.date(2018, 10, 1)),
        (Amount, 0, Decimal(0)),
        (Amount, 1.5, Decimal("1.5")),
        (Positive, "0.1", Decimal("0.1")),
        (Percent, 0, 0),
        (Percent, 100, 100),
        (Id, "dongan", "dongan"),
        (Named, "  东安区 ", "东安区"),
        (Text, "", ""),
        (Flag, False, False),
        (Name, "东安区", Words("东安区")),
        (Name, {"zh": " 东安区 ", "en": "Dong'an"}, Words("东安区", "Dong'an")),
        (Name, {"zh": "东安区", "en": None}, Words("东安区")),
        (Ids, "east", ("east",)),
        (Ids, ["east", "west"], ("east", "west")),
    ],
)
def test_read(kind: Any, written: object, read: object) -> None:
    assert TypeAdapter(kind).validate_python(written) == read


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (Quarter, True),
        (Quarter, "２０１９"),
        (Quarter, 20190),
        (Quarter, "2019Q5"),
        (FirstQuarter, 2017),
        (FirstQuarter, "2017"),
        (Day, "2018-02-30"),
        (Day, 20181001),
        (Amount, -1),
        (Amount, "NaN"),
        (Amount, float("inf")),
        (Positive, 0),
        (Percent, -1),
        (Percent, 101),
        (Percent, "5"),
        (Percent, True),
        (Id, "east west"),
        (Id, "东、西"),
        (Id, ""),
        (Named, "  "),
        (Text, 1),
        (Flag, "true"),
        (Flag, 1),
        (Name, ""),
        (Name, {"en": "Dong'an"}),
        (Name, {"zh": "东安区", "cn": ""}),
        (Ids, []),
        (Ids, 7),
    ],
)
def test_refused(kind: Any, written: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(written)


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        (quarter, "a quarter such as 2019Q4"),
        (first_quarter, "a quarter such as 2019Q4"),
        (day, "a date such as 2018-10-01"),
    ],
)
def test_what_does_not_fit_says_what_was_expected(parse: Any, expected: str) -> None:
    with pytest.raises(Unfit) as caught:
        parse("soon")
    assert caught.value.expected.en == expected
    assert caught.value.expected.zh


@record
class Step:
    """A record as the plan's are."""

    id: Id
    from_: FirstQuarter
    known: Annotated[dict[str, int], WorkedOut()] | None = None


STEP = {"id": "a", "from": "2017Q1"}


def test_a_record_is_read_by_the_keys_of_its_file() -> None:
    read = TypeAdapter(Step).validate_python(STEP)
    assert read == Step(id="a", from_=Period(2017, 1))
    assert (key_of("from_"), key_of("due")) == ("from", "due")


@pytest.mark.parametrize("wrong", [{"to": 1}, {"from_": "2017Q1"}])
def test_a_record_has_no_other_keys(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Step).validate_python(STEP | wrong)


def test_records_that_say_the_same_are_the_same() -> None:
    one, same, other = (Step(id=name, from_=Period(2017, 1)) for name in "aab")
    assert one == same
    assert one != other
    assert one != STEP
    assert len({one, same, other}) == 2
    assert repr(one) == "Step(id='a', from_=Period(year=2017, quarter=1), known=None)"


def test_the_schema_says_what_a_file_may_say_and_nothing_that_is_worked_out() -> None:
    schema = TypeAdapter(Step).json_schema()
    assert set(schema["properties"]) == {"id", "from"}
    assert schema["properties"]["from"] == {"title": "From"} | {
        "type": "string",
        "pattern": "^\\d{4}Q[1-4]$",
        "examples": ["2017Q1"],
    }
    assert TypeAdapter(Ids).json_schema()["anyOf"][0]["type"] == "string"
    assert TypeAdapter(Name).json_schema()["anyOf"][1]["required"] == ["zh"]
