"""The rows of a return as the contract lays them down (contract 1): headers, types, measures, listed words."""

from __future__ import annotations

import dataclasses

import pytest

from mdj_plan.fields import (
    ACCREDITATION,
    CHOICES,
    COVER_FIELDS,
    DUTY_FIELDS,
    FIELDS,
    LEVELS,
    PARTS,
    REQUIRED,
    FacilityRow,
    Field,
)
from mdj_plan.names import Words

CONTRACT = """\
name 载体名称 text
credit_code 统一社会信用代码 code
kind 载体类型 choice
level 级别 choice
level_document 认定文号 text
demonstration 示范类型 choices
region 所在地区 unit
department 责任部门 unit
field 专业领域 text
founded 成立日期 date
state 运营状态 choice
area_m2 孵化面积（平方米） number
tenant_area_m2 在孵企业使用面积（平方米） number
tenants 在孵企业数（户） whole
new_graduates 本季新增毕业企业（户） whole
graduates_total 累计毕业企业（户） whole
fund_10k 孵化资金（万元） number
staff 从业人员（人） whole
professional_staff 专业孵化服务人员（人） whole
mentors 创业导师（人） whole
funded_tenants 获投融资在孵企业（户） whole
patent_tenants 已申请专利在孵企业（户） whole
ip_tenants 拥有有效知识产权在孵企业（户） whole
workplaces 创业工位（个） whole
teams 入驻团队（个） whole
new_firms 当年新注册企业（户） whole
cases 典型案例（个） whole
events 当年活动（场次） whole
note 备注 text
"""


def described(field: Field) -> str:
    return f"{field.id} {field.label.zh} {field.type}"


def test_the_columns_of_facilities() -> None:
    """A column that is newer than the contract is held by its line in `FacilityRow` alone."""
    other = set(CONTRACT.splitlines()) - set(map(described, FIELDS.values()))
    assert not other, f"returns are filled in with these columns: {sorted(other)}"


def test_the_columns_of_duties_and_the_labels_of_the_cover() -> None:
    assert [described(field) for field in DUTY_FIELDS.values()] == [
        "duty 任务 text",
        "progress 本季进展数 number",
        "status 状态 choice",
        "evidence 佐证材料 text",
        "remark 说明 text",
    ]
    assert " ".join(COVER_FIELDS.values()) == "填报单位 报告期 数据截止日 填表人 审核人 联系电话 报出日期 报告类型"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("kind", "孵化器=incubator 众创空间=makerspace 大学科技园=science_park"),
        ("level", "国家级=national 省级=provincial 市级=municipal 未认定=none"),
        ("demonstration", "省级示范=provincial 典型示范=typical"),
        ("state", "筹建=planned 在建=building 运营=operating 停运=closed"),
        ("status", "未启动=not_started 进行中=in_progress 已完成=done"),
        ("type", "正常=normal 零报告=nil 无变化=unchanged"),
    ],
)
def test_the_listed_words(field: str, words: str) -> None:
    assert " ".join(f"{word}={kept}" for word, kept in CHOICES[field].items()) == words


def test_levels_rank_from_none_up_and_a_blank_is_none() -> None:
    assert LEVELS == {None: 0, "none": 0, "municipal": 1, "provincial": 2, "national": 3}


def test_what_criteria_of_accreditation_alone_ask_for() -> None:
    assert " ".join(name for name in FIELDS if name in ACCREDITATION) == (
        "fund_10k staff professional_staff mentors funded_tenants patent_tenants ip_tenants"
        " workplaces teams new_firms cases events"
    )


def test_which_units_a_column_names() -> None:
    assert {field.id: field.unit_kind for field in FIELDS.values() if field.unit_kind} == {
        "region": "district",
        "department": "department",
    }


def test_without_name_and_kind_a_row_does_not_count() -> None:
    assert REQUIRED == ("name", "kind")


def test_parts_and_their_wholes() -> None:
    assert dict(PARTS) == {
        "tenant_area_m2": "area_m2",
        "new_graduates": "graduates_total",
        "professional_staff": "staff",
        "funded_tenants": "tenants",
        "patent_tenants": "tenants",
        "ip_tenants": "tenants",
    }


def test_a_column_is_called_by_header_and_measure() -> None:
    assert FIELDS["area_m2"].label == Words("孵化面积（平方米）", "incubation area (m²)")
    assert FIELDS["name"].label == Words("载体名称", "facility name")
    assert FIELDS["level"].words["none"] == "未认定"
    assert [FIELDS[name].numeric for name in ("area_m2", "tenants", "name", "founded")] == [True, True, False, False]


def test_a_row_says_nothing_of_what_it_was_not_given() -> None:
    assert {getattr(FacilityRow(), each.name) for each in dataclasses.fields(FacilityRow)} == {None}
