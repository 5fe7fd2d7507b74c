"""What happened to facilities between two quarters, worked out by hand (contract 5.5)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mdj_plan.measure.changes import Changes, totals
from mdj_plan.period import Period
from tests.checks.world import C1, C2, assessed, table

if TYPE_CHECKING:
    from pathlib import Path

A = f"示例甲孵化器,{C1},孵化器,市级,运营,1200,20,1,5"
B = f"示例乙孵化器,{C2},孵化器,市级,在建,1500,30,0,2"


def happened(folder: Path, before: str, now: str, since: int = 1) -> list[tuple[object, ...]]:
    a = assessed(folder, {"东示区_1": before, "东示区_2": now})
    found = Changes(a.measure, Period(2021, since) if since else Period(2020, 4), a.period)
    return [(c.event, c.facility.values.name, c.before, c.after, c.value) for c in found.rows if c.event != "graduated"]


def test_nothing_changed(tmp_path: Path) -> None:
    assert happened(tmp_path, table(A), table(A)) == []


def test_new_and_gone(tmp_path: Path) -> None:
    assert happened(tmp_path, table(A), table(B)) == [
        ("new", "示例乙孵化器", None, "building", None),
        ("gone", "示例甲孵化器", "operating", None, None),
    ]


def test_opened_and_stopped(tmp_path: Path) -> None:
    later = table(A.replace("运营", "停运"), B.replace("在建", "运营"))
    assert happened(tmp_path, table(A, B), later) == [
        ("stopped", "示例甲孵化器", "operating", "closed", None),
        ("opened", "示例乙孵化器", "building", "operating", None),
    ]


def test_promoted_demoted_and_another_operator(tmp_path: Path) -> None:
    later = table(A.replace("市级", "国家级"), B.replace("市级", "").replace(C2, "91990000MAXX000030"))
    assert happened(tmp_path, table(A, B), later) == [
        ("promoted", "示例甲孵化器", "municipal", "national", None),
        ("operator_changed", "示例乙孵化器", C2, "91990000MAXX000030", None),
        ("demoted", "示例乙孵化器", "municipal", "none", None),
    ]


def test_before_the_start_there_was_nothing(tmp_path: Path) -> None:
    found = happened(tmp_path, table(A), table(A), since=0)
    assert [event for event, *_ in found] == ["new", "opened"]


def graduated(folder: Path, *rows: str) -> list[tuple[str | None, int | None]]:
    """From the first quarter to the last: name and graduates of the facilities of then that had any."""
    files = {f"东示区_{place}": table(row) for place, row in enumerate(rows, 1)}
    a = assessed(folder, files, quarter=len(rows))
    found = Changes(a.measure, Period(2021, 1), a.period).rows
    return [(c.facility.values.name, c.value) for c in found if c.event == "graduated"]


def test_graduates_of_another_facility_of_the_same_name_are_not_its_own(tmp_path: Path) -> None:
    own, other = A, A.replace(C1, C2).replace(",1,5", ",7,9")  # the other stood in its place for one quarter
    assert graduated(tmp_path, own, other, own) == [("示例甲孵化器", 1)]


def test_graduates_under_the_former_operator_are_the_facilitys(tmp_path: Path) -> None:
    former, heir = A.replace(",1,5", ",2,7"), A.replace(C1, C2).replace(",1,5", ",3,10")
    assert graduated(tmp_path, A, former, heir) == [("示例甲孵化器", 5)]


def test_one_without_a_code_stays_itself_between_two_that_have_one(tmp_path: Path) -> None:
    others = [A, A.replace(C1, C2)]
    bare = A.replace(C1, "")
    rows = table(*others)
    a = assessed(tmp_path, {"东示区_1": rows, "东示区_2": rows, "西示区_1": table(bare), "西示区_2": table(bare)})
    found = Changes(a.measure, Period(2021, 1), a.period).rows
    assert [(c.event, c.facility.credited, c.value) for c in found] == [
        ("graduated", ("east",), 1),
        ("graduated", ("east",), 1),
        ("graduated", ("west",), 1),
    ]


def test_graduates_are_added_up_and_counted_once_for_the_city(tmp_path: Path) -> None:
    a = assessed(tmp_path, {"东示区_1": table(A), "东示区_2": table(A.replace(",1,5", ",2,7"))})
    found = Changes(a.measure, Period(2020, 4), a.period)
    graduated = [c for c in found.rows if c.event == "graduated"]
    assert [(c.value, c.amount) for c in graduated] == [(3, None)]
    paid = [c._replace(amount=Decimal(3)) for c in graduated]
    assert [tuple(t) for t in totals(a.plan, paid)] == [(None, "graduated", 3, 3), ("east", "graduated", 3, 3)]
