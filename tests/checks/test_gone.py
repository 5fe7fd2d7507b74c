"""X106: what was there before and is not any more; and what only cannot be read, which is not gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.world import C1, C2, C3, table, told

CEDAR = f"示例云杉,{C1},孵化器,,运营,1000,10,0,9"
CEDAR_SPACE = CEDAR.replace("孵化器", "众创空间")
CEDAR_OF_ANOTHER = CEDAR.replace(C1, C2)
PINE = f"示例松涛,{C3},孵化器,,运营,1000,10,0,3"
GONE = "“示例云杉”在 2021Q1 报过，本期没有。"


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        pytest.param([CEDAR, PINE], [PINE], [f"X106 东示区 {GONE}"], id="gone"),
        pytest.param([CEDAR.replace("运营", "停运"), PINE], [PINE], [], id="closed before"),
        pytest.param([CEDAR, CEDAR_OF_ANOTHER], [CEDAR], [f"X106 东示区 {GONE}"], id="one of two namesakes"),
        pytest.param(
            [CEDAR, CEDAR_SPACE],
            [CEDAR],
            ["X106 东示区 “示例云杉”在 2021Q1 报为众创空间，本期同名的只有孵化器。"],
            id="the maker space of two of one name and operator",
        ),
        pytest.param(
            [CEDAR],
            [CEDAR_SPACE],
            ["X106 东示区 “示例云杉”在 2021Q1 报为孵化器，本期同名的只有众创空间。"],
            id="another kind now",
        ),
        pytest.param(
            [CEDAR, PINE],
            [CEDAR.replace("孵化器", ""), PINE],
            ["V101 东示区 C2 “载体类型”没有填。"],
            id="there, without its kind",
        ),
        pytest.param(
            [CEDAR, PINE],
            [CEDAR.replace("示例云杉", ""), PINE],
            ["V101 东示区 A2 “载体名称”没有填。"],
            id="there, without its name",
        ),
        pytest.param(
            [CEDAR.replace(C1, ""), PINE],
            [CEDAR.replace("示例云杉", ""), PINE],
            ["V101 东示区 A2 “载体名称”没有填。"],
            id="without its name, and no code before",
        ),
        pytest.param(
            [CEDAR, PINE],
            [CEDAR.replace("示例云杉", "").replace(C1, C2), PINE],
            [f"X106 东示区 {GONE}", "V101 东示区 A2 “载体名称”没有填。"],
            id="a row without a name, but of another operator",
        ),
        pytest.param(
            [CEDAR, PINE],
            [CEDAR_SPACE.replace("示例云杉", ""), PINE],
            [f"X106 东示区 {GONE}", "V101 东示区 A2 “载体名称”没有填。"],
            id="a row without a name, but of another kind",
        ),
    ],
)
def test_what_is_gone(before: list[str], now: list[str], expected: list[str], tmp_path: Path) -> None:
    files = {"东示区_1": table(*before), "东示区_2": table(*now)}
    assert told(tmp_path, files, but=frozenset({"S101", "S105", "V115"})) == expected


def test_a_row_for_another_unit_is_not_gone(tmp_path: Path) -> None:
    head = "载体名称,统一社会信用代码,载体类型,所在地区,运营状态"
    files = {
        "东示区_1": table(f"示例云杉,{C1},孵化器,,运营", f"示例松涛,{C3},孵化器,,运营", head=head),
        "东示区_2": table(f"示例云杉,{C1},孵化器,西示区,运营", f"示例松涛,{C3},孵化器,,运营", head=head),
    }
    assert told(tmp_path, files) == ["S104 东示区 D2 “示例云杉”填的是西示区，不属于东示区；该行不计入。"]
