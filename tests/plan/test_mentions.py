"""Names inside texts: whole words only, an id never, a short name not inside another's (contract 1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.plan.load import load_plan
from mdj_plan.plan.mentions import Reporter
from mdj_plan.plan.units import Directory

DIRECTORY = Directory(load_plan(Path("config/targets.yaml")).file)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("牡丹江市林口县科技企业孵化器季报表", {"linkou"}),
        ("东 安 区 2018 年季报", {"dongan"}),
        ("东安2018年季报", {"dongan"}),  # an alias, and a year behind it
        ("东安路孵化器情况", set()),  # a road
        ("Dong'an District, 2018Q2", {"dongan"}),
        ("dongan district 2018Q2", {"dongan"}),
        ("dongandistricts", set()),
        ("Three", set()),  # hr
        ("xiangmu zonghe thread hebeixianhuizong", set()),  # xian, hr
        ("dongan", set()),  # an id is no name
        ("绥芬河市和东宁市", {"suifenhe", "dongning"}),
    ],
)
def test_names_within_a_text(text: str, expected: set[str]) -> None:
    assert {found.unit for found in DIRECTORY.within(text)} == expected


def test_a_name_is_told_from_an_id() -> None:
    assert (DIRECTORY.find("hr"), DIRECTORY.named("hr")) == (Reporter("hr"), None)
    assert DIRECTORY.named("市人社局") == Reporter("hr")
