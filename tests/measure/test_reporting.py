"""Who has reported, on time or late, what stands in, until when an answer is wanted (contract 1 and 3, submission)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from mdj_plan.measure.actuals import Measure
from mdj_plan.measure.reporting import came_for_another, days_late, due_day, first_received, reply_day, stand_ins
from mdj_plan.period import Period
from tests.reports.county import HEAD, NIL, PLAN, RETURNS, county
from tests.reports.town import PLAN as TOWN
from tests.reports.town import settle

Q1, Q2, Q3 = Period(2017, 1), Period(2017, 2), Period(2017, 3)
HEADER = "received_at,unit,member,period,version,file,sha256,original_name,errors,warnings,state,given\n"


def reported(day: str, text: str = NIL) -> str:
    return f"报出日期,{day}\n{text}"


@pytest.mark.parametrize(
    ("section", "period", "due"),
    [
        ("", "2017Q1", "2017-04-15"),  # a Saturday: without the section nothing moves
        ("due_days: 0\n", "2017Q1", "2017-03-31"),
        ("due_days: 10\n", "2017Q4", "2018-01-10"),  # into the next year
        ("holidays: {closed: [], open: []}\n", "2017Q1", "2017-04-17"),  # from Saturday to Monday
        ("due_days: 14\nholidays: {closed: [], open: []}\n", "2017Q1", "2017-04-14"),  # a Friday
        ("due_days: 16\nholidays: {closed: [], open: []}\n", "2017Q1", "2017-04-17"),  # from Sunday to Monday
        ("holidays: {closed: [2017-04-17], open: []}\n", "2017Q1", "2017-04-18"),
        ("holidays: {closed: [], open: [2017-04-16]}\n", "2017Q1", "2017-04-16"),  # a Sunday that is worked
        ("holidays: {closed: [], open: [2017-04-15]}\n", "2017Q1", "2017-04-15"),
        ("holidays: {closed: [2017-10-16], open: []}\n", "2017Q3", "2017-10-17"),  # Sunday 15, Monday closed
        ("holidays: {closed: [2017-07-14], open: []}\n", "2017Q2", "2017-07-17"),  # 14 July is not the day
    ],
)
def test_the_day_a_return_is_due(tmp_path: Path, section: str, period: str, due: str) -> None:
    a = settle(tmp_path, plan=TOWN + section)
    assert due_day(a.plan, Period.parse(period)).isoformat() == due


@pytest.mark.parametrize(
    ("office", "came", "until"),
    [
        ("", None, None),  # the plan says nothing of it
        ("office: {name: 示例办, reply_days: 5}\n", None, "2017-07-20"),
        ("office: {name: 示例办, reply_days: 5}\n", "2017-07-15", "2017-07-20"),
        ("office: {name: 示例办, reply_days: 5}\n", "2017-07-16", "2017-07-21"),  # came later than it was due
        ("office: {name: 示例办, reply_days: 5}\n", "2017-06-01", "2017-07-20"),
    ],
)
def test_until_when_an_answer_is_wanted(tmp_path: Path, office: str, came: str | None, until: str | None) -> None:
    a = settle(tmp_path, plan=TOWN + office)
    found = reply_day(a.plan, Q2, None if came is None else dt.date.fromisoformat(came))
    assert (None if found is None else found.isoformat()) == until


@pytest.mark.parametrize(
    ("returns", "status", "first", "late"),
    [
        ({"2017Q2/春区.csv": reported("2017-07-14")}, "received", "2017-07-14", 0),
        ({"2017Q2/春区.csv": reported("2017-07-15")}, "received", "2017-07-15", 0),  # the last day
        ({"2017Q2/春区.csv": reported("2017-07-16")}, "late", "2017-07-16", 1),
        ({"2017Q2/春区.csv": NIL}, "received", None, 0),  # nobody knows when: not called late
        (
            {"2017Q2/春区.csv": reported("2017-07-15"), "2017Q2/春区.v2.csv": reported("2017-08-30")},
            "received",  # a correction does not make a punctual unit late
            "2017-07-15",
            0,
        ),
        (
            {"2017Q2/春区.csv": reported("2017-07-20"), "2017Q2/春区.v2.csv": reported("2017-08-30")},
            "late",
            "2017-07-20",
            5,
        ),
        ({"2017Q1/春区.csv": reported("2017-04-30")}, "carried", None, 0),
        ({}, "missing", None, 0),
    ],
)
def test_on_time_late_carried_missing(
    tmp_path: Path, returns: dict[str, str], status: str, first: str | None, late: int
) -> None:
    a = county(tmp_path, returns=returns)
    spring = a.units[0]
    assert (spring.status, spring.days_late) == (status, late)
    assert (spring.first_received and spring.first_received.isoformat()) == first
    assert days_late(a.measure, ("spring", None), Q2) == late


@pytest.mark.parametrize(
    ("lines", "returns", "status", "first"),
    [
        # sent back, and nothing counts
        (
            "2017-07-20T09:00:00+08:00,spring,,2017Q2,,../returned/a.csv,,a.csv,2,0,returned,\n",
            {},
            "returned",
            "2017-07-20",
        ),
        # sent back in time, corrected a week after the due day: the first attempt decides
        (
            (
                "2017-07-14T09:00:00+08:00,spring,,2017Q2,,../returned/a.csv,,a.csv,2,0,returned,\n"
                "2017-07-22T09:00:00+08:00,spring,,2017Q2,1,2017Q2/春区.csv,,b.csv,0,0,filed,\n"
            ),
            {"2017Q2/春区.csv": NIL},
            "received",
            "2017-07-14",
        ),
        # sent back for another quarter: says nothing of this one
        ("2017-07-14T09:00:00+08:00,spring,,2017Q1,,../returned/a.csv,,a.csv,2,0,returned,\n", {}, "missing", None),
        # the receipt's day wins over the cover's
        (
            "2017-07-17T09:00:00+08:00,spring,,2017Q2,1,2017Q2/春区.csv,,b.csv,0,0,filed,\n",
            {"2017Q2/春区.csv": reported("2017-07-10")},
            "late",
            "2017-07-17",
        ),
    ],
    ids=["sent back", "corrected", "another quarter", "receipt and cover"],
)
def test_attempts_by_their_receipts(
    tmp_path: Path, lines: str, returns: dict[str, str], status: str, first: str | None
) -> None:
    spring = county(tmp_path, returns=returns, receipts=HEADER + lines).units[0]
    assert (spring.status, spring.first_received and spring.first_received.isoformat()) == (status, first)
    assert spring.in_time_by_first == (status == "received")  # the corrected one alone
    back = "returned" in lines and "2017Q2,," in lines
    assert (spring.sent_back and spring.sent_back.original_name) == (
        "a.csv" if back else None
    )  # what was filed since is none


def test_the_last_attempt_that_was_sent_back(tmp_path: Path) -> None:
    lines = (
        "2017-07-12T09:00:00+08:00,spring,,2017Q2,,../returned/a.csv,,a.csv,3,1,returned,\n"
        "2017-07-13T09:00:00+08:00,spring,,2017Q2,,../returned/b.csv,,b.csv,1,0,returned,\n"
    )
    spring = county(tmp_path, returns={}, receipts=HEADER + lines).units[0]
    assert [(each.errors, each.warnings, each.original_name) for each in spring.attempts] == [
        (3, 1, "a.csv"),
        (1, 0, "b.csv"),
    ]
    assert spring.sent_back is not None
    assert (spring.sent_back.errors, spring.sent_back.received) == (1, dt.date(2017, 7, 13))


MEMBERS = {"2017Q1/甲园.csv": f"{HEAD}\n冬雪孵化器,孵化器,冬区,运营,3000,1\n"}
OTHER = f"{HEAD}\n秋月孵化器,孵化器,春区,运营,5000,1\n"


@pytest.mark.parametrize(
    ("returns", "status", "members", "out"),
    [
        (
            {"2017Q2/甲园.csv": reported("2017-07-15"), "2017Q2/乙园.csv": reported("2017-07-15", OTHER)},
            "received",
            ["甲园 received 0", "乙园 received 0"],
            (),
        ),
        (
            {"2017Q2/甲园.csv": reported("2017-07-17"), "2017Q2/乙园.csv": OTHER},
            "late",
            ["甲园 late 2", "乙园 received 0"],
            (),
        ),
        ({"2017Q2/乙园.csv": reported("2017-07-19", OTHER)}, "partial", ["甲园 carried 0", "乙园 late 4"], ("甲园",)),
        ({}, "carried", ["甲园 carried 0", "乙园 missing 0"], ("甲园", "乙园")),
    ],
    ids=["both", "one late", "one out", "none"],
)
def test_a_unit_that_reports_member_by_member(
    tmp_path: Path, returns: dict[str, str], status: str, members: list[str], out: tuple[str, ...]
) -> None:
    zone = county(tmp_path, returns=MEMBERS | returns).units[4]
    assert zone.status == status
    assert [f"{each.member} {each.status} {each.days_late}" for each in zone.members] == members
    assert (zone.out, zone.days_late) == (out, 0)  # the days are the members', not the unit's
    # 甲园's return of the first quarter stands in where it has sent none of the second; 乙园 has no other
    assert [str(each.return_period or "-") for each in zone.members] == [
        {"carried": "2017Q1", "missing": "-"}.get(each.split()[1], "2017Q2") for each in members
    ]
    assert zone.most_days_late == max(int(each.split()[-1]) for each in members)
    assert not zone.in_time_by_first


def test_what_a_unit_claims_is_counted_once(tmp_path: Path) -> None:
    both = {"2017Q2/甲园.csv": OTHER, "2017Q2/乙园.csv": OTHER + "冬雪孵化器,孵化器,冬区,运营,3000,1\n"}
    zone = county(tmp_path, returns=both).units[4]
    assert (zone.facilities, str(zone.return_period), zone.file, zone.version) == (2, "2017Q2", None, None)


def test_the_return_that_counts_and_whom_it_names(tmp_path: Path) -> None:
    named = "填表人,李示例,联系电话,0453-0000001\n"
    a = county(tmp_path, returns={"2017Q1/春区.csv": named + NIL, "2017Q2/春区.v3.csv": RETURNS["2017Q2/春区.csv"]})
    spring = a.units[0]
    assert (str(spring.return_period), spring.version, spring.file, spring.facilities) == (
        "2017Q2",
        3,
        "2017Q2/春区.v3.csv",
        2,
    )
    assert spring.contact is not None  # of the quarter before: the last that names anybody
    assert (spring.contact.author, spring.contact.phone) == ("李示例", "0453-0000001")


@pytest.mark.parametrize(
    ("day", "period", "found"),
    [
        ("2017-06-30", "2017Q1", None),  # still within the quarter: a late return of the quarter before
        ("2017-07-01", "2017Q1", (dt.date(2017, 7, 1), Q1)),  # while the second quarter's was to come
        ("2017-09-30", "2017Q1", (dt.date(2017, 9, 30), Q1)),
        ("2017-10-01", "2017Q1", None),  # by then the third quarter's was to come
        ("2017-07-01", "2017Q2", None),  # that is the one that was to come
        ("2017-07-01", "2017Q3", None),  # a later one is not instead
    ],
)
def test_what_came_instead(tmp_path: Path, day: str, period: str, found: tuple[dt.date, Period] | None) -> None:
    line = f"{day}T09:00:00+08:00,spring,,{period},,../returned/a.csv,,a.csv,2,0,returned,\n"
    a = county(tmp_path, returns={}, receipts=HEADER + line)
    assert came_for_another(a.measure, ("spring", None), Q2) == found
    assert came_for_another(a.measure, ("summer", None), Q2) is None


def standing_in(measure: Measure, owner: str | None, indicator: str) -> tuple[bool, bool]:
    return stand_ins(measure, owner, measure.plan.indicators[indicator], Q2)


def test_what_stands_in_for_returns_that_are_out(tmp_path: Path) -> None:
    measure = county(tmp_path).measure
    stock = {owner: standing_in(measure, owner, "incubators") for owner in (None, "spring", "autumn", "zone")}
    assert stock == {
        None: (True, True),  # 乙园 is carried, 秋区 never reported
        "spring": (False, False),
        "autumn": (False, True),
        "zone": (True, False),
    }
    flow = {owner: standing_in(measure, owner, "graduates") for owner in (None, "spring", "autumn", "zone")}
    assert flow == {  # a flow carries nothing: what is out is missing
        None: (False, True),
        "spring": (False, False),
        "autumn": (False, True),
        "zone": (False, True),
    }


def test_first_received_is_of_the_reporter_and_the_period(tmp_path: Path) -> None:
    a = county(tmp_path, returns={"2017Q1/春区.csv": reported("2017-04-01"), "2017Q2/甲园.csv": reported("2017-07-02")})
    assert first_received(a.measure, ("spring", None), Q1) == dt.date(2017, 4, 1)
    assert first_received(a.measure, ("spring", None), Q2) is None
    assert first_received(a.measure, ("zone", "甲园"), Q2) == dt.date(2017, 7, 2)
    assert first_received(a.measure, ("zone", None), Q2) is None
    assert a.units[4].first_received == dt.date(2017, 7, 2)  # of the unit: its first member's


def test_members_are_the_plans(tmp_path: Path) -> None:
    a = county(tmp_path, plan=PLAN.replace("members: [甲园, 乙园], ", ""), returns={"2017Q2/园区.csv": NIL})
    assert (a.units[4].status, a.units[4].members, a.units[4].facilities) == ("received", (), 0)
