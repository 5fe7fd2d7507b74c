"""What a unit's return is compared with: what stood for the unit before, however it reported (X104-X110)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.world import C1, C2, C3, HEAD, table, told

CEDAR = f"示例云杉,{C1},孵化器,市级,运营,1000,10,0,9"
CEDAR_FELL = f"示例云杉,{C1},孵化器,市级,运营,1000,10,0,5"
PINE = f"示例松涛,{C2},孵化器,市级,运营,1000,10,0,3"
PINE_GREW = f"示例松涛,{C2},孵化器,市级,运营,1000,10,1,7"
PINE_LARGER = f"示例松涛,{C2},孵化器,,运营,1500,10,0,3"

CEDAR_BEFORE = "“示例云杉”累计毕业企业由 9（2021Q1）降为 5。"
GREW = "“示例松涛”累计毕业企业比上期增加 4，本季新增却填 1。"
JUMPED = "“示例松涛”孵化面积由 1000 变为 1500 平方米（与 2021Q1 相比 +50%）。"
GONE = "“示例松涛”在 2021Q1 报过，本期没有。"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"示开发区_1": table(CEDAR, PINE), "甲园_2": table(CEDAR_FELL), "乙园_2": table(PINE_GREW)},
            [f"X105 乙园 I2 {GREW}", f"X104 甲园 I2 {CEDAR_BEFORE}"],
            id="as one, then member by member",
        ),
        pytest.param(
            {"甲园_1": table(CEDAR), "乙园_1": table(PINE), "示开发区_2": table(CEDAR_FELL, PINE_LARGER)},
            [
                f"X104 示开发区 I2 {CEDAR_BEFORE}",
                "X108 示开发区 D3 “示例松涛”上次级别为市级，本期没有填，按未认定计。",
                f"X107 示开发区 F3 {JUMPED}",
            ],
            id="member by member, then as one",
        ),
        pytest.param(
            {
                "示开发区_1": table(CEDAR, PINE),
                "甲园_2": table(CEDAR),
                "乙园_2": table(f"示例新枝,{C3},孵化器,,运营,,,,"),
            },
            [f"X106 甲园 {GONE}"],
            id="gone from both members",
        ),
        pytest.param(
            {"甲园_1": table(CEDAR), "乙园_1": table(PINE), "示开发区_2": table(CEDAR)},
            [f"X106 示开发区 {GONE}"],
            id="gone from the whole",
        ),
        pytest.param(
            {"示开发区_1": table(CEDAR, PINE), "甲园_2": table(CEDAR)},
            [],
            id="nothing is gone while a member is out that may have it",
        ),
        pytest.param(
            {"甲园_1": table(CEDAR), "乙园_1": table(PINE), "甲园_2": table(PINE), "乙园_2": table(CEDAR_FELL)},
            [f"X104 乙园 I2 {CEDAR_BEFORE}"],
            id="passed from one member to the other",
        ),
        pytest.param(
            {
                "示开发区_1": table(CEDAR, PINE),
                "甲园_2": table(CEDAR),
                "乙园_2": table(f"示例松林,{C2},孵化器,,运营,,,,"),
            },
            ["X109 乙园 A2 “示例松林”与“示例松涛”（2021Q1/示开发区.csv A3）信用代码、类型相同，可能是更名或重复。"],
            id="another name after passing on",
        ),
    ],
)
def test_a_unit_is_compared_with_what_stood_for_it(files: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, files) == expected


def test_a_member_is_compared_with_the_whole_until_it_has_reported_itself(tmp_path: Path) -> None:
    files = {
        "示开发区_1": table(CEDAR, PINE),
        "甲园_2": table(CEDAR),
        "甲园_3": table(CEDAR_FELL),
        "乙园_3": table(f"示例新枝,{C3},孵化器,,运营,,,,"),
    }
    assert told(tmp_path, files, 3) == [
        f"X106 甲园 {GONE}",
        "X104 甲园 I2 “示例云杉”累计毕业企业由 9（2021Q2）降为 5。",
    ]


TWIN, TWIN_FELL = CEDAR.replace(C1, C2), CEDAR_FELL.replace(C1, C2)
APART = "X110 东示区 A3 “示例云杉”与 A2 的同名载体信用代码不同或无法对应，按不同载体计。"


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        pytest.param([CEDAR, TWIN], [CEDAR, TWIN], [APART], id="both stay"),
        pytest.param([CEDAR, TWIN], [TWIN, CEDAR], [APART], id="in whatever order"),
        pytest.param(
            [CEDAR, TWIN],
            [CEDAR, TWIN_FELL],
            [APART, f"X104 东示区 I3 {CEDAR_BEFORE}"],
            id="the total of one fell",
        ),
        pytest.param(
            [CEDAR],
            [TWIN_FELL],
            ["X110 东示区 A2 “示例云杉”与 2021Q1/东示区.csv A2 的同名载体信用代码不同或无法对应，按不同载体计。"],
            id="one name, another operator: not compared",
        ),
        pytest.param(
            [CEDAR, TWIN],
            [CEDAR_FELL.replace(C1, "")],
            ["X106 东示区 “示例云杉”在 2021Q1 报过，本期没有。"],
            id="without a code it may be either: compared with neither, and one of them is gone",
        ),
        pytest.param(
            [CEDAR],
            [CEDAR_FELL.replace(C1, "")],
            [f"X104 东示区 I2 {CEDAR_BEFORE}"],
            id="without a code there is but one",
        ),
    ],
)
def test_namesakes_are_told_apart_by_code(
    before: list[str], now: list[str], expected: list[str], tmp_path: Path
) -> None:
    files = {"东示区_1": table(*before), "东示区_2": table(*now)}
    assert told(tmp_path, files, but=frozenset({"S101", "S105", "V115"})) == expected


def cedar(total: str, area: str = "1000", level: str = "", code: str = C1) -> str:
    return f"示例云杉,{code},孵化器,{level},运营,{area},10,0,{total}"


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        pytest.param(
            [[cedar("9")], [cedar("")], [cedar("5")]],
            ["X104 东示区 I2 “示例云杉”累计毕业企业由 9（2021Q1）降为 5。"],
            id="blank for a quarter",
        ),
        pytest.param(
            [[cedar("9"), PINE], [PINE], [cedar("5"), PINE]],
            ["X104 东示区 I2 “示例云杉”累计毕业企业由 9（2021Q1）降为 5。"],
            id="absent for a quarter",
        ),
        pytest.param(
            [[cedar("9")], [cedar("7")], [cedar("8")]],
            ["X105 东示区 I2 “示例云杉”累计毕业企业比上期增加 1，本季新增却填 0。"],
            id="the last that states it counts, not the highest",
        ),
        pytest.param(
            [[cedar("5")], [cedar("")], [cedar("9")]], [], id="growth over two quarters is not this quarter's"
        ),
        pytest.param(
            [[cedar("9")], [cedar("9", area="约900")], [cedar("9", area="700")]],
            ["X107 东示区 F2 “示例云杉”孵化面积由 1000 变为 700 平方米（与 2021Q1 相比 -30%）。"],
            id="an area that could not be read in between",
        ),
        pytest.param(
            [[cedar("9", level="市级"), PINE], [PINE], [cedar("9"), PINE]],
            ["X108 东示区 D2 “示例云杉”上次级别为市级，本期没有填，按未认定计。"],
            id="a level from before an absence",
        ),
        pytest.param(
            [[cedar("9"), PINE], [PINE], [cedar("5", code=C3), PINE]], [], id="another operator's after an absence"
        ),
    ],
)
def test_a_figure_is_compared_with_the_last_return_that_states_it(
    quarters: list[list[str]], expected: list[str], tmp_path: Path
) -> None:
    files = {f"东示区_{number}": table(*rows) for number, rows in enumerate(quarters, 1)}
    assert told(tmp_path, files, 3, but=frozenset({"S101", "S105"})) == expected


@pytest.mark.parametrize(
    ("level", "message"),
    [
        ("未认定", "X108 东示区 D2 “示例云杉”级别由市级变为“未认定”。"),
        ("", "X108 东示区 D2 “示例云杉”上次级别为市级，本期没有填，按未认定计。"),
    ],
)
def test_a_level_lost(level: str, message: str, tmp_path: Path) -> None:
    files = {"东示区_1": table(cedar("9", level="市级")), "东示区_2": table(cedar("9", level=level))}
    assert told(tmp_path, files) == [message]


def test_a_level_is_lost_with_its_column(tmp_path: Path) -> None:
    head = HEAD.replace("级别,", "")
    row = cedar("9", level="市级").replace(",市级,", ",")
    files = {"东示区_1": table(cedar("9", level="市级")), "东示区_2": table(row, head=head)}
    assert told(tmp_path, files) == ["X108 东示区 “示例云杉”上次级别为市级，本期没有填，按未认定计。"]
