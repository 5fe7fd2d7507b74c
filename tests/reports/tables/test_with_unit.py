"""What is measured and its unit, as headings say it."""

from __future__ import annotations

import pytest

from mdj_plan.messages import messages
from mdj_plan.names import Words
from mdj_plan.reports.tables.values import with_unit, worded

AREA = Words("孵化面积", "Incubation area"), Words("万平方米", "10,000 m²")
FIRMS = Words("在孵企业", "Tenant firms"), Words("户", "firms")
TOWN = Words("工商户户数", "Traders"), Words("户")


@pytest.mark.parametrize(
    ("name", "unit", "zh", "en"),
    [
        (*AREA, "孵化面积（万平方米）", "Incubation area (10,000 m²)"),
        (*FIRMS, "在孵企业（户）", "Tenant firms"),  # the name says it
        (*TOWN, "工商户户数（户）", "Traders (户)"),  # in Chinese always; a plan without English words keeps its own
    ],
)
def test_a_name_with_its_unit(name: Words, unit: Words, zh: str, en: str) -> None:
    said = with_unit(name, unit)
    assert (worded(said, messages("zh")), worded(said, messages("en"))) == (zh, en)
