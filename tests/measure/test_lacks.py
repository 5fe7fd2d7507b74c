"""Under every ``*`` stands who is short of what: returns that are out, blanks, rows that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.messages import messages
from mdj_plan.reports.tables.targets import CITY
from mdj_plan.reports.tables.values import worded
from tests.checks import world
from tests.checks.world import C1, C2, assessed, table

PLAN = world.PLAN.replace(
    "targets:\n",
    """\
  - {id: area, name: {zh: 孵化面积, en: Area}, unit: ㎡, sum: area_m2}
  - {id: graduates, name: {zh: 新增毕业, en: Graduates}, unit: 户, sum: new_graduates, over: plan}
targets:
  - {indicator: area, value: 9000, clause: 一}
  - {indicator: graduates, value: 90, clause: 一}
""",
)


def cedar(area: str = "1000", new: str = "1") -> str:
    return f"示例云杉,{C1},孵化器,,运营,{area},10,{new},9"


def pine(area: str = "1000", new: str = "1", kind: str = "孵化器") -> str:
    return f"示例松涛,{C2},{kind},,运营,{area},10,{new},9"


NIL = "报告类型,零报告\n"
ALL = {f"{unit}_{quarter}": NIL for unit in ("西示区", "示开发区", "市示农委", "市示工信委") for quarter in (1, 2)}
EAST = {"东示区_1": table(cedar(), pine()), "东示区_2": table(cedar(), pine())}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param(
            {"东示区_2": table(cedar(area=""), pine())},
            ["* 实际可能更高：孵化面积（东示区 1 家没有填（2021Q2））。"],
            id="a blank",
        ),
        pytest.param(
            {"东示区_1": table(cedar(new=""), pine()), "西示区_1": None, "西示区_2": None},
            ["* 实际可能更高：新增毕业（东示区 1 家没有填（2021Q1）、西示区 2021Q1-2021Q2 未报）。"],
            id="a flow, over all its quarters",
        ),
        pytest.param(
            {"东示区_2": table(cedar(), pine(kind="楼宇"))},
            [
                (
                    "* 实际可能更高：孵化器（东示区 1 行不能用（2021Q2））；孵化面积（东示区 1 行不能用（2021Q2））；"
                    "新增毕业（东示区 1 行不能用（2021Q2））。"
                )
            ],
            id="a row without a usable kind",
        ),
        pytest.param(
            {"示开发区_2": None, "甲园_2": NIL},
            ["* 实际可能更高：新增毕业（示开发区 2021Q2 未报全）。"],
            id="a member is out",
        ),
    ],
)
def test_who_is_short_of_what(
    changes: dict[str, str | None], expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world, "PLAN", PLAN)
    files = {name: text for name, text in (ALL | EAST | changes).items() if text is not None}
    texts = messages("zh")
    notes = [worded(note.text, texts) for note in CITY.of(assessed(tmp_path, files)).notes]
    assert [note for note in notes if note.startswith("*")] == expected
