"""What a figure rests on where returns are out, and which shortfalls are not late."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.messages import messages
from mdj_plan.reports.document.document import build
from tests.reports.document.test_document import paragraphs, tables
from tests.reports.town import HEADER, PLAN, settle

EAST = f"{HEADER}\n春风孵化器,孵化器,运营,1000,1\n"
WEST = f"{HEADER}\n秋月孵化器,孵化器,运营,800,1\n"
MEMBERS = PLAN.replace("name: {zh: 西区, en: West}", "name: {zh: 西区, en: West}, members: [甲园, 乙园]")


def settled(folder: Path, returns: dict[str, str], plan: str = PLAN) -> Assessment:
    quotas = "责任单位,指标,目标,依据\n东区,孵化器,2,一\n东区,新增毕业,2,一\n西区,孵化器,2,一\n"
    return settle(folder, plan=plan, quotas=quotas, returns=returns, period="2017Q2")


@pytest.mark.parametrize(
    ("returns", "plan", "expected"),
    [
        (
            {"2017Q2/东区_2017Q2.csv": EAST, "2017Q2/西区_2017Q2.csv": WEST, "2017Q2/商务局_2017Q2.csv": EAST},
            PLAN,
            "",
        ),
        (
            {"2017Q2/东区_2017Q2.csv": EAST, "2017Q2/商务局_2017Q2.csv": EAST},
            PLAN,
            "全市 孵化器 missing; 全市 孵化面积 missing; 全市 新增毕业 missing; 西区 孵化器 missing",
        ),
        (
            {"2017Q1/东区_2017Q1.csv": EAST, "2017Q2/西区_2017Q2.csv": WEST, "2017Q2/商务局_2017Q2.csv": EAST},
            PLAN,
            "全市 孵化器 carried; 全市 孵化面积 carried; 全市 新增毕业 missing; 东区 孵化器 carried; 东区 新增毕业 missing",
        ),
        (
            {"2017Q2/东区_2017Q2.csv": EAST, "2017Q1/西区_2017Q1.csv": WEST},
            PLAN,
            "全市 孵化器 carried missing; 全市 孵化面积 carried missing; 全市 新增毕业 missing; 西区 孵化器 carried",
        ),
        (
            {"2017Q2/东区_2017Q2.csv": EAST, "2017Q2/甲园_2017Q2.csv": WEST, "2017Q2/商务局_2017Q2.csv": EAST},
            MEMBERS,
            "全市 孵化器 missing; 全市 孵化面积 missing; 全市 新增毕业 missing; 西区 孵化器 missing",
        ),
    ],
    ids=["all in", "one never reported", "one carried", "one of each", "a member out"],
)
def test_carried_is_not_missing(returns: dict[str, str], plan: str, expected: str, tmp_path: Path) -> None:
    found = settled(tmp_path, returns, plan)
    said = []
    for gap in found.gaps:
        who = messages("zh").words(gap.unit.name) if gap.unit else "全市"
        words = [word for word, holds in zip(("carried", "missing"), found.stale(gap), strict=True) if holds]
        if words:
            said.append(" ".join([who, messages("zh").words(gap.indicator.name), *words]))
    assert "; ".join(said) == expected


def test_less_than_one_whole_unit_short_is_explained(tmp_path: Path) -> None:
    plan = PLAN.replace("incubators, value: 4", "incubators, value: 2")
    found = settled(tmp_path, {"2017Q2/东区_2017Q2.csv": EAST.replace(",运营,", ",在建,")}, plan)
    assert [(g.unit.id if g.unit else "city", g.indicator.id) for g in found.gaps if g.within_one] == [
        ("city", "incubators"),
        ("east", "incubators"),
        ("east", "graduates"),
    ]
    data = build(found, messages("zh"))
    assert "差值为负而“达到序时”的：按整数计的指标，差不到一个整数的不算滞后。" in paragraphs(data)
    assert ["3", "新增毕业（户）", "东区", "2", "0*", "—", "0.0%", "25.0%", "−25.0", "1", "达到序时"] in tables(data)[1]
