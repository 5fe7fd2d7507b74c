"""A small world for the screens: members that report singly, versions, a file that cannot count, claims that disagree.

At 2021Q2: 东示区 sent two versions, both late (the second counts), 示甲园 reported and 示乙园 did not, 市示局 says another area
of one facility, 远示区 stands outside the plan, and one file is no workbook at all.
"""

from __future__ import annotations

from pathlib import Path

from tests.folders import lay_out

PLAN = """\
schema: 1
plan: {id: world, title: {zh: 示例计划, en: Example plan}, document: 示政发〔2020〕1号, start: 2021Q1, end: 2022Q4}
quotas: ../data/quotas.csv
submissions: ../data/submissions
units:
  - {id: east, kind: district, name: {zh: 东示区, en: East}}
  - {id: zone, kind: district, name: {zh: 示开发区, en: Zone}, members: [示甲园, 示乙园], lies_in_districts: true}
  - {id: far, kind: district, name: {zh: 远示区, en: Far}, participates: false, note: 省直管}
  - {id: office, kind: department, name: {zh: 市示局, en: Office}, focus: 青年}
indicators:
  - {id: incubators, name: {zh: 孵化器, en: Incubators}, unit: 家, count: facilities, where: {kind: incubator}}
  - {id: area, name: {zh: 孵化面积, en: Area}, unit: ㎡, sum: area_m2}
  - {id: graduates, name: {zh: 新增毕业, en: New graduates}, unit: 户, sum: new_graduates, over: plan}
targets:
  - {indicator: incubators, value: 5, clause: 一, milestones: {2021Q4: 2}}
  - {indicator: area, value: 8000}
duties:
  - {id: publicity, unit: office, name: {zh: 宣传, en: Publicity}, measure: 报道（篇）, clause: 二}
bands:
  - {status: behind, from: 10, colour: yellow}
  - {status: seriously_behind, over: 30, colour: red}
"""
QUOTAS = """\
责任单位,指标,目标,依据
东示区,孵化器,2,二
示开发区,孵化器,4,二
远示区,孵化器,2,二
东示区,孵化面积,4000,二
东示区,新增毕业,4,二
"""
HEAD = "载体名称,统一社会信用代码,载体类型,所在地区,运营状态,孵化面积（平方米）,在孵企业数（户）,本季新增毕业企业（户）"
ALPHA, BETA = "91990000MAXX00001R", "91990000MAXX00002W"


def sent(unit: str, quarter: str, *rows: str, reported: str, kind: str = "正常") -> str:
    cover = f"填报单位,{unit},,报告期,2021年第{quarter}季度\n报告类型,{kind},,报出日期,{reported}\n"
    return cover + "\n".join([HEAD, *rows]) + "\n"


def returns() -> dict[str, str]:
    first = f"示例甲孵化器,{ALPHA},孵化器,,运营,1200,20,1"
    second = f"示例乙孵化器,{BETA},孵化器,,在建,900,,0"
    park = "示例丙孵化器,91990000MAXX000030,孵化器,,运营,2000,30,2"
    duty = "任务,本季进展数,状态\n宣传,3,进行中\n"
    office = f"示例甲孵化器,{ALPHA},孵化器,东示区,运营,1500,20,1"
    return {
        "2021Q1/东示区_2021Q1.csv": sent("东示区", "一", first, second, reported="2021-04-08"),
        "2021Q1/示开发区_2021Q1.csv": sent("示开发区", "一", park, reported="2021-04-09"),
        "2021Q1/市示局_2021Q1.csv": sent("市示局", "一", reported="2021-04-09", kind="零报告") + "\n" + duty,
        "2021Q2/东示区_2021Q2.csv": sent("东示区", "二", first, reported="2021-07-19"),
        "2021Q2/东示区_2021Q2.v2.csv": sent(
            "东示区", "二", first.replace("1200", "约1200"), second, reported="2021-07-19"
        ),
        "2021Q2/示甲园_2021Q2.csv": sent("示甲园", "二", park, reported="2021-07-09"),
        "2021Q2/市示局_2021Q2.csv": sent("市示局", "二", office, reported="2021-07-09") + "\n" + duty,
        "2021Q2/远示区_2021Q2.csv": sent("远示区", "二", reported="2021-07-09", kind="零报告"),
        "2021Q2/照片.xlsx": "not a workbook",
    }


def built(folder: Path) -> Path:
    """Write the world below a folder, and give the folder."""
    lay_out(folder, PLAN, QUOTAS, returns())
    return folder
