"""What a letter says to the unit that gets it: of what it sent, did not send, sent late, and of carried figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.assess import Assessment
from mdj_plan.messages import messages
from mdj_plan.period import Month
from mdj_plan.plan.load import load_plan
from mdj_plan.reports.document.composed import circular
from mdj_plan.reports.document.letters import build
from mdj_plan.run import run
from tests.reports.document.test_document import paragraphs
from tests.reports.town import PLAN, settle

QUOTAS = "责任单位,指标,目标,依据\n东区,孵化器,8,一\n西区,孵化器,2,一\n"
MEMBERS = PLAN.replace("name: {zh: 西区, en: West}", "name: {zh: 西区, en: West}, members: [甲园, 乙园]")
HEADER = "载体名称,统一社会信用代码,载体类型,运营状态,孵化面积（平方米）,本季新增毕业企业（户）"
GOOD = f"{HEADER}\n春风孵化器,91990000MAXX00001R,孵化器,运营,1000,1\n"
OTHER = f"{HEADER}\n秋月孵化器,91990000MAXX00002W,孵化器,运营,800,1\n"
FAULTY = GOOD.replace("1000,1", "约1000,1") + "夏雨孵化器,91990000MAXX000030,孵化器,运营,约500,-1\n"


def settled(folder: Path, returns: dict[str, str], plan: str = PLAN) -> Assessment:
    settle(folder, plan=plan, quotas=QUOTAS, returns=returns)
    return run(load_plan(folder / "config" / "targets.yaml"), as_of=Month(2017, 12))


def letter(assessment: Assessment, unit: str) -> list[str]:
    """The letter's paragraphs between its address and its end."""
    said = paragraphs(build(assessment, messages("zh"), assessment.plan.units[unit]))
    return said[2 : said.index("联席会议办公室")]


SENT = {"2017Q2/东区_2017Q2.csv": GOOD, "2017Q2/西区_2017Q2.csv": OTHER}
BEHIND = "孵化器：目标8家，完成1家{note}，完成率12.5%，落后序时进度37.5个百分点，远远落后；今后每季需完成2家。"


@pytest.mark.parametrize(
    ("returns", "unit", "expected"),
    [
        (
            SENT,
            "east",
            [
                "根据示例镇计划（示例〔2016〕1号），经核对贵单位2017年第二季度报表（序时进度算至2017年12月末），现将有关情况函告如下。",
                "一、滞后任务",
                BEHIND.format(note=""),
                "请于____年__月__日前将整改措施报联席会议办公室。",
            ],
        ),
        (
            SENT | {"2017Q2/东区_2017Q2.csv": "报出日期,2017-07-19\n" + GOOD},
            "east",
            [
                "根据示例镇计划（示例〔2016〕1号），经核对贵单位2017年第二季度报表（序时进度算至2017年12月末），现将有关情况函告如下。",
                "一、报送",
                "贵单位2017年第二季度报表于2017-07-19报送，迟报4天，今后请按时报送。",
                "二、滞后任务",
                BEHIND.format(note=""),
                "请于____年__月__日前将整改措施报联席会议办公室。",
            ],
        ),
        (
            {"2017Q1/东区_2017Q1.csv": GOOD, "2017Q2/西区_2017Q2.csv": OTHER},
            "east",
            [
                "根据示例镇计划（示例〔2016〕1号），经核对2017年第二季度报送情况（序时进度算至2017年12月末），现将有关情况函告如下。",
                "一、报送",
                "截至目前未收到贵单位2017年第二季度报表（应于2017-07-15前报送），请立即补报。",
                "二、滞后任务",
                BEHIND.format(note="（沿用2017年第一季度报表）"),
                "请于____年__月__日前将整改措施和补报、重报的报表报联席会议办公室。",
            ],
        ),
        (
            {"2017Q2/西区_2017Q2.xlsx": "no workbook", "2017Q2/东区_2017Q2.csv": GOOD},
            "west",
            [
                "根据示例镇计划（示例〔2016〕1号），经核对2017年第二季度报送情况（序时进度算至2017年12月末），现将有关情况函告如下。",
                "一、报送",
                "贵单位2017年第二季度报表已收到，但不能使用，未计入（原因见“数据问题”），请改正后立即重报。",
                "二、数据问题",
                "2017Q2/西区_2017Q2.xlsx：文件内容是 csv，后缀却是 .xlsx；已按内容读取。请用正确的后缀保存。",
                "2017Q2/西区_2017Q2.xlsx：没有找到载体表或任务表。请使用季报模板，保留表头。",
                "请于____年__月__日前将整改措施和补报、重报的报表报联席会议办公室。",
            ],
        ),
    ],
    ids=["sent in time", "late", "nothing sent", "cannot be used"],
)
def test_a_letter_says_what_the_unit_sent(
    returns: dict[str, str], unit: str, expected: list[str], tmp_path: Path
) -> None:
    assert letter(settled(tmp_path, returns), unit) == expected


def test_a_member_that_is_out_is_named(tmp_path: Path) -> None:
    found = settled(tmp_path, {"2017Q2/东区_2017Q2.csv": GOOD, "2017Q2/甲园_2017Q2.csv": OTHER}, MEMBERS)
    assert letter(found, "west")[1:3] == [
        "一、报送",
        "尚无乙园可用的2017年第二季度报表（应于2017-07-15前报送），请督促补报。",
    ]


def test_the_circular_names_what_is_wrong_and_who_is_out(tmp_path: Path) -> None:
    sent = {
        "2017Q1/西区_2017Q1.csv": OTHER,
        "2017Q2/西区_2017Q2.xlsx": "no workbook",
        "2017Q2/东区_2017Q2.csv": FAULTY,
        "2017Q2/照片.xlsx": "no workbook either",
    }
    said = [text for _, text in circular(settled(tmp_path, sent), messages("zh"))]
    assert said[said.index("五、报送情况") : said.index("七、下一步工作")] == [
        "五、报送情况",
        "未报送的有：商务局。",
        "本期没有可用报表或没有报全的有：西区（来件不能用，沿用2017年第一季度数字）。",
        "未报告职责进展的有：商务局。",
        "六、数据问题",
        "东区：约数（2处）、负数。",
        "西区：没有找到表格、内容与后缀不符。",
        "2017Q2/照片.xlsx：没有找到表格、内容与后缀不符。",
    ]
