"""A county in which everything happens that a report must tell apart, and its tables drawn as text.

春区 leaves one area blank, 夏区 has nothing (a nil return), 秋区 never reported, 冬区 owes nothing; of the zone one
member has reported and the other's earlier return stands in; the office claims what lies in 春区 too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from mdj_plan.messages import messages
from mdj_plan.period import Month, Period
from mdj_plan.plan.load import load_plan
from mdj_plan.reports.tables.values import told, worded
from mdj_plan.run import run
from tests.folders import lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.assessment import Assessment
    from mdj_plan.reports.tables.table import Medium, Table

PLAN = """\
schema: 1
plan: {id: county, title: {zh: 示例县计划, en: County plan}, document: 示例〔2016〕2号, start: 2017Q1, end: 2018Q4}
submissions: ../data/submissions
quotas: ../data/quotas.csv
units:
  - {id: spring, kind: district, name: {zh: 春区, en: Spring}}
  - {id: summer, kind: district, name: {zh: 夏区, en: Summer}}
  - {id: autumn, kind: district, name: {zh: 秋区, en: Autumn}}
  - {id: winter, kind: district, name: {zh: 冬区, en: Winter}}
  - {id: zone, kind: district, lies_in_districts: true, members: [甲园, 乙园], name: {zh: 园区, en: Zone}}
  - {id: office, kind: department, name: {zh: 商务局, en: Trade Office}}
  - {id: press, kind: department, name: {zh: 新闻社, en: Press}, clause: 四}
indicators:
  - {id: incubators, name: {zh: 孵化器, en: Incubators}, unit: 家, count: facilities, where: {kind: incubator}}
  - {id: area, name: {zh: 孵化面积, en: Area}, unit: ㎡, sum: area_m2}
  - {id: graduates, name: {zh: 新增毕业, en: New graduates}, unit: 户, sum: new_graduates, over: plan}
targets:
  - {indicator: incubators, value: 8, clause: 一}
  - {indicator: area, value: 80000, clause: 二}
  - {indicator: graduates, value: 10, clause: 三}
duties:
  - {id: fairs, unit: office, name: {zh: 办展会, en: Hold fairs}, measure: 场, clause: 五}
  - {id: stories, unit: press, name: {zh: 宣传, en: Publicity}, clause: 六}
bands:
  - {status: behind, from: 10, colour: yellow}
  - {status: far_behind, over: 30, colour: red, name: {zh: 远远落后, en: far behind}}
"""
QUOTAS = """\
责任单位,指标,目标,依据
春区,孵化器,2,一
春区,孵化面积,20000,二
夏区,孵化器,2,一
秋区,孵化器,2,一
园区,孵化器,4,一
商务局,孵化器,1,一
"""
HEAD = "载体名称,载体类型,所在地区,运营状态,孵化面积（平方米）,本季新增毕业企业（户）"
NIL = "报告类型,零报告\n"
RETURNS = {
    "2017Q1/春区.csv": f"{HEAD}\n春风孵化器,孵化器,,运营,10000,3\n",
    "2017Q1/乙园.csv": f"{HEAD}\n冬雪孵化器,孵化器,冬区,运营,3000,1\n",
    "2017Q2/春区.csv": f"{HEAD}\n春风孵化器,孵化器,,运营,12000,2\n夏雨孵化器,孵化器,,运营,,0\n",
    "2017Q2/夏区.csv": NIL,
    "2017Q2/冬区.csv": f"{HEAD}\n冬至空间,众创空间,,运营,700,0\n",
    "2017Q2/甲园.csv": f"{HEAD}\n秋月孵化器,孵化器,春区,运营,5000,1\n",
    "2017Q2/商务局.csv": f"{HEAD}\n春风孵化器,孵化器,春区,运营,12000,2\n\n任务,本季进展数,状态,佐证材料\n办展会,2,进行中,照片\n",
}


def county(
    folder: Path,
    *,
    plan: str = PLAN,
    quotas: str = QUOTAS,
    returns: dict[str, str] | None = None,
    period: str = "2017Q2",
    as_of: str = "",
    candidates: bool = False,
    **files: str,
) -> Assessment:
    """The county's assessment. `files` are further ones in its data folder, by name without .csv."""
    path = lay_out(folder, plan, quotas, RETURNS if returns is None else returns, **files)
    month = Month.parse(as_of) if as_of else None
    return run(load_plan(path), period=Period.parse(period), as_of=month, candidates=candidates)


Source = TypeVar("Source")


def drawn(table: Table[Source], source: Source, medium: Medium = "book", language: str = "zh") -> str:
    """A table as a medium shows it: headings, then a line a row, cells apart; then what stands below it."""
    texts, filled = messages(language), table.of(source)
    columns = [column for column in filled.on(medium) if column.key != "number" and column.kind != "bar"]
    lines = [" | ".join(worded(column.heading, texts) for column in columns)]
    for row in filled.rows:
        cells = (told(row.get(column.key), texts, column.blank) for column in columns)
        lines.append(" | ".join(cell.replace("\n", " ⏎ ") for cell in cells).rstrip())
    lines += [f"* {worded(note, texts)}" for note in filled.said_below(medium)]
    return "\n".join(line.rstrip() for line in lines) + "\n"
