"""The quota table as offices keep it: what it says, and what is refused at which cell (contract 1 and 5.2)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mdj_plan.messages import messages
from mdj_plan.period import Period
from mdj_plan.plan.lint import lint
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.model import Plan
from mdj_plan.plan.problems import PlanError
from tests.plan.test_load import PLAN, write
from tests.sheets.workbooks import workbook

HEAD = ["责任单位", "指标", "目标", "基数", "完成时限", "依据"]
TAIL = [None, None, "二"]


def planned(folder: Path, *rows: list[Any], merge: str = "") -> Plan:
    path = write(folder, PLAN.replace("quotas.csv", "quotas.xlsx"))
    (folder / "quotas.xlsx").write_bytes(workbook(rows, merge))
    return load_plan(path)


def in_text(folder: Path, quotas: str) -> Plan:
    return load_plan(write(folder, quotas=quotas))


def owed(plan: Plan) -> list[tuple[str | None, str, str, str]]:
    return [(t.unit, t.indicator, str(t.value), str(t.due)) for t in plan.targets if t.unit]


def refused(folder: Path, *rows: list[Any]) -> list[str]:
    with pytest.raises(PlanError) as caught:
        planned(folder, *rows)
    return [problem.sentence(messages("en")) for problem in caught.value.problems]


def test_a_unit_merged_over_two_rows_owes_both(tmp_path: Path) -> None:
    plan = planned(tmp_path, HEAD, ["东区", "孵化器", 3, *TAIL], [None, "孵化面积", 1200, *TAIL], merge="A2:A3")
    assert owed(plan) == [("east", "incubators", "3", "2022Q4"), ("east", "area", "1200", "2022Q4")]


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ("4家以上", "4"),
        ("≥4", "4"),
        ("不少于4家", "4"),
        ("4家及以上", "4"),
        ("１４家", "14"),
        ("1,200", "1200"),
        ("1200.5", "1200.5"),
        (4.0, "4"),
    ],
)
def test_targets_are_floors_with_their_unit(tmp_path: Path, stated: object, value: str) -> None:
    assert owed(planned(tmp_path, HEAD, ["东区", "孵化器", stated, *TAIL])) == [("east", "incubators", value, "2022Q4")]


def test_areas_are_converted_by_the_unit_in_cell_or_head(tmp_path: Path) -> None:
    head = ["责任单位", "指标", "目标（万平方米）"]
    assert owed(planned(tmp_path, head, ["东区", "孵化面积", 1.2])) == [("east", "area", "12000", "2022Q4")]
    assert owed(planned(tmp_path, HEAD, ["东区", "孵化面积", "1.2万㎡", *TAIL])) == [
        ("east", "area", "12000", "2022Q4")
    ]


@pytest.mark.parametrize("due", ["2021年底", "2021年12月", dt.date(2021, 12, 31), 44561, 2021, "2021Q4"])
def test_deadlines_as_offices_write_them(tmp_path: Path, due: object) -> None:
    assert owed(planned(tmp_path, HEAD, ["东区", "孵化器", 3, None, due, "二"])) == [
        ("east", "incubators", "3", "2021Q4")
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["东区", "孵化器", 0, *TAIL], ["quotas.xlsx:Sheet!C2: says “0”; expected: a number above 0"]),
        (["东区", "孵化器", None, *TAIL], ["quotas.xlsx:Sheet!C2: says “”; expected: a number above 0"]),
        (["东区", "孵化器", "约4", *TAIL], ["quotas.xlsx:Sheet!C2: says “约4”; expected: a number above 0"]),
        (["东区", "孵化器", "4亩", *TAIL], ["quotas.xlsx:Sheet!C2: says “4亩”; expected: a number above 0"]),
        (
            ["东区", "孵化器", 3, "无数", "2021-11-15", "二"],
            [
                "quotas.xlsx:Sheet!D2: says “无数”; expected: a number, 0 or more",
                "quotas.xlsx:Sheet!E2: says “2021-11-15”; expected: a quarter such as 2019Q4",
            ],
        ),
        (
            ["东区", "孵化噐", "四", "无数", "2019年底", "二"],  # no figure in whatever unit the indicator has
            [
                "quotas.xlsx:Sheet!B2: says “孵化噐”; expected: 孵化器",
                "quotas.xlsx:Sheet!C2: says “四”; expected: a number above 0",
                "quotas.xlsx:Sheet!D2: says “无数”; expected: a number, 0 or more",
            ],
        ),
        (
            ["东区", "孵化器", 3, None, "2019年底", "二"],  # as it was typed
            ["quotas.xlsx:Sheet!E2: says “2019年底”; expected: ≥ 2021Q1"],
        ),
        (
            [None, None, 3, *TAIL],
            ["quotas.xlsx:Sheet!A2: “责任单位” is blank", "quotas.xlsx:Sheet!B2: “指标” is blank"],
        ),
    ],
)
def test_what_cannot_be_read_exactly_is_refused_at_its_cell(
    tmp_path: Path, row: list[Any], expected: list[str]
) -> None:
    assert sorted(refused(tmp_path, HEAD, row)) == sorted(expected)


@pytest.mark.parametrize(
    ("stated", "found"),
    [("6", []), ("9", []), ("3", []), ("7", [("P111", "C3", "7")])],  # 2 units that take part, 3 units, as typed
)
def test_a_total_is_compared_and_not_counted(tmp_path: Path, stated: str, found: list[tuple[str, str, str]]) -> None:
    plan = in_text(tmp_path, f"责任单位,指标,目标,依据\n各区,孵化器,3,二\n合计,孵化器,{stated},\n")
    assert [t.unit for t in plan.targets if t.unit] == ["east", "west", "far"]
    assert [(f.code, f.at.cell, f.value) for f in lint(plan) if f.code == "P111"] == found


def test_a_total_without_an_indicator_is_that_of_the_only_one(tmp_path: Path) -> None:
    plan = in_text(tmp_path, "责任单位,指标,目标,依据\n东区,孵化器,3,二\n合计,,5,\n")
    assert [(f.code, f.at.cell) for f in lint(plan) if f.code == "P111"] == [("P111", "C3")]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("东区,孵化面积,500,,二\n合计,孵化器,4,,\n合计,孵化面积,500,,\n", [("P111", "C4", "4")]),
        ("东区,孵化面积,500,,二\n合计,,7,,\n", []),  # of two indicators it may mean either
        ("东区,孵化器,9,2021Q3,三\n合计,孵化器,3,,\n", []),  # what is revised later is none of it
        ("东区,孵化器,9,2021Q3,三\n合计,孵化器,12,,\n", [("P111", "C4", "12")]),
        ("合计,孵化器,,,\n", []),
        ("合计,孵化器,约3,,\n", []),
    ],
)
def test_a_total_is_of_one_indicator_and_of_the_original_targets(
    tmp_path: Path, rows: str, found: list[tuple[str, str, str]]
) -> None:
    plan = in_text(tmp_path, f"责任单位,指标,目标,调整自,依据\n东区,孵化器,3,,二\n{rows}")
    assert [(f.code, f.at.cell, f.value) for f in lint(plan) if f.code == "P111"] == found


def test_milestones_by_year_and_floor(tmp_path: Path) -> None:
    plan = in_text(tmp_path, "责任单位,指标,目标,2021年目标,2022Q2,依据\n东区,孵化器,6,2家以上,4,二\n")
    (target,) = (t for t in plan.targets if t.unit)
    assert target.milestones == ((Period(2021, 4), Decimal(2)), (Period(2022, 2), Decimal(4)))


def test_a_unit_s_own_row_wins_over_its_group_s_also_in_a_revision(tmp_path: Path) -> None:
    plan = in_text(
        tmp_path,
        "责任单位,指标,目标,调整自,完成时限,依据\n"
        "各区,孵化器,3,,2022Q2,二\n东区,孵化器,4,,,二\n各区,孵化器,5,2021Q4,,三\n东区,孵化器,6,2021Q4,2022Q4,三\n",
    )
    first = {t.unit: (t.value, str(t.due)) for t in plan.targets if t.unit}
    later = {t.unit: (t.value, str(t.due)) for t in plan.revisions}
    assert first == {"east": (4, "2022Q4"), "west": (3, "2022Q2"), "far": (3, "2022Q2")}
    assert later == {"east": (6, "2022Q4"), "west": (5, "2022Q2"), "far": (5, "2022Q2")}
    assert plan.repeated == ()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8"])
def test_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path)
    (tmp_path / "quotas.csv").write_bytes("责任单位,指标,目标,依据\r\n东区,孵化器,3,二\r\n".encode(encoding))
    assert owed(load_plan(path)) == [("east", "incubators", "3", "2022Q4")]
