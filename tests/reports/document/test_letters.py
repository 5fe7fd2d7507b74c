"""What a letter says to the unit that gets it: of what it sent, did not send, sent late, and of carried figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.assess import Assessment
from mdj_plan.messages import messages
from mdj_plan.period import Month
from mdj_plan.plan.load import load_plan
from mdj_plan.reports.document.circular import circular
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
OPENING = (
    "根据《示例镇计划》（示例〔2016〕1号），经核对2017年第二季度进展（序时进度算至2017年12月末），"
    "现将贵单位有关情况函告如下。"
)
BEHIND = "孵化器：目标8家，完成1家{note}，完成率12.5%，落后序时进度37.5个百分点，远远落后；今后每季需完成2家。"


@pytest.mark.parametrize(
    ("returns", "unit", "expected"),
    [
        (
            SENT,
            "east",
            [
                OPENING,
                "一、滞后任务",
                BEHIND.format(note=""),
                "请于____年__月__日前将整改措施报联席会议办公室。",
            ],
        ),
        (
            SENT | {"2017Q2/东区_2017Q2.csv": "报出日期,2017-07-19\n" + GOOD},
            "east",
            [
                OPENING,
                "一、滞后任务",
                BEHIND.format(note=""),
                "二、报送",
                "贵单位2017年第二季度报表于2017年7月19日首次报送，迟报4天，今后请按时报送。",
                "请于____年__月__日前将整改措施报联席会议办公室。",
            ],
        ),
        (
            {"2017Q1/东区_2017Q1.csv": GOOD, "2017Q2/西区_2017Q2.csv": OTHER},
            "east",
            [
                OPENING,
                "一、滞后任务",
                BEHIND.format(note="（沿用2017年第一季度报表）"),
                "二、报送",
                "2017年第二季度报表应于2017年7月15日前报送，截至目前未收到贵单位报表，请立即补报。",
                "请于____年__月__日前将整改措施和补报的报表报联席会议办公室。",
            ],
        ),
        (
            {"2017Q2/西区_2017Q2.xlsx": "no workbook", "2017Q2/东区_2017Q2.csv": GOOD},
            "west",
            [
                "贵单位2017年第二季度报表已收到，但不能使用，未计入，请按下列问题改正后重报。",
                "请核对改正以下问题：",
                "1.文件内容是 csv，后缀却是 .xlsx；已按内容读取。请用正确的后缀保存。",
                "2.没有找到载体表或任务表。请使用季报模板，保留表头。",
                "请于____年__月__日前将改正后的报表报联席会议办公室。",
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
    assert letter(found, "west") == [
        "乙园的2017年第二季度报表应于2017年7月15日前报送，截至目前没有可用的报表，请督促补报。",
        "请于____年__月__日前将补报的报表报联席会议办公室。",
    ]


def test_the_circular_names_what_is_wrong_and_who_is_out(tmp_path: Path) -> None:
    sent = {
        "2017Q1/西区_2017Q1.csv": OTHER,
        "2017Q2/西区_2017Q2.xlsx": "no workbook",
        "2017Q2/东区_2017Q2.csv": FAULTY,
        "2017Q2/照片.xlsx": "no workbook either",
    }
    said = [text for _, text in circular(settled(tmp_path, sent), messages("zh"))]
    assert said[said.index("三、报送情况") : said.index("四、下一步工作")] == [
        "三、报送情况",
        "未报的有：商务局。",
        "来件不能使用的有：西区。",
        "没有报告职责进展的有：商务局。",
        "以下1个单位沿用2017年第一季度数字：西区。",
        "报表中的问题有：",
        "1.约数：东区（2处）。",
        "2.没有找到表格：西区、2017Q2/照片.xlsx。",
        "3.负数：东区。",
        "4.内容与后缀不符：西区、2017Q2/照片.xlsx。",
    ]
