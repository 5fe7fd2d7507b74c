"""Two different objections at one cell are both told."""

from __future__ import annotations

from pathlib import Path

from mdj_plan.messages import messages
from tests.checks.world import C1, findings, table, told

HEAD = "载体名称,统一社会信用代码,载体类型,责任部门,运营状态"


def test_a_facility_claimed_by_two_districts_and_by_two_departments(tmp_path: Path) -> None:
    files = {
        "东示区_2": table(f"示例云杉,{C1},孵化器,市示农委,运营", head=HEAD),
        "西示区_2": table(f"示例云杉,{C1},孵化器,市示工信委,运营", head=HEAD),
    }
    assert told(tmp_path, files) == [
        "X102 西示区 A2 “示例云杉”被多家同时申报：东示区、西示区。",
        "X102 西示区 A2 “示例云杉”被多家同时申报：市示农委、市示工信委。",
    ]
    english = messages("en")
    assert [english.message(f) for f in findings(tmp_path, files) if f.code == "X102"] == [
        "示例云杉 is claimed by several: East, West.",
        "示例云杉 is claimed by several: Farms, Works.",
    ]


def test_two_bad_dates_in_one_cell_of_the_cover(tmp_path: Path) -> None:
    cover = "数据截止日：2021.13.1 报出日期：2021.14.1\n"
    files = {"东示区_2": cover + table(f"示例云杉,{C1},孵化器,,运营", head=HEAD)}
    assert told(tmp_path, files) == [
        "V107 东示区 A1 “数据截止日”填“2021.13.1”，没有这一天。",
        "V107 东示区 A1 “报出日期”填“2021.14.1”，没有这一天。",
    ]


def test_what_a_later_stage_says_of_a_cell_already_objected_to_is_left_out(tmp_path: Path) -> None:
    head = f"{HEAD},本季新增毕业企业（户）,累计毕业企业（户）"
    files = {
        "东示区_1": table(f"示例云杉,{C1},孵化器,,运营,0,9", head=head),
        "东示区_2": table(f"示例云杉,{C1},孵化器,,运营,0,约5", head=head),
    }
    assert told(tmp_path, files) == ["V103 东示区 G2 “累计毕业企业（户）”填“约5”，是约数。"]
