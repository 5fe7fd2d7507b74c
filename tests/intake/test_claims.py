"""Rows of a return: columns as they were read, and claims as views of one place in them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from mdj_plan.fields import FIELDS, Field
from mdj_plan.intake.claims import Claim, Claims, Origin, Rows

OWN = {**FIELDS, "hightech": Field("hightech", "高新技术企业数", "whole", "户")}
SHEET = (("载体名称", "类型", "面积"), ("示例甲", "孵化器", "1.2万"), (), ("示例乙", "众创空间", "约5"))


def rows(**columns: list[Any]) -> Rows:
    origin = Origin("2021Q1/东.csv", None, {"name": 0, "kind": 1, "area_m2": 2}, SHEET)
    stated: dict[str, list[Any]] = {
        "name": ["示例甲", "示例乙"],
        "kind": ["incubator", "makerspace"],
        "area_m2": [Decimal(12000), None],
    }
    return Rows(origin, (1, 3), {**stated, **columns}, {1: frozenset({"area_m2"})}, OWN)


def test_a_claim_shows_its_row() -> None:
    one, two = rows(hightech=[3, None]).claims()
    assert (one.name, one.area_m2, one.row, one.flaws) == ("示例甲", Decimal(12000), 1, frozenset())
    assert (two.kind, two.area_m2, two.row, two.flaws) == ("makerspace", None, 3, frozenset({"area_m2"}))
    assert (one.value("hightech"), two.value("hightech")) == (3, None)
    assert one.values(("name", "hightech", "tenants")) == ("示例甲", 3, None)  # tenants has no column here
    assert (two.at("area_m2").cell, two.typed("area_m2"), two.typed("tenants")) == ("C4", "约5", "")


def test_what_is_no_field_is_no_attribute() -> None:
    claim: Any = rows().claims()[0]
    assert claim.hightech is None
    with pytest.raises(AttributeError):
        claim.colour  # noqa: B018 - asking for it is the test
    with pytest.raises(KeyError):
        claim.value("colour")
    with pytest.raises(AttributeError):
        claim.name = "示例丙"


def test_a_row_may_state_other_values_and_leaves_the_others_alone() -> None:
    one, two = rows().claims()
    stated = two.stating(area_m2=Decimal(5), tenants=3)
    assert (stated.area_m2, stated.tenants, stated.name, stated.row) == (5, 3, "示例乙", 3)
    assert stated.flaws == two.flaws
    assert (two.area_m2, two.tenants, one.area_m2) == (None, None, 12000)


def test_rows_told_anew_share_their_table() -> None:
    claims = Claims.joined([rows().claims(), rows().claims()])
    told = claims.retold(lambda table: table.told_anew(values={"new_graduates": 0}))
    assert [claim.new_graduates for claim in told] == [0, 0, 0, 0]
    assert [claim.new_graduates for claim in claims] == [None] * 4
    assert len({id(claim.of) for claim in told}) == 2
    moved = claims.retold(lambda table: table.told_anew(origin=table.origin._replace(file="b.csv")))
    assert {claim.origin.file for claim in moved} == {"b.csv"}
    assert [claim.name for claim in moved] == [claim.name for claim in claims]


def test_columns_of_claims_run_across_their_tables() -> None:
    east, west = rows(tenants=[3, None]), rows(name=["示例丙", "示例丁"])
    claims = Claims.joined([east.claims(), west.claims()])
    assert claims.column("name") == ["示例甲", "示例乙", "示例丙", "示例丁"]
    assert list(claims.each("kind", "tenants")) == [
        ("incubator", 3),
        ("makerspace", None),
        ("incubator", None),  # the second table has no such column
        ("makerspace", None),
    ]
    assert list(claims.each()) == [()] * 4
    assert east.claims().column("name") is east.columns["name"]  # a whole table's column is not copied
    assert [table.origin for table in claims.tables] == [east.origin, west.origin]
    with pytest.raises(KeyError):
        claims.column("colour")


def test_what_is_unusable_is_not_blank() -> None:
    claims = Claims.joined([rows().claims(), rows(area_m2=[None, None]).claims()])
    assert claims.flawed("area_m2") == {1, 3}  # the second row of each
    assert claims.blank("area_m2") == [2]
    assert claims.blank("tenants") == [0, 1, 2, 3]
    assert claims.picked([3, 2]).blank("area_m2") == [1]
    assert (claims.having("tenants"), len(claims.having("area_m2"))) == (Claims(), 4)
    assert (len(claims.lacking("tenants")), claims.lacking("area_m2")) == (4, Claims())


@pytest.mark.parametrize("tables", [1, 2])
def test_claims_may_be_picked_from_and_left_out(tables: int) -> None:
    claims = Claims.joined([rows().claims() for _ in range(tables)])
    assert [claim.name for claim in claims.picked([1, 0])] == ["示例乙", "示例甲"]
    assert [claim.name for claim in claims.without({0})] == ["示例乙", "示例甲", "示例乙"][: 2 * tables - 1]
    assert claims.without(()) is claims
    assert claims.picked([1, 0]).picked([1]) == claims[:1]
    assert claims[1:] == claims.without({0})


def test_a_claim_asked_for_twice_is_the_same_one() -> None:
    claims = Claims.joined([rows().claims(), rows().claims()])
    assert claims[-1] is list(claims)[3]
    assert claims[2] is claims.picked([2])[0]
    assert claims[2] is Claims.of([claims[2], claims[0]])[0]
    assert (len(claims), len(Claims()), bool(Claims())) == (4, 0, False)
    with pytest.raises(IndexError):
        claims[4]


def test_claims_that_say_the_same_are_equal() -> None:
    assert rows().claims() == rows().claims()
    assert hash(rows().claims()) == hash(Claims.of(list(rows().claims())))
    assert rows().claims() != rows(tenants=[1, None]).claims()
    assert rows().claims() != rows().claims()[:1]
    assert "示例乙" in repr(rows().claims())


def test_claims_are_equal_when_they_say_the_same_at_the_same_place() -> None:
    one, two = rows().claims()
    assert one == rows().claims()[0]
    assert hash(one) == hash(rows().claims()[0])
    assert one != two
    assert one != one.stating(tenants=1)
    assert one != rows().duties()[0]


@pytest.mark.parametrize(
    ("kind", "state", "flaw", "usable"),
    [
        ("incubator", None, "", True),
        ("incubator", None, "state", False),
        (None, "operating", "kind", False),
    ],
)
def test_a_row_is_usable_by_its_name_kind_and_state(
    kind: str | None, state: str | None, flaw: str, usable: bool
) -> None:
    table = Rows(
        Origin("a", None, {}),
        (0,),
        {"name": ["示例"], "kind": [kind], "state": [state]},
        {0: frozenset({flaw})},
        FIELDS,
    )
    assert Claim(table, 0).usable is usable
