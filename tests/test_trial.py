"""A return judged before it is filed: against what is on file, as the newest version, with nothing written (contract 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mdj_plan.archive.holdings import file_away
from mdj_plan.findings import Severity
from mdj_plan.trial import Trial, judged, progress
from tests.archive.returns import BY_NAME, plan_in, returned
from tests.checks.world import C1, C2, PLAN

if TYPE_CHECKING:
    from mdj_plan.intake.submission import Submission
    from mdj_plan.plan.model import Plan

HEAD = "name state credit_code area_m2 tenants new_graduates graduates_total"
A, B = f"甲 operating {C1} 1000 10 1 5", f"乙 operating {C2} 500 5 0 2"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    text = PLAN.replace("id: works,", "id: works, participates: false,")
    return plan_in(tmp_path_factory.mktemp("plan"), text)


def sent(*rows: str, by: str = "east 2021Q2", file: str = "in.csv") -> Submission:
    """A return as it was handed in: its name says nothing of a version."""
    return returned("\n".join([HEAD, *rows]) if rows else "", by, file=file)


def tried(plan: Plan, one: Submission, *on_file: Submission, standing: bool = False) -> Trial:
    return judged(plan, file_away(on_file, {}), BY_NAME, one, on_file=standing)


def told(trial: Trial) -> list[str]:
    """Each finding above a note: code, variant, cell."""
    return [
        " ".join(filter(None, (f.code, f.variant, f.at.cell)))
        for f in trial.findings
        if f.severity is not Severity.NOTE
    ]


def test_a_first_return_is_held_against_nothing(plan: Plan) -> None:
    found = tried(plan, sent(A, B))
    assert (told(found), found.facilities, found.blank, found.comparison) == ([], 2, 0, None)


def test_rows_that_count_are_counted_and_those_in_which_no_figure_stands(plan: Plan) -> None:
    found = tried(plan, sent(A, A, "丙 operating - - - - -", "丁 operating - ?约5 - - -"))
    assert (found.facilities, found.blank) == (3, 1)  # of the same facility one; 约5 is a figure, if none to be used
    assert "X101 A3" in told(found)


def test_a_version_that_would_take_something_away_is_an_error_before_it_is_filed(plan: Plan) -> None:
    found = tried(plan, sent(A), sent(A, B, file="2021Q2/east.v1.csv"))
    assert told(found) == ["S112 facilities"]
    assert found.count(Severity.ERROR) == 1
    assert found.comparison is not None
    assert (found.comparison.replaced.file, [c.facility for c in found.comparison.gone]) == (
        "2021Q2/east.v1.csv",
        ["乙"],
    )


def test_it_is_held_against_the_highest_version_that_can_count(plan: Plan) -> None:
    first, second = (sent(*rows, by=f"east 2021Q2 {v}", file=f"v{v}.csv") for v, rows in ((1, [A, B]), (2, [A])))
    found = tried(plan, sent(A), first, second)
    assert found.comparison is not None
    assert (found.comparison.replaced.file, found.comparison.changes, told(found)) == ("v2.csv", (), [])
    found = tried(plan, sent(A), first, second._replace(readable=False))
    assert found.comparison is not None
    assert found.comparison.replaced.file == "v1.csv"


def test_a_return_for_a_period_before_the_unit_s_latest_is_doubted(plan: Plan) -> None:
    assert told(tried(plan, sent(A), sent(A, by="east 2021Q3", file="b.csv"))) == ["S112 earlier"]
    assert told(tried(plan, sent(A), sent(A, by="west 2021Q3", file="b.csv"))) == []
    assert told(tried(plan, sent(A), sent(A, by="east 2021Q2", file="b.csv"))) == []


def test_what_cannot_count_takes_nothing_away(plan: Plan) -> None:
    on_file = (sent(A, B, file="v1.csv"), sent(A, by="east 2021Q3", file="b.csv"))
    found = tried(plan, sent(A)._replace(readable=False), *on_file)
    assert (found.comparison, [each for each in told(found) if "S112" in each]) == (None, [])


def test_what_is_on_file_is_judged_as_the_version_that_it_is(plan: Plan) -> None:
    first = sent(A, B, by="east 2021Q2 1", file="v1.csv")
    second = sent(A, by="east 2021Q2 2", file="v2.csv")
    found = tried(plan, first, first, second, standing=True)
    assert (found.submission.version, found.comparison, told(found)) == (1, None, [])
    found = tried(plan, second, first, second, standing=True)
    assert found.comparison is not None
    assert told(found) == []  # it was filed by whoever knew better


def test_it_is_held_against_the_quarter_before_but_nobody_else_s_findings_are_told(plan: Plan) -> None:
    before = sent(A, B.replace(" 500 ", " 400 "), by="east 2021Q1", file="q1.csv")
    found = tried(
        plan, sent(A.replace(" 1000 ", " 2000 "), B), before, sent("丙 operating - 1 1 5 2", by="west 2021Q2", file="w")
    )
    assert [(f.code, f.facility) for f in found.findings if f.code == "X107"] == [("X107", "甲"), ("X107", "乙")]
    assert {f.at.file for f in found.findings} == {"in.csv"}


def test_two_of_one_version_on_file_do_not_keep_a_correction_from_being_judged(plan: Plan) -> None:
    rivals = [sent(A, B, file=name) for name in ("a.csv", "b.csv")]
    found = tried(plan, sent(A, B), *rivals)
    assert (told(found), found.submission.readable) == ([], True)


@pytest.mark.parametrize(("by", "expected"), [("works 2021Q2", [("S107", "works")]), ("farms 2021Q2", [])])
def test_a_unit_outside_the_plan_owes_nothing(plan: Plan, by: str, expected: list[tuple[str, str]]) -> None:
    found = tried(plan, sent(A, by=by))
    assert [(f.code, f.unit) for f in found.findings if f.code == "S107"] == expected


def test_a_return_of_nobody_knows_whom_is_only_read(plan: Plan) -> None:
    found = tried(plan, sent(A, A)._replace(unit=None), sent(A, B))
    assert (found.findings, found.facilities, found.comparison) == ((), 1, None)


def test_findings_are_fixed_open_or_new_by_facility_and_column_wherever_the_row_has_moved(plan: Plan) -> None:
    former = tried(plan, sent(A.replace(" 1 5", " 6 9"), B.replace(f"{C2}", "-"), "丙 operating - 1 1 0 0"))
    now = tried(plan, sent("丁 operating - 1 1 0 0", "丙 operating - 1 1 0 0", A, B))
    found = progress(now, former)
    assert [
        [(f.code, f.facility or "", f.at.cell) for f in part if f.code == "V115"]
        for part in (found.fixed, found.still_open, found.new)
    ] == [[("V115", "乙", "C3")], [("V115", "丙", "C3")], [("V115", "丁", "C2")]]


def test_what_is_accepted_or_a_note_is_not_told_as_progress(plan: Plan) -> None:
    found = tried(plan, sent("丙 operating - 1 1 0 0"))
    (lacking,) = (f for f in found.findings if f.code == "V115")
    note = lacking._replace(severity=Severity.NOTE)
    assert progress(found, Trial(found.submission, (), 1, 0)).new == tuple(found.open)
    assert progress(Trial(found.submission, (note,), 1, 0), Trial(found.submission, (), 1, 0)).new == ()
