"""Targets and their revisions row by row: which row holds, when it is due, and what is refused (contract 5.2)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from mdj_plan.names import Words
from mdj_plan.period import Period
from mdj_plan.plan.entries import Head
from mdj_plan.plan.model import Source
from mdj_plan.plan.problems import Problem
from mdj_plan.plan.versions import Stated, Versions, versions

if TYPE_CHECKING:
    from mdj_plan.plan.model import Target

HEAD = Head(id="demo", title=Words("示例"), start=Period(2021, 1), end=Period(2022, 4))


def row(line: str, number: int) -> Stated:
    """``who value [from=] [due=] [base=] [2021Q4=6]``: who is a unit, or unit@group; refused as "place: found"."""
    who, value, *more = line.split()
    said = dict(each.split("=") for each in more)
    periods = {Period.parse(name): Decimal(each) for name, each in said.items() if name[0] == "2"}
    unit, _, group = who.partition("@")

    def refuse(place: str | Period, found: str, expected: Words | str) -> Problem:
        return Problem("wrong", "quotas.csv", f"{number}:{place}", found=found, expected=expected)

    return Stated(
        unit=unit,
        group=group or None,
        indicator="incubators",
        since=Period.parse(said["from"]) if "from" in said else None,
        value=Decimal(value),
        due=Period.parse(said["due"]) if "due" in said else None,
        baseline=Decimal(said["base"]) if "base" in said else None,
        milestones=periods,
        clause=None,
        note=None,
        source=Source("quotas.csv", None, f"C{number}"),
        refuse=refuse,
    )


def lined_up(*lines: str) -> Versions:
    return versions([row(line, number) for number, line in enumerate(lines, 2)], HEAD)


def shown(targets: list[Target]) -> list[str]:
    return [f"{t.unit} {t.value} {t.due}{f' from {t.since}' if t.since else ''} {t.source.cell}" for t in targets]


@pytest.mark.parametrize(
    ("lines", "originals", "repeated"),
    [
        pytest.param(["east 4"], ["east 4 2022Q4 C2"], [], id="due at the plan's end"),
        pytest.param(["east 4 due=2021Q3"], ["east 4 2021Q3 C2"], [], id="due when it says"),
        pytest.param(["east@all 3", "east 4"], ["east 4 2022Q4 C3"], [], id="the own row wins over the group's"),
        pytest.param(["east 4", "east@all 3"], ["east 4 2022Q4 C2"], [], id="also where it stands first"),
        pytest.param(["east 4", "east 5"], ["east 4 2022Q4 C2"], ["east 5 2022Q4 C3"], id="the first of two"),
        pytest.param(
            ["east@all 3", "east 4", "east@all 5", "east 6"],
            ["east 4 2022Q4 C3"],
            ["east 5 2022Q4 C4", "east 6 2022Q4 C5"],
            id="two of each",
        ),
        pytest.param(["east 4", "west 4"], ["east 4 2022Q4 C2", "west 4 2022Q4 C3"], [], id="each unit its own"),
    ],
)
def test_which_row_holds(lines: list[str], originals: list[str], repeated: list[str]) -> None:
    found = lined_up(*lines)
    assert (shown(found.originals), shown(found.repeated), found.problems) == (originals, repeated, [])


def test_a_row_of_a_group_that_is_repeated_is_one_row_however_many_units_it_is_for() -> None:
    rows = [row(line, number) for number in (2, 3) for line in (f"east@all {number}", f"west@all {number}")]
    assert shown(versions(rows, HEAD).repeated) == ["east 3 2022Q4 C3"]


def test_revisions_in_order_of_time_are_due_when_the_version_before_was() -> None:
    found = lined_up("east 8 from=2022Q1", "east 4 due=2021Q4 base=1", "east 6 from=2021Q3 due=2022Q2")
    assert shown(found.originals) == ["east 4 2021Q4 C3"]
    assert shown(found.revisions) == ["east 6 2022Q2 from 2021Q3 C4", "east 8 2022Q2 from 2022Q1 C2"]
    assert {t.baseline for t in (*found.originals, *found.revisions)} == {Decimal(1)}
    assert found.problems == []


def test_a_unit_s_own_revision_follows_the_group_s_original() -> None:
    found = lined_up("east@all 4", "east 6 from=2021Q3", "east@all 5 from=2021Q3")
    assert (shown(found.originals), shown(found.revisions)) == (["east 4 2022Q4 C2"], ["east 6 2022Q4 from 2021Q3 C3"])


def test_a_milestone_that_repeats_the_value_at_its_due_period_is_left_out() -> None:
    (found,) = lined_up("east 4 due=2022Q2 2022Q2=4 2021Q4=3 2021Q1=1").originals
    assert found.milestones == ((Period(2021, 1), Decimal(1)), (Period(2021, 4), Decimal(3)))


@pytest.mark.parametrize(
    ("lines", "place", "found"),
    [
        (["east 4 due=2020Q4"], "2:due", "2020Q4"),
        (["east 4 due=2023Q1"], "2:due", "2023Q1"),
        (["east 4 2020Q4=1"], "2:2020Q4", "2020Q4: 1"),
        (["east 4 due=2021Q4 2022Q1=4"], "2:2022Q1", "2022Q1: 4"),
        (["east 4 due=2021Q4 2021Q4=3"], "2:2021Q4", "2021Q4: 3"),
        (["east 4 from=2021Q3"], "2:from", "2021Q3"),
        (["east 4", "east 5 from=2021Q1"], "3:from", "2021Q1"),
        (["east 4 due=2021Q4", "east 5 from=2022Q1"], "3:from", "2022Q1"),
        (["east 4", "east 5 from=2022Q1 due=2021Q4"], "3:from", "2022Q1"),
        (["east 4", "east 5 from=2021Q3 2021Q2=2"], "3:2021Q2", "2021Q2: 2"),
        (["east 4 base=1", "east 5 from=2021Q3 base=2"], "3:baseline", "2"),
        (["east 4", "east 5 from=2021Q3 base=2"], "3:baseline", "2"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(lines: list[str], place: str, found: str) -> None:
    assert [(problem.at, problem.args["found"]) for problem in lined_up(*lines).problems] == [(place, found)]


@pytest.mark.parametrize(
    "lines",
    [
        ["east 4 due=2021Q1"],  # in the plan's first quarter
        ["east 4 due=2022Q4"],
        ["east 4 2021Q1=1 2022Q4=4"],
        ["east 4", "east 5 from=2021Q2"],
        ["east 4 due=2021Q4", "east 5 from=2021Q4"],  # from the quarter in which it is due
        ["east 4", "east 5 from=2022Q4 due=2024Q4"],  # a revision alone may be due after the plan's end
        ["east 4", "east 5 from=2021Q3 2021Q3=4"],
        ["east 4 base=1", "east 5 from=2021Q3 base=1"],
        ["east 4", "east 3 from=2021Q3"],
    ],
)
def test_what_can_be(lines: list[str]) -> None:
    assert lined_up(*lines).problems == []
