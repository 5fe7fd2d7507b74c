"""A figure over the plan in block characters: the picture itself is the expected result."""

from __future__ import annotations

from fractions import Fraction

from mdj_plan.reports.screen.chart import ASCII, BLOCKS, Point, cells_for, drawn


def points(*pairs: tuple[float | None, float]) -> list[Point]:
    return [Point(None if done is None else Fraction(done), Fraction(due)) for done, due in pairs]


def test_bars_and_the_schedule() -> None:
    assert drawn(points((1, 2), (3, 4), (None, 6), (None, 8)), Fraction(8), 4, 4, ASCII) == [
        "              -",
        "          -",
        "    ..-",
        "..- ##",
    ]


def test_only_the_target_fills_a_bar_and_more_ends_in_an_arrow() -> None:
    found = drawn(points((7.99, 8), (8, 8), (9, 8)), Fraction(8), 2, 3, BLOCKS)
    assert found == ["▇─ █─ ▲─", "█  █  █"]


def test_nothing_done_is_no_bar_and_a_little_is_one() -> None:
    assert drawn(points((0, 1), (0.01, 1)), Fraction(8), 2, 2, BLOCKS) == ["", " ─▁─"]


def test_periods_take_what_room_there_is() -> None:
    assert [cells_for(12, 76), cells_for(28, 70), cells_for(60, 70)] == [6, 2, 2]
