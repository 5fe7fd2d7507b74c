"""Scores by the plan's own formula, worked out by hand (contract 6.3)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mdj_plan.cli.app import run
from tests.gallery.examples import PLAN, QUOTAS, clean

if TYPE_CHECKING:
    from pathlib import Path

SCORE = (
    "score: {of: target, cap: 1.2, weights: {孵化器: 2}, deductions: {late: 2, missing: 5, error: 0.5, overdue: 1}}\n"
)
ACTIONS = "编号,事项,责任单位,完成时限\n1,再建一家,西示区,2021-05-31\n"


def scored(tmp_path: Path, capfd: pytest.CaptureFixture[str], *, section: str = SCORE) -> list[dict[str, object]]:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "targets.yaml").write_text(PLAN + section, "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "quotas.csv").write_text(QUOTAS, "utf-8")
    (tmp_path / "data" / "actions.csv").write_text(ACTIONS, "utf-8")
    returns = clean()
    name = "2021Q2/西示区_2021Q2.csv"
    returns[name] = returns[name].replace(b"2021-07-05", b"2021-07-20")  # late
    for file, data in returns.items():
        path = tmp_path / "data" / "submissions" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    plan = str(tmp_path / "config" / "targets.yaml")
    assert run(["check", "--plan", plan, "--format", "json", "--fail-on", "never"]) == 0
    found: list[dict[str, object]] = json.loads(capfd.readouterr().out)["scores"]
    return found


def test_points_deductions_and_ranks(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    east, west, office = scored(tmp_path, capfd)
    assert (east["unit"], east["score"], east["rank"]) == ("east", 100, 1)  # 2 of 2
    assert (west["unit"], west["score"], west["rank"]) == ("west", 47, 2)  # 1 of 2: 50, less 2 and 1
    assert west["parts"] == [{"indicator": "incubators", "weight": 2, "ratio": 0.5, "points": 50}]
    assert west["deductions"] == [
        {"what": "late", "count": 1, "points": 2},
        {"what": "overdue", "count": 1, "points": 1},
    ]
    assert (office["unit"], office["score"], office["rank"], office["parts"]) == ("office", None, None, [])


def test_without_the_section_there_is_no_score(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert scored(tmp_path, capfd, section="") == []
