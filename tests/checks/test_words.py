"""Hints say what fits the cell and the plan: no figure where none is likely, no digits in a column of texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.messages import messages
from tests.checks.world import C1, C2, findings, table

PINE = f"示例松涛,{C2},孵化器,市级,运营,1000,10,0,3"


@pytest.mark.parametrize(
    ("row", "code", "hint"),
    [
        pytest.param(
            f"示例云杉,{C1},孵化器,市级,运营,500,3-5,0,9",
            "V103",
            "请填准确数字：是 3、5，还是两者之间的哪个数？",
            id="a range",
        ),
        pytest.param(f"示例云杉,{C1},孵化器,同上,运营,500,3,0,9", "V118", "无须处理；今后请逐行填写。", id="同上"),
        pytest.param(f"示例云杉,{C1},孵化器,市级,运营,500,3户,0,9", "V118", "无须处理；今后请只填数字。", id="a unit"),
    ],
)
def test_hints_of_cells(row: str, code: str, hint: str, tmp_path: Path) -> None:
    found = [f for f in findings(tmp_path, {"东示区_2": table(PINE, row)}) if f.code == code]
    assert [messages("zh").hint(f) for f in found] == [hint]


def test_the_example_of_a_period_is_one_of_the_plan(tmp_path: Path) -> None:
    files = {"东示区_2": table(PINE), "西示区_2": "报告期,2021.4\n" + table(PINE)}
    (found,) = [f for f in findings(tmp_path, files) if f.code == "L106"]
    assert messages("zh").hint(found) == "请写成 2021年第二季度 或 2021Q2 这样。"
    assert messages("en").hint(found) == "Write it like 2021年第二季度 or 2021Q2."
