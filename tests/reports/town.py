"""A small town's plan and returns as text, written to a folder and assessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.run import run
from tests.folders import lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.assessment import Assessment

PLAN = """\
schema: 1
plan: {id: town, title: {zh: 示例镇计划, en: Town plan}, document: 示例〔2016〕1号, start: 2017Q1, end: 2018Q4}
submissions: ../data/submissions
quotas: ../data/quotas.csv
units:
  - {id: east, kind: district, name: {zh: 东区, en: East}}
  - {id: west, kind: district, name: {zh: 西区, en: West}}
  - {id: trade, kind: department, name: {zh: 商务局, en: Trade Office}}
indicators:
  - {id: incubators, name: {zh: 孵化器, en: Incubators}, unit: 家, count: facilities, where: {kind: incubator}}
  - {id: area, name: {zh: 孵化面积, en: Area}, unit: ㎡, sum: area_m2}
  - {id: graduates, name: {zh: 新增毕业, en: New graduates}, unit: 户, sum: new_graduates, over: plan}
targets:
  - {indicator: incubators, value: 4, clause: 一}
  - {indicator: area, value: 8000}
  - {indicator: graduates, value: 10}
duties:
  - {id: fairs, unit: trade, name: {zh: 办展会, en: Hold fairs}, measure: 场, clause: 二}
bands:
  - {status: behind, from: 10, colour: yellow}
  - {status: far_behind, over: 30, colour: purple, name: {zh: 远远落后, en: far behind}}
"""

QUOTAS = """\
责任单位,指标,目标,依据
东区,孵化器,2,一
西区,孵化器,2,一
"""

HEADER = "载体名称,载体类型,运营状态,孵化面积（平方米）,本季新增毕业企业（户）"

RETURNS = {
    "2017Q1/东区_2017Q1.csv": f"""\
{HEADER}
春风孵化器,孵化器,运营,1000,1
""",
    "2017Q2/东区_2017Q2.csv": f"""\
{HEADER}
春风孵化器,孵化器,运营,"1,000",2
夏雨孵化器,孵化器,运营,500.5,
旧仓孵化器,孵化器,停运,900,0
""",
    "2017Q2/商务局_2017Q2.csv": f"""\
{HEADER}
春风孵化器,孵化器,运营,1000,2
""",
}


def settle(
    folder: Path, *, plan: str = PLAN, quotas: str = QUOTAS, returns: dict[str, str] | None = None, period: str = ""
) -> Assessment:
    path = lay_out(folder, plan, quotas, RETURNS if returns is None else returns)
    return run(load_plan(path), period=Period.parse(period) if period else None)
