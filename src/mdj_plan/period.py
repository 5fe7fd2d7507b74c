"""Quarters and months: the two grains of time in the plan.

A *period* is a quarter, the grain of returns; a *month* is the grain of the schedule line (as-of).
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re

from mdj_plan.records import NamedTuple

_PERIOD = re.compile(r"(\d{4})[Qq]([1-4])")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class Month(NamedTuple):
    """One calendar month, ordered; written ``2018-06``."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``2018-06``. Raises ValueError with what was expected."""
        match = _MONTH.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a month; expected e.g. 2018-06")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, number: int) -> Month:
        """The month with that `number`."""
        return cls(number // 12, number % 12 + 1)

    @property
    def number(self) -> int:
        """Whole months since the year 0, for differences."""
        return self.year * 12 + self.month - 1

    @property
    def last_day(self) -> dt.date:
        """The month's last day."""
        return dt.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


class Period(NamedTuple):
    """One quarter, ordered; written ``2018Q2``."""

    year: int
    quarter: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2018Q2``. Raises ValueError with what was expected."""
        match = _PERIOD.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a period; expected e.g. 2018Q2")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, number: int) -> Period:
        """The period with that `number`."""
        return cls(number // 4, number % 4 + 1)

    @property
    def number(self) -> int:
        """Whole quarters since the year 0, for differences."""
        return self.year * 4 + self.quarter - 1

    def shift(self, quarters: int) -> Period:
        """The period so many quarters later (negative: earlier)."""
        return Period.of(self.number + quarters)

    @property
    def first_month(self) -> Month:
        """January, April, July or October."""
        return Month(self.year, self.quarter * 3 - 2)

    @property
    def last_month(self) -> Month:
        """March, June, September or December."""
        return Month(self.year, self.quarter * 3)

    @property
    def last_day(self) -> dt.date:
        """The last day of the quarter."""
        return self.last_month.last_day

    def __str__(self) -> str:
        return _written(self.year, self.quarter)


@functools.cache
def _written(year: int, quarter: int) -> str:
    return f"{year:04d}Q{quarter}"


def span(first: Period, last: Period) -> tuple[Period, ...]:
    """Every period from `first` to `last`, both included; empty when `last` is earlier."""
    return tuple(Period.of(i) for i in range(first.number, last.number + 1))
