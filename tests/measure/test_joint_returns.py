"""A unit that reported jointly, and then member by member: what stands for a member that is out (contract 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.checks.world import C1, C2, C3, assessed, table

if TYPE_CHECKING:
    from pathlib import Path

A = f"示例甲孵化器,{C1},孵化器,市级,运营,1000,20,1,5"
B = f"示例乙孵化器,{C2},孵化器,市级,运营,1000,30,0,2"
C = f"示例丙孵化器,{C3},孵化器,市级,运营,1000,12,0,1"


def zone(folder: Path, files: dict[str, str], quarter: int) -> tuple[object, ...]:
    """The zone's incubators, what it sent, and of each member: status and quarter of the file."""
    a = assessed(folder, files, quarter)
    state = next(state for state in a.units if state.unit.id == "zone")
    value = a.measure.actual("zone", a.plan.indicators["incubators"], a.period).value
    members = [f"{m.member} {m.status} {(m.file or '')[:6]}".strip() for m in state.members]
    return value, state.status, state.facilities, members


def test_a_member_that_never_reported_is_carried_from_the_joint_return(tmp_path: Path) -> None:
    files = {"示开发区_1": table(A, B, C), "甲园_2": table(A)}
    expected = (3, "partial", 3, ["甲园 received 2021Q2", "乙园 carried 2021Q1"])
    assert zone(tmp_path, files, 2) == expected


def test_what_any_member_has_claimed_since_is_no_longer_the_others(tmp_path: Path) -> None:
    files = {"示开发区_1": table(A, B, C), "甲园_2": table(A, B), "甲园_3": table(A)}  # B has gone
    assert zone(tmp_path, files, 3) == (2, "partial", 2, ["甲园 received 2021Q3", "乙园 carried 2021Q1"])


def test_a_member_that_once_reported_is_carried_from_its_own_return(tmp_path: Path) -> None:
    files = {"乙园_1": table(B), "示开发区_2": table(A, B, C), "甲园_3": table(A)}
    assert zone(tmp_path, files, 3) == (2, "partial", 2, ["甲园 received 2021Q3", "乙园 carried 2021Q1"])


def test_a_namesake_under_another_code_stays(tmp_path: Path) -> None:
    files = {"示开发区_1": table(A, B), "甲园_2": table(B.replace(C2, C3))}
    assert zone(tmp_path, files, 2) == (3, "partial", 3, ["甲园 received 2021Q2", "乙园 carried 2021Q1"])


def test_without_a_joint_return_nothing_stands_for_it(tmp_path: Path) -> None:
    expected = (1, "partial", 1, ["甲园 received 2021Q2", "乙园 missing"])
    assert zone(tmp_path, {"甲园_2": table(A)}, 2) == expected
