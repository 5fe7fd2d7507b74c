"""What is shown of a value as a rule, so that only other cells are kept beside it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mdj_plan.fields import FIELDS
from mdj_plan.intake.parse import Known
from mdj_plan.intake.shown import shown
from mdj_plan.sheets.cells import as_typed
from mdj_plan.sheets.values.plain import plainly


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("示例甲", "示例甲"),
        (20, "20"),
        (Decimal("1205.5"), "1205.5"),
        (Decimal(12000), "12000"),
        (dt.date(2015, 3, 2), "2015-03-02"),
    ],
)
def test_shown(value: Any, expected: str) -> None:
    assert shown(value) == expected


@given(
    st.sampled_from(["area_m2", "tenants"]),
    st.floats(0, 1e16, allow_subnormal=False) | st.integers(0, 10**10).map(float),
)
@example("area_m2", 13305.9)
@example("area_m2", 0.000001)
@example("tenants", -0.0)
def test_a_number_that_is_read_in_bulk_is_shown_as_it_stands(name: str, cell: float) -> None:
    for each, value in plainly(FIELDS[name], {cell}).items():
        assert shown(value) == as_typed(each)


def test_a_reader_knows_what_stands_in_cells_beside_their_values() -> None:
    known = Known({}, {})
    known.learn({20.0: 20, 1205.5: Decimal("1205.5")}, plain=True)
    known.learn({"020": 20, "20": 20, "20户": 20, "": None, "孵化器": "incubator", "示例甲": "示例甲"})
    assert known.typed == {"020": "020", "20户": "20户", "孵化器": "孵化器"}
    column = known.column(["20", "20户", "", 20.0])
    assert (column.values, column.typed) == ([20, 20, None, 20], [None, "20户", None, None])
    assert known.column(["20", 20.0]).typed == ()
    with pytest.raises(KeyError):
        known.column(["21"])
