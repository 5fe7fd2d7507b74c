"""Duties: told twice (X101), told not at all (P105)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.world import findings, told


def test_a_duty_told_twice(tmp_path: Path) -> None:
    files = {"市示农委_2": "任务,本季进展数,状态\n宣传,3,进行中\nPublicity,4,进行中\n"}
    assert told(tmp_path, files) == ["X101 市示农委 A3 任务“宣传”在 A2 已经填过；这一行不计入。"]
    assert [f.value for f in findings(tmp_path, files) if f.code == "X101"] == ["Publicity"]


SILENT = "P105 市示农委 市示农委本期没有报告“宣传”的进展。"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param("宣传,3,进行中", [], id="told"),
        pytest.param("", [SILENT], id="not told"),
        pytest.param("宣传,,无", [SILENT, "V101 市示农委 C2 “状态”没有填。"], id="named, and nothing said of it"),
        pytest.param("宣船,3,进行中", ["V106 市示农委 A2 “任务”填“宣船”，不在选项内"], id="misspelt"),
        pytest.param(",3,进行中", ["V101 市示农委 A2 “任务”没有填。"], id="without the duty's name"),
    ],
)
def test_a_duty_is_silent_where_a_return_says_nothing_of_it(rows: str, expected: list[str], tmp_path: Path) -> None:
    files = {"市示农委_2": f"任务,本季进展数,状态\n{rows}\n", "市示工信委_2": "报告类型,零报告\n载体名称,载体类型\n"}
    lines = told(tmp_path, files, but=frozenset({"S101", "S106"}))
    assert [line.partition("（")[0] for line in lines] == expected


def test_a_unit_without_a_return_is_missing_and_not_silent_besides(tmp_path: Path) -> None:
    files = {"市示工信委_2": "报告类型,零报告\n载体名称,载体类型\n"}
    missing = [line for line in told(tmp_path, files, but=frozenset()) if "市示农委" in line]
    assert missing == ["S101  市示农委没有报送本期报表（应于 2021-07-15 前报送）。"]
