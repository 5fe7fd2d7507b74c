"""Editions on file: which of them is the latest, what it says, and each way in which one is damaged, at its place."""

from __future__ import annotations

import copy
import hashlib
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from mdj_plan.archive.closing import next_number, place_of, write_edition
from mdj_plan.archive.editions import Editions, Hashes, Kept, editions_on_file, read_editions
from mdj_plan.period import Month, Period
from mdj_plan.plan.problems import PlanError
from mdj_plan.unfinished import unfinished
from tests.archive.returns import plan_in

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.plan.model import Plan

Q2 = Period(2021, 2)
GAP = {
    "scope": "district",
    "unit": "east",
    "unit_name": "东示区",
    "indicator": "incubators",
    "indicator_name": "孵化器",
    "target": 4,
    "actual": 1.2345,
    "status": "behind",
}
CITY = GAP | {"scope": "city", "unit": None, "unit_name": "全市", "actual": None}
KEPT = {"unit": "zone", "member": "甲园", "period": "2021Q1", "file": "2021Q1/a.csv", "sha256": "ab"}
EDITION: dict[str, Any] = {
    "period": "2021Q2",
    "edition": 1,
    "closed_at": "2021-07-20T09:00:00+08:00",
    "as_of": "2021-06",
    "note": None,
    "tool": {"version": "0.3.0"},
    "hashes": {"plan": "aa", "quotas": None, "register": "cc"},
    "returns": [KEPT],
    "gaps": [CITY, GAP],
}


def closed(plan: Plan, name: str, text: str | None = None, **other: object) -> None:
    plan.closed.mkdir(exist_ok=True)
    (plan.closed / name).write_text(json.dumps(EDITION | other) if text is None else text, "utf-8")


def test_an_edition_is_read_as_it_was_published(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    closed(plan, "2021Q2.json")
    editions = read_editions(plan)
    (found,) = editions.until(Q2)
    assert (found.period, found.number, found.as_of, found.note, found.tool) == (Q2, 1, Month(2021, 6), None, "0.3.0")
    assert (found.closed_at, found.file) == ("2021-07-20T09:00:00+08:00", "2021Q2.json")
    assert found.returns == (Kept("zone", "甲园", Period(2021, 1), "2021Q1/a.csv", "ab"),)
    assert found.hashes == Hashes("aa", None, "cc")
    assert list(found.figures) == [(None, "incubators"), ("east", "incubators")]
    assert editions.published(Q2, "east", "incubators") == Decimal("1.2345")
    assert editions.published(Q2, None, "incubators") is None
    assert editions.published(Q2, "west", "incubators") is None
    assert editions.published(Period(2021, 1), "east", "incubators") is None


def test_of_several_editions_the_one_with_the_highest_number_holds(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    for number in (1, 2, 10):
        closed(plan, f"2021Q2.{number}.json".replace(".1.", "."), edition=number)
    closed(plan, "2021Q1.json", period="2021Q1")
    for name in ("2021Q2.1.json", "2021Q2.02.json", "2021Q5.json", "2021Q2.json.bak", ".closing-7.tmp", "x2021Q2.json"):
        closed(plan, name, "not looked at")
    latest = read_editions(plan).latest
    assert {str(period): edition.number for period, edition in latest.items()} == {"2021Q1": 1, "2021Q2": 10}
    assert [edition.file for edition in read_editions(plan).until(Period(2021, 1))] == ["2021Q1.json"]
    assert [str(edition.period) for edition in read_editions(plan).until(Q2)] == ["2021Q1", "2021Q2"]
    assert (next_number(plan, Q2), next_number(plan, Period(2021, 3))) == (11, 1)


def test_what_was_published_is_set_against_the_files_as_they_are_now(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    closed(plan, "2021Q2.json")
    assert plan.quotas is not None
    of_plan, of_quotas = (hashlib.sha256(path.read_bytes()).hexdigest() for path in (plan.path, plan.quotas))
    assert read_editions(plan).now == Hashes(of_plan, of_quotas, None)


def test_nothing_is_closed_where_there_is_no_folder(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    assert (editions_on_file(plan), read_editions(plan)) == ({}, Editions())
    plan.closed.mkdir()
    assert read_editions(plan).until(Q2) == ()


def changed(path: str, value: object) -> dict[str, Any]:
    """The edition with one value changed, or (None of "gone") taken away, by its path: ``gaps 0 status``."""
    found = copy.deepcopy(EDITION)
    *above, last = (int(step) if step.isdigit() else step for step in path.split())
    part: Any = found
    for step in above:
        part = part[step]
    if value == "gone":
        del part[last]
    else:
        part[last] = value
    return found


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("period", "2021Q3", "period: '2021Q3'"),
        ("edition", 2, "edition: 2"),
        ("edition", "gone", "edition: —"),
        ("closed_at", "yesterday", "closed_at: 'yesterday'"),
        ("as_of", "2021-13", "as_of: '2021-13'"),
        ("note", 7, "note: 7"),
        ("note", "gone", "note: —"),
        ("tool", "0.3.0", "tool: '0.3.0'"),
        ("tool version", None, "tool.version: —"),
        ("hashes register", 1, "hashes.register: 1"),
        ("returns", {}, "returns: {}"),
        ("returns 0 period", "2021", "returns[0].period: '2021'"),
        ("returns 0 unit", None, "returns[0].unit: —"),
        ("returns 0 member", "gone", "returns[0].member: —"),
        ("gaps 1 actual", "1", "gaps[1].actual: '1'"),
        ("gaps 1 actual", True, "gaps[1].actual: True"),
        ("gaps 0 target", [1], "gaps[0].target: [1]"),
        ("gaps 0 status", "gone", "gaps[0].status: —"),
        ("gaps 1", "x", "gaps[1]: 'x'"),
    ],
)
def test_an_edition_unlike_ours_stops_with_what_stands_there(
    tmp_path: Path, path: str, value: object, told: str
) -> None:
    plan = plan_in(tmp_path)
    closed(plan, "2021Q2.json", json.dumps(changed(path, value)))
    with pytest.raises(PlanError) as caught:
        read_editions(plan)
    (problem,) = caught.value.problems
    assert (problem.name, problem.file, dict(problem.args)["found"]) == (
        "edition-damaged",
        str(plan.closed / "2021Q2.json"),
        told,
    )


@pytest.mark.parametrize(
    ("data", "at", "found"),
    [
        (b'{"period": \xff}', "", "byte 12"),
        (b'{"period": "2021Q2",\n}', "2:1", "Expecting property name enclosed in double quotes"),
        (b"", "1:1", "Expecting value"),
        (b"[" * 100_000, "", "nesting"),
        (b"[]", "1:1", "[]"),
        (b'{\n "period": "2021Q2",\n "edition": 3}', "3:13", "edition: 3"),
    ],
)
def test_a_file_that_is_no_edition_is_told_with_line_and_column(
    tmp_path: Path, data: bytes, at: str, found: str
) -> None:
    plan = plan_in(tmp_path)
    plan.closed.mkdir()
    (plan.closed / "2021Q2.json").write_bytes(data)
    with pytest.raises(PlanError) as caught:
        read_editions(plan)
    (problem,) = caught.value.problems
    assert (problem.name, problem.at, dict(problem.args)["found"]) == ("edition-damaged", at, found)


def test_a_mark_of_utf_8_before_it_is_read_through(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    closed(plan, "2021Q2.json", "\ufeff" + json.dumps(EDITION))
    assert list(read_editions(plan).latest) == [Q2]


def test_an_edition_is_written_whole_and_never_over_another(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    first, second = place_of(plan, Q2, 1), place_of(plan, Q2, 2)
    assert (first.name, second.name, first.parent) == ("2021Q2.json", "2021Q2.2.json", plan.closed)
    write_edition(first, "甲")
    unfinished(plan.closed).write_text("left by a run that was killed", "utf-8")
    with pytest.raises(FileExistsError):
        write_edition(first, "乙")
    write_edition(second, "丙")
    assert {path.name: path.read_text("utf-8") for path in plan.closed.iterdir()} == {
        "2021Q2.json": "甲",
        "2021Q2.2.json": "丙",
    }
