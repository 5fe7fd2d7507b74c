"""What happened to facilities between two quarters, worked out by hand (contract 5.5)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mdj_plan.measure.changes import changes, totals
from mdj_plan.period import Period
from tests.checks.world import C1, C2, assessed, table

if TYPE_CHECKING:
    from pathlib import Path

A = f"示例甲孵化器,{C1},孵化器,市级,运营,1200,20,1,5"
B = f"示例乙孵化器,{C2},孵化器,市级,在建,1500,30,0,2"


def happened(folder: Path, before: str, now: str, since: int = 1) -> list[tuple[object, ...]]:
    a = assessed(folder, {"东示区_1": before, "东示区_2": now})
    found = changes(a.measure, Period(2021, since) if since else Period(2020, 4), a.period)
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


def test_graduates_are_added_up_and_counted_once_for_the_city(tmp_path: Path) -> None:
    a = assessed(tmp_path, {"东示区_1": table(A), "东示区_2": table(A.replace(",1,5", ",2,7"))})
    found = changes(a.measure, Period(2020, 4), a.period)
    graduated = [c for c in found.rows if c.event == "graduated"]
    assert [(c.value, c.amount) for c in graduated] == [(3, None)]
    paid = [c._replace(amount=Decimal(3)) for c in graduated]
    assert [tuple(t) for t in totals(a.plan, paid)] == [(None, "graduated", 3, 3), ("east", "graduated", 3, 3)]
