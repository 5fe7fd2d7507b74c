"""Which letter each unit gets, and whole letters of each kind in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.messages import messages
from mdj_plan.reports.document.letter import kind_of, letter
from mdj_plan.reports.document.letters import letters
from tests.reports.county import PLAN, county
from tests.reports.tables.test_office import DECISIONS
from tests.reports.tables.test_returns import FILES, RECEIPTS

OFFICE = (
    PLAN
    + "office: {name: {zh: 示例办, en: Example Office}, contact: 王示例, phone: 0453-0000009, signer: 张示例, reply_days: 5}\n"
)


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """A year later nothing more has come, and decisions are overdue."""
    return county(tmp_path_factory.mktemp("county"), as_of="2018-06", actions=DECISIONS)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """Late, sent back, in part, unusable, a duty passed over; and an office that wants answers within five days."""
    return county(tmp_path_factory.mktemp("county"), plan=OFFICE, returns=FILES, receipts=RECEIPTS)


def kinds(a: Assessment) -> dict[str, str]:
    return {unit.id: kind_of(a, unit) for unit in a.plan.units.values()}


def test_who_gets_which_letter(behind: Assessment, mixed: Assessment) -> None:
    assert kinds(behind) == {
        "spring": "press",  # behind and overdue
        "summer": "press",
        "autumn": "press",  # overdue alone
        "winter": "",  # owes nothing
        "zone": "press",
        "office": "",  # done, and has reported
        "press": "remind",
    }
    assert kinds(mixed) == {
        "spring": "",
        "summer": "",  # late, but it came
        "autumn": "return",
        "winter": "return",  # sent back: it gets its letter though it owes nothing
        "zone": "remind",  # one of its members is out
        "office": "remind",  # says nothing of its duty
        "press": "return",  # came and cannot be used
    }


def test_who_owes_nothing_is_not_reminded(tmp_path: Path) -> None:
    a = county(tmp_path, returns={})
    assert {unit: kind for unit, kind in kinds(a).items() if kind != "remind"} == {"winter": ""}


def test_files_are_named_by_kind_unit_and_quarter(mixed: Assessment) -> None:
    assert [name for name, _ in letters(mixed, messages("zh"))] == [
        "退回函_秋区_2017Q2.docx",
        "退回函_冬区_2017Q2.docx",
        "催报函_园区_2017Q2.docx",
        "催报函_商务局_2017Q2.docx",
        "退回函_新闻社_2017Q2.docx",
    ]


def said(a: Assessment, unit: str, language: str = "zh") -> str:
    """The letter, a paragraph a line."""
    return "\n".join(text for _, text in letter(a, messages(language), a.plan.units[unit])) + "\n"


def test_to_press_a_unit_with_members(behind: Assessment) -> None:
    assert (
        said(behind, "zone")
        == """\
关于督办2017年第二季度｜滞后任务和逾期事项的函
园区：
根据《示例县计划》（示例〔2016〕2号），经核对2017年第二季度进展（序时进度算至2018年6月末），现将贵单位有关情况函告如下：
一、滞后任务
孵化器：目标4家，2018年第四季度末到期；完成2家，完成率50.0%，序时进度75.0%，落后序时进度25.0个百分点，状态为“滞后”。要按期完成，今后每季需完成1家。
二、议定事项
2017年4月20日联席会议议定“挂牌”，应于2017年7月30日前完成，截至2018年6月30日已逾期335天。
2017年4月20日联席会议议定“验收”，应于2017年7月31日前完成，截至2018年6月30日已逾期334天。
三、报送
乙园的2017年第二季度报表应于2017年7月15日前报送，截至目前没有可用的报表，请督促补报。
四、报表中的问题
1.表里没有“统一社会信用代码”列。请补上这一列。
请抓紧推进，尽快将整改措施和补报的报表报联席会议办公室。
联席会议办公室
____年__月__日
"""
    )


def test_to_press_in_english(behind: Assessment) -> None:
    assert (
        said(behind, "spring", "en")
        == """\
Tasks behind schedule and overdue decisions, 2017Q2
Spring:
Under the County plan (示例〔2016〕2号), and by the returns for 2017Q2 (schedule to the end of June 2018), we draw your attention to the following.
Tasks behind schedule
Area: target 2 × 10,000 m², due at the end of 2018Q4; done 1.2 × 10,000 m², which is 60.0% where the schedule asks for 75.0%: 15.0 points behind schedule, status “behind”. Needed each quarter from now on: 0.4 × 10,000 m².
Decisions
“面积到两万”, decided on 20 April 2017, was due on 15 June 2017 and was 380 days overdue on 30 June 2018; progress: 装修中.
Problems in the return
1. The table has no column for credit codes. Add the column.
2. cell E3: incubation area (m²) is blank for 1 of the operating facilities (E3); sums over it may be too low. Fill them in; give 0, not a blank, where there is none.
Please send your plan of action to the joint-meeting office soon.
the joint-meeting office
________
"""
    )


def test_to_press_who_has_not_reported(behind: Assessment) -> None:
    assert (
        said(behind, "autumn")
        == """\
关于督办2017年第二季度｜逾期事项的函
秋区：
根据《示例县计划》（示例〔2016〕2号），经核对2017年第二季度进展（序时进度算至2018年6月末），现将贵单位有关情况函告如下：
一、议定事项
2017年4月20日联席会议议定“腾出场地”，应于2017年6月10日前完成，截至2018年6月30日已逾期385天。
二、报送
2017年第二季度报表应于2017年7月15日前报送，截至目前未收到贵单位报表。
请抓紧推进，尽快将整改措施和补报的报表报联席会议办公室。
联席会议办公室
____年__月__日
"""
    )


def test_a_return_sent_back_with_the_office_and_its_days(mixed: Assessment) -> None:
    assert (
        said(mixed, "autumn")
        == """\
关于退回2017年第二季度报表的函
秋区：
贵单位2017年7月12日报送的2017年第二季度报表有1处错误，不能使用，现予退回，请按退回件改正后重报。
请于2017年7月20日前将改正后的报表报示例办（联系人：王示例，0453-0000009）。
示例办
张示例
____年__月__日
"""
    )
    assert (
        said(mixed, "winter", "en")
        == """\
Your return for 2017Q2 is sent back
Winter:
Your return of 13 July 2017 had 2 errors and cannot be used; it is sent back to be corrected.
Please send the corrected return to the Example Office by 20 July 2017 (contact: 王示例, 0453-0000009).
Example Office
张示例
________
"""
    )


def test_a_reminder_of_a_member_and_one_of_a_duty(mixed: Assessment) -> None:
    assert (
        said(mixed, "zone")
        == """\
关于催报2017年第二季度报表的函
园区：
乙园的2017年第二季度报表应于2017年7月15日前报送，截至目前没有可用的报表，请督促补报。
报表中有下列问题，请核对：
1.表里没有“统一社会信用代码”列。请补上这一列。
请于2017年7月20日前将补报的报表报示例办（联系人：王示例，0453-0000009）。
示例办
张示例
____年__月__日
"""
    )
    assert (
        said(mixed, "office")
        == """\
关于催报2017年第二季度报表的函
商务局：
贵单位2017年第二季度报表没有填报“办展会”的进展，请补报。
报表中有下列问题，请核对：
1.表里没有“统一社会信用代码”列。请补上这一列。
请于2017年7月20日前将补充后的报表报示例办（联系人：王示例，0453-0000009）。
示例办
张示例
____年__月__日
"""
    )
