"""What the guide of a blank return says of the unit itself: its targets, how it stands, its duties so far."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from mdj_plan.cli.app import run
from tests.reports.county import RETURNS, county


def guide(folder: Path, who: str, period: str, language: str, returns: dict[str, str] | None = None) -> list[str]:
    """The lines below the third heading, cells apart."""
    county(folder, returns=RETURNS if returns is None else returns, period="2017Q1")
    plan = str(folder / "config" / "targets.yaml")
    out = folder / "blank"
    assert run(["template", "--plan", plan, "--all", "--period", period, "-o", str(out), "--lang", language]) == 0
    book = openpyxl.load_workbook(out / f"{who}_{period}.xlsx")
    sheet = next(book[name] for name in book.sheetnames if name.startswith("填表说明"))
    rows = [" | ".join(str(c) for c in row if c is not None) for row in sheet.iter_rows(values_only=True)]
    lines = [row for row in rows if row]
    start = next((n for n, line in enumerate(lines) if line.startswith(("三、", "3 "))), len(lines) - 1)
    return lines[start:-1]


def test_targets_with_their_figures_of_the_quarter_before(tmp_path: Path) -> None:
    assert guide(tmp_path, "春区", "2017Q3", "zh") == [
        "三、春区任务与进展（2017年第二季度报表，序时进度算至2017年6月末）",
        "指标 | 目标任务 | 完成时限 | 累计完成 | 完成率 | 序时进度 | 差值（百分点） | 状态",
        "孵化器（家） | 2 | 2018年第四季度 | 2 | 100.0% | 25.0% | 75.0 | 已完成",
        "孵化面积（万平方米） | 2 | 2018年第四季度 | 1.2* | 60.0% | 25.0% | 35.0 | 达到序时",
        "* 实际可能更高：春区孵化面积（春区 1 家没有填（2017Q2））。",
    ]


def test_at_the_plans_start_the_targets_alone(tmp_path: Path) -> None:
    assert guide(tmp_path, "夏区", "2017Q1", "en", {}) == [
        "3 Summer: targets",
        "Indicator | Target | Due",
        "Incubators (家) | 2 | 2018Q4",
    ]


@pytest.mark.parametrize(
    ("who", "language", "line"),
    [
        ("商务局", "zh", "办展会：累计2场。"),
        ("商务局", "en", "Hold fairs: 2 场 so far."),
        ("新闻社", "zh", "宣传：以前各季没有报过进展数。"),
        ("新闻社", "en", "Publicity: no figure so far."),
    ],
)
def test_a_duty_so_far(tmp_path: Path, who: str, language: str, line: str) -> None:
    assert guide(tmp_path, who, "2017Q3", language)[-1] == line


def test_a_member_sees_its_units_targets(tmp_path: Path) -> None:
    assert guide(tmp_path, "甲园", "2017Q3", "zh")[1:3] == [
        "指标 | 目标任务 | 完成时限 | 累计完成 | 完成率 | 序时进度 | 差值（百分点） | 状态",
        "孵化器（家） | 4 | 2018年第四季度 | 2° | 50.0% | 25.0% | 25.0 | 达到序时",
    ]
