"""Returns as clerks send them, each a way in which one was once misread."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.intake.reader import Reader
from mdj_plan.intake.submission import Submission
from mdj_plan.plan.load import load_plan

READER = Reader.of(load_plan(Path("config/targets.yaml")))
HEAD = "序号,载体名称,统一社会信用代码,载体类型,运营状态,孵化面积（平方米）,在孵企业数（户）\n"
ROW = "1,示例甲孵化器,91990000MAXX00001R,孵化器,运营,1000,10\n"


def read(
    *, title: str = "", unit: str = "东安区", period: str = "2017年第一季度", head: str = HEAD, body: str = ROW
) -> Submission:
    text = f"{title}\n填报单位：{unit},,报告期：{period}\n{head}{body}"
    return READER.read(text.encode(), "2017Q1/东安区_2017Q1.csv")


def codes(submission: Submission) -> list[str]:
    return [finding.code for finding in submission.findings]


@pytest.mark.parametrize("seal", ["（盖章）", "(公章)", "（章）", " 盖章"])
def test_a_seal_beside_the_unit_is_no_part_of_its_name(seal: str) -> None:
    found = read(unit="东安区" + seal)
    assert (found.unit, found.readable, codes(found)) == ("dongan", True, [])


@pytest.mark.parametrize(
    "beside",
    [
        "   2017年4月10日",
        " 2017年4月10日",
        "   2017年4月10日   单位：户、平方米",
        "科技局   2017年第一季度",
        "\t2017年4月10日",
        "　电话 0453-6171234",
    ],
)
def test_what_stands_behind_a_gap_is_no_part_of_the_units_name(beside: str) -> None:
    found = read(unit="东安区" + beside)
    assert (found.unit, str(found.period), codes(found)) == ("dongan", "2017Q1", [])


def test_two_units_in_one_cell_name_none() -> None:
    found = read(unit="东安区   西安区")
    assert [(f.code, f.value) for f in found.findings] == [("V113", "东安区  西安区")]


def test_a_period_beside_the_unit_is_the_returns_period() -> None:
    text = f"填报单位：东安区科技局   2017年第一季度\n{HEAD}{ROW}"
    found = READER.read(text.encode(), "报表.csv")
    assert (found.unit, str(found.period), codes(found)) == ("dongan", "2017Q1", [])


def test_a_period_and_a_date_with_something_behind_a_gap() -> None:
    text = f"填报单位：东安区\n报告期：2017年第一季度   （盖章）\n报出日期：2017年4月10日   电话 0453\n{HEAD}{ROW}"
    found = READER.read(text.encode(), "报表.csv")
    assert (str(found.period), str(found.received), codes(found)) == ("2017Q1", "2017-04-10", [])


def test_a_quarter_takes_its_year_from_the_title_which_must_agree() -> None:
    assert codes(read(title="2017年孵化器季报表", period="一季度")) == []
    assert codes(read(title="2018年孵化器季报表", period="一季度")) == ["L107"]
    assert codes(read(title="三年行动计划（2017-2019年）季报表", period="一季度")) == []


@pytest.mark.parametrize("label", ["孵化器小计", "孵化器合计", "孵化器小计（2家）", "全区合计", "小计："])
def test_a_total_with_a_kind_is_no_facility(label: str) -> None:
    found = read(body=ROW + f",{label},,孵化器,运营,1000,10\n")
    assert [claim.name for claim in found.claims] == ["示例甲孵化器"]


@pytest.mark.parametrize("closing", ["以上情况属实。", "（以下空白）", "此页无正文", "2017年4月8日"])
def test_a_closing_line_is_no_facility(closing: str) -> None:
    found = read(body=ROW + f",{closing}\n")
    assert (len(found.claims), codes(found)) == (1, [])


def test_numbers_of_columns_in_brackets_are_no_facility() -> None:
    found = read(body="（1）,（2）,（3）,（4）,（5）,（6）,（7）\n" + ROW)
    assert (len(found.claims), codes(found)) == (1, [])


@pytest.mark.parametrize("qualifier", ["（其中大学生创业企业）", "（上季）", "（规划）"])
def test_a_qualified_header_is_not_the_whole(qualifier: str) -> None:
    found = read(head=HEAD.replace("（户）", qualifier))
    assert found.claims[0].tenants is None
    assert codes(found) == ["L104"]


def test_a_duty_in_its_own_measure() -> None:
    text = "填报单位：市财政局,,报告期：2017年第一季度\n任务,本季进展数,状态\n落实建设经费支持政策,120万元,进行中\n"
    found = READER.read(text.encode(), "2017Q1/市财政局_2017Q1.csv")
    assert [(duty.duty, duty.progress) for duty in found.duties] == [("funding", 120)]
    assert codes(found) == ["V118"]


def test_last_quarters_figures_under_a_second_header_are_not_taken_for_this_quarters() -> None:
    head = HEAD.replace("孵化面积（平方米）,", "孵化面积（平方米）,,").rstrip() + ",\n,,,,,上季,本季,上季,本季\n"
    found = read(head=head, body="1,示例甲孵化器,91990000MAXX00001R,孵化器,运营,1000,1200,10,12\n")
    facility = found.claims[-1]
    assert (facility.name, facility.area_m2, facility.tenants) == ("示例甲孵化器", None, None)
    assert [(f.code, f.at.cell) for f in found.findings if f.value == "上季"] == [("V102", "F4"), ("V102", "H4")]
