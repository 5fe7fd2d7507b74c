"""Whole tables of the plan itself as text: what is promised, revised, allocated, owed without a number, by whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.plan.load import load_plan
from mdj_plan.plan.model import Plan
from mdj_plan.reports.tables.promises import (
    PLAN_BANDS,
    PLAN_DEPARTMENTS,
    PLAN_DISTRICTS,
    PLAN_DUTIES,
    PLAN_OUTSIDE,
    PLAN_REVISIONS,
    PLAN_SUMS,
    PLAN_TARGETS,
)
from tests.folders import lay_out
from tests.reports.county import PLAN, drawn

RICH = (
    PLAN.replace("value: 8, clause: 一}", "value: 8, clause: 一, baseline: 2, milestones: {2017Q4: 4}}")
    .replace(
        "value: 80000, clause: 二}",
        "value: 80000, revisions: [{from: 2018Q1, value: 95000, due: 2019Q2, clause: 纪要7}]}",
    )
    .replace("name: {zh: 冬区, en: Winter}", "name: {zh: 冬区, en: Winter}, participates: false, note: 省直管")
    .replace(
        "name: {zh: 商务局, en: Trade Office}", "name: {zh: 商务局, en: Trade Office}, focus: 电子商务, clause: 四"
    )
)
QUOTAS = """\
责任单位,指标,目标,依据,调整自
春区,孵化器,2,一,
夏区,孵化器,2,一,
秋区,孵化器,1,一,
冬区,孵化器,3,一,
园区,孵化器,2,一,
园区,孵化器,4,纪要8,2017Q3
春区,孵化面积,80000,二,
商务局,孵化器,1,一,
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return written(tmp_path_factory.mktemp("plan"))


def written(folder: Path, text: str = RICH, quotas: str = QUOTAS) -> Plan:
    return load_plan(lay_out(folder, text, quotas))


def test_the_citys_targets_with_their_lines(plan: Plan) -> None:
    assert (
        drawn(PLAN_TARGETS, plan, "screen")
        == """\
指标 | 目标任务 | 完成时限 | 序时线 | 依据
孵化器 | ≥ 8 家 | 2018Q4 | 基数 2；2017Q4: 4 | 一
孵化面积 | ≥ 8 万平方米 | 2018Q4 | 直线，基数 0（文件未说明） | —
新增毕业 | ≥ 10 户 | 2018Q4 | 直线，基数 0（文件未说明） | 三
"""
    )
    assert (
        drawn(PLAN_TARGETS, plan, "screen", "en")
        == """\
Indicator | Target | Due | Schedule line | Clause
Incubators | ≥ 8 家 | 2018Q4 | baseline 2; 2017Q4: 4 | 一
Area | ≥ 8 × 10,000 m² | 2018Q4 | straight, baseline 0 (not stated) | —
New graduates | ≥ 10 户 | 2018Q4 | straight, baseline 0 (not stated) | 三
"""
    )


def test_revisions_beside_the_original(plan: Plan) -> None:
    assert (
        drawn(PLAN_REVISIONS, plan, "screen")
        == """\
责任单位 | 指标 | 原目标 | 调整自 | 调整为 | 完成时限 | 依据 | 位置
全市 | 孵化面积 | ≥ 8 万平方米 | 2018Q1 | ≥ 9.5 万平方米 | 2019Q2 | 纪要7 | targets.yaml › 19:49
园区 | 孵化器 | ≥ 2 家 | 2017Q3 | ≥ 4 家 | 2018Q4 | 纪要8 | quotas.csv › C7
"""
    )


def test_what_the_quotas_add_up_to(plan: Plan) -> None:
    assert (
        drawn(PLAN_SUMS, plan, "screen")
        == """\
指标 | 分解 | 合计 | 目标任务 | 核对 | 备注
孵化器 | 4 + 2×2 + 1 | 9 | 8 | 够 | 冬区若参加则为 12
孵化面积 | 8 | 8 | 9.5 | 不够（P101） |
新增毕业 | 不预先分解 | — | 10 |  |
"""
    )
    assert (
        drawn(PLAN_SUMS, plan, "screen", "en")
        == """\
Indicator | Quotas | Sum | Target | Check | Remark
Incubators | 4 + 2×2 + 1 | 9 | 8 | enough | 12 with Winter taking part
Area | 8 | 8 | 9.5 | not enough (P101) |
New graduates | not allocated beforehand | — | 10 |  |
"""
    )


def test_a_sum_below_the_target_falls_short(tmp_path: Path) -> None:
    plan = written(tmp_path, quotas="责任单位,指标,目标,依据\n春区,孵化器,7,一\n商务局,孵化器,1,一\n")
    assert drawn(PLAN_SUMS, plan, "screen").splitlines()[1] == "孵化器 | 7 | 7 | 8 | 不够（P101） |"


def test_what_districts_and_departments_owe(plan: Plan) -> None:
    assert (
        drawn(PLAN_DISTRICTS, plan, "screen")
        == """\
责任单位 | 孵化器（家） | 孵化面积（万平方米） | 依据
春区 | 2 | 8 | 一、二
夏区 | 2 | — | 一
秋区 | 1 | — | 一
园区 | 2 | — | 一
"""
    )
    assert (
        drawn(PLAN_DEPARTMENTS, plan, "screen")
        == """\
责任单位 | 孵化器（家） | 面向 | 依据
商务局 | 1 | 电子商务 | 四、一
新闻社 | — |  | 四
"""
    )


def test_nobody_owes_anything(tmp_path: Path) -> None:
    plan = written(tmp_path, quotas="责任单位,指标,目标,依据\n")
    assert drawn(PLAN_DISTRICTS, plan, "screen") == "责任单位 | 依据\n"
    assert drawn(PLAN_DEPARTMENTS, plan, "screen") == "责任单位 | 面向 | 依据\n"


def test_duties_who_stands_outside_and_bands(plan: Plan) -> None:
    assert (
        drawn(PLAN_DUTIES, plan, "screen", "en")
        == """\
Unit | Duty | Progress in | Clause
Trade Office | Hold fairs | 场 | 五
Press | Publicity | — | 六
"""
    )
    assert (
        drawn(PLAN_OUTSIDE, plan, "screen")
        == """\
责任单位 | 备注
冬区 | 省直管
"""
    )
    assert (
        drawn(PLAN_BANDS, plan, "screen", "en")
        == """\
Status | Behind schedule | Colour
behind | 10 points and more | yellow
far behind | over 30 points | red
"""
    )


def test_without_bands_of_its_own_a_plan_has_the_usual_two(tmp_path: Path) -> None:
    plan = written(tmp_path, PLAN[: PLAN.index("bands:")])
    assert (
        drawn(PLAN_BANDS, plan, "screen")
        == """\
状态 | 落后序时 | 颜色
滞后 | 10 个百分点及以上 | 黄色
严重滞后 | 超过 30 个百分点 | 红色
"""
    )
