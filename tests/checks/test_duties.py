"""Duties: told twice (X101)."""

from __future__ import annotations

from pathlib import Path

from tests.checks.world import findings, told


def test_a_duty_told_twice(tmp_path: Path) -> None:
    files = {"市示农委_2": "任务,本季进展数,状态\n宣传,3,进行中\nPublicity,4,进行中\n"}
    assert told(tmp_path, files) == ["X101 市示农委 A3 任务“宣传”在 A2 已经填过；这一行不计入。"]
    assert [f.value for f in findings(tmp_path, files) if f.code == "X101"] == ["Publicity"]
