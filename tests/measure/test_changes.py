"""What happened to facilities between two quarters, worked out by hand (contract 5.5)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from mdj_plan.measure.changes import Changes, counted, totals
from mdj_plan.period import Period
from tests.checks import world
from tests.checks.world import C1, C2, assessed, table

if TYPE_CHECKING:
    from pathlib import Path

NIL = "报告类型,零报告\n"
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
    assert [(c.value, c.amount, c.times) for c in graduated] == [(3, None, 3)]
    assert counted(found.rows) == {"new": 1, "opened": 1, "graduated": 3}  # firms by their number, events each once
    assert [*counted(reversed(found.rows))] == ["new", "opened", "graduated"]  # in their own order
    assert counted(()) == {}
    paid = [c._replace(amount=Decimal(3)) for c in graduated]
    assert [tuple(t) for t in totals(a.plan, paid)] == [(None, "graduated", 3, 3), ("east", "graduated", 3, 3)]


FULL = "载体名称,统一社会信用代码,载体类型,级别,认定文号,示范类型,所在地区,运营状态,孵化面积（平方米）,本季新增毕业企业（户）"


def row(
    *,
    name: str = "示例甲孵化器",
    code: str = C1,
    level: str = "",
    document: str = "",
    titles: str = "",
    region: str = "",
    state: str = "运营",
    new: int = 0,
) -> str:
    return f"{name},{code},孵化器,{level},{document},{titles},{region},{state},100,{new}"


def events(folder: Path, before: str | None, now: str | None, who: str = "市示工信委") -> list[tuple[object, ...]]:
    """What happened from the first to the second quarter: event, before, after, document."""
    files = {f"{who}_{n}": table(text, head=FULL) if text else NIL for n, text in ((1, before), (2, now))}
    a = assessed(folder, files)
    return [(c.event, c.before, c.after, c.document) for c in Changes(a.measure, Period(2021, 1), a.period).rows]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (row(), row(), []),
        # levels, in their order; a blank is none
        (
            row(level="市级"),
            row(level="省级", document="示〔2021〕1号"),
            [("promoted", "municipal", "provincial", "示〔2021〕1号")],
        ),
        (row(), row(level="市级"), [("promoted", "none", "municipal", None)]),
        (row(level="未认定"), row(), []),
        (row(level="国家级"), row(level="省级"), [("demoted", "national", "provincial", None)]),
        (row(level="市级"), row(), [("demoted", "municipal", "none", None)]),
        # titles, each by itself
        (
            row(),
            row(titles="省级示范、典型示范"),
            [("titled", None, "provincial", None), ("titled", None, "typical", None)],
        ),
        (
            row(titles="省级示范"),
            row(titles="典型示范"),
            [("titled", None, "typical", None), ("untitled", "provincial", None, None)],
        ),
        (row(titles="典型示范"), row(titles="典型示范"), []),
        # where it stands, known at both ends
        (row(region="东示区"), row(region="西示区"), [("moved", "east", "west", None)]),
        (row(), row(region="西示区"), []),
        (row(region="东示区"), row(), []),
        # states
        (row(state="筹建"), row(state="在建"), []),
        (row(state="在建"), row(), [("opened", "building", "operating", None)]),
        (row(), row(state="停运"), [("stopped", "operating", "closed", None)]),
        (row(state="停运"), row(), [("opened", "closed", "operating", None)]),
        (row(state=""), row(state="运营"), []),  # a blank is operating
        # new and gone
        (None, row(state="筹建"), [("new", None, "planned", None)]),
        (None, row(), [("new", None, "operating", None), ("opened", None, "operating", None)]),
        (row(), None, [("gone", "operating", None, None)]),
        (row(state="停运"), None, [("gone", "closed", None, None)]),
        # another operator under the same name is neither new nor gone
        (row(), row(code=C2), [("operator_changed", C1, C2, None)]),
        (row(), row(code=""), []),
        (row(code=""), row(), []),
        # several at once, in the order of the events
        (
            row(level="省级", region="东示区"),
            row(code=C2, level="国家级", titles="典型示范", region="西示区", state="停运"),
            [
                ("stopped", "operating", "closed", None),
                ("operator_changed", C1, C2, None),
                ("promoted", "provincial", "national", None),
                ("titled", None, "typical", None),
                ("moved", "east", "west", None),
            ],
        ),
    ],
)
def test_one_facility_between_two_quarters(
    tmp_path: Path, before: str | None, now: str | None, expected: list[tuple[object, ...]]
) -> None:
    assert events(tmp_path, before, now) == expected


REWARDED = "rewards: [{event: promoted, to: national, amount: 50}, {event: promoted, amount: 20.5}, {event: graduated, amount: 0.5}]\n"


@pytest.mark.parametrize(
    ("before", "now", "paid"),
    [
        (row(level="省级"), row(level="国家级"), [("promoted", None, "50")]),  # the first that fits
        (row(level="市级"), row(level="省级"), [("promoted", None, "20.5")]),
        (row(level="省级"), row(level="市级"), [("demoted", None, None)]),
        (row(), row(new=3), [("graduated", 3, "1.5")]),  # by the firm
        (row(), row(new=1), [("graduated", 1, "0.5")]),
        (row(new=4), row(new=0), []),  # those of the quarter before are not of this one
    ],
)
def test_what_the_plan_pays(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    before: str,
    now: str,
    paid: list[tuple[str, int | None, str | None]],
) -> None:
    monkeypatch.setattr(world, "PLAN", world.PLAN + REWARDED)
    a = assessed(tmp_path, {"东示区_1": table(before, head=FULL), "东示区_2": table(now, head=FULL)})
    rows = Changes(a.measure, Period(2021, 1), a.period).rows
    assert [(c.event, c.value, None if c.amount is None else str(c.amount)) for c in rows] == paid


def test_totals_by_the_city_and_each_unit_that_it_is_credited_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world, "PLAN", world.PLAN + REWARDED)
    mine = row(new=2, level="国家级")
    other = row(name="示例乙孵化器", code=C2, new=1)
    shared = mine.replace(",,运营", ",东示区,运营")
    files = {
        "东示区_1": table(row(level="省级"), head=FULL),
        "东示区_2": table(mine, other, head=FULL),
        "市示农委_2": table(shared, head=FULL),
    }
    a = assessed(tmp_path, files)
    found = totals(a.plan, Changes(a.measure, Period(2021, 1), a.period).rows)
    assert [(t.unit, t.event, t.times, t.amount) for t in found] == [
        (None, "new", 1, None),
        (None, "opened", 1, None),
        (None, "promoted", 1, Decimal(50)),
        (None, "graduated", 3, Decimal("1.5")),
        ("east", "new", 1, None),
        ("east", "opened", 1, None),
        ("east", "promoted", 1, Decimal(50)),
        ("east", "graduated", 3, Decimal("1.5")),
        ("farms", "promoted", 1, Decimal(50)),
        ("farms", "graduated", 2, Decimal(1)),
    ]
    own = Changes(a.measure, Period(2021, 1), a.period).of(frozenset({"farms"}))
    assert [(c.event, c.facility.values.name) for c in own.rows] == [
        ("promoted", "示例甲孵化器"),
        ("graduated", "示例甲孵化器"),
    ]
    assert own.of(frozenset({"east"})).rows == ()  # of both, and there is no such unit
