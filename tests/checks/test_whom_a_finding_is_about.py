"""A finding says which facility, by its name as typed, and which field it is about; None where it is about no one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mdj_plan.messages import messages
from mdj_plan.reports.data.whole import as_json
from tests.checks.world import C1, C2, HEAD, assessed, findings, table

PINE = f"示例松涛,{C2},孵化器,市级,运营,1000,10,0,3"


@pytest.mark.parametrize(
    ("row", "code", "facility", "field"),
    [
        pytest.param(f" 示例 云杉,{C1},孵化器,市级,运营,约500,10,0,9", "V103", " 示例 云杉", "area_m2", id="cell"),
        pytest.param(f",{C1},孵化器,市级,运营,500,10,0,9", "V101", None, "name", id="a row without a name"),
        pytest.param(f"示例云杉,{C1},孵化器,市级,运营,500,10,9,3", "V112", "示例云杉", "new_graduates", id="part"),
        pytest.param(f"示例云杉,{C1},孵化器,市级,运营,9,1,0,9", "V111", "示例云杉", "area_m2", id="rule on a cell"),
        pytest.param("示例云杉,,孵化器,市级,运营,500,10,0,9", "V115", "示例云杉", "credit_code", id="blank cell"),
        pytest.param(f"示例松涛,{C2},孵化器,市级,运营,1000,10,0,3", "X101", "示例松涛", "name", id="row said twice"),
        pytest.param("合计,,,,,9999,,,", "L108", None, "area_m2", id="total: a field, no facility"),
    ],
)
def test_of_a_row(row: str, code: str, facility: str | None, field: str, tmp_path: Path) -> None:
    found = [f for f in findings(tmp_path, {"东示区_2": table(PINE, row)}) if f.code == code]
    assert [(f.facility, f.field) for f in found] == [(facility, field)]


def test_of_a_column_that_is_not_there(tmp_path: Path) -> None:
    text = table(PINE.replace(f"{C2},", ""), head=HEAD.replace("统一社会信用代码,", ""))
    found = [f for f in findings(tmp_path, {"东示区_2": text}) if f.code == "V115"]
    assert [(f.facility, f.field, f.at.cell) for f in found] == [(None, "credit_code", None)]


def test_of_one_that_has_no_row_any_more(tmp_path: Path) -> None:
    cedar = f"示例云杉,{C1},孵化器,市级,运营,500,10,0,9"
    found = findings(tmp_path, {"东示区_1": table(PINE, cedar), "东示区_2": table(PINE)})
    assert [(f.facility, f.field) for f in found if f.code == "X106"] == [("示例云杉", None)]


def test_of_a_return(tmp_path: Path) -> None:
    found = findings(tmp_path, {"东示区_1": table(PINE), "东示区_2": table(PINE)})
    assert [(f.facility, f.field) for f in found if f.code == "S105"] == [(None, None)]


def test_scripts_are_told(tmp_path: Path) -> None:
    assessment = assessed(tmp_path, {"东示区_2": table(PINE.replace("1000", "约1000"))})
    rows = json.loads(as_json(assessment, messages("zh")))["findings"]
    assert [(r["facility"], r["field"], r["accepted"]) for r in rows if r["code"] == "V103"] == [
        ("示例松涛", "area_m2", None)
    ]
