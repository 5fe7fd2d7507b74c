"""Revised targets: the version in force, its bent line, and what both versions say of a figure (contract 5.2)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from tests.reports.town import HEADER, PLAN, settle

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.gaps import Gap

REVISED = PLAN.replace(
    "value: 4, clause: 一}",
    "value: 4, clause: 一, revisions: [{from: 2018Q1, value: 8, due: 2019Q2, clause: 会议纪要3}]}",
)
QUOTAS = """\
责任单位,指标,目标,依据,调整自
东区,孵化器,2,一,
西区,孵化器,2,一,
西区,孵化器,1,纪要,2017Q3
"""
TWO = f"{HEADER}\n春风孵化器,孵化器,运营,1000,3\n夏雨孵化器,孵化器,运营,500,0\n"
RETURNS = {"2017Q2/东区_2017Q2.csv": TWO, "2018Q1/东区_2018Q1.csv": TWO}


def owed(a: Assessment, unit: str | None = None) -> Gap:
    return next(g for g in a.gaps if g.target.unit == unit and g.indicator.id == "incubators")


@pytest.fixture
def revised(tmp_path: Path) -> Assessment:
    return settle(tmp_path, plan=REVISED, quotas=QUOTAS, returns=RETURNS)


def test_from_its_first_period_the_new_version_is_in_force(revised: Assessment) -> None:
    gap = owed(revised)
    assert (gap.target.value, str(gap.target.due), gap.target.clause, str(gap.revised_from)) == (
        8,
        "2019Q2",
        "会议纪要3",
        "2018Q1",
    )
    assert (gap.original.value, gap.attainment, gap.attainment_original) == (4, Fraction(1, 4), Fraction(1, 2))


def test_the_line_bends_where_the_revision_begins(revised: Assessment) -> None:
    assert owed(revised).schedule == 2 + Fraction(8 - 2, 18) * 3  # 2 at the end of 2017, 8 eighteen months later


def test_what_went_before_is_judged_by_the_version_of_its_time(revised: Assessment) -> None:
    assert owed(revised).previous_status == "on_schedule"  # 2 of 2 at the end of 2017
    before = settle_at(revised, "2017Q2")
    assert (before.target.value, before.schedule, before.revised_from) == (4, 1, None)


def settle_at(a: Assessment, period: str) -> Gap:
    way = a.way(None, "incubators")
    return next(step.gap for step in way.steps if str(step.period) == period)


def test_a_row_of_the_quota_table_revises_too(revised: Assessment) -> None:
    west = owed(revised, "west")
    assert (west.target.value, west.original.value, west.target.clause) == (1, 2, "纪要")


def test_quotas_are_held_against_the_target_in_force(revised: Assessment, tmp_path: Path) -> None:
    told = [(f.value, f.at.cell) for f in revised.findings if f.code == "P101" and f.value in {"4", "8"}]
    assert [value for value, _ in told] == ["8"]  # the city's 8 against 2 + 1
    early = settle(tmp_path / "early", plan=REVISED, quotas=QUOTAS, returns=RETURNS, period="2017Q2")
    assert [f for f in early.findings if f.code == "P101" and f.value in {"4", "8"}] == []


CAUGHT_UP = {
    "2017Q3/东区_2017Q3.csv": f"{HEADER}\n春风孵化器,孵化器,停运,1000,3\n",
    "2017Q4/东区_2017Q4.csv": TWO,
}


@pytest.mark.parametrize(("since", "recovered"), [("", True), ("2017Q4", False), ("2017Q3", True)])
def test_a_target_lowered_now_has_not_recovered(tmp_path: Path, since: str, recovered: bool) -> None:
    later = f", revisions: [{{from: {since}, value: 4, clause: 二}}]" if since else ""
    plan = PLAN.replace("value: 4, clause: 一}", f"value: 4, clause: 一{later}}}")
    gap = owed(settle(tmp_path, plan=plan, returns=CAUGHT_UP))
    assert (gap.previous_status, gap.status, gap.recovered) == ("far_behind", "on_schedule", recovered)
