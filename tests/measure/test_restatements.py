"""Published figures that are others now: which, by how much, and by whose return (contract 5.3)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mdj_plan.archive.closing import next_number, place_of, write_edition
from mdj_plan.messages import messages
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.problems import PlanError
from mdj_plan.reports.data.edition import edition_json
from mdj_plan.run import run
from mdj_plan.unfinished import unfinished
from tests.reports.town import HEADER, PLAN, settle

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.assessment import Assessment

TWO = f"{HEADER}\n春风孵化器,孵化器,运营,1000,3\n夏雨孵化器,孵化器,运营,500,0\n"
ONE = f"{HEADER}\n春风孵化器,孵化器,运营,1000,3\n"
RETURNS = {"2017Q1/东区_2017Q1.csv": ONE, "2017Q2/东区_2017Q2.csv": ONE, "2017Q2/西区_2017Q2.csv": "报告类型,零报告\n"}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    close(settle(tmp_path, returns=RETURNS, period="2017Q2"))
    return tmp_path


def close(a: Assessment) -> Path:
    number = next_number(a.plan, a.period)
    path = place_of(a.plan, a.period, number)
    text = edition_json(a, messages("zh"), number=number, closed_at="2017-07-20T09:00:00+08:00", note=None)
    write_edition(path, text)
    return path


def again(folder: Path, period: str = "2017Q2") -> Assessment:
    return run(load_plan(folder / "config" / "targets.yaml"), period=Period.parse(period))


def file(folder: Path, name: str, text: str) -> None:
    (folder / "data" / "submissions" / name).write_text(text, "utf-8")


def told(a: Assessment) -> list[tuple[object, ...]]:
    """Each restatement: its period, the causes, and the figures as (unit, indicator, published, current)."""
    return [
        (
            str(each.edition.period),
            [(m.unit, str(m.period), m.was, m.now) for m in each.causes.returns],
            [(r.unit, r.indicator, r.was, r.now) for r in each.rows],
        )
        for each in a.restatements
    ]


def test_nothing_is_restated_where_nothing_has_changed(town: Path) -> None:
    a = again(town)
    assert told(a) == []
    assert (a.closed and (a.closed.number, a.closed.closed_at)) == (1, "2017-07-20T09:00:00+08:00")


def test_a_correction_restates_by_whose_return(town: Path) -> None:
    file(town, "2017Q2/东区_2017Q2.v2.csv", TWO)
    a = again(town)
    cause = ("east", "2017Q2", "2017Q2/东区_2017Q2.csv", "2017Q2/东区_2017Q2.v2.csv")
    moved = [(None, "incubators", 1, 2), (None, "area", 1000, 1500), ("east", "incubators", 1, 2)]
    assert told(a) == [("2017Q2", [cause], moved)]
    assert [row.difference for row in a.restatements[0].rows] == [1, 500, 1]
    assert [(f.code, f.at.file) for f in a.findings if f.code == "S109"] == [("S109", "2017Q2/东区_2017Q2.v2.csv")]


def test_a_late_return_of_an_earlier_quarter_is_a_cause_without_a_figure(town: Path) -> None:
    file(town, "2017Q1/西区_2017Q1.csv", "报告类型,零报告\n")
    a = again(town)
    assert told(a) == [("2017Q2", [("west", "2017Q1", None, "2017Q1/西区_2017Q1.csv")], [])]
    assert [f for f in a.findings if f.code == "S109"] == []  # 2017Q1 itself is not closed


def test_bytes_that_change_in_place_are_the_same_file_then_and_now(town: Path) -> None:
    file(town, "2017Q2/东区_2017Q2.csv", ONE + "\n")
    name = "2017Q2/东区_2017Q2.csv"
    assert told(again(town)) == [("2017Q2", [("east", "2017Q2", name, name)], [])]


def test_a_changed_target_is_told_and_the_plan_is_the_cause(town: Path) -> None:
    plan = town / "config" / "targets.yaml"
    plan.write_text(PLAN.replace("indicator: area, value: 8000", "indicator: area, value: 1000"), "utf-8")
    restated = again(town).restatements[0]
    row = restated.rows[0]
    assert (restated.causes.plan, restated.causes.quotas, restated.causes.tool) == (True, False, None)
    assert (row.indicator, row.was, row.now, row.published and row.published.target) == ("area", 1000, 1000, 8000)


def test_a_plan_file_that_only_looks_different_restates_nothing(town: Path) -> None:
    plan = town / "config" / "targets.yaml"
    plan.write_text("# 注\n" + plan.read_text("utf-8"), "utf-8")
    assert told(again(town)) == []


def test_a_figure_that_is_no_longer_owed_stands_on_one_side(town: Path) -> None:
    plan = town / "config" / "targets.yaml"
    plan.write_text(PLAN.replace("  - {indicator: area, value: 8000}\n", ""), "utf-8")
    assert [(r.indicator, r.was, r.now, r.difference) for r in again(town).restatements[0].rows] == [
        ("area", 1000, None, None)
    ]


def test_only_the_latest_edition_is_compared_and_earlier_ones_stay(town: Path) -> None:
    first = (town / "data" / "closed" / "2017Q2.json").read_bytes()
    file(town, "2017Q2/东区_2017Q2.v2.csv", TWO)
    assert close(again(town)).name == "2017Q2.2.json"
    a = again(town)
    assert (told(a), a.closed and a.closed.number) == ([], 2)
    assert (town / "data" / "closed" / "2017Q2.json").read_bytes() == first


def test_a_later_period_tells_the_restatements_of_earlier_ones(town: Path) -> None:
    file(town, "2017Q2/东区_2017Q2.v2.csv", TWO)
    a = again(town, "2017Q3")
    assert (a.closed, [str(each.edition.period) for each in a.restatements]) == (None, ["2017Q2"])


def test_an_edition_is_never_written_over(town: Path) -> None:
    path = town / "data" / "closed" / "2017Q2.json"
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        write_edition(path, "{}")
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["2017Q2.json"]


def test_what_a_killed_run_left_is_no_edition(town: Path) -> None:
    left = unfinished(town / "data" / "closed")
    left.write_text("{", "utf-8")
    assert told(again(town)) == []
    close(again(town))
    assert not left.exists()


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (lambda text: text[: len(text) // 2], ":"),
        (lambda text: "", ":1:1"),
        (lambda text: text.replace('"returns"', '"return"'), ":1:1: 已公布的数据读不出或不完整（returns: —）"),
        (lambda text: text.replace('"edition": 1', '"edition": 2'), ":7:13: 已公布的数据读不出或不完整（edition: 2）"),
        (lambda text: text.replace('"period": "2017Q2",\n', '"period": "2017Q3",\n', 1), "2017Q3"),
        (lambda text: text.replace('"actual": 1000', '"actual": "1000"'), "（gaps[1].actual: '1000'）"),
        (lambda text: text.replace('"status": "', '"state": "'), "（gaps[0].status: —）"),
        (lambda text: text.replace("2017-07-20T", "20 July "), "（closed_at: '20 July 09:00:00+08:00'）"),
        (lambda text: "[]", ":1:1: 已公布的数据读不出或不完整（[]）"),
        (lambda text: "[" * 100_000, ""),
    ],
)
def test_a_damaged_edition_stops_the_run_with_its_file(town: Path, damage: object, found: str) -> None:
    path = town / "data" / "closed" / "2017Q2.json"
    text = path.read_text("utf-8")
    changed = damage(text)  # type: ignore[operator] # a table of functions
    assert changed != text
    path.write_text(changed, "utf-8")
    with pytest.raises(PlanError) as error:
        again(town)
    said = error.value.problems[0].sentence(messages("zh"))
    assert str(path) in said
    assert found in said


def test_an_edition_holds_what_check_says(town: Path) -> None:
    kept = json.loads((town / "data" / "closed" / "2017Q2.json").read_text("utf-8"))
    assert list(kept) == [
        *("schema_version", "tool", "plan", "period", "as_of", "edition", "closed_at", "note", "hashes", "returns"),
        *("gaps", "duties", "submissions", "overlaps"),
    ]
    assert [(row["unit"], row["member"], row["period"], row["file"]) for row in kept["returns"]] == [
        ("east", None, "2017Q1", "2017Q1/东区_2017Q1.csv"),
        ("east", None, "2017Q2", "2017Q2/东区_2017Q2.csv"),
        ("west", None, "2017Q2", "2017Q2/西区_2017Q2.csv"),
    ]
