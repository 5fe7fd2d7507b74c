"""Claims into facilities: who is one with whom, whom each counts for, whose words stand (contract 2, Claim → facility)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from mdj_plan.measure.actuals import alike
from mdj_plan.period import Period
from tests.checks import world
from tests.checks.world import C1, C2, assessed, table

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.measure.register import Facility

HEAD = "载体名称,统一社会信用代码,载体类型,所在地区,责任部门,运营状态,孵化面积（平方米）"


def register(folder: Path, **returns: str) -> list[Facility]:
    """The register of the first quarter; `returns` are rows by who reports them, with a semicolon between."""
    units = {"east": "东示区", "west": "西示区", "zone": "示开发区", "farms": "市示农委", "works": "市示工信委"}
    files = {f"{units[unit]}_1": table(*rows.split("; "), head=HEAD) for unit, rows in returns.items()}
    return list(assessed(folder, files, quarter=1).facilities)


def told(facilities: list[Facility]) -> list[tuple[str | None, tuple[str, ...]]]:
    """Each facility's name, and whom it counts for."""
    return [(each.values.name, each.credited) for each in facilities]


def test_what_a_district_and_a_department_claim_is_one_and_counts_for_both(tmp_path: Path) -> None:
    found = register(tmp_path, farms="示例甲孵化器,,孵化器,东示区,,运营,", east="示例甲孵化器,,孵化器,,,运营,900")
    assert told(found) == [("示例甲孵化器", ("east", "farms"))]
    assert [unit for unit, _ in found[0].claims] == ["east", "farms"]


def test_a_claim_counts_for_every_unit_that_it_names(tmp_path: Path) -> None:
    found = register(tmp_path, farms="示例甲孵化器,,孵化器,西示区,,运营,900")
    assert told(found) == [("示例甲孵化器", ("west", "farms"))]


def test_what_lies_in_a_zone_counts_for_the_zone_and_not_for_the_district(tmp_path: Path) -> None:
    found = register(tmp_path, zone="示例甲孵化器,,孵化器,东示区,市示工信委,运营,900")
    assert told(found) == [("示例甲孵化器", ("zone", "works"))]


def test_values_are_those_of_the_first_claim_that_states_them(tmp_path: Path) -> None:
    (found,) = register(
        tmp_path,
        works=f"示例甲孵化器,{C1},孵化器,东示区,,停运,800",
        farms="示例甲孵化器,,孵化器,东示区,,运营,700",
        east="示例甲孵化器,,孵化器,,,运营,",
    )
    values = found.values
    assert (values.area_m2, values.credit_code, values.state) == (Decimal(700), C1, "operating")
    assert (values.origin.file, values.at("name").cell) == ("2021Q1/东示区.csv", "A2")


@pytest.mark.parametrize(
    ("one", "other", "distinct"),
    [
        ("示例甲孵化器,,孵化器,,,运营,", "示例甲 （孵化器）,,孵化器,东示区,,运营,", 1),  # letters and digits alone
        ("示例ABC,,孵化器,,,运营,", "示例ａｂｃ,,孵化器,东示区,,运营,", 1),  # whatever their width and case
        ("示例甲,,孵化器,,,运营,", "示例甲,,众创空间,东示区,,运营,", 2),  # kinds differ
        ("示例甲,,孵化器,,,运营,", "示例甲园,,孵化器,东示区,,运营,", 2),  # never by likeness
        (f"示例甲,{C1},孵化器,,,运营,", f"示例甲,{C2},孵化器,东示区,,运营,", 2),  # codes differ
        (f"示例甲,{C1},孵化器,,,运营,", "示例甲,,孵化器,东示区,,运营,", 1),  # a code is missing
    ],
)
def test_who_is_one_with_whom(tmp_path: Path, one: str, other: str, distinct: int) -> None:
    assert len(register(tmp_path, east=one, farms=other)) == distinct


def test_a_claim_without_a_code_stays_by_itself_where_its_name_fits_two_codes(tmp_path: Path) -> None:
    found = register(
        tmp_path,
        east=f"示例甲,{C1},孵化器,,,运营,",
        west=f"示例甲,{C2},孵化器,,,运营,",
        farms="示例甲,,孵化器,东示区,,运营,",
    )
    assert [(each.values.credit_code, each.credited) for each in found] == [
        (C1, ("east",)),
        (C2, ("west",)),
        (None, ("east", "farms")),
    ]


def test_the_order_is_that_of_the_deciding_claims_districts_first(tmp_path: Path) -> None:
    found = register(
        tmp_path,
        works="示例丙,,孵化器,,,运营,; 示例乙,,孵化器,西示区,,运营,",
        west="示例甲,,孵化器,,,运营,; 示例乙,,孵化器,,,运营,",
    )
    assert told(found) == [("示例甲", ("west",)), ("示例乙", ("west", "works")), ("示例丙", ("works",))]


@pytest.mark.parametrize(("state", "measured"), [("运营", True), ("", True), ("筹建", False), ("停运", False)])
def test_only_what_operates_is_measured(tmp_path: Path, state: str, measured: bool) -> None:
    (found,) = register(tmp_path, east=f"示例甲,,孵化器,,,{state},")
    assert found.measured is measured


def test_columns_of_the_register_are_those_of_its_facilities(tmp_path: Path) -> None:
    files = {
        "东示区_1": table("示例甲孵化器,,孵化器,,,运营,", "示例乙孵化器,,孵化器,,,停运,800", head=HEAD),
        "市示农委_1": table("示例甲孵化器,,孵化器,东示区,,运营,900", "示例丙孵化器,,孵化器,西示区,,,70", head=HEAD),
    }
    found = assessed(tmp_path, files, quarter=1).measure.facilities(Period(2021, 1))
    assert found.values.column("name") == ["示例甲孵化器", "示例乙孵化器", "示例丙孵化器"]
    assert found.values.column("area_m2") == [900, 800, 70]  # the farms' word, where the district has none
    assert found.credited == [("east", "farms"), ("east",), ("west", "farms")]
    assert [facility.credited for facility in found] == found.credited
    assert list(found.measured) == [0, 2]
    assert list(found.shared) == [0]
    assert found.shared[0] is found[0]
    assert found[-1] is found[1:][1]


def test_facilities_that_answer_alike_stand_together(tmp_path: Path) -> None:
    rows = ("示例甲,,孵化器,,,运营,1", "示例乙,,众创空间,,,,2", "示例丙,,孵化器,,,停运,3", "示例丁,,孵化器,,,运营,4")
    found = assessed(tmp_path, {"东示区_1": table(*rows, head=HEAD)}, quarter=1).measure.facilities(Period(2021, 1))
    together = alike(found, {"kind"})
    assert together.asked == ["kind"]
    assert together.groups == {(("incubator",), ("east",)): [0, 3], (("makerspace",), ("east",)): [1]}
    assert alike(found, ()).groups == {((), ("east",)): [0, 1, 3]}


OUTSIDE = world.PLAN.replace("name: {zh: 西示区, en: West}", "participates: false, name: {zh: 西示区, en: West}")


def test_what_any_claim_places_outside_the_plan_is_not_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world, "PLAN", OUTSIDE)
    found = register(
        tmp_path,
        east="示例甲孵化器,,孵化器,,,运营,900; 示例丙孵化器,,孵化器,,,运营,900",
        farms="示例甲孵化器,,孵化器,西示区,,运营,900",  # the same, placed in the unit outside
        works="示例乙孵化器,,孵化器,西示区,,运营,900; 示例丁孵化器,,孵化器,,,运营,900",
    )
    assert [(each.values.name, each.outside, each.measured) for each in found] == [
        ("示例甲孵化器", True, False),
        ("示例丙孵化器", False, True),
        ("示例乙孵化器", True, False),
        ("示例丁孵化器", False, True),
    ]
    assert all(each.operating for each in found)


@pytest.mark.parametrize(
    ("state", "operating"), [("运营", True), ("", True), ("筹建", False), ("在建", False), ("停运", False)]
)
def test_a_blank_state_is_an_operating_one(tmp_path: Path, state: str, operating: bool) -> None:
    (found,) = register(tmp_path, east=f"示例甲,,孵化器,,,{state},")
    assert found.operating is operating


def test_namesakes_stand_each_in_its_own_place(tmp_path: Path) -> None:
    found = register(
        tmp_path,
        east=f"示例甲,{C1},孵化器,,,运营,; 示例乙,,孵化器,,,运营,",
        west=f"示例甲,{C2},孵化器,,,运营,; 示例丙,,孵化器,,,运营,",
    )
    assert [(each.values.name, each.values.credit_code) for each in found] == [
        ("示例甲", C1),
        ("示例乙", None),
        ("示例甲", C2),
        ("示例丙", None),
    ]


def test_the_order_of_credits_is_districts_then_departments_whatever_the_plans(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = world.PLAN.splitlines(keepends=True)
    farms = next(line for line in lines if "id: farms" in line)
    lines.remove(farms)
    lines.insert(lines.index("units:\n") + 1, farms)  # a department first
    monkeypatch.setattr(world, "PLAN", "".join(lines))
    found = register(tmp_path, farms="示例甲,,孵化器,东示区,,运营,", east="示例甲,,孵化器,,市示工信委,运营,")
    assert told(found) == [("示例甲", ("east", "farms", "works"))]
    assert [unit for unit, _ in found[0].claims] == ["east", "farms"]


def test_three_claims_of_two_codes_are_two_facilities(tmp_path: Path) -> None:
    found = register(
        tmp_path,
        east=f"示例甲,{C1},孵化器,,,运营,",
        west=f"示例甲,{C2},孵化器,,,运营,",
        farms=f"示例甲,{C2},孵化器,西示区,,运营,700",
    )
    assert [(each.values.credit_code, each.credited, each.values.area_m2) for each in found] == [
        (C1, ("east",), None),
        (C2, ("west", "farms"), Decimal(700)),
    ]


def test_neither_what_stands_still_nor_what_lies_outside_makes_a_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world, "PLAN", OUTSIDE)
    rows = table(
        "示例甲孵化器,,孵化器,西示区,,运营,900",
        "示例乙孵化器,,孵化器,东示区,,,900",
        "示例丙孵化器,,孵化器,东示区,,停运,900",
        "示例丁孵化器,,孵化器,东示区,,运营,900",
        head=HEAD,
    )
    a = assessed(tmp_path, {"市示农委_1": rows}, quarter=1)
    found = a.measure.facilities(a.period)
    assert [found[at].values.name for at in found.measured] == ["示例乙孵化器", "示例丁孵化器"]
    assert a.measure.actual(None, a.plan.indicators["incubators"], a.period).value == 2


def test_a_register_knows_the_places_of_namesakes_and_of_shared_codes(tmp_path: Path) -> None:
    east = table(
        f"示例甲,{C1},孵化器,,,运营,",
        f"示例甲,{C2},孵化器,,,运营,",
        f"示例乙,{C1},众创空间,,,运营,",
        "示例丙,,孵化器,,,运营,",
        "示例丁,,孵化器,,,运营,",
        head=HEAD,
    )
    found = assessed(tmp_path, {"东示区_1": east}, quarter=1).measure.facilities(Period(2021, 1))
    assert [facility.values.name for facility in found] == ["示例甲", "示例甲", "示例乙", "示例丙", "示例丁"]
    assert (found.namesakes, found.of_shared_codes) == ([[0, 1]], [0, 2])
