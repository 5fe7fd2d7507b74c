"""A return judged before it is filed: against what is on file, what it would take away, what it has mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.archive.holdings import read_archive
from mdj_plan.archive.identities import Identities
from mdj_plan.findings import Severity
from mdj_plan.intake.handed import Handed
from mdj_plan.plan.load import load_plan
from mdj_plan.readings.desk import Desk
from mdj_plan.trial import Trial, judged, progress
from tests.checks import world
from tests.checks.world import C1, C2, C3, HEAD, assessed, table

A = f"示例甲孵化器,{C1},孵化器,市级,运营,1200,20,1,5"
B = f"示例乙孵化器,{C2},孵化器,市级,运营,1500,30,0,2"
C = f"示例丙孵化器,{C3},孵化器,市级,运营,900,12,0,1"
NIL = "报告类型,零报告\n"


def tried(
    folder: Path, files: dict[str, str], text: str, name: str = "2021Q2/东示区.csv", *, on_file: bool = False
) -> Trial:
    """A return judged beside what is on file (by unit and quarter, as in `assessed`)."""
    assessed(folder, files | {"西示区_1": NIL}, 2)
    plan = load_plan(folder / "config" / "targets.yaml")
    with Desk(plan) as desk:
        archive = read_archive(plan, desk)
        (submission,) = desk.read([Handed(name, name, None, text.encode)], "tried")
    return judged(plan, archive, Identities.of(plan), submission, on_file=on_file)


def told(trial: Trial) -> list[tuple[str, str | None, str]]:
    return [(f.code, f.at.cell, f.severity.value) for f in trial.findings if f.code != "V116"]


def test_a_first_return_without_a_fault(tmp_path: Path) -> None:
    trial = tried(tmp_path, {}, table(A, B))
    assert told(trial) == []
    assert (trial.facilities, trial.blank, trial.comparison) == (2, 0, None)
    assert (trial.submission.unit, str(trial.submission.period), trial.submission.version) == ("east", "2021Q2", 1)


def test_rows_that_count_and_rows_without_a_figure(tmp_path: Path) -> None:
    empty = f"示例丙孵化器,{C3},孵化器,,运营,,,,"
    trial = tried(tmp_path, {}, table(A, A, B, empty, "示例丁,,,,,,,,"))
    assert (trial.facilities, trial.blank) == (3, 1)  # the second 甲 is a repeat, 丁 has no kind
    assert {"X101", "V101"} <= {code for code, _, _ in told(trial)}


def test_a_figure_that_cannot_be_used_is_no_blank_row(tmp_path: Path) -> None:
    trial = tried(tmp_path, {}, table(f"示例丙孵化器,{C3},孵化器,,运营,约900,,,"))
    assert (trial.facilities, trial.blank) == (1, 0)
    assert ("V103", "F2", "error") in told(trial)


def test_it_is_held_against_the_quarter_before(tmp_path: Path) -> None:
    trial = tried(tmp_path, {"东示区_1": table(A.replace("1,5", "0,9"))}, table(A))
    assert told(trial) == [("X104", "I2", "error")]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (table(A, B), []),  # the same again
        (table(A, B, C), []),  # one more
        (table(A), ["S112"]),  # one is gone
        (table(A, B.replace("1500", "")), ["S112"]),  # a figure is gone
        (table(A, B.replace("1500", "1600")), []),  # another figure
        (table(A, B.replace("示例乙孵化器", "示例新乙孵化器")), []),  # renamed by the same operator
    ],
)
def test_a_version_that_would_take_something_away(tmp_path: Path, now: str, expected: list[str]) -> None:
    trial = tried(tmp_path, {"东示区_2": table(A, B)}, now)
    doubts = [f for f in trial.findings if f.code == "S112"]
    assert [f.code for f in doubts] == expected
    assert all(f.severity is Severity.ERROR for f in doubts)
    assert trial.comparison is not None


def test_what_a_version_changes_figure_by_figure(tmp_path: Path) -> None:
    trial = tried(tmp_path, {"东示区_2": table(A, B)}, table(A.replace("1200", "1300"), C))
    assert trial.comparison is not None
    assert [(c.facility, c.field, c.before, c.after, c.at.cell) for c in trial.comparison.changes] == [
        ("示例甲孵化器", "area_m2", 1200, 1300, "F2"),
        ("示例丙孵化器", None, None, "示例丙孵化器", "A3"),
        ("示例乙孵化器", None, "示例乙孵化器", None, "A3"),
    ]


def test_a_period_before_the_units_latest_is_doubtful(tmp_path: Path) -> None:
    trial = tried(tmp_path, {"东示区_2": table(A)}, table(A.replace("1,5", "0,4")), "2021Q1/东示区.csv")
    assert [(f.code, f.severity.value) for f in trial.findings if f.code == "S112"] == [("S112", "error")]


def test_one_that_is_on_file_is_judged_as_the_version_that_it_is(tmp_path: Path) -> None:
    trial = tried(tmp_path, {"东示区_2": table(A)}, table(A), on_file=True)
    assert (told(trial), trial.comparison) == ([], None)


def test_what_others_have_not_sent_is_not_this_returns_fault(tmp_path: Path) -> None:
    trial = tried(tmp_path, {}, NIL, "2021Q2/市示农委.csv")
    assert told(trial) == []  # neither S101 of others nor P105 of its own duty


def test_whose_return_it_is_must_be_known(tmp_path: Path) -> None:
    trial = tried(tmp_path, {}, table(A), "2021Q2/某某.csv")
    assert [code for code, _, _ in told(trial)] == ["L105"]
    assert (trial.submission.unit, trial.facilities) == (None, 1)


def test_a_unit_outside_the_plan_is_told_so_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = world.PLAN.replace("{id: west, kind: district,", "{id: west, kind: district, participates: false,")
    monkeypatch.setattr(world, "PLAN", outside)
    trial = tried(tmp_path, {}, table(A.replace("1200", "约1200")), "2021Q2/西示区.csv")
    assert told(trial) == [("S107", None, "note")]


def test_what_is_mended_still_open_and_new(tmp_path: Path) -> None:
    faulty = table(A.replace("1200", "约1200"), B.replace("1500", "约1500"))
    mended = table(B.replace("1500", "约1500").replace(",30,", ",三十,"), A)  # the rows have changed places
    since = progress(tried(tmp_path, {}, mended), tried(tmp_path, {}, faulty))
    assert [(f.code, f.at.cell, f.facility) for f in since.fixed] == [("V103", "F2", "示例甲孵化器")]
    assert [(f.code, f.at.cell, f.facility) for f in since.still_open] == [("V103", "F2", "示例乙孵化器")]
    assert [(f.code, f.at.cell, f.facility) for f in since.new] == [("V102", "G2", "示例乙孵化器")]


def test_nothing_has_changed(tmp_path: Path) -> None:
    faulty = table(A.replace("1200", "约1200"))
    since = progress(tried(tmp_path, {}, faulty), tried(tmp_path, {}, faulty))
    assert (since.fixed, len(since.still_open), since.new) == ((), 1, ())


def test_a_header_alone_is_an_empty_return(tmp_path: Path) -> None:
    trial = tried(tmp_path, {}, f"{HEAD}\n")
    assert [code for code, _, _ in told(trial)] == ["S106"]
    assert (trial.facilities, trial.blank) == (0, 0)
