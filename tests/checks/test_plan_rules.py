"""What a plan says of the rules: other limits, other severities, rules that are off (contract 6.4)."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.cli.app import run as command
from mdj_plan.findings import Severity
from tests.checks import world
from tests.checks.world import C1, findings, table


def row(area: str, tenants: str = "10") -> str:
    return f"示例云杉,{C1},孵化器,,运营,{area},{tenants},0,9"


def found(folder: Path, rules: str, before: str, now: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    monkeypatch.setattr(world, "PLAN", f"{world.PLAN}rules: {{{rules}}}\n")
    files = {"东示区_1": table(row(before)), "东示区_2": table(now)}
    return [(f.code, f.severity.value) for f in findings(folder, files) if f.unit == "east"]


@pytest.mark.parametrize(
    ("rules", "before", "now", "expected"),
    [
        pytest.param("", "1000", row("1200"), [], id="a fifth"),
        pytest.param("", "1000", row("1201"), [("X107", "warning")], id="more than a fifth"),
        pytest.param("X107: {over: 30}", "1000", row("1201"), [], id="the plan allows more"),
        pytest.param("X107: {over: 5.5}", "1000", row("1056"), [("X107", "warning")], id="the plan allows less"),
        pytest.param("V111: {smallest_area: 100}", "1000", row("99.9", "1"), [("V111", "warning")], id="smallest"),
        pytest.param("V111: {largest_area: 1000}", "1000", row("1000.5"), [("V111", "warning")], id="largest"),
        pytest.param("V111: {most_tenants: 9}", "1000", row("1000"), [("V111", "warning")], id="densest"),
        pytest.param("X107: {severity: note}", "1000", row("1300"), [("X107", "note")], id="a note"),
        pytest.param("X107: {severity: error}", "1000", row("1300"), [("X107", "error")], id="an error"),
        pytest.param("X107: {severity: off, reason: 面积另查}", "1000", row("1300"), [], id="off"),
        pytest.param(
            "V111: {severity: off, reason: 面积另查}", "1000", row("9", "0"), [("X107", "warning")], id="hides no other"
        ),
    ],
)
def test_a_rule_as_the_plan_has_it(
    rules: str, before: str, now: str, expected: list[tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = found(tmp_path, rules, before, now, monkeypatch)
    assert [each for each in told if each[0] in {"V111", "X107"}] == expected


def test_findings_of_reading_and_of_the_plan_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        world,
        "PLAN",
        world.PLAN.replace(", clause: 一}", "}")
        + "rules: {P104: {severity: note}, L109: {severity: off, reason: 可以隐藏}}\n",
    )
    assert [f.severity for f in findings(tmp_path, {"东示区_2": table(row("1000"))}) if f.code == "P104"] == [
        Severity.NOTE
    ]


def folder_with(rules: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world, "PLAN", f"{world.PLAN}rules: {{{rules}}}\n")
    findings(folder, {"东示区_1": table(row("1000")), "东示区_2": table(row("1300"))})
    monkeypatch.chdir(folder)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    command([*arguments, "--lang", "zh"])
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_what_is_off_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder_with("X107: {severity: off, reason: 面积另查}", tmp_path, monkeypatch)
    lines = said(capsys, "check")
    assert [line for line in lines if "X107" in line and "停用" in line] == ["计划已停用 X107（面积突变）：面积另查"]


def test_every_rule_is_listed_as_the_plan_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder_with(
        "X107: {severity: off, reason: 面积另查}, V111: {smallest_area: 80}, S105: {severity: note}",
        tmp_path,
        monkeypatch,
    )
    lines = said(capsys, "explain")
    assert "X107 面积突变 停用（原为警告） over 20（百分比）" in lines
    assert "S105 与上期完全相同 提示（原为警告）" in lines
    assert "smallest_area 80（平方米；默认 50）" in " ".join(lines)
    assert "X104 累计数下降 错误" in lines
    assert lines[-1] == "计划已停用 X107（面积突变）：面积另查"


def test_one_rule_as_the_plan_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder_with("X107: {severity: note, over: 30}", tmp_path, monkeypatch)
    lines = said(capsys, "explain", "X107")
    assert lines[1] == "area-jumped · 提示（原为警告） · 与其他报表、以前各期核对时发现"
    assert lines[-2:] == ["参数", "over 30（百分比；默认 20）"]


def test_rules_are_explained_where_there_is_no_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "X107 面积突变 警告 over 20（百分比）" in said(capsys, "explain")
