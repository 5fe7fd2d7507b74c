"""Decisions on a day: by their completion, else by the figures, else by the calendar (contract 6.1)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mdj_plan.cli.app import run
from tests.folders import lay_out
from tests.gallery.examples import PLAN, QUOTAS, clean

if TYPE_CHECKING:
    from pathlib import Path

TABLE = """\
编号,会议日期,事项,责任单位,完成时限,指标,目标值,完成日期,进展,备注
1,2021-04-10,办结,东示区,2021-06-30,,,2021-06-30,,
2,2021-04-10,迟办,东示区,2021-05-31,,,2021-06-01,,
3,2021-04-10,达到目标,东示区,2021-05-31,孵化器,,,,
4,2021-04-10,未达目标,西示区,2021-06-01,孵化器,,,谈判中,
5,2021-04-10,没有指标,市示局,2021-05-01,,,,,
6,2021-04-10,明年,市示局,2022-06-30,,,,,
7,2021-04-10,下月,市示局,2021-07-30,,,2021-07-15,,
8,2021-04-10,两家就行,西示区,2021-05-31,孵化器,1,,,
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lay_out(tmp_path, PLAN, QUOTAS, clean(), actions=TABLE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MDJ_PLAN_LANG", "zh")
    return tmp_path


def rows(capfd: pytest.CaptureFixture[str], *options: str) -> list[tuple[str, str, int | None]]:
    assert run(["actions", "--format", "json", *options]) == 0
    return [(row["id"], row["status"], row["days_overdue"]) for row in json.loads(capfd.readouterr().out)["rows"]]


@pytest.mark.usefixtures("folder")
def test_statuses_days_and_order(capfd: pytest.CaptureFixture[str]) -> None:
    # 东示区 has 2 incubators of its 2, 西示区 1 of 2; the last day of 2021Q2 is 30 June
    assert rows(capfd) == [
        ("5", "overdue", 60),
        ("4", "overdue", 29),
        ("7", "open", None),  # completed later than the day that is looked at
        ("6", "open", None),
        ("3", "met", None),
        ("8", "met", None),
        ("2", "done_late", None),
        ("1", "done", None),
    ]


@pytest.mark.usefixtures("folder")
def test_on_another_day(capfd: pytest.CaptureFixture[str]) -> None:
    found = {id_: status for id_, status, _ in rows(capfd, "--on", "2021-05-31", "--period", "2021Q2")}
    assert found["2"] == "open"  # due that very day, completed the day after
    assert found["4"] == "open"
    assert found["5"] == "overdue"


@pytest.mark.usefixtures("folder")
def test_figures_beside_a_decision(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["actions", "--format", "json", "--unit", "west"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert (found["on"], found["period"]) == ("2021-06-30", "2021Q2")
    assert [(r["id"], r["wanted"], r["actual"], r["progress"]) for r in found["rows"]] == [
        ("4", 2, 1, "谈判中"),
        ("8", 1, 1, None),
    ]


@pytest.mark.usefixtures("folder")
def test_on_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["actions", "--unit", "office"]) == 0
    out = capfd.readouterr().out
    assert "2021-06-30 的议定事项，数字取自 2021Q2。" in out
    assert "逾期60天" in out


def test_check_names_what_is_overdue(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert folder
    assert run(["check", "--format", "json", "--fail-on", "never"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert [row["id"] for row in found["actions"]] == ["5", "4", "7", "6", "3", "8", "2", "1"]
    overdue = [(f["cell"], f["unit"]) for f in found["findings"] if f["code"] == "P109"]
    assert sorted(overdue) == [("A5", "west"), ("A6", "office")]


def test_a_decision_is_added_after_the_meeting(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = (folder / "data" / "actions.csv").read_bytes()
    add = ["actions", "add", "--id", "9", "--text", "再建一家", "--due", "2021-12-31"]
    assert run([*add, "--unit", "东岸"]) == 2
    assert "东岸" in capfd.readouterr().err
    assert (folder / "data" / "actions.csv").read_bytes() == before
    assert run([*add, "--unit", "东示区", "--unit", "西示区"]) == 0
    added = (folder / "data" / "actions.csv").read_bytes().removeprefix(before).decode()
    assert added == "9,,再建一家,东示区、西示区,2021-12-31,,,,,\n"
