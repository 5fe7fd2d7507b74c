"""Periods and lists in words, as a circular writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdj_plan.names import Words
from mdj_plan.phrases import phrase

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from mdj_plan.period import Month, Period

_QUARTERS = "一二三四"


def quarter(period: Period, language: str) -> str:
    """2018年第二季度, or 2018Q2."""
    return f"{period.year}年第{_QUARTERS[period.quarter - 1]}季度" if language == "zh" else str(period)


_PERIOD = re.compile(r"(?<![0-9A-Za-z])(20[0-9]{2})Q([1-4])(?![0-9A-Za-z])(?: (?=[\u4e00-\u9fff]))?")


def with_quarters(text: str, language: str) -> str:
    """A text in which quarters are written as `quarter` writes them, without the space that parts a Latin word."""
    return text if language != "zh" else _PERIOD.sub(lambda m: f"{m[1]}年第{_QUARTERS[int(m[2]) - 1]}季度", text)


def day(date: dt.date, language: str) -> str:
    """2018年10月15日, or 15 October 2018."""
    if language == "zh":
        return f"{date.year}年{date.month}月{date.day}日"
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def day_of_year(date: dt.date, language: str) -> str:
    """10月15日, or 15 October: a day of a year that nobody doubts."""
    return f"{date.month}月{date.day}日" if language == "zh" else f"{date.day} {_MONTHS[date.month - 1]}"


def month(as_of: Month, language: str) -> str:
    """2018年9月, or September 2018."""
    return f"{as_of.year}年{as_of.month}月" if language == "zh" else f"{_MONTHS[as_of.month - 1]} {as_of.year}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def source(clause: str) -> Words:
    """A clause in words: 通知三 where it is one of the notice's own numbers; a document's name stands for itself."""
    numbered = re.match("[一二三四五六七八九十0-9（(第]", clause)
    return phrase("clause-of-notice", clause=clause) if numbered else Words(clause)


def listed(words: Iterable[str], language: str) -> str:
    """Several names in one sentence."""
    return ("、" if language == "zh" else ", ").join(words)
