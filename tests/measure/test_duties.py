"""Duties without a number: what the period's return says, what has been done since the start (contract 3, duty)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.reports.town import PLAN, settle

HEAD = "报告类型,零报告\n\n任务,本季进展数,状态,佐证材料,说明\n"


def duty(folder: Path, period: str = "2017Q2", plan: str = PLAN, **rows: str) -> tuple[str, Decimal | None, int]:
    """The fairs' status, their progress since the start, and how many rows of the period's return tell of it."""
    returns = {f"{quarter.removeprefix('of_')}/商务局.csv": HEAD + row for quarter, row in rows.items()}
    (state,) = settle(folder, plan=plan, returns=returns, period=period).duties
    return state.status, state.progress_total, len(state.reports)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("办展会,2,进行中,,\n", ("in_progress", Decimal(2), 1)),
        ("办展会,0,未启动,,\n", ("not_started", Decimal(0), 1)),
        ("办展会,2,已完成,,\n", ("done", Decimal(2), 1)),
        ("办展会,,已完成,,\n", ("done", None, 1)),  # without a figure
        ("办展会,2,,,\n", ("in_progress", Decimal(2), 1)),  # a figure says that it is in progress
        ("办展会,0,,,\n", ("not_started", Decimal(0), 1)),  # and nought that it is not
        ("办展会,,,,\n", ("silent", None, 1)),  # a row that says nothing
        ("办展会,0.5,进行中,,\n", ("in_progress", Decimal("0.5"), 1)),
        ("办展会,2,进行中,,\n办展会,9,已完成,,\n", ("in_progress", Decimal(2), 1)),  # a second row is a repeat
        ("", ("silent", None, 0)),
    ],
)
def test_what_a_return_says(tmp_path: Path, row: str, expected: tuple[str, Decimal | None, int]) -> None:
    assert duty(tmp_path, of_2017Q2=row) == expected


def test_progress_adds_up_since_the_start_and_silence_is_of_the_period(tmp_path: Path) -> None:
    rows = {
        "of_2016Q4": "办展会,100,进行中,,\n",
        "of_2017Q1": "办展会,3,进行中,,\n",
        "of_2017Q2": "办展会,2,已完成,,\n",
    }
    assert duty(tmp_path / "now", **rows) == ("done", Decimal(5), 1)
    assert duty(tmp_path / "later", period="2017Q3", **rows) == ("silent", Decimal(5), 0)  # nothing is carried


def test_a_later_quarter_is_not_counted_yet(tmp_path: Path) -> None:
    assert duty(tmp_path, of_2017Q2="办展会,2,,,\n", of_2017Q3="办展会,7,,,\n") == ("in_progress", Decimal(2), 1)
