"""How a delivery ends for the office: who is still out for its period, who was sent back, whose file is in question."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mdj_plan.archive.exceptions import NOTHING_ACCEPTED
from mdj_plan.archive.holdings import file_away
from mdj_plan.archive.receipts import Receipt, Receipts
from mdj_plan.delivery import Reception
from mdj_plan.findings import Location, finding
from mdj_plan.intake.handed import Handed
from mdj_plan.outcome import Outcome, Read, Verdict
from mdj_plan.period import Period
from mdj_plan.plan.units import Directory
from mdj_plan.tally import Tally, tallied
from tests.archive.returns import BY_NAME, plan_in, returned

if TYPE_CHECKING:
    from mdj_plan.intake.submission import Submission
    from mdj_plan.plan.model import Plan

NOON = dt.datetime.fromisoformat("2021-07-14T12:00:00+08:00")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return plan_in(tmp_path_factory.mktemp("plan"))


def outcome(verdict: str, by: str = "", **more: object) -> Outcome:
    """A file of somebody for some period, or (blank) of nobody, and what becomes of it."""
    s = returned(by=by or "east 2021Q2")
    s = s._replace(**more) if by else s._replace(unit=None, period=None, **more)  # type: ignore[arg-type] # its fields
    return Outcome(Read(Handed("in.csv", "in.csv", Path("in.csv"), bytes), s), Verdict(verdict))


def ended(
    plan: Plan, *outcomes: Outcome, on_file: tuple[Submission, ...] = (), back: str = "", state: str = "returned"
) -> Tally:
    """The tally of a delivery. `back`: who was sent back (or of what `state`) before, by ``unit period [member]``."""
    rows = []
    if back:
        unit, period, member = (*back.split(), "")[:3]
        rows = [Receipt(row=1, received_at=NOON, file="a", unit=unit, member=member or None, period=Period.parse(period), state=state)]  # fmt: skip
    directory, archive = Directory(plan.file), file_away(on_file, {})
    return tallied(Reception(plan, directory, BY_NAME, archive, Receipts(tuple(rows)), NOTHING_ACCEPTED), outcomes)


def told(tally: Tally) -> str:
    """``period; silent; returned; pending with why``."""
    silent, back = (" ".join(name.zh for name in names) for names in (tally.silent, tally.returned))
    asked = " ".join(f"{p.who.zh}:{p.why}{f'({p.period})' if p.why == 'other' else ''}" for p in tally.pending)
    return f"{tally.period}; {silent}; {back}; {asked}"


def test_files_are_counted_by_what_becomes_of_them(plan: Plan) -> None:
    found = ended(plan, *(outcome(verdict, "east 2021Q2") for verdict in ("filed", "filed", "returned", "copy")))
    assert found.counts == {Verdict.FILED: 2, Verdict.RETURNED: 1, Verdict.COPY: 1}


@pytest.mark.parametrize(
    ("files", "period"),
    [
        (["east 2021Q2", "west 2021Q2", "farms 2021Q1"], "2021Q2"),
        (["east 2021Q1", "west 2021Q2"], "2021Q2"),
        (["east 2021Q3", "west 2021Q1", "farms 2021Q1"], "2021Q1"),
        (["gone 2021Q3", "east 2021Q2"], "2021Q2"),
        (["", "east 2021Q2"], "2021Q2"),
        (["east 2021Q2", "west 2021Q1", "west 2021Q1", "gone 2021Q3", "gone 2021Q3", "gone 2021Q3"], "2021Q1"),
        ([""], "None"),
        ([], "None"),
    ],
)
def test_its_period_is_that_of_most_files_the_later_of_two(plan: Plan, files: list[str], period: str) -> None:
    found = ended(plan, *(outcome("filed", by) for by in files))
    assert str(found.period) == period
    assert bool(found.silent) is (period != "None")


def test_nobody_is_out_who_counts_on_file_already(plan: Plan) -> None:
    on_file = (returned(by="west 2021Q2"), returned(by="zone 2021Q2"), returned(by="farms 2021Q1"))
    found = ended(plan, outcome("returned", "east 2021Q2"), on_file=on_file)
    assert told(found) == "2021Q2; 市示农委 市示工信委; 东示区; "


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        ("rival", "rival"),
        ("unreadable", "unreadable"),
        ("whose", "period"),
        ("filed", ""),
        ("on-file", ""),
        ("no-return", ""),
    ],
)
def test_why_a_file_settles_nothing_yet(plan: Plan, verdict: str, why: str) -> None:
    found = ended(plan, outcome("filed", "west 2021Q2"), outcome(verdict, "east 2021Q2"))
    assert [(p.who.zh, p.why) for p in found.pending] == ([("东示区", why)] if why else [])
    assert ("东示区" in {name.zh for name in found.silent}) is (not why)


def test_a_file_for_an_earlier_period_is_asked_about_and_one_for_a_later_says_nothing(plan: Plan) -> None:
    files = [outcome("filed", by) for by in ("west 2021Q2", "zone 2021Q2", "east 2021Q1", "farms 2021Q3")]
    assert told(ended(plan, *files)) == "2021Q2; 西示区 示开发区 市示农委 市示工信委; ; 东示区:other(2021Q1)"


@pytest.mark.parametrize("file", [outcome("no-return", "farms 2021Q1"), outcome("rival", "farms 2021Q3")])
def test_what_has_nothing_to_do_with_the_period_is_no_question(plan: Plan, file: Outcome) -> None:
    found = ended(plan, outcome("filed", "west 2021Q2"), outcome("filed", "zone 2021Q2"), file)
    assert (found.pending, "市示农委" in told(found).split("; ")[1]) == ((), True)


def test_a_unit_without_a_period_says_nothing_of_it(plan: Plan) -> None:
    files = [outcome("filed", "west 2021Q2"), outcome("whose", "farms 2021Q2", period=None)]
    assert told(ended(plan, *files)) == "2021Q2; 东示区 西示区 示开发区 市示工信委; ; 市示农委:period"


def test_a_cover_that_may_mean_somebody_is_asked_about(plan: Plan) -> None:
    like = finding("V113", Location("in.csv"), args={"suggestion": "东示区"})
    doubtful = outcome("whose", findings=(like,))
    found = ended(plan, outcome("filed", "west 2021Q2"), outcome("filed", "zone 2021Q2"), doubtful)
    assert [(p.who.zh, p.why) for p in found.pending] == [("东示区", "unit")]
    of_a_row = outcome("whose", findings=(like._replace(facility="甲"),))
    of_another_kind = outcome("whose", findings=(finding("V106", Location("in.csv"), args={"suggestion": "东示区"}),))
    for nobody in (of_a_row, of_another_kind):
        assert ended(plan, outcome("filed", "west 2021Q2"), nobody).pending == ()


def test_who_was_sent_back_is_that_and_nothing_else(plan: Plan) -> None:
    files = [outcome("filed", "west 2021Q2"), outcome("rival", "east 2021Q2"), outcome("returned", "farms 2021Q1")]
    found = ended(plan, *files, back="east 2021Q2")
    assert told(found) == "2021Q2; 西示区 示开发区 市示工信委; 东示区; 市示农委:other(2021Q1)"
    assert told(ended(plan, *files, back="works 2021Q1")).split("; ")[2] == ""
    assert told(ended(plan, *files, back="works 2021Q2", state="filed")).split("; ")[2] == ""  # its file is gone


def test_a_file_that_is_there_and_cannot_count_is_a_question_too(plan: Plan) -> None:
    stuck = returned(by="east 2021Q2", readable=False)
    found = ended(plan, outcome("filed", "west 2021Q2"), on_file=(stuck,))
    assert [(p.who.zh, p.why) for p in found.pending] == [("东示区", "unusable")]
    found = ended(plan, outcome("filed", "west 2021Q2"), outcome("rival", "east 2021Q2"), on_file=(stuck,))
    assert [(p.who.zh, p.why) for p in found.pending] == [("东示区", "rival")]  # what came now is told


def test_members_are_told_one_by_one_where_any_of_them_reports_singly(plan: Plan) -> None:
    found = ended(plan, outcome("returned", "zone 2021Q2 1 甲园"), outcome("filed", "east 2021Q2"))
    assert told(found) == "2021Q2; 东示区 西示区 乙园 市示农委 市示工信委; 甲园; "
    assert "示开发区" in told(ended(plan, outcome("filed", "east 2021Q2")))
