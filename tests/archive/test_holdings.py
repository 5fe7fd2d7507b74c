"""Which files count: the highest version that can, nothing beside a rival, and when each reporter first came."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

import pytest

from mdj_plan.archive.admission import admitted
from mdj_plan.archive.attempts import Attempt, attempts_of, first_days
from mdj_plan.archive.closing import counting
from mdj_plan.archive.current import current_period
from mdj_plan.archive.holdings import Archive, file_away, read_archive
from mdj_plan.archive.ledger import enter
from mdj_plan.archive.receipts import Receipt, Receipts
from mdj_plan.intake.layout.entry import Entry
from mdj_plan.intake.submission import Contact, Dated
from mdj_plan.names import Words
from mdj_plan.period import Period
from mdj_plan.readings.desk import Desk
from tests.archive.returns import BY_NAME, plan_in, returned
from tests.checks.world import PLAN, table

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.intake.submission import Submission

Q2 = Period(2021, 2)


def counted(archive: Archive) -> dict[str, str]:
    """The file that counts by reporter and period."""
    return {
        " ".join(filter(None, (*by, str(period)))): s.file
        for by, of in archive.counting.items()
        for period, s in of.items()
    }


def rivals(archive: Archive) -> dict[str, str]:
    """S103 by file: which others it names."""
    args = {f.at.file: dict(f.args)["others"] for s in archive.submissions for f in s.findings if f.code == "S103"}
    return {str(file): others.zh for file, others in args.items() if isinstance(others, Words)}


def test_the_highest_version_counts_in_whatever_order_files_lie() -> None:
    archive = file_away([returned(by=f"east 2021Q2 {version}") for version in (2, 10, 1)], {})
    assert counted(archive) == {"east 2021Q2": "2021Q2/east.v10.csv"}
    assert archive.superseded == {"2021Q2/east.v1.csv", "2021Q2/east.v2.csv"}
    assert [s.version for s in archive.submissions] == [2, 10, 1]  # the files stay in order of path


def test_reporters_and_periods_do_not_stand_in_each_other_s_way() -> None:
    files = ["east 2021Q2", "east 2021Q3", "west 2021Q2", "zone 2021Q2 1 甲园", "zone 2021Q2 1 乙园", "zone 2021Q3"]
    archive = file_away([returned(by=by) for by in files], {})
    assert len(counted(archive)) == 6
    assert (archive.superseded, rivals(archive)) == (frozenset(), {})


def test_of_two_files_of_one_version_neither_counts_and_a_lower_one_stands() -> None:
    files = [returned(by="east 2021Q2 1"), *(returned(by="east 2021Q2 2", file=f"{name}.csv") for name in "abc")]
    archive = file_away(files, {})
    assert counted(archive) == {"east 2021Q2": "2021Q2/east.v1.csv"}
    assert rivals(archive) == {"a.csv": "b.csv、c.csv", "b.csv": "a.csv、c.csv", "c.csv": "a.csv、b.csv"}
    assert archive.superseded == frozenset()
    assert {f.args[1] for s in archive.submissions for f in s.findings} == {("version", "2")}


def test_a_rival_that_cannot_count_is_none() -> None:
    archive = file_away([returned(by="east 2021Q2"), returned(by="east 2021Q2", file="b.csv", readable=False)], {})
    assert counted(archive) == {"east 2021Q2": "2021Q2/east.v1.csv"}
    assert (rivals(archive), archive.superseded) == ({}, frozenset())


@pytest.mark.parametrize("unknown", [{"unit": None}, {"period": None}])
def test_files_of_whom_or_when_nobody_knows_are_no_rivals_and_do_not_count(unknown: dict[str, None]) -> None:
    archive = file_away([returned(by="east 2021Q2", file=name)._replace(**unknown) for name in ("a", "b")], {})  # type: ignore[arg-type] # one field
    assert (counted(archive), rivals(archive), len(archive.submissions)) == ({}, {}, 2)


def test_two_whole_returns_are_rivals_of_each_other_and_of_no_member() -> None:
    files = [returned(by="zone 2021Q2", file=name) for name in ("a", "b")]
    archive = file_away([*files, returned(by="zone 2021Q2 1 甲园", file="c")], {})
    assert counted(archive) == {"zone 甲园 2021Q2": "c"}
    assert rivals(archive) == {"a": "b", "b": "a"}


def test_a_member_s_return_yields_to_one_for_the_whole_unit_of_any_version() -> None:
    files = [returned(by="zone 2021Q2 1", file="a"), returned(by="zone 2021Q2 2 甲园", file="b")]
    archive = file_away([*files, returned(by="zone 2021Q3 1 甲园", file="c")], {})
    assert counted(archive) == {"zone 2021Q2": "a", "zone 甲园 2021Q3": "c"}
    assert rivals(archive) == {"b": "a"}


def test_a_file_that_cannot_count_is_outdone_by_a_higher_version_alone() -> None:
    files = [returned(by=f"east 2021Q2 {version}", readable=version == 2) for version in (1, 2, 3)]
    assert file_away(files, {}).superseded == {"2021Q2/east.v1.csv"}


# ---- when they came


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def receipt(at: str, state: str | None = None, unit: str | None = "east", period: Period | None = Q2) -> Receipt:
    moment = dt.datetime.fromisoformat(at)
    return Receipt(
        row=1, received_at=moment, file="a", unit=unit, period=period, state=state, errors=3, original_name="甲.csv"
    )


def test_attempts_are_kept_by_reporter_and_period_in_the_order_of_the_receipts() -> None:
    rows = (receipt("2021-07-12T23:30:00+00:00", "returned"), receipt("2021-07-14T09:00:00+08:00"))
    found = attempts_of(
        Receipts((*rows, receipt("2021-07-01", unit=None), receipt("2021-07-01", period=None))), "Asia/Shanghai"
    )
    assert found == {
        (("east", None), Q2): (
            Attempt(day("2021-07-13"), "returned", 3, None, "甲.csv"),
            Attempt(day("2021-07-14"), "filed", 3, None, "甲.csv"),
        )
    }
    back, filed = found[("east", None), Q2]
    assert (back.returned, filed.returned, back.told) == (True, False, {"day": "2021-07-13", "errors": "3"})


def attempt(on: str, state: str) -> Attempt:
    return Attempt(day(on), state, None, None, None)


EAST = (("east", None), Q2)


@pytest.mark.parametrize(
    ("versions", "attempts", "first"),
    [
        pytest.param(["2021-07-20", "2021-07-12"], [], "2021-07-12", id="the earliest of the versions"),
        pytest.param(["", "2021-07-12"], [], "2021-07-12", id="one that is not known says nothing"),
        pytest.param(["2021-07-20"], [("2021-07-10", "returned")], "2021-07-10", id="sent back, and punctual"),
        pytest.param(["2021-07-20"], [("2021-07-25", "returned")], "2021-07-20", id="sent back later"),
        pytest.param(["2021-07-20"], [("2021-07-10", "filed")], "2021-07-20", id="filed: the version says when"),
        pytest.param([], [("2021-07-10", "returned")], "2021-07-10", id="nothing but an attempt"),
        pytest.param([], [("2021-07-10", "filed")], None, id="filed, and the file is gone"),
        pytest.param([""], [], None, id="unknown"),
    ],
)
def test_the_earliest_day_that_is_known(
    versions: list[str], attempts: list[tuple[str, str]], first: str | None
) -> None:
    files = [returned(by=f"east 2021Q2 {n}", received=on) for n, on in enumerate(versions, 1)]
    found = first_days(files, {EAST: tuple(attempt(*each) for each in attempts)})
    assert found == ({EAST: day(first)} if first else {})


def test_a_version_that_cannot_count_is_no_attempt() -> None:
    assert first_days([returned(by="east 2021Q2", received="2021-07-01", readable=False)], {}) == {}


@pytest.mark.parametrize("unknown", [{"unit": None}, {"period": None}])
def test_nor_is_a_version_of_whom_or_when_nobody_knows(unknown: dict[str, None]) -> None:
    assert first_days([returned(by="east 2021Q2", received="2021-07-01")._replace(**unknown)], {}) == {}  # type: ignore[arg-type] # one field


def test_an_attempt_of_which_the_receipt_counts_nothing_found_nothing() -> None:
    assert attempt("2021-07-10", "returned").told == {"day": "2021-07-10", "errors": "0"}


# ---- a period that had not begun


@pytest.mark.parametrize(
    ("period", "received", "counts"),
    [
        ("2021Q2", "2021-05-31", False),
        ("2021Q2", "2021-06-01", True),
        ("2021Q1", "2021-02-28", False),
        ("2021Q4", "2021-12-01", True),
        ("2021Q4", "2021-11-30", False),
    ],
)
def test_nobody_can_report_a_period_before_its_last_month(period: str, received: str, *, counts: bool) -> None:
    found = admitted(returned(by=f"east {period}", received=received))
    assert found.readable is counts
    assert [(f.code, f.unit, f.period, f.value) for f in found.findings] == (
        [] if counts else [("S110", "east", None, received)]
    )


@pytest.mark.parametrize("other", [{"readable": False}, {"period": None}, {"received": None}])
def test_what_cannot_count_or_is_not_dated_is_not_said_to_be_early(other: dict[str, None]) -> None:
    early = returned(by="east 2021Q2", received="2021-05-01")._replace(**other)  # type: ignore[arg-type] # one field
    assert admitted(early) is early


def test_it_is_told_at_the_date_of_report_where_that_is_the_day() -> None:
    dated = [
        Dated(what, day("2021-05-01"), Entry("2021年5月1日", "封面", row, 1))
        for row, what in enumerate(("cutoff", "reported"))
    ]
    early = returned(by="east 2021Q2", received="2021-05-01", dated=tuple(dated))
    (at_cell,) = admitted(early).findings
    assert (at_cell.at.sheet, at_cell.at.cell, at_cell.value) == ("封面", "B2", "2021年5月1日")
    (by_receipt,) = admitted(early._replace(received=day("2021-05-02"))).findings
    assert (by_receipt.at.cell, by_receipt.value) == (None, "2021-05-02")


# ---- whom to call, and which period it is about


def test_the_contact_is_of_the_last_return_up_to_the_period() -> None:
    def named(by: str, author: str | None) -> Submission:
        return returned(by=by, contact=author and Contact(author, None))

    archive = file_away(
        [
            named("east 2021Q3", "丙"),
            named("east 2021Q1 2", "乙"),
            named("east 2021Q1 1", "甲"),
            named("east 2021Q2", None),
        ],
        {},
    )
    found = [archive.contact("east", Period.parse(p)) for p in ("2020Q4", "2021Q1", "2021Q2", "2021Q3", "2022Q1")]
    assert [contact and contact.author for contact in found] == [None, "乙", "乙", "丙", "丙"]
    assert archive.contact("west", Q2) is None


def test_members_may_each_name_somebody_and_a_return_of_no_period_names_nobody() -> None:
    files = [
        returned(by=f"zone 2021Q2 1 {member}园", contact=Contact(author, None))
        for member, author in (("甲", None), ("乙", "乙某"))
    ]
    archive = file_away([*files, files[0]._replace(period=None, file="c")], {})
    assert archive.contact("zone", Q2) == Contact("乙某", None)
    assert archive.contact("zone", Q2, "乙园") == Contact("乙某", None)
    assert archive.contact("zone", Q2, "丙园") == Contact("乙某", None)  # its own names nobody: the unit's


def test_a_members_own_return_says_whom_to_ask() -> None:
    files = [
        returned(by=f"zone {period} 1 {member}园", contact=Contact(author, None))
        for period, member, author in (("2021Q1", "甲", "甲某"), ("2021Q2", "乙", "乙某"))
    ]
    archive = file_away(files, {})
    assert (archive.contact("zone", Q2, "甲园"), archive.contact("zone", Q2)) == (files[0].contact, files[1].contact)


def test_the_periods_that_files_name_are_in_order_of_time() -> None:
    files = [returned(by=f"east {period}") for period in ("2021Q3", "2020Q4", "2021Q1", "2021Q3")]
    assert [str(period) for period in file_away(files, {}).periods()] == ["2020Q4", "2021Q1", "2021Q3"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["east 2021Q2", "west 2021Q3"], "2021Q3"),
        (["east 2021Q2", "west 2020Q4"], "2021Q2"),
        (["east 2021Q2", "east 2023Q1"], "2021Q2"),
        (["east 2023Q1", "east 2020Q4"], "2023Q1"),
        ([], None),
    ],
)
def test_the_period_of_a_run_is_the_latest_of_the_plan_that_counts(
    tmp_path: Path, files: list[str], expected: str | None
) -> None:
    found = current_period(plan_in(tmp_path), file_away([returned(by=by) for by in files], {}))
    assert (found and str(found)) == expected


def test_a_unit_outside_the_plan_sets_no_period_unless_nobody_else_does(tmp_path: Path) -> None:
    plan = plan_in(tmp_path, PLAN.replace("id: west, kind: district", "id: west, participates: false, kind: district"))
    west, east = returned(by="west 2021Q4"), returned(by="east 2021Q2")
    assert current_period(plan, file_away([west, east], {})) == Q2
    assert current_period(plan, file_away([west], {})) == Period(2021, 4)
    assert current_period(plan, file_away([west, east._replace(readable=False)], {})) == Period(2021, 4)


def test_what_counts_for_a_closing_is_everything_up_to_its_period(tmp_path: Path) -> None:
    files = ["zone 2021Q2 1 乙园", "zone 2020Q4 1 甲园", "zone 2021Q1", "east 2021Q3", "east 2021Q2 2", "east 2021Q2 1"]
    archive = file_away([returned(by=by, sha256=by) for by in files], {})
    kept = counting(enter(plan_in(tmp_path), archive, BY_NAME)[0], Q2)
    assert [each.sha256 for each in kept] == [
        "east 2021Q2 2",
        "zone 2021Q1",
        "zone 2021Q2 1 乙园",
        "zone 2020Q4 1 甲园",
    ]
    assert [(each.unit, each.member, str(each.period), each.file) for each in kept[:2]] == [
        ("east", None, "2021Q2", "2021Q2/east.v2.csv"),
        ("zone", None, "2021Q1", "2021Q1/zone.v1.csv"),
    ]


# ---- what a receipt says of a file


def test_a_file_that_no_longer_has_its_receipt_s_hash_is_told(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    for name in ("东示区", "西示区", "示开发区"):
        path = plan.submissions / "2021Q2" / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(table(), "utf-8")
    digest = hashlib.sha256((plan.submissions / "2021Q2/示开发区.csv").read_bytes()).hexdigest()
    plan.receipts.write_text(
        "received_at,file,sha256\n2021-07-14T09:00:00+08:00,2021Q2/东示区.csv,ab\n"
        f"2021-07-16,2021Q2/示开发区.csv,{digest.upper()}\n"
        "2021-07-15T09:00:00+08:00,2021Q2/西示区.csv,\n",
        "utf-8",
    )
    with Desk(plan) as desk:
        archive = read_archive(plan, desk)
    assert [(s.unit, s.received, [f.code for f in s.findings if f.code == "S108"]) for s in archive.submissions] == [
        ("east", day("2021-07-14"), ["S108"]),
        ("zone", day("2021-07-16"), []),
        ("west", day("2021-07-15"), []),
    ]


def test_what_the_office_knew_better_when_it_filed_holds_on_file(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    for name in ("a", "b", "c", "d"):
        (plan.submissions / f"{name}.csv").write_text("填报单位,东示区\n报告期,2021Q2\n" + table(), "utf-8")
    plan.receipts.write_text(
        "received_at,unit,period,file,sha256,given\n"
        "2021-07-14,west,2021Q3,a.csv,,unit=west\n"
        "2021-07-14,west,2021Q3,b.csv,,period=2021Q3\n"
        "2021-07-14,west,2021Q3,c.csv,,received=2021-07-14\n"
        "2021-07-14,gone,2021Q3,d.csv,,unit=gone\n",
        "utf-8",
    )
    with Desk(plan) as desk:
        archive = read_archive(plan, desk)
    assert [(s.file, s.unit, str(s.period)) for s in archive.submissions] == [
        ("a.csv", "west", "2021Q2"),
        ("b.csv", "east", "2021Q3"),
        ("c.csv", "east", "2021Q2"),
        ("d.csv", "east", "2021Q2"),  # a unit that the plan no longer has
    ]
