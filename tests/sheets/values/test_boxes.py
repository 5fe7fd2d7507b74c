"""A printed choice, and which of its boxes is ticked."""

from __future__ import annotations

import pytest

from mdj_plan.fields import CHOICES
from mdj_plan.sheets.values.boxes import ticked


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("□正常  ☑零报告  □无变化", "nil"),
        ("☑正常 □零报告 □无变化", "normal"),
        ("正常□ 零报告√ 无变化□", "nil"),
        ("☐ 正常 ☒ 零报告 ☐ 无变化", "nil"),
        ("[ ]正常 [√]零报告 [ ]无变化", "nil"),
        ("（ ）正常（√）无变化（ ）零报告", "unchanged"),
        ("○正常●零报告○无变化", "nil"),
        ("☑零报告", "nil"),
        ("正常 √零报告 无变化", "nil"),
    ],
)
def test_the_ticked_word(typed: str, expected: str) -> None:
    found = ticked(typed, CHOICES["type"])
    assert found is not None
    assert (found.value, found.code) == (expected, "")


@pytest.mark.parametrize(
    ("typed", "variant"),
    [("□正常 □零报告 □无变化", "unticked"), ("正常/零报告/无变化", "unticked"), ("☑正常 ☑零报告 □无变化", "several")],
)
def test_no_one_word(typed: str, variant: str) -> None:
    found = ticked(typed, CHOICES["type"])
    assert found is not None
    assert (found.value, found.code, found.variant) == (None, "V106", variant)


@pytest.mark.parametrize("typed", ["零报告", "正常", "", None, 3, "□其他"])
def test_no_boxes(typed: str | int | None) -> None:
    assert ticked(typed, CHOICES["type"]) is None
