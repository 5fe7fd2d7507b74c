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
        ("运营", "1000001", "", ["“示例云杉”孵化面积 1000001 平方米，超过 100 万，单位可能填错。"]),
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
