"""Records: frozen, made by name, compared and copied field by field."""

import copy
import pickle
from dataclasses import FrozenInstanceError, replace
from decimal import Decimal
from functools import cached_property

import pytest

from mdj_plan.marks import key_of
from mdj_plan.names import Words
from mdj_plan.plan.entries import Band, Deductions, Group, Indicator, Revision
from mdj_plan.records import frozen

TOWN = Group(id="county", name=Words("各县（市）区", "Counties"))


def test_a_record_is_made_by_name_and_the_rest_is_its_default() -> None:
    assert (TOWN.id, TOWN.name.zh, TOWN.note) == ("county", "各县（市）区", None)
    assert Deductions(late=Decimal(2)).late == 2
    assert Deductions().late == 0


def test_each_record_has_a_mapping_of_its_own_where_none_is_stated() -> None:
    one, other = Indicator(id="a", name=TOWN.name, unit=TOWN.name), Indicator(id="b", name=TOWN.name, unit=TOWN.name)
    assert one.where == {}
    assert one.where is not other.where


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ({"id": "county"}, "Group: name is not stated"),
        ({"id": "county", "name": TOWN.name, "colour": "red"}, "Group has no colour"),
        ({}, "Group: id is not stated"),
    ],
)
def test_what_is_missing_or_unknown_is_refused(stated: dict[str, object], told: str) -> None:
    with pytest.raises(TypeError, match=told):
        Group(**stated)  # type: ignore[arg-type] # that is what the test is about


def test_what_the_program_works_out_cannot_be_stated() -> None:
    with pytest.raises(TypeError, match="Indicator has no factor"):
        Indicator(id="a", name=TOWN.name, unit=TOWN.name, factor=2)  # type: ignore[call-arg] # see above


def test_a_record_stays_as_it_was_read() -> None:
    with pytest.raises(FrozenInstanceError, match=r"Group\.note"):
        TOWN.note = "x"  # type: ignore[misc] # that is what the test is about
    with pytest.raises(FrozenInstanceError, match=r"Group\.id"):
        del TOWN.id
    with pytest.raises(AttributeError):
        TOWN.colour = "red"  # type: ignore[attr-defined] # see above


def test_records_are_equal_by_what_they_state_and_another_kind_is_never_equal() -> None:
    assert replace(TOWN) == TOWN
    assert hash(replace(TOWN)) == hash(TOWN)
    assert replace(TOWN, note="x") != TOWN
    assert Band(status="behind") != Deductions()
    assert repr(Band(status="behind")) == "Band(status='behind', from_=None, over=None, colour=None, name=None)"


def test_a_record_can_be_copied_and_sent_elsewhere() -> None:
    assert copy.copy(TOWN) == copy.deepcopy(TOWN) == pickle.loads(pickle.dumps(TOWN)) == TOWN  # noqa: S301 - our own


def test_a_name_that_python_reserves_is_a_key_without_its_underscore() -> None:
    assert [key_of(each) for each in ("from_", "value")] == ["from", "value"]
    assert "from_" in Revision.__slots__  # type: ignore[attr-defined] # made by `record`


@frozen
class Sum:
    """Two figures, and what they make."""

    one: int
    other: int = 1

    @cached_property
    def both(self) -> int:
        """Worked out once."""
        return self.one + self.other


def test_other_frozen_records_are_made_in_order_too_and_work_things_out_once() -> None:
    assert (Sum(1, 2).both, Sum(1).both, Sum(other=2, one=1).both) == (3, 2, 3)
    assert replace(Sum(1, 2), other=4).both == 5
    assert Sum(1, 2) == Sum(1, other=2)
    with pytest.raises(FrozenInstanceError, match=r"Sum\.one"):
        Sum(1).one = 2  # type: ignore[misc] # that is what the test is about


@pytest.mark.parametrize(("given", "stated"), [((1, 2, 3), {}), ((1,), {"one": 2})])
def test_what_is_too_much_or_stated_twice_is_refused(given: tuple[int, ...], stated: dict[str, int]) -> None:
    with pytest.raises(TypeError, match="Sum takes no more than one, other, each once"):
        Sum(*given, **stated)
