"""What an assessment says of itself: who is behind, who has reported, what is accepted, what several units claim."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from mdj_plan.archive.pending import Question
from mdj_plan.assessment import Assessment
from mdj_plan.findings import Severity
from mdj_plan.period import Period
from tests.reports.county import HEAD, NIL, PLAN, RETURNS, county
from tests.reports.tables.test_returns import FILES, RECEIPTS

QUESTION = Question(0, dt.datetime(2017, 7, 12, 9, tzinfo=dt.UTC), "press", Period(2017, 2), "unit")
EXCEPTIONS = """\
规则,单位,载体名称,字段,理由,批准人,批准日期,有效至
V120,春区,,,等待测绘,王示例,2017-07-01,2018Q1
V115,,,,办证中,王示例,2017-07-01,2017Q3
"""


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return county(tmp_path_factory.mktemp("county"), as_of="2018-06")


def named(a: Assessment, unit: str | None = "all") -> list[str]:
    gaps = a.behind if unit == "all" else a.behind_of(unit)
    return [f"{gap.target.unit} {gap.indicator.id} {gap.status}" for gap in gaps]


def test_behind_are_those_in_a_band_gravest_first_then_the_greatest_lag(later: Assessment) -> None:
    assert named(later) == [
        "summer incubators far_behind",  # 75 points
        "None area far_behind",  # 49.125
        "None incubators behind",  # 25, in the plan's order
        "zone incubators behind",
        "spring area behind",  # 15
    ]
    assert (named(later, None), named(later, "zone"), named(later, "autumn")) == (
        ["None area far_behind", "None incubators behind"],
        ["zone incubators behind"],
        [],  # not reported is not behind
    )


def test_the_unit_furthest_behind_districts_before_departments(later: Assessment, tmp_path: Path) -> None:
    assert (later.furthest_behind, later.urgency_of("summer")) == (later.plan.units["summer"], (-4, -75))
    assert later.urgency_of("autumn") == (0, 0)  # not reported is not behind
    quotas = "责任单位,指标,目标\n春区,孵化器,20\n商务局,孵化器,1000\n"
    a = county(tmp_path / "department", quotas=quotas, as_of="2018-06")  # 2 of 20 and 1 of 1 000, 75 % due
    assert (a.urgency_of("spring"), a.urgency_of("office")) == ((-4, -65), (-4, Fraction(-749, 10)))
    assert a.furthest_behind == a.plan.units["spring"]
    assert county(tmp_path / "nobody").furthest_behind is None  # in the first half-year


def test_a_little_behind_is_in_no_band(tmp_path: Path) -> None:
    a = county(tmp_path, quotas="责任单位,指标,目标\n春区,孵化面积,50000\n")  # 12 000 of 12 500 ㎡
    assert [gap.status for gap in a.gaps if gap.unit] == ["slightly_behind"]
    assert named(a) == []


def test_one_figures_way(later: Assessment) -> None:
    assert [step.actual for step in later.way("spring", "area").steps] == [10000, 12000]
    assert [str(period) for period in later.history] == ["2017Q1", "2017Q2"]
    with pytest.raises(KeyError):
        later.way("winter", "area")  # it owes none


def test_what_is_due_at_the_end_of_quarters_to_come_too(later: Assessment) -> None:
    gap = next(gap for gap in later.gaps if gap.unit is None and gap.indicator.id == "incubators")  # 8 in 8 quarters
    assert later.due_at(gap, [Period(2016, 4), Period(2017, 1), Period(2018, 3), Period(2019, 1)]) == (0, 1, 7, 8)


def test_who_has_reported_and_whose_file_cannot_be_used(tmp_path: Path) -> None:
    a = county(tmp_path, returns=FILES, receipts=RECEIPTS)
    assert (a.received, len(a.units)) == (4, 7)  # 春区, 夏区 late, 园区 in part, 商务局
    assert (a.unusable, a.unusable_at(Period(2017, 1))) == ({"press"}, frozenset())
    assert a.reported == {"received": 2, "late": 1, "partial": 1, "returned": 2, "missing": 1}
    asked = a.units[6]._replace(pending=QUESTION)  # 新闻社's file is in question: no longer told as missing
    assert (asked.status, asked.standing) == ("missing", "pending")
    assert replace(a, units=(*a.units[:6], asked)).reported["pending"] == 1


def test_what_is_accepted_is_listed_and_counted_apart(tmp_path: Path) -> None:
    before = county(tmp_path / "before")
    a = county(tmp_path / "after", exceptions=EXCEPTIONS)
    assert before.accepted == ()
    assert before.accepted_until is None
    accepted = sorted(f"{f.code} {f.unit}" for f in a.accepted)
    assert accepted == ["V115 office", "V115 spring", "V115 winter", "V115 zone", "V120 spring"]
    assert str(a.accepted_until) == "2017Q3"  # the first to end
    counted = {severity: (before.count(severity), a.count(severity)) for severity in Severity}
    assert counted == {Severity.ERROR: (3, 3), Severity.WARNING: (6, 1), Severity.NOTE: (0, 0)}


SHARED = {
    "2017Q2/春区.csv": f"{HEAD}\n春风孵化器,孵化器,,运营,100,0\n夏雨孵化器,孵化器,,停运,100,0\n秋月孵化器,孵化器,,运营,100,0\n",
    "2017Q2/商务局.csv": f"{HEAD}\n春风孵化器,孵化器,春区,运营,100,0\n夏雨孵化器,孵化器,春区,停运,100,0\n",
    "2017Q2/甲园.csv": f"{HEAD}\n秋月孵化器,孵化器,春区,运营,100,0\n冬雪孵化器,孵化器,,运营,100,0\n",
    "2017Q2/乙园.csv": f"{HEAD}\n冬雪孵化器,孵化器,,运营,100,0\n",
}


def test_overlaps_are_operating_facilities_in_more_than_one_units_return(tmp_path: Path) -> None:
    a = county(tmp_path, returns=SHARED)
    assert [(each.facility.values.name, each.claimed_by, each.credited_to) for each in a.overlaps] == [
        ("春风孵化器", ("spring", "office"), ("spring", "office")),
        ("秋月孵化器", ("spring", "zone"), ("spring", "zone")),
    ]  # 夏雨 has stopped; 冬雪 is claimed by two members of one unit


def test_sums_stand_beside_the_city_where_it_has_a_figure(tmp_path: Path) -> None:
    assert county(tmp_path / "nothing", returns={}).sums == ()
    found = county(tmp_path / "nil", returns={"2017Q2/春区.csv": NIL}).sums
    assert [(each.indicator.id, each.net, each.gross) for each in found] == [
        ("incubators", 0, 0),
        ("area", 0, 0),
        ("graduates", 0, 0),
    ]


DEDUCTED = PLAN + "score: {of: target, weights: {孵化器: 1}, deductions: {late: 1, missing: 1, error: 1, overdue: 1}}\n"


def test_what_is_deducted_and_how_often(tmp_path: Path) -> None:
    files = FILES | {
        "2017Q2/春区.csv": RETURNS["2017Q2/春区.csv"].replace("12000", "约12000").replace("运营,,0", "运营,-1,0")
    }
    actions = (
        '编号,事项,责任单位,完成时限\n1,补报,"春区、秋区",2017-05-31\n2,补报,春区,2017-06-29\n3,补报,春区,2017-06-30\n'
    )
    a = county(tmp_path, plan=DEDUCTED, returns=files, receipts=RECEIPTS, actions=actions)
    assert {row.unit.id: {d.what: d.times for d in row.deductions} for row in a.scores} == {
        "spring": {"error": 2, "overdue": 2},  # due on the last day is not overdue on it
        "summer": {"late": 1},
        "autumn": {"missing": 1, "overdue": 1},  # sent back: nothing counts
        "winter": {"missing": 1},  # what is carried is not reported
        "zone": {},  # in part, and a member's lateness is not the unit's
        "office": {},
        "press": {"missing": 1, "error": 1},  # the file that cannot be used
    }


def test_an_accepted_error_is_not_deducted(tmp_path: Path) -> None:
    before = (
        RETURNS["2017Q1/春区.csv"]
        .replace("新增毕业企业（户）", "新增毕业企业（户）,累计毕业企业（户）")
        .replace("10000,3", "10000,3,9")
    )
    now = before.replace("10000,3,9", "10000,0,5")
    returns = {"2017Q1/春区.csv": before, "2017Q2/春区.csv": now}
    exception = "规则,单位,载体名称,字段,理由,批准人,批准日期,有效至\nX104,春区,,,上季误报,王示例,2017-07-01,2017Q2\n"
    for name, files, times in (("plain", {}, 1), ("accepted", {"exceptions": exception}, 0)):
        a = county(
            tmp_path / name,
            plan=DEDUCTED,
            returns=returns,
            exceptions=files.get("exceptions", exception.splitlines()[0]),
        )
        assert sum(d.times for d in a.scores[0].deductions if d.what == "error") == times
