"""What a letter says to the unit that gets it: of what it sent, did not send, sent late, and of carried figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.messages import messages
from mdj_plan.period import Month
from mdj_plan.plan.load import load_plan
from mdj_plan.reports.document.circular import circular
from mdj_plan.reports.document.letters import build, letters
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
    "现将贵单位有关情况函告如下："
)
BEHIND = (
    "孵化器：目标8家，2018年第四季度末到期；完成1家{note}，完成率12.5%，序时进度50.0%，落后序时进度37.5个百分点，"
    "状态为“远远落后”。要按期完成，今后每季需完成2家。"
)


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
                "请抓紧推进，尽快将整改措施报联席会议办公室。",
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
                "请抓紧推进，尽快将整改措施报联席会议办公室。",
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
                "2017年第二季度报表应于2017年7月15日前报送，截至目前未收到贵单位报表。",
                "请抓紧推进，尽快将整改措施和补报的报表报联席会议办公室。",
            ],
        ),
        (
            {"2017Q2/西区_2017Q2.xlsx": "no workbook", "2017Q2/东区_2017Q2.csv": GOOD},
            "west",
            [
                "贵单位2017年第二季度报表已收到，但不能使用，未计入，请按下列问题改正后重报：",
                "1.没有找到载体表或任务表。请使用季报模板，保留表头。",
                "另请核对：",
                "2.文件内容是 csv，后缀却是 .xlsx；已按内容读取。请用正确的后缀保存。",
                "请尽快将改正后的报表报联席会议办公室。",
            ],
        ),
    ],
    ids=["sent in time", "late", "nothing sent", "cannot be used"],
)
def test_a_letter_says_what_the_unit_sent(
    returns: dict[str, str], unit: str, expected: list[str], tmp_path: Path
) -> None:
    assert letter(settled(tmp_path, returns), unit) == expected


RECEIPTS = """\
received_at,unit,member,period,version,file,sha256,original_name,errors,warnings,state,given
2017-07-10T09:00:00+08:00,east,,2017Q2,,../returned/2017Q2/东区_2017Q2.1.csv,,东区报表.csv,2,1,returned,
"""
BACK = f"""\
填报单位,东区,报告期,2017年第二季度
{HEADER},级别
春风孵化器,91990000MAXX00001R,孵化器,运营,约1000,1,市级
夏雨孵化器,91990000MAXX00002W,孵化器,运营,500,-1,市级
秋月孵化器,91990000MAXX000030,孵化器,运营,30,0,市级
"""


def sent_back(folder: Path, plan: str = PLAN) -> Assessment:
    """东区's return was sent back on 10 July 2017, and nothing has come since."""
    settle(folder, plan=plan, quotas=QUOTAS, returns={"2017Q2/西区_2017Q2.csv": OTHER})
    (folder / "data" / "receipts.csv").write_text(RECEIPTS, "utf-8")
    kept = folder / "data" / "returned" / "2017Q2" / "东区_2017Q2.1.csv"
    kept.parent.mkdir(parents=True)
    kept.write_text(BACK, "utf-8")
    return run(load_plan(folder / "config" / "targets.yaml"), returned=True)


OFFICE = "office: {name: 示例科技局, contact: 示例丁, phone: 0453-0000002, signer: 示例戊, reply_days: 5}\n"


def test_the_circular_names_what_was_sent_back_by_the_day_and_whom_it_asks_by_name_alone(tmp_path: Path) -> None:
    said = [text for _, text in circular(sent_back(tmp_path), messages("zh"))]
    assert "退回后尚未改正重报的：2017年7月10日退回东区（2处错误）。" in said
    (asked,) = [text for text in said if text.startswith("（二）")]
    assert "东区要按退回件改正后重报。" in asked


def test_a_return_goes_back_with_what_is_wrong_at_the_senders_own_cells(tmp_path: Path) -> None:
    found = sent_back(tmp_path, PLAN.replace("submissions:", OFFICE + "submissions:", 1))
    ((name, data),) = [each for each in letters(found, messages("zh")) if "东区" in each[0]]
    assert name == "退回函_东区_2017Q2.docx"
    assert paragraphs(data) == [
        "关于退回2017年第二季度报表的函",
        "东区：",
        "贵单位2017年7月10日报送的2017年第二季度报表有2处错误，不能使用，现予退回，请按下列问题改正后重报：",
        "1.春风孵化器（E3单元格）：“孵化面积（平方米）”填“约1000”，是约数。请填准确数字；若就是 1000，请直接填 1000。",
        "2.夏雨孵化器（F4单元格）：“本季新增毕业企业（户）”填“-1”，不能为负。请核对后填 0 或正数。",
        "另请核对：",
        "3.E5单元格：“秋月孵化器”孵化面积只有 30 平方米，单位可能填错。请核对单位是平方米还是万平方米。",
        "请于2017年7月20日前将改正后的报表报示例科技局（联系人：示例丁，0453-0000002）。",
        "示例科技局",
        "示例戊",
        "____年__月__日",
    ]


def test_names_of_files_bear_no_quotes_and_no_gaps(tmp_path: Path) -> None:
    found = sent_back(tmp_path, PLAN.replace("en: East", 'en: "Dong\'an  District"'))
    assert "returned_Dongan-District_2017Q2.docx" in [name for name, _ in letters(found, messages("en"))]


def test_who_was_sent_back_late_gets_days_to_reply_all_the_same(tmp_path: Path) -> None:
    sent_back(tmp_path, PLAN.replace("submissions:", OFFICE + "submissions:", 1))
    (tmp_path / "data" / "receipts.csv").write_text(RECEIPTS.replace("2017-07-10", "2017-08-21"), "utf-8")
    found = run(load_plan(tmp_path / "config" / "targets.yaml"), returned=True)
    said = paragraphs(build(found, messages("zh"), found.plan.units["east"]))
    assert "请于2017年8月26日前将改正后的报表报示例科技局（联系人：示例丁，0453-0000002）。" in said


def test_the_pack_has_the_marked_copy_of_what_was_sent_back(tmp_path: Path) -> None:
    from mdj_plan.reports.pack import parts

    names = [name for name, _ in parts(sent_back(tmp_path), messages("zh"))]
    assert [name for name in names if name.startswith("退回/")] == ["退回/东区_2017Q2_退回.xlsx"]


def test_a_unit_whose_return_came_after_all_is_not_told_of_it_again(tmp_path: Path) -> None:
    sent_back(tmp_path)
    (tmp_path / "data" / "submissions" / "2017Q2" / "东区_2017Q2.csv").write_text(GOOD, "utf-8")
    assert run(load_plan(tmp_path / "config" / "targets.yaml"), returned=True).returned == ()


ACTIONS = """\
编号,会议日期,事项,责任单位,完成时限,指标,目标值,完成日期,进展,备注
1,2017-04-20,报送建设方案,商务局,2017-05-31,,,,已拟初稿,
2,2017-04-20,召开推进会,商务局,2017-07-15,,,,,
3,,现场检查,商务局,2017-05-31,,,2017-05-30,,
"""


def test_a_letter_that_presses_names_the_units_decisions_and_no_others(tmp_path: Path) -> None:
    settle(tmp_path, quotas=QUOTAS, returns=SENT)
    (tmp_path / "data" / "actions.csv").write_text(ACTIONS, "utf-8")
    found = run(load_plan(tmp_path / "config" / "targets.yaml"))
    assert paragraphs(build(found, messages("zh"), found.plan.units["trade"])) == [
        "关于督办2017年第二季度\n逾期事项的函",
        "商务局：",
        (
            "根据《示例镇计划》（示例〔2016〕1号），经核对2017年第二季度进展（序时进度算至2017年6月末），"
            "现将贵单位有关情况函告如下："
        ),
        "一、议定事项",
        (
            "2017年4月20日联席会议议定“报送建设方案”，应于2017年5月31日前完成，截至2017年6月30日已逾期30天，"
            "进展为“已拟初稿”。"
        ),
        "2017年4月20日联席会议议定“召开推进会”，应于2017年7月15日前完成，请抓紧办理。",
        "二、报送",
        "2017年第二季度报表应于2017年7月15日前报送，截至目前未收到贵单位报表。",
        "请抓紧推进，尽快将整改措施和补报的报表报联席会议办公室。",
        "联席会议办公室",
        "____年__月__日",
    ]


def test_who_owes_nothing_gets_no_letter(tmp_path: Path) -> None:
    idle = PLAN.replace("duties:", "  # none\nduties:").replace(
        "indicators:", "  - {id: idle, kind: department, name: 闲置局}\nindicators:", 1
    )
    found = settled(tmp_path, SENT, idle)
    assert [name for name, _ in letters(found, messages("zh")) if "闲置局" in name] == []


def test_a_member_that_is_out_is_named(tmp_path: Path) -> None:
    found = settled(tmp_path, {"2017Q2/东区_2017Q2.csv": GOOD, "2017Q2/甲园_2017Q2.csv": OTHER}, MEMBERS)
    assert letter(found, "west") == [
        "乙园的2017年第二季度报表应于2017年7月15日前报送，截至目前没有可用的报表，请督促补报。",
        "请尽快将补报的报表报联席会议办公室。",
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
        "以下1个单位沿用2017年第一季度数字：西区。",
        "报表中的问题有：",
        "1.约数：东区（2处）。",
        "2.没有找到表格：西区、2017Q2/照片.xlsx。",
        "3.负数：东区。",
        "4.内容与后缀不符：西区、2017Q2/照片.xlsx。",
    ]
