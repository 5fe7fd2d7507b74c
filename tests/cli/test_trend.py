"""`mdj-plan trend`: the figures of each period, as `check` of that period gives them (contract 5.1)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mdj_plan.cli.app import run
from tests.cli.world import built

if TYPE_CHECKING:
    from pathlib import Path

Text = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    built(tmp_path)


def said(capsys: Text, *arguments: str) -> str:
    assert run([*arguments, "--lang", "zh"]) == 0
    return capsys.readouterr().out


def test_every_row_is_that_of_the_checks_of_its_period(capsys: Text) -> None:
    rows = json.loads(said(capsys, "trend", "--format", "json"))["rows"]
    for period in ("2021Q1", "2021Q2"):
        gaps = json.loads(said(capsys, "check", "--period", period, "--format", "json", "--fail-on", "never"))["gaps"]
        own = [row for row in rows if row["period"] == period]
        assert [{key: gap[key] for key in row if key in gap} for gap, row in zip(gaps, own, strict=True)] == [
            {key: row[key] for key in row if key in gap} for gap, row in zip(gaps, own, strict=True)
        ]
    assert [row["period"] for row in rows[:2]] == ["2021Q1", "2021Q2"]
    assert list(rows[0])[-3:] == ["reporting", "incomplete", "published"]


def test_change_is_since_the_period_before_listed_or_not(capsys: Text) -> None:
    every = json.loads(said(capsys, "trend", "--indicator", "孵化面积", "--format", "json"))["rows"]
    assert [(row["unit"], row["period"], row["change"]) for row in every[:2]] == [
        (None, "2021Q1", None),
        (None, "2021Q2", every[1]["actual"] - every[0]["actual"]),
    ]
    late = json.loads(said(capsys, "trend", "--indicator", "area", "--from", "2021Q2", "--format", "json"))["rows"]
    assert late[0] == every[1]


def test_what_was_published_stands_beside(capsys: Text) -> None:
    said(capsys, "close", "2021Q1", "--accept-errors")
    rows = json.loads(said(capsys, "trend", "--unit", "east", "--format", "json"))["rows"]
    assert {row["unit"] for row in rows} == {"east"}
    assert all(row["published"] == (row["actual"] if row["period"] == "2021Q1" else None) for row in rows)


def test_on_the_screen(capsys: Text) -> None:
    page = said(capsys, "trend", "--indicator", "incubators")
    assert page.startswith("没有连续三季及以上落后的。\n\n全市 · 孵化器（家）：目标 5，2022Q4 前完成\n")
    assert max(map(len, page.splitlines())) <= 120


@pytest.mark.parametrize(
    ("arguments", "objection"),
    [
        (["--from", "2020Q4"], "--from 2020Q4 不在 2021Q1 至 2021Q2 之间"),
        (["--from", "2021Q3"], "--from 2021Q3 不在 2021Q1 至 2021Q2 之间"),
        (["--indicator", "孵化"], "没有“孵化”这项指标"),
    ],
)
def test_what_cannot_be_shown(capsys: Text, arguments: list[str], objection: str) -> None:
    assert run(["trend", *arguments, "--lang", "zh"]) == 2
    assert objection in capsys.readouterr().err
