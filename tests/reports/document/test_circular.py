"""The circular's prose in odd cases: everybody or nobody behind, ties, nothing allocated, nothing sent, one district only."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.messages import messages
from mdj_plan.reports.document.circular import circular
from tests.reports.county import HEAD, NIL, PLAN, QUOTAS, RETURNS, county
from tests.reports.tables.test_office import DECISIONS, MOVED, closed, judged
from tests.reports.tables.test_returns import FILES, RECEIPTS


def said(a: Assessment, heading: int, language: str = "zh") -> str:
    """What stands below one of the circular's five headings, a paragraph a line (0: above the first)."""
    parts: list[list[str]] = [[]]
    for style, text in circular(a, messages(language)):
        if style == "heading1":
            parts.append([])
        elif style == "body":
            parts[-1].append(text)
    return "\n".join(parts[heading]) + "\n"


WHOLE, DISTRICTS, DEPARTMENTS, RETURNED, NEXT = range(1, 6)


def headings(a: Assessment) -> list[str]:
    return [text for style, text in circular(a, messages("zh")) if style == "heading1"]


def test_an_ordinary_quarter(tmp_path: Path) -> None:
    a = county(tmp_path)
    assert (
        said(a, WHOLE)
        == """\
应报7个单位，已报5个。全市3项目标：达到序时3项。
较上季，孵化器增加2家，孵化面积增加0.77万平方米，新增毕业增加3户。
本季，新增孵化器2家：夏雨孵化器、秋月孵化器；新增众创空间1家：冬至空间；毕业企业3户：春风孵化器（2户）、秋月孵化器（1户）。
"""
    )
    assert (
        said(a, DISTRICTS)
        == """\
各项达到序时进度的有：春区、夏区、园区。
尚无数字、不能评判的有：秋区（孵化器）。
其余单位均未达到滞后标准。
"""
    )
    assert (
        said(a, DEPARTMENTS)
        == """\
任务全部完成的有：商务局。
商务局办展会进行中，累计2场。
"""
    )
    assert (
        said(a, RETURNED)
        == """\
未报的有：秋区、新闻社。
没有报全的有：园区（缺乙园）。
报表中的问题有：
1.没有信用代码：春区、冬区、园区、商务局。
2.缺数字：春区。
"""
    )
    assert (
        said(a, NEXT)
        == """\
（一）保持进度。各单位要按序时推进，确保按期完成。
（二）按时如实报送。未报的单位要立即补报。今后在每季终了后15日内报送。
"""
    )


def test_the_same_in_english(tmp_path: Path) -> None:
    a = county(tmp_path)
    assert (
        said(a, WHOLE, "en") + said(a, DISTRICTS, "en") + said(a, DEPARTMENTS, "en")
        == """\
5 of 7 units have reported. Of 3 city targets: on schedule 3.
Since the last quarter: Incubators +2 家, Area +0.77 × 10,000 m², New graduates +3 户.
What happened this quarter: new incubators: 2 (夏雨孵化器, 秋月孵化器); new maker spaces: 1 (冬至空间); firms graduated: 3 (春风孵化器 (2 graduated), 秋月孵化器 (1 graduated)).
On schedule throughout: Spring, Summer, Zone.
Without a figure to judge by: Autumn (Incubators).
Nobody else is behind.
All done: Trade Office.
Trade Office: Hold fairs, in progress, 2 场 in all.
"""
    )


def test_everybody_is_behind(tmp_path: Path) -> None:
    nothing = {f"2017Q2/{unit}.csv": NIL for unit in ("春区", "夏区", "秋区", "冬区", "园区", "商务局")}
    a = county(tmp_path, returns=nothing, as_of="2018-12")
    assert (
        said(a, DISTRICTS)
        == "远远落后的有：春区（孵化器、孵化面积）、夏区（孵化器）、秋区（孵化器）、园区（孵化器）。\n"
    )
    assert said(a, DEPARTMENTS) == "远远落后的有：商务局（孵化器）。\n"
    assert said(a, NEXT).splitlines()[0] == (
        "（一）加快补齐差距。春区（孵化器、孵化面积）、夏区（孵化器）、秋区（孵化器）、园区（孵化器）、商务局（孵化器）"
        "要逐项制定措施，明确每季完成数，____年__月__日前书面报告。"
    )


def test_nobody_has_sent_anything(tmp_path: Path) -> None:
    a = county(tmp_path, returns={})
    assert said(a, WHOLE) == "应报7个单位，已报0个。全市3项目标：未报3项。\n"
    assert (
        said(a, DISTRICTS)
        == "尚无数字、不能评判的有：春区（孵化器、孵化面积）、夏区（孵化器）、秋区（孵化器）、园区（孵化器）。\n"
    )
    assert said(a, DEPARTMENTS) == "尚无数字、不能评判的有：商务局（孵化器）。\n"
    assert said(a, RETURNED) == "未报的有：春区、夏区、秋区、冬区、园区、商务局、新闻社。\n"
    assert said(a, DISTRICTS, "en") == (
        "Without a figure to judge by: Spring (Incubators, Area), Summer (Incubators), Autumn (Incubators), Zone (Incubators).\n"
    )


def test_everybody_is_done_and_punctual(tmp_path: Path) -> None:
    two = f"{HEAD}\n春风孵化器,孵化器,,运营,20000,0\n夏雨孵化器,孵化器,,运营,1,0\n"
    four = two + "秋月孵化器,孵化器,,运营,1,0\n冬雪孵化器,孵化器,,运营,1,0\n"
    one = f"{HEAD}\n春风孵化器,孵化器,春区,运营,20000,0\n\n任务,本季进展数,状态\n办展会,1,已完成\n"
    press = "报告类型,零报告\n\n任务,本季进展数,状态\n宣传,,已完成\n"
    names = {
        "春区": two,
        "夏区": two.replace("20000", "1"),
        "秋区": two.replace("20000", "1"),
        "冬区": NIL,
        "园区": four,
    }
    returns = {f"2017Q2/{unit}.csv": text for unit, text in names.items()} | {
        "2017Q2/商务局.csv": one,
        "2017Q2/新闻社.csv": press,
    }
    coded = {
        name: text.replace("载体名称,", "载体名称,备注,").replace("孵化器,孵化器", "孵化器,,孵化器")
        for name, text in returns.items()
    }
    a = county(tmp_path, returns=coded)
    assert said(a, DISTRICTS) == "任务全部完成的有：春区、夏区、秋区、园区。\n没有达到滞后标准的单位。\n"
    assert said(a, DEPARTMENTS) == "任务全部完成的有：商务局。\n商务局办展会已完成，累计1场；新闻社宣传已完成。\n"
    assert said(a, RETURNED).startswith("各单位均按时报送。\n")
    assert said(a, NEXT).startswith("（一）保持进度。各单位要按序时推进，确保按期完成。\n")


def test_nothing_is_allocated(tmp_path: Path) -> None:
    a = county(tmp_path, quotas="责任单位,指标,目标,依据\n")
    assert said(a, DISTRICTS) == "没有分解任务。\n"
    assert said(a, DEPARTMENTS) == "商务局办展会进行中，累计2场。\n"


def test_without_departments_their_section_is_left_out_and_the_numbers_close_up(tmp_path: Path) -> None:
    plan = "".join(
        line for line in PLAN.splitlines(keepends=True) if "kind: department" not in line and "unit: " not in line[:30]
    ).replace("duties:\n", "")
    quotas = QUOTAS.replace("商务局,孵化器,1,一\n", "")
    returns = {name: text for name, text in RETURNS.items() if "商务局" not in name}
    a = county(tmp_path, plan=plan, quotas=quotas, returns=returns)
    assert headings(a) == ["一、总体情况", "二、县（市）区、开发区情况", "三、报送情况", "四、下一步工作"]


def test_one_district_only(tmp_path: Path) -> None:
    a = county(tmp_path, quotas="责任单位,指标,目标,依据\n春区,孵化器,2,一\n", as_of="2018-06")
    assert said(a, DISTRICTS) == "任务全部完成的有：春区。\n没有达到滞后标准的单位。\n"


def test_a_little_behind_is_not_behind(tmp_path: Path) -> None:
    quotas = "责任单位,指标,目标,依据\n春区,孵化面积,50000,二\n商务局,孵化面积,50000,二\n"
    a = county(tmp_path, quotas=quotas)  # 12 000 of 12 500 ㎡: one point
    assert said(a, DISTRICTS) == "没有达到滞后标准的单位。\n"
    assert said(a, DEPARTMENTS) == "没有达到滞后标准的部门。\n商务局办展会进行中，累计2场。\n"


def test_equally_far_behind_stand_in_the_plans_order(tmp_path: Path) -> None:
    quotas = "责任单位,指标,目标,依据\n夏区,孵化器,4,一\n春区,孵化器,8,一\n园区,孵化器,8,一\n"
    a = county(tmp_path, quotas=quotas, as_of="2018-06")  # 0 of 4; 2 of 8; 2 of 8, where three quarters are due
    assert said(a, DISTRICTS) == "远远落后的有：夏区（孵化器）、春区（孵化器）、园区（孵化器）。\n"


CAUGHT_UP = {
    "2017Q3/春区.csv": f"{HEAD}\n春风孵化器,孵化器,,停运,10000,0\n",
    "2017Q3/商务局.csv": f"{HEAD}\n夏雨孵化器,孵化器,夏区,停运,10000,0\n",
    "2017Q4/春区.csv": f"{HEAD}\n春风孵化器,孵化器,,运营,10000,0\n",
    "2017Q4/商务局.csv": f"{HEAD}\n夏雨孵化器,孵化器,夏区,运营,10000,0\n",
}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "上季远远落后、本季赶上的有：春区（孵化面积）。"),
        ("en", "Far behind a quarter ago and caught up since: Spring (Area)."),
    ],
)
def test_who_caught_up_by_the_plans_own_word(tmp_path: Path, language: str, told: str) -> None:
    a = county(
        tmp_path,
        quotas="责任单位,指标,目标\n春区,孵化面积,20000\n商务局,孵化面积,20000\n",
        returns=CAUGHT_UP,
        period="2017Q4",
    )
    assert told in said(a, DISTRICTS, language)
    other = told.replace("春区", "商务局").replace("Spring", "Trade Office")
    assert other in said(a, DEPARTMENTS, language)


def test_late_sent_back_unusable_in_part(tmp_path: Path) -> None:
    a = county(tmp_path, returns=FILES, receipts=RECEIPTS)
    assert (
        said(a, RETURNED)
        == """\
退回后尚未改正重报的：2017年7月12日退回秋区（1处错误）；2017年7月13日退回冬区（2处错误）。
来件不能使用的有：新闻社。
没有报全的有：园区（缺乙园）。
迟报的有：夏区（迟报3天）。
没有报告职责进展的有：商务局。
以下1个单位沿用2017年第一季度数字：冬区。
报表中的问题有：
1.没有找到表格：新闻社。
2.填报单位不明：2017Q2/某局.csv。
3.没有信用代码：春区、园区、商务局、2017Q2/某局.csv。
4.与上期完全相同：春区。
"""
    )
    assert (
        said(a, RETURNED, "en")
        == """\
Sent back and not mended yet: Autumn (1 error) on 12 July 2017; Winter (2 errors) on 13 July 2017.
Came and cannot be used: Press.
In part only: Zone (without 乙园).
Late: Summer (3 days late).
No word of their duties: Trade Office.
The figures of 2017Q1 stand in for Winter.
What is wrong with the returns:
1. No table found: Press.
2. Unit undetermined: 2017Q2/某局.csv.
3. Credit code missing: Spring, Zone, Trade Office, 2017Q2/某局.csv.
4. Same as last quarter: Spring.
"""
    )
    assert (
        said(a, NEXT)
        == """\
（一）保持进度。各单位要按序时推进，确保按期完成。
（二）按时如实报送。秋区、冬区要按退回件改正后重报。新闻社要按退回件逐格核对改正。今后在每季终了后15日内报送。
"""
    )


def test_what_moved_and_what_happened(tmp_path: Path) -> None:
    a = county(tmp_path, returns=MOVED)
    assert (
        said(a, WHOLE)
        == """\
应报7个单位，已报1个。全市3项目标：达到序时1项、滞后2项。
较上季，孵化器减少2家，孵化面积减少0.06万平方米，新增毕业增加4户。
本季，新增孵化器1家；众创空间投入运营1家；停止运营1家；不再申报1家；变更运营主体1家；晋升国家级1家；降为市级1家；新获省级示范1家；不再是典型示范1家；毕业企业4户（名单见附件5）。
"""
    )


def test_what_did_not_move_is_said_last_and_alone_not_at_all(tmp_path: Path) -> None:
    still = {f"{quarter}/春区.csv": f"{HEAD}\n春风孵化器,孵化器,,运营,1000,0\n" for quarter in ("2017Q1", "2017Q2")}
    assert "较上季" not in said(county(tmp_path / "still", returns=still), WHOLE)
    grown = still | {"2017Q2/春区.csv": f"{HEAD}\n春风孵化器,孵化器,,运营,1200,0\n"}
    assert "较上季，孵化面积增加0.02万平方米，孵化器、新增毕业没有变化。\n" in said(
        county(tmp_path / "grown", returns=grown), WHOLE
    )


def test_decisions_that_are_overdue_and_due_soon(tmp_path: Path) -> None:
    a = county(tmp_path, actions=DECISIONS)
    assert said(a, NEXT).splitlines()[-1] == (
        "（三）落实议定事项。已逾期的有：夏区、秋区“腾出场地”（逾期20天）；春区“面积到两万”（逾期15天）。近期到期的有：园区“挂牌”（2017年7月30日前）。"
    )
    assert said(a, NEXT, "en").splitlines()[-1] == (
        "(3) Decisions. Overdue: Summer, Autumn, “腾出场地” (20 days); Spring, “面积到两万” (15 days). Due soon: Zone, “挂牌” (by 30 July 2017)."
    )


def test_candidates_with_blank_fields_are_not_ready(tmp_path: Path) -> None:
    a = judged(tmp_path)
    assert said(a, NEXT).splitlines()[-1] == (
        "（三）突出争创重点。国家级示例还要争创4个，条件最接近的是春风孵化器、秋月孵化器（2条未填）、夏雨孵化器（3条未具备）。"
    )
    assert (
        said(a, NEXT, "en")
        .splitlines()[-1]
        .endswith("the nearest are 春风孵化器, 秋月孵化器 (2 not stated), 夏雨孵化器 (3 lacking).")
    )


def test_published_figures_that_are_others_now(tmp_path: Path) -> None:
    a = closed(tmp_path)
    assert said(a, WHOLE).splitlines()[-1] == (
        "2017年第二季度数字公布（第1版，2017年7月20日）后有修订：全市数字2项、各单位数字2项；原因：春区更正2017年第二季度报表、夏区2017年第二季度报表不再计入、计划文件有改动。修订前后对照见附件5。"
    )
    assert said(a, WHOLE, "en").splitlines()[-1] == (
        "Figures published for 2017Q2 (edition 1, 20 July 2017) have been revised: 2 for the city, 2 for units; because of Spring’s corrected return for 2017Q2, Summer’s return for 2017Q2, which no longer counts, the plan. Both are set side by side in annex 5."
    )


def test_a_revised_target_is_told_once(tmp_path: Path) -> None:
    plan = PLAN.replace(
        "value: 8, clause: 一}", "value: 8, clause: 一, revisions: [{from: 2017Q2, value: 5, clause: 纪要7}]}"
    )
    assert said(county(tmp_path, plan=plan), WHOLE).splitlines()[-1] == (
        "目标有调整的：孵化器原目标 8，2017年第二季度起调整为 5（依据 纪要7），按原目标完成率 50.0%。"
    )
