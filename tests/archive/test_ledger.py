"""The ledger row by row: which rows of a return count, and which return stands for whom (contract 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mdj_plan.archive.holdings import file_away
from mdj_plan.archive.identities import Identities
from mdj_plan.archive.ledger import Ledger, Return, apart, enter, sift
from mdj_plan.intake.layout.entry import Entry
from mdj_plan.period import Period
from tests.archive.returns import BY_NAME, claims, dropped, plan_in, returned
from tests.checks.world import C1, C2, PLAN

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.intake.submission import Submission
    from mdj_plan.plan.model import Plan


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return plan_in(tmp_path_factory.mktemp("plan"))


def names(ret: Return | None) -> list[str | None]:
    return [] if ret is None else [claim.name for claim in ret.claims]


# ---- which rows count


@pytest.mark.parametrize(
    ("unit", "row", "another"),
    [
        ("east", "- -", False),
        ("east", "east -", False),
        ("east", "west -", True),
        ("east", "east farms", False),
        ("zone", "east -", False),  # it lies in districts and names the one
        ("farms", "- -", False),
        ("farms", "east farms", False),
        ("farms", "east works", True),
    ],
)
def test_a_row_for_another_unit(plan: Plan, unit: str, row: str, *, another: bool) -> None:
    found = sift(claims(f"name region department\n甲 {row}"), plan.units[unit], BY_NAME)
    assert dropped(found.dropped) == ([(2, "another-unit", None)] if another else [])
    assert len(found.counted) == (0 if another else 1)


def test_what_does_not_count_is_set_aside_in_order_with_its_reason(plan: Plan) -> None:
    rows = "name region kind state\n甲 - incubator operating\n乙 west incubator operating\n甲 - incubator closed\n"
    rows += "? - incubator operating\n丙 - ? operating\n丁 - incubator ?\n戊 - incubator -"
    found = sift(claims(rows), plan.units["east"], BY_NAME)
    assert [claim.name for claim in found.counted] == ["甲", "戊"]
    assert found.keys == (("incubator", "甲"), ("incubator", "戊"))
    assert dropped(found.dropped) == [
        (3, "another-unit", None),
        (4, "duplicate", 2),
        (5, "unusable", None),
        (6, "unusable", None),
        (7, "unusable", None),
    ]


def test_without_a_unit_no_row_is_for_another(plan: Plan) -> None:
    assert sift(claims("name region\n甲 west"), None, BY_NAME).dropped == ()


@pytest.mark.parametrize(
    ("codes", "facilities"),
    [
        (["-", "-"], [[2, 3]]),
        ([C1, C1], [[2, 3]]),
        ([C1, "-"], [[2, 3]]),
        ([C1, C2], [[2], [3]]),
        ([C1, C2, C1], [[2, 4], [3]]),
        ([C1, "-", C2], [[2], [3], [4]]),
        (["-", C1, "-", C2], [[2], [3], [4], [5]]),
    ],
)
def test_namesakes_are_parted_by_their_codes(codes: list[str], facilities: list[list[int]]) -> None:
    rows = claims("name credit_code\n" + "\n".join(f"甲 {code}" for code in codes))
    assert [[claim.row + 1 for claim in same] for same in apart(rows)] == facilities
    repeated = sift(rows, None, BY_NAME).dropped
    assert [d.claim.row + 1 for d in repeated] == sorted(row for same in facilities for row in same[1:])
    assert {d.first.row + 1 for d in repeated if d.first} == {same[0] for same in facilities if same[1:]}


def test_a_kind_and_a_name_are_one_facility_however_written(plan: Plan) -> None:
    rows = claims("name kind\n示例甲 incubator\n（示例）甲 incubator\n示例甲 makerspace\n示市示例甲 incubator")
    found = sift(rows, None, Identities(("示市",), {}))
    assert [claim.row + 1 for claim in found.counted] == [2, 4]
    assert dropped(found.dropped) == [(3, "duplicate", 2), (5, "duplicate", 2)]


# ---- which return stands for whom


def ledger(plan: Plan, *submissions: Submission) -> Ledger:
    return enter(plan, file_away(submissions, {}), BY_NAME)[0]


def standing(found: Ledger, unit: str, period: str) -> tuple[str, list[tuple[str | None, str | None]]]:
    """How a unit reports, and by member which file stands."""
    of = found.standing(unit, Period.parse(period))
    return of.reporting, [(part.member, part.ret and part.ret.submission.file[:6]) for part in of.parts]


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2021Q1", ("missing", [(None, None)])),
        ("2021Q2", ("reported", [(None, "2021Q2")])),
        ("2021Q3", ("carried", [(None, "2021Q2")])),
        ("2021Q4", ("reported", [(None, "2021Q4")])),
        ("2022Q1", ("carried", [(None, "2021Q4")])),
    ],
)
def test_the_latest_return_up_to_a_period_stands(
    plan: Plan, period: str, expected: tuple[str, list[tuple[str | None, str | None]]]
) -> None:
    found = ledger(plan, returned("name\n甲", "east 2021Q4"), returned("name\n甲", "east 2021Q2"))
    assert standing(found, "east", period) == expected
    assert standing(found, "west", period) == ("missing", [(None, None)])


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["zone 2021Q2"], ("reported", [(None, "2021Q2")])),
        (["zone 2021Q2 1 甲园", "zone 2021Q2 1 乙园"], ("reported", [("甲园", "2021Q2"), ("乙园", "2021Q2")])),
        (["zone 2021Q2 1 甲园"], ("carried", [("甲园", "2021Q2"), ("乙园", None)])),
        (["zone 2021Q1 1 甲园", "zone 2021Q2 1 乙园"], ("carried", [("甲园", "2021Q1"), ("乙园", "2021Q2")])),
        (["zone 2021Q1", "zone 2021Q2 1 甲园"], ("carried", [("甲园", "2021Q2"), ("乙园", "2021Q1")])),
        (["zone 2021Q1 1 甲园", "zone 2021Q2"], ("reported", [(None, "2021Q2")])),
        (["zone 2021Q3 1 甲园", "zone 2021Q2"], ("reported", [(None, "2021Q2")])),  # what comes later says nothing yet
        (
            ["zone 2020Q4 1 甲园", "zone 2021Q1", "zone 2021Q2 1 乙园"],
            ("carried", [("甲园", "2020Q4"), ("乙园", "2021Q2")]),
        ),
        (["zone 2021Q1 1 甲园", "zone 2021Q1 1 乙园"], ("carried", [("甲园", "2021Q1"), ("乙园", "2021Q1")])),
    ],
)
def test_a_unit_stands_as_one_or_member_by_member(
    plan: Plan, files: list[str], expected: tuple[str, list[tuple[str | None, str | None]]]
) -> None:
    assert standing(ledger(plan, *(returned("name\n甲", by) for by in files)), "zone", "2021Q2") == expected


def test_a_member_s_return_beside_the_whole_unit_s_for_one_period_falls(plan: Plan) -> None:
    archive = file_away([returned(by="zone 2021Q2"), returned(by="zone 2021Q2 1 甲园")], {})
    assert [(f.code, dict(f.args)["others"].zh) for s in archive.submissions for f in s.findings] == [  # type: ignore[union-attr] # words
        ("S103", "2021Q2/zone.v1.csv")
    ]
    assert standing(enter(plan, archive, BY_NAME)[0], "zone", "2021Q2")[1] == [(None, "2021Q2")]


def test_a_joint_return_stands_for_the_rest_of_its_facilities(plan: Plan) -> None:
    found = ledger(plan, returned("name\n甲\n乙\n丙", "zone 2021Q1"), returned("name\n甲", "zone 2021Q2 1 甲园"))
    of = found.standing("zone", Period(2021, 2))
    assert [names(ret) for ret in of.returns] == [["甲"], ["乙", "丙"]]
    assert [names(ret) for ret in of.fresh] == [["甲"]]


def test_three_members_of_whom_one_reports_singly(tmp_path: Path) -> None:
    plan = plan_in(tmp_path, PLAN.replace("[甲园, 乙园]", "[甲园, 乙园, 丙园]"))
    found = ledger(plan, returned("name\n甲\n乙", "zone 2021Q1"), returned("name\n甲", "zone 2021Q2 1 乙园"))
    of = found.standing("zone", Period(2021, 2))
    assert [(part.member, names(part.ret)) for part in of.parts] == [
        ("甲园", ["乙"]),
        ("乙园", ["甲"]),
        ("丙园", ["乙"]),
    ]
    assert [names(ret) for ret in of.returns] == [["乙"], ["甲"]]  # the rest of the joint return counts once
    assert of.reporting == "carried"


def test_only_what_members_claimed_between_the_joint_return_and_the_period_is_no_longer_the_others(
    tmp_path: Path,
) -> None:
    plan = plan_in(tmp_path, PLAN.replace("[甲园, 乙园]", "[甲园, 乙园, 丙园]"))
    files = {"2021Q1 1 甲园": "乙", "2021Q2": "甲\n乙\n丙", "2021Q3 1 乙园": "甲", "2021Q4 1 乙园": "丙"}
    found = ledger(plan, *(returned(f"name\n{rows}", f"zone {by}") for by, rows in files.items()))
    *_, (member, rest) = found.standing("zone", Period(2021, 3)).parts
    assert (member, names(rest), rest and rest.keys) == (
        "丙园",
        ["乙", "丙"],
        (("incubator", "乙"), ("incubator", "丙")),
    )


def test_everybody_who_takes_part_stands_in_the_plan_s_order(tmp_path: Path) -> None:
    plan = plan_in(tmp_path, PLAN.replace("id: west, kind: district", "id: west, participates: false, kind: district"))
    found = ledger(plan, returned("name\n甲", "works 2021Q2"), returned("name\n甲", "west 2021Q2"))
    assert [each.unit for each in found.standings(Period(2021, 2))] == ["east", "zone", "farms", "works"]
    assert [(unit, names(ret)) for unit, ret in found.everything()] == [("works", ["甲"])]


# ---- a return that declares itself unchanged

HEAD = "name area_m2 new_graduates"


def unchanged(rows: str = "", by: str = "east 2021Q2") -> Submission:
    return returned(f"{HEAD}\n{rows}" if rows else "", by, type="unchanged")


def test_it_confirms_the_last_return_with_nought_for_the_flows(plan: Plan) -> None:
    found = ledger(plan, returned(f"{HEAD}\n甲 100 3\n? 5 1", "east 2021Q1"), unchanged())
    ret = found.returns["east", None][Period(2021, 2)]
    assert [(c.name, c.area_m2, c.new_graduates) for c in ret.claims] == [("甲", 100, 0)]
    assert ret.keys == (("incubator", "甲"),)
    assert (ret.short, ret.flow_short) == (True, False)  # the row that was lost stays lost; there is no flow to lose
    assert ret.before is found.returns["east", None][Period(2021, 1)]


def test_without_a_return_before_it_there_is_nothing_to_confirm(plan: Plan) -> None:
    ret = ledger(plan, unchanged("甲 100 0")).returns["east", None][Period(2021, 2)]
    assert (list(ret.claims), ret.short, ret.before) == ([], False, None)


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        pytest.param("甲 100 3\n乙 200 0", True, id="as it was"),
        pytest.param("乙 200 0\n甲 100 3", True, id="in another order"),
        pytest.param("甲 100 7\n乙 200 1", True, id="a flow is of the quarter"),
        pytest.param("甲 - -\n乙 - -", True, id="names alone"),
        pytest.param("甲 101 3\n乙 200 0", False, id="another figure"),
        pytest.param("甲 100 3", False, id="a facility less"),
        pytest.param("甲 100 3\n乙 200 0\n丙 1 0", False, id="a facility more"),
        pytest.param("甲 100 3\n丙 200 0", False, id="another facility"),
    ],
)
def test_rows_that_say_otherwise_keep_it_from_counting(plan: Plan, rows: str, *, counts: bool) -> None:
    before = returned(f"{HEAD}\n甲 100 3\n乙 200 0", "east 2021Q1")
    found, archive = enter(plan, file_away([before, unchanged(rows)], {}), BY_NAME)
    assert (Period(2021, 2) in found.returns["east", None]) is counts
    codes = [(f.code, f.variant, dict(f.args)) for s in archive.submissions for f in s.findings]
    assert codes == ([] if counts else [("L107", "unchanged", {"rows": str(rows.count("\n") + 1)})])
    assert [s.readable for s in archive.submissions] == [True, counts]


@pytest.mark.parametrize(
    ("now", "counts"),
    [(f"甲 {C1}\n甲 {C2}", True), (f"甲 {C2}\n甲 {C1}", True), (f"甲 {C1}\n甲 91990000MAXX000030", False)],
)
def test_namesakes_confirm_each_its_own(plan: Plan, now: str, *, counts: bool) -> None:
    before = returned(f"name credit_code\n甲 {C1}\n甲 {C2}", "east 2021Q1")
    after = returned(f"name credit_code\n{now}", "east 2021Q2", type="unchanged")
    assert (Period(2021, 2) in ledger(plan, before, after).returns["east", None]) is counts


def test_the_contradiction_is_told_where_no_change_is_declared(plan: Plan) -> None:
    entry = Entry("无变化", "封面", 2, 1)
    said = unchanged("乙 1 0")._replace(declared=entry)
    archive = enter(plan, file_away([returned(f"{HEAD}\n甲 1 0", "east 2021Q1"), said], {}), BY_NAME)[1]
    (found,) = archive.submissions[1].findings
    assert (found.code, found.at.sheet, found.at.cell, found.value) == ("L107", "封面", "B3", "无变化")
    assert (found.unit, str(found.period)) == ("east", "2021Q2")


def test_a_lower_version_stands_in_for_it(plan: Plan) -> None:
    before, first = returned(f"{HEAD}\n甲 1 0", "east 2021Q1"), returned(f"{HEAD}\n甲 5 0", "east 2021Q2 1")
    found, archive = enter(plan, file_away([before, first, unchanged("乙 1 0", "east 2021Q2 2")], {}), BY_NAME)
    assert found.returns["east", None][Period(2021, 2)].submission.version == 1
    assert archive.superseded == frozenset()


def test_what_stood_before_a_quarter_that_fell_is_confirmed(plan: Plan) -> None:
    first = returned(f"{HEAD}\n甲 1 0", "east 2021Q1")
    found = ledger(plan, first, unchanged("乙 1 0", "east 2021Q2"), unchanged("甲 1 0", "east 2021Q3"))
    returns = found.returns["east", None]
    assert [str(period) for period in returns] == ["2021Q1", "2021Q3"]
    assert returns[Period(2021, 3)].before is returns[Period(2021, 1)]


def test_a_unit_that_is_unchanged_confirms_what_its_members_reported_since(plan: Plan) -> None:
    one = returned(f"{HEAD}\n甲 1 2", "zone 2021Q1 1 甲园")
    other = returned(f"{HEAD}\n乙 3 4\n? 1 1", "zone 2021Q2 1 乙园")
    ret = ledger(plan, one, other, unchanged(by="zone 2021Q3")).returns["zone", None][Period(2021, 3)]
    assert [(c.name, c.area_m2, c.new_graduates) for c in ret.claims] == [("甲", 1, 0), ("乙", 3, 0)]
    assert ret.keys == (("incubator", "甲"), ("incubator", "乙"))
    assert (ret.short, ret.before and ret.before.period) == (True, Period(2021, 2))


def test_a_member_that_is_unchanged_confirms_its_own_alone(plan: Plan) -> None:
    one, other = returned(f"{HEAD}\n甲 1 2", "zone 2021Q1 1 甲园"), returned(f"{HEAD}\n乙 3 4", "zone 2021Q1 1 乙园")
    found = ledger(plan, one, other, unchanged(by="zone 2021Q2 1 乙园"))
    assert names(found.returns["zone", "乙园"][Period(2021, 2)]) == ["乙"]


# ---- a row that cannot be used


def test_a_row_that_cannot_be_used_makes_figures_too_low_and_others_do_not(plan: Plan) -> None:
    found = ledger(
        plan,
        returned("name region\n甲 east\n? east", "east 2021Q1"),
        returned("name region\n甲 east\n甲 east\n乙 west", "east 2021Q2"),
    )
    first, second = found.returns["east", None].values()
    assert (first.short, first.flow_short, second.short, second.flow_short) == (True, True, False, False)
    assert dropped(second.dropped) == [(3, "duplicate", 2), (4, "another-unit", None)]
    assert (second.before, first.before) == (first, None)
