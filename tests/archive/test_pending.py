"""pending.csv: what came and is not settled, written anew with every delivery, until it is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from mdj_plan.archive.pending import Question, by_reporter, keep_pending, read_pending
from mdj_plan.archive.receipts import Receipt, Receipts
from mdj_plan.period import Period
from mdj_plan.plan.problems import PlanError
from tests.archive.returns import returned

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mdj_plan.archive.attempts import By
    from mdj_plan.intake.submission import Submission

HEAD = "\ufeffreceived_at,unit,period,why,member,sha256,original_name,stated\n"
RIVAL = "2021-07-14T09:30:00,east,2021Q2,rival,,ab,东区.xlsx,\n"
NOTHING: Mapping[By, Mapping[Period, Submission]] = {}


def question(
    day: int, *, unit: str = "east", period: str = "2021Q2", why: str = "rival", sha256: str | None = "ab", **more: str
) -> Question:
    """A file that came in July 2021."""
    at = dt.datetime.fromisoformat(f"2021-07-{day:02}T09:30:00")
    stated = Period.parse(more["stated"]) if "stated" in more else None
    name = more.get("name", "东区.xlsx")
    return Question(0, at, unit, Period.parse(period), why, more.get("member"), sha256, name, stated)


def received(day: int, unit: str = "east", period: str = "2021Q2", member: str | None = None) -> Receipt:
    at = dt.datetime.fromisoformat(f"2021-07-{day:02}T18:00:00")
    return Receipt(0, at, "a.csv", unit=unit, period=Period.parse(period), member=member)


def kept(
    folder: Path,
    before: str,
    *now: Question,
    receipts: tuple[Receipt, ...] = (),
    counting: Mapping[By, Mapping[Period, Submission]] = NOTHING,
) -> str | None:
    """What stands in the file after a delivery, without its head; None where there is no file."""
    path = folder / "pending.csv"
    if before:
        path.write_text(HEAD + before, "utf-8")
    keep_pending(path, now, Receipts(receipts), counting)
    if not path.exists():
        return None
    text = path.read_bytes().decode("utf-8")
    assert text.startswith(HEAD)
    return text.removeprefix(HEAD)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    odd = question(14, why="other", member="示甲园", sha256=None, name='=1+1,"东"', stated="2021Q1")
    assert kept(tmp_path, "", odd) == '2021-07-14T09:30:00,east,2021Q2,other,示甲园,,"\'=1+1,""东""",2021Q1\n'
    assert [row.by for row in read_pending(tmp_path / "pending.csv")] == [("east", "示甲园")]
    assert read_pending(tmp_path / "pending.csv")[0].stated == Period(2021, 1)


def test_where_nothing_was_open_and_nothing_is_no_file_is_made(tmp_path: Path) -> None:
    assert read_pending(tmp_path / "pending.csv") == ()
    assert kept(tmp_path, "") is None


def test_what_is_not_settled_stays(tmp_path: Path) -> None:
    west = question(20, unit="west", sha256="cd", name="西区.xlsx")
    assert kept(tmp_path, RIVAL, west) == RIVAL + "2021-07-20T09:30:00,west,2021Q2,rival,,cd,西区.xlsx,\n"


@pytest.mark.parametrize(
    ("receipt", "stays"),
    [
        (received(13), True),  # before it came
        (received(14), False),  # the day on which it came
        (received(15), False),
        (received(15, unit="west"), True),
        (received(15, period="2021Q1"), True),
        (received(15, member="示甲园"), True),
    ],
)
def test_an_attempt_with_a_receipt_since_settles_it(tmp_path: Path, receipt: Receipt, stays: bool) -> None:
    assert kept(tmp_path, RIVAL, receipts=(receipt,)) == (RIVAL if stays else None)


def test_the_last_receipt_decides_wherever_it_stands(tmp_path: Path) -> None:
    assert kept(tmp_path, RIVAL, receipts=(received(15), received(10))) is None


@pytest.mark.parametrize(("by", "stays"), [("east 2021Q2", False), ("east 2021Q1", True), ("west 2021Q2", True)])
def test_what_counts_for_its_reporter_and_quarter_settles_it(tmp_path: Path, by: str, stays: bool) -> None:
    one = returned(by=by)
    assert one.unit is not None
    assert one.period is not None
    counting: dict[By, dict[Period, Submission]] = {(one.unit, None): {one.period: one}}
    assert kept(tmp_path, RIVAL, counting=counting) == (RIVAL if stays else None)
    assert kept(tmp_path, "", question(14), counting=counting) == (RIVAL if stays else None)


def test_a_file_that_is_handed_in_again_came_when_it_came_first(tmp_path: Path) -> None:
    assert kept(tmp_path, RIVAL, question(20)) == RIVAL
    assert kept(tmp_path, RIVAL, question(20), receipts=(received(16),)) == RIVAL  # it is still in question


def test_of_several_times_the_first_holds(tmp_path: Path) -> None:
    later = RIVAL.replace("07-14", "07-18")
    assert kept(tmp_path, RIVAL + later, question(20)) == RIVAL


def test_a_file_whose_bytes_nobody_knows_is_another_each_time(tmp_path: Path) -> None:
    unreadable = "2021-07-14T09:30:00,east,2021Q2,unreadable,,,东区.xlsx,\n"
    again = question(20, why="unreadable", sha256=None)
    assert kept(tmp_path, unreadable, again) == unreadable.replace("07-14", "07-20")


def test_a_file_whose_bytes_nobody_knows_settles_nobody_elses(tmp_path: Path) -> None:
    unreadable = "2021-07-14T09:30:00,east,2021Q2,unreadable,,,东区.xlsx,\n"
    west = question(20, unit="west", why="unreadable", sha256=None, name="西区.xlsx")
    assert kept(tmp_path, unreadable, west) == unreadable + "2021-07-20T09:30:00,west,2021Q2,unreadable,,,西区.xlsx,\n"


def test_the_same_bytes_for_another_reporter_are_another_question(tmp_path: Path) -> None:
    west = question(20, unit="west")
    assert kept(tmp_path, RIVAL, west) == "2021-07-20T09:30:00,west,2021Q2,rival,,ab,东区.xlsx,\n"


def test_of_a_reporter_and_quarter_the_last_line_holds() -> None:
    first, last, member = question(14), question(15, sha256="cd"), question(14, member="示甲园")
    assert by_reporter((first, last, member), NOTHING) == {
        (("east", None), Period(2021, 2)): last,
        (("east", "示甲园"), Period(2021, 2)): member,
    }


def test_every_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pending.csv"
    path.write_text(HEAD + RIVAL.replace("rival", "lost") + RIVAL.replace("2021Q2", "soon") + RIVAL, "utf-8")
    with pytest.raises(PlanError) as caught:
        read_pending(path)
    assert [(problem.file, problem.at) for problem in caught.value.problems] == [
        ("pending.csv", "D2"),
        ("pending.csv", "C3"),
    ]
