"""The plan's own findings, and the reconciliation of quotas with city targets."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from mdj_plan.period import Period
from mdj_plan.plan.lint import lint, reconcile
from mdj_plan.plan.load import load_plan
from tests.plan.test_load import PLAN, QUOTAS, write


def test_fourteen_and_nine_times_four_make_fifty_and_fifty_four_with_suifenhe() -> None:
    rows = {row.target.indicator: row for row in reconcile(load_plan(Path("config/targets.yaml")))}
    row = rows["incubators"]
    assert (row.allocated, row.if_all) == (Decimal(50), Decimal(54))
    assert row.parts == ((Decimal(14), 1), (Decimal(4), 9))
    assert rows["national_incubators"].allocated is None


def test_the_notice_itself_raises_nothing() -> None:
    assert lint(load_plan(Path("config/targets.yaml"))) == ()


@pytest.mark.parametrize(
    ("plan", "quotas", "expected"),
    [
        (PLAN, QUOTAS, [("P101", "targets.yaml", "16:5", "10")]),  # 3 + 3 of districts against 10
        (PLAN.replace("value: 10", "value: 6"), QUOTAS, []),
        (
            PLAN.replace("value: 10", "value: 6"),
            QUOTAS + "    东区,孵化器,5,,二\n    东区,孵化器,4,,二\n    各区,孵化器,2,,二\n",
            [("P102", "quotas.csv", "C5", "4"), ("P102", "quotas.csv", "C6", "2")],  # once a row, also of a group
        ),
        (
            PLAN.replace("value: 10", "value: 6").replace("2021Q4: 4", "2021Q4: 7"),
            QUOTAS,
            [("P103", "targets.yaml", "16:5", "0 → 7 → 6")],
        ),
        (
            PLAN.replace("value: 10", "value: 6"),
            QUOTAS.replace("1,,三", "1,,"),
            [("P104", "quotas.csv", "C3", "1")],
        ),
    ],
)
def test_findings(tmp_path: Path, plan: str, quotas: str, expected: list[tuple[str, str, str, str]]) -> None:
    found = lint(load_plan(write(tmp_path, plan, quotas)))
    assert [(f.code, f.at.file, f.at.cell, f.value) for f in found] == expected


def test_only_the_city_s_targets_are_reconciled_and_only_with_quotas_of_one_kind(tmp_path: Path) -> None:
    (row,) = reconcile(load_plan(write(tmp_path)))  # 3 + 3 of districts; the office's 1 is none of theirs
    assert (row.target.unit, row.allocated, row.parts) == (None, Decimal(6), ((Decimal(3), 2),))
    assert row.if_all == Decimal(9)  # if the far district took part
    assert [row._replace(allocated=sum_).enough for sum_ in (None, Decimal(9), Decimal(10), Decimal(11))] == [
        False,
        False,
        True,  # the target is 10
        True,
    ]


def test_where_no_district_has_a_quota_those_of_departments_are_summed(tmp_path: Path) -> None:
    (row,) = reconcile(load_plan(write(tmp_path, quotas="责任单位,指标,目标,依据\n市办,孵化器,7,三\n")))
    assert (row.allocated, row.parts, row.if_all) == (Decimal(7), ((Decimal(7), 1),), None)


def test_sums_are_of_the_versions_in_force(tmp_path: Path) -> None:
    quotas = "责任单位,指标,目标,调整自,依据\n各区,孵化器,5,,二\n东区,孵化器,2,2021Q3,二\n"
    plan = load_plan(write(tmp_path, quotas=quotas))
    allocated = [reconcile(plan, period)[0].allocated for period in (Period(2021, 2), Period(2021, 3), None)]
    assert allocated == [Decimal(10), Decimal(7), Decimal(7)]
    assert [[f.code for f in lint(plan, period)] for period in (Period(2021, 2), Period(2021, 3))] == [[], ["P101"]]


def test_a_finding_of_the_plan_says_where_it_stands_in_lines_and_columns(tmp_path: Path) -> None:
    (found,) = lint(load_plan(write(tmp_path)))
    assert (found.at.file, found.at.cell, found.at.row, found.at.column) == ("targets.yaml", "16:5", 16, 5)
    args = dict(found.args)
    assert (args["target"], args["allocated"]) == ("10", "6")


def test_a_repeated_revision_names_the_one_that_counts(tmp_path: Path) -> None:
    quotas = "责任单位,指标,目标,调整自,依据\n各区,孵化器,5,,二\n东区,孵化器,6,2021Q3,二\n东区,孵化器,7,2021Q3,二\n"
    found = [f for f in lint(load_plan(write(tmp_path, quotas=quotas))) if f.code == "P102"]
    assert [(f.at.cell, f.value, f.unit, dict(f.args)["first"]) for f in found] == [
        ("C4", "7", "east", "quotas.csv C3")
    ]


@pytest.mark.parametrize(
    ("milestones", "line"),
    [
        ("{2021Q4: 6}", None),  # as much as the target is not less
        ("{2021Q2: 4, 2021Q4: 4}", None),
        ("{2021Q2: 4, 2021Q4: 3}", "0 → 4 → 3 → 6"),
        ("{2021Q4: 0}, baseline: 1", "1 → 0 → 6"),
        ("{2021Q4: 3}, baseline: 7", "7 → 3 → 6"),
    ],
)
def test_milestones_rise(tmp_path: Path, milestones: str, line: str | None) -> None:
    plan = PLAN.replace("value: 10", "value: 6").replace("{2021Q4: 4}", milestones)
    assert [f.value for f in lint(load_plan(write(tmp_path, plan))) if f.code == "P103"] == ([line] if line else [])


@pytest.mark.parametrize(("clause", "told"), [("clause: 一", []), ('clause: "  "', ["16:5"]), ("note: 无", ["16:5"])])
def test_a_target_without_a_source(tmp_path: Path, clause: str, told: list[str]) -> None:
    plan = PLAN.replace("value: 10", "value: 6").replace("clause: 一", clause)
    assert [f.at.cell for f in lint(load_plan(write(tmp_path, plan))) if f.code == "P104"] == told
