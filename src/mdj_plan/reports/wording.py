"""Periods and lists in words, as a circular writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.period import Period

_QUARTERS = "一二三四"


def quarter(period: Period, language: str) -> str:
    """2018年第二季度, or 2018Q2."""
    return f"{period.year}年第{_QUARTERS[period.quarter - 1]}季度" if language == "zh" else str(period)


def listed(words: Iterable[str], language: str) -> str:
    """Several names in one sentence."""
    return ("、" if language == "zh" else ", ").join(words)
