"""The second calculation itself, on a city of two districts and a department small enough to be worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tests.oracle.actions import Actions
from tests.oracle.calculation import Calculation
from tests.oracle.candidates import Candidates
from tests.oracle.changes import Changes
from tests.oracle.closing import Edition, late_returns, restatements
from tests.oracle.compare import differences
from tests.oracle.exceptions import Exceptions
from tests.oracle.office import (
    Attempt,
    CriteriaSet,
    Criterion,
    Decision,
    Exemption,
    Holder,
    Measure,
    Office,
    Reward,
    Score,
)
from tests.oracle.scores import scores
from tests.oracle.submissions import Record
from tests.oracle.trend import trend
from tests.oracle.world import Band, Cell, Indicator, Return, Row, Target, Unit, World, quarter

Q1, Q2 = quarter("2018Q1"), quarter("2018Q2")
EAST = Unit("east", "district", "东示区")
WEST = Unit("west", "district", "西示区", participates=False)
FARMS = Unit("farms", "department", "示农委")
CODES = "91231002MAXX00001R", "91231002MAXX00002W"


def row(name: str, **values: str | int | dt.date) -> Row:
    known = {"name": name, "kind": "incubator", "state": "operating", **values}
    return Row({key: Cell(str(one), Fraction(one) if isinstance(one, int) else one) for key, one in known.items()})


def told(period: int, *rows: Row, version: int = 1, day: dt.date | None = None) -> Return:
    return Return(EAST.id, period, rows, version=version, made_out=day, file=f"{period}/east.v{version}.csv")


def city(*returns: Return, period: int = Q2, office: Office | None = None) -> World:
    """Of 2018 and 2019; the city owes 4 incubators, the district 2 of them and 8 graduates in two years."""
    return World(
        start=Q1,
        end=quarter("2019Q4"),
        units=(EAST, WEST, FARMS),
        groups={},
        indicators=(
            Indicator("n", "孵化器", "Incubators", "家"),
            Indicator("g", "毕业", "Graduates", "户", "new_graduates", flow=True),
        ),
        targets=(
            Target("n", Fraction(4)),
            Target("n", Fraction(2), EAST.id),
            Target("g", Fraction(8), EAST.id),
        ),
        bands=(Band("behind", Fraction(10), inclusive=True, colour="yellow"),),
        period=period,
        returns=returns,
        office=office or Office(),
    )


def cut(rows: list[Record], *keys: str) -> list[tuple[object, ...]]:
    return [tuple(row[key] for key in keys) for row in rows]


def test_trend() -> None:
    world = city(told(Q1, row("甲", new_graduates=1)), told(Q2, row("甲", new_graduates=2), row("乙", new_graduates=0)))
    rows = trend(world, [Edition(city(told(Q1), period=Q1), Q1, None, 1, None)], None, "east")
    assert cut(rows, "indicator", "period", "actual", "change", "schedule", "published") == [
        ("n", "2018Q1", 1, None, Decimal("0.25"), 0),  # 2 × 3 ÷ 24 months; closed on a return without 甲
        ("n", "2018Q2", 2, 1, Decimal("0.5"), None),
        ("g", "2018Q1", 1, None, 1, 0),
        ("g", "2018Q2", 3, 2, 2, None),
    ]


def test_a_correction_after_closing_is_a_restatement() -> None:
    then = city(told(Q1, row("甲")), period=Q1)
    edition = Edition(then, Q1, None, 1, "第一次")
    now = city(*then.returns, told(Q1, row("甲"), row("乙"), version=2))
    (found,) = restatements(now, [edition])
    assert found["causes"]["returns"] == [
        {"unit": "east", "member": None, "period": "2018Q1", "was": f"{Q1}/east.v1.csv", "now": f"{Q1}/east.v2.csv"}
    ]
    assert cut(found["rows"], "unit", "indicator", "published", "current", "difference", "current_status") == [
        (None, "n", 1, 2, 1, "on_schedule"),
        ("east", "n", 1, 2, 1, "done"),
    ]
    assert late_returns(now, [edition]) == {("east", "2018Q1", f"{Q1}/east.v2.csv")}
    assert restatements(then, [edition]) == []


def test_late_is_who_first_came_late() -> None:
    back = Attempt("east", Q1, "2018-04-15T23:30:00+08:00", "甲.csv", 1, 0)
    late = told(Q1, day=dt.date(2018, 4, 20))

    def status(*returns: Return, attempt: Attempt | None = None, timezone: str | None = None) -> object:
        office = Office(attempts=(attempt,) if attempt else (), timezone=timezone)
        return Calculation(city(*returns, period=Q1, office=office)).report()["submissions"][0]["status"]

    assert status(late) == "late"  # due on the 15th
    assert status(late, attempt=back) == "received"  # what was sent back had come in time
    assert status(late, attempt=back, timezone="Asia/Tokyo") == "late"  # where it is the 16th
    assert status(attempt=back) == "returned"
    assert status() == "missing"


def test_changes_and_what_they_earn() -> None:
    before = row("甲", credit_code=CODES[0], level="municipal", new_graduates=1), row("乙", state="building")
    after = row("甲", credit_code=CODES[1], level="national", new_graduates=3), row("丙", region="west")
    rewards = Reward("promoted", Fraction(50), "national"), Reward("graduated", Fraction(1, 2))
    report = Changes(city(told(Q1, *before), told(Q2, *after), office=Office(rewards=rewards)), Q1).report()
    assert cut(report["events"], "facility", "event", "before", "after", "value", "amount") == [
        ("甲", "operator_changed", *CODES, None, None),
        ("甲", "promoted", "municipal", "national", None, 50),
        ("甲", "graduated", None, None, 3, Decimal("1.5")),
        ("乙", "gone", "building", None, None, None),
    ]
    assert cut(report["totals"][:4], "unit", "event", "count") == [
        (None, "gone", 1),
        (None, "operator_changed", 1),
        (None, "promoted", 1),
        (None, "graduated", 3),
    ]


def test_how_decisions_stand() -> None:
    east, nobody = Holder("东示区", "east"), Holder("某局", None)

    def decided(number: str, due: str, completed: str | None = None, indicator: str | None = None) -> Decision:
        done = dt.date.fromisoformat(completed) if completed else None
        return Decision(number, "事", (east,), dt.date.fromisoformat(due), completed=done, indicator=indicator)

    rows = (
        decided("1", "2018-06-01", "2018-06-01"),
        decided("2", "2018-06-01", "2018-06-02"),
        decided("3", "2018-06-01", "2018-07-01", "n"),  # completed after the day looked at; 2 of 2 are there
        decided("4", "2018-06-30"),
        decided("5", "2018-06-01"),
        decided("5", "2018-06-01"),
        replace(decided("6", "2018-06-30"), holders=(nobody,)),
    )
    found = Actions(city(told(Q2, row("甲"), row("乙")), office=Office(decisions=rows)))
    assert cut(found.rows, "id", "status", "days_overdue") == [
        ("5", "overdue", 29),
        ("4", "open", None),
        ("3", "met", None),
        ("2", "done_late", None),
        ("1", "done", None),
    ]
    assert (sorted(found.overdue.elements()), sorted(found.unusable.elements())) == ([6], [7, 8])


def test_candidates() -> None:
    measures = {
        "site": (Measure(Fraction(1000), "area_m2"),),
        "used": (Measure(Fraction(3, 4), "tenant_area_m2", "area_m2"),),
        "since": (Measure(Fraction(36), since="founded"),),
        "events": (Measure(Fraction(10), "events", over_year=True),),
        "any": (Measure(Fraction(4), "staff"), Measure(Fraction(10), "mentors")),
    }
    criteria = tuple(Criterion(name, name, each, any=name == "any") for name, each in measures.items())
    office = Office(criteria=(CriteriaSet("set", "称号", ("incubator",), criteria, "national", counts_for="n"),))
    day = dt.date(2017, 1, 31)
    then = told(Q1 - 1, row("甲", events=12))
    now = told(Q1, row("甲", area_m2=900, tenant_area_m2=600, founded=day, events=1, staff=1, mentors=5))
    report = Candidates(city(then, now, period=Q1, office=office)).report()
    assert cut(report["sets"], "wanted", "ready") == [(3, 0)]
    assert cut(report["candidates"][0]["details"], "id", "value", "verdict", "short_by") == [
        ("site", 900, "lacking", 100),
        ("used", Decimal("0.6667"), "lacking", 75),  # 0.75 × 900 − 600
        ("since", 14, "lacking", 22),  # full on March 31
        ("events", 12, "met", None),  # of last winter
        ("any", None, "lacking", 5),  # a half of the mentors is nearer than a quarter of the staff
    ]


def test_scores() -> None:
    weights = {"n": Fraction(3), "g": Fraction(1)}
    office = Office(score=Score("schedule", Fraction(6, 5), weights, {"late": Fraction(2), "error": Fraction(1, 2)}))
    world = city(told(Q1, row("甲"), day=dt.date(2018, 5, 1)), period=Q1, office=office)
    wrong = {"code": "V102", "severity": "error", "unit": "east", "period": "2018Q1", "accepted": None}
    east, farms = scores(world, [wrong, {**wrong, "code": "S101"}])
    # 1 of 0.25 on the line: capped, 100 × 3 ÷ 4 × 1.2; graduates not stated: 0; less 2 and 0.5
    assert (east["score"], east["rank"]) == (Decimal("87.5"), 1)
    assert cut(east["parts"], "indicator", "ratio", "points") == [("n", Decimal("1.2"), 90), ("g", 0, 0)]
    assert (farms["score"], farms["rank"], farms["parts"]) == (None, None, [])


def test_exceptions() -> None:
    finding = {
        "code": "X107",
        "severity": "warning",
        "unit": "east",
        "period": "2018Q2",
        "facility": "甲园",
        "field": "area_m2",
    }
    over, none = (
        replace(fits := Exemption("X107", Q2, "二期", facility="（甲）园"), until=Q1),
        Exemption("X103", Q2, "无"),
    )
    world = city(office=Office(exemptions=(over, fits, none, replace(fits, usable=False))))
    found = Exceptions(world, [finding, {**finding, "facility": "乙园"}])
    assert [bool(found.accepted(one)) for one in found.findings] == [True, False]
    assert found.objections() == [("P107", 2), ("P108", 4), ("P106", 5)]
    assert found.summary() == {"accepted": 1, "error": 1, "warning": 1, "note": 2}


def test_a_difference_is_told_with_its_path() -> None:
    ours = {"gaps": [{"scope": "city", "unit": None, "indicator": "n", "actual": 1}]}
    theirs = {"gaps": [{"scope": "city", "unit": None, "indicator": "n", "actual": 2}]}
    assert list(differences(ours, theirs, "closings")) == ["closings.gaps[city null n].actual: expected 1, got 2"]
