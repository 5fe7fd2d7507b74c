"""无变化: the last return's facilities as they stood, whoever reported them (contract 1 and 2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.world import C1, C2, C3, PLAN, assessed, table

A = f"示例甲孵化器,{C1},孵化器,市级,运营,1200,20,1,5"
B = f"示例乙孵化器,{C2},孵化器,市级,运营,1500,30,0,2"
C = f"示例丙孵化器,{C3},孵化器,市级,运营,900,12,0,1"
SAME = "报告类型,无变化\n"


def standing(folder: Path, files: dict[str, str], unit: str, quarter: int) -> tuple[object, ...]:
    """What a unit has at a quarter: incubators, status, the quarter and version of its return; and the codes found."""
    a = assessed(folder, files, quarter)
    state = next(state for state in a.units if state.unit.id == unit)
    value = a.measure.actual(unit, a.plan.indicators["incubators"], a.period).value
    codes = [f.code for f in a.findings if f.unit == unit and f.code != "V116"]
    return value, state.status, str(state.return_period), state.version, state.facilities, codes


def test_a_whole_confirms_what_its_members_reported(tmp_path: Path) -> None:
    files = {"甲园_1": table(A), "乙园_1": table(B), "示开发区_2": SAME}
    assert standing(tmp_path, files, "zone", 2) == (2, "received", "2021Q2", 1, 2, [])


def test_a_whole_confirms_what_its_only_member_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.checks.world.PLAN", PLAN.replace("members: [甲园, 乙园]", "members: [甲园]"))
    assert standing(tmp_path, {"甲园_1": table(A), "示开发区_2": SAME}, "zone", 2) == (
        1,
        "received",
        "2021Q2",
        1,
        1,
        [],
    )


def test_of_a_whole_and_later_members_the_members_are_confirmed(tmp_path: Path) -> None:
    files = {"示开发区_1": table(A, B, C), "甲园_2": table(A), "乙园_2": table(B), "示开发区_3": SAME}
    assert standing(tmp_path, files, "zone", 3) == (2, "received", "2021Q3", 1, 2, [])


def test_a_facility_of_two_members_is_confirmed_once(tmp_path: Path) -> None:
    files = {"甲园_1": table(A), "乙园_1": table(A, B), "示开发区_2": SAME}
    assert standing(tmp_path, files, "zone", 2) == (2, "received", "2021Q2", 1, 2, [])


def test_what_one_member_leaves_blank_the_other_states(tmp_path: Path) -> None:
    files = {"甲园_1": table(A.replace("1200", "")), "乙园_1": table(A), "示开发区_2": SAME}
    a = assessed(tmp_path, files, 2)
    assert [(f.values.name, f.values.area_m2) for f in a.facilities] == [("示例甲孵化器", 1200)]


def test_namesakes_of_two_operators_are_confirmed_each(tmp_path: Path) -> None:
    both = table(A, A.replace(C1, C2))
    files = {"东示区_1": both, "东示区_2": SAME + both}
    assert standing(tmp_path, files, "east", 2) == (2, "received", "2021Q2", 1, 2, [])


def test_a_row_under_another_code_confirms_nothing(tmp_path: Path) -> None:
    files = {"东示区_1": table(A), "东示区_2": SAME + table(A.replace(C1, C2))}
    assert standing(tmp_path, files, "east", 2) == (1, "carried", "2021Q1", 1, 1, ["L107"])


def test_where_an_unchanged_version_contradicts_itself_the_one_below_stands(tmp_path: Path) -> None:
    later = A.replace("1,5", "1,6")
    files = {"东示区_1": table(A), "东示区_2": table(later, B)}
    assert standing(tmp_path, files, "east", 2) == (2, "received", "2021Q2", 1, 2, [])
    contradicting = tmp_path / "data" / "submissions" / "2021Q2" / "东示区.v2.csv"
    contradicting.write_text(SAME + table(A.replace("运营", "停运")), "utf-8")
    assert standing(tmp_path, files, "east", 2) == (2, "received", "2021Q2", 1, 2, ["L107"])
