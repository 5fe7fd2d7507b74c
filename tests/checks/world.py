"""A city of one district and one zone of two members, its returns as small tables, judged at a quarter of 2021."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.messages import messages
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.run import run
from tests.folders import lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.assessment import Assessment
    from mdj_plan.findings import Finding

PLAN = """\
schema: 1
plan: {id: city, title: {zh: 示例计划}, start: 2021Q1, end: 2022Q4}
quotas: ../data/quotas.csv
submissions: ../data/submissions
units:
  - {id: east, kind: district, name: {zh: 东示区, en: East}}
  - {id: west, kind: district, name: {zh: 西示区, en: West}}
  - {id: zone, kind: district, lies_in_districts: true, members: [甲园, 乙园], name: {zh: 示开发区, en: Zone}}
  - {id: farms, kind: department, name: {zh: 市示农委, en: Farms}}
  - {id: works, kind: department, name: {zh: 市示工信委, en: Works}}
indicators:
  - {id: incubators, name: {zh: 孵化器}, unit: 家, count: facilities, where: {kind: incubator}}
targets:
  - {indicator: incubators, value: 4, clause: 一}
duties:
  - {id: publicity, unit: farms, name: {zh: 宣传, en: Publicity}, clause: 二}
bands:
  - {status: behind, from: 10}
"""
QUOTAS = "责任单位,指标,目标,依据\n东示区,孵化器,4,二\n"
START = Period(2021, 1)
HEAD = "载体名称,统一社会信用代码,载体类型,级别,运营状态,孵化面积（平方米）,在孵企业数（户）,本季新增毕业企业（户）,累计毕业企业（户）"
C1, C2, C3 = "91990000MAXX00001R", "91990000MAXX00002W", "91990000MAXX000030"


def table(*rows: str, head: str = HEAD) -> str:
    """A return's facilities table; the header is its first line."""
    return "\n".join([head, *rows]) + "\n"


def assessed(folder: Path, files: dict[str, str], quarter: int = 2) -> Assessment:
    """The assessment at a quarter. `files` by 单位_1, 2 … (the quarter; 5 is the next year's first); a unit that is not named has not reported."""
    returns = {}
    for name, text in files.items():
        unit, _, number = name.partition("_")
        returns[f"{START.shift(int(number) - 1)}/{unit}.csv"] = text
    return run(load_plan(lay_out(folder, PLAN, QUOTAS, returns)), period=START.shift(quarter - 1))


def findings(folder: Path, files: dict[str, str], quarter: int = 2) -> tuple[Finding, ...]:
    """What is found at a quarter, as in `assessed`."""
    return assessed(folder, files, quarter).findings


def told(folder: Path, files: dict[str, str], quarter: int = 2, but: frozenset[str] = frozenset({"S101"})) -> list[str]:
    """Those findings, each as one line: code, file without its folder, cell, message. Rows are short here: no S111."""
    texts = messages("zh")
    return [
        " ".join(
            part
            for part in (f.code, (f.at.file or "").rsplit("/", 1)[-1][:-4], f.at.cell, texts.message(f))
            if part is not None
        )
        for f in findings(folder, files, quarter)
        if f.code not in but | {"S111"}
    ]
