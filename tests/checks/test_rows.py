"""Rules about single rows: implausible areas (V111), what is missing from a row that counts (V115-V117)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.world import C1, table, told


@pytest.mark.parametrize(
    ("state", "area", "tenants", "expected"),
    [
        ("运营", "1000", "30", []),
        ("运营", "1000", "31", ["“示例云杉”1000 平方米内有 31 户企业，每千平方米超过 30 户，请核对。"]),
        ("运营", "50", "", []),
        ("运营", "49.9", "1", ["“示例云杉”孵化面积只有 49.9 平方米，单位可能填错。"]),
        ("运营", "1000000", "", []),
        ("运营", "1000001", "", ["“示例云杉”孵化面积 1000001 平方米，超过 1000000 平方米，单位可能填错。"]),
        ("运营", "0", "20", ["“示例云杉”孵化面积填 0，却有 20 户在孵企业。"]),
        ("筹建", "0", "20", ["“示例云杉”孵化面积填 0，却有 20 户在孵企业。"]),
        ("运营", "0", "0", ["“示例云杉”在运营，孵化面积却填 0。"]),
        ("筹建", "0", "0", []),
        ("停运", "0", "", []),
        ("运营", "", "20", []),
    ],
)
def test_an_implausible_area(state: str, area: str, tenants: str, expected: list[str], tmp_path: Path) -> None:
    files = {"东示区_2": table(f"示例云杉,{C1},孵化器,,{state},{area},{tenants},,")}
    assert told(tmp_path, files) == [f"V111 东示区 F2 {message}" for message in expected]


BARE = "载体名称,统一社会信用代码,载体类型,级别,认定文号,所在地区,运营状态"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            ["示例云杉,,孵化器,省级,,,"],
            [
                "V115 东示区 B2 “示例云杉”没有填统一社会信用代码。",
                "V116 东示区 E2 “示例云杉”填为省级，却没有认定文号。",
                "V117 东示区 G2 “示例云杉”没有填运营状态，按“运营”计。",
            ],
            id="a row that counts",
        ),
        pytest.param(
            ["示例云杉,,孵化器,省级,,西示区,"],
            ["S104 东示区 F2 “示例云杉”填的是西示区，不属于东示区；该行不计入。"],
            id="another unit's",
        ),
        pytest.param(["示例云杉,,,省级,,,"], ["V101 东示区 C2 “载体类型”没有填。"], id="without a kind"),
        pytest.param(
            [f"示例云杉,{C1},孵化器,,,,运营", "示例云杉,,孵化器,省级,,,"],
            ["X101 东示区 A3 “示例云杉”与 A2 是同一载体；这一行不计入。"],
            id="a second row for the same facility",
        ),
    ],
)
def test_what_is_missing_is_said_of_rows_that_count(rows: list[str], expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, {"东示区_2": table(*rows, head=BARE)}) == expected


def test_rows_that_confirm_the_last_return_need_not_say_it_all_again(tmp_path: Path) -> None:
    before = table(f"示例云杉,{C1},孵化器,,,,在建", head=BARE)
    now = "报告类型,无变化\n" + table("示例云杉,,孵化器,,,,", head=BARE)
    assert told(tmp_path, {"东示区_1": before, "东示区_2": now}) == []
