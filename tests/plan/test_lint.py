"""The plan's own findings, and the reconciliation of quotas with city targets."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

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
