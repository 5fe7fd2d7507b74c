"""Numbers that a number format shows as a day, a time or a span of time: which formats do, and what they show.

What a serial shows as is what calamine makes of it, so that a cell reads the same whoever reads it; a test holds the
two together. Which formats are days is ours to say: also those that Chinese programs keep without writing them out.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from mdj_plan.sheets.cells import Cell

Kind = Literal["", "moment", "span"]
"""What a number under a format is: a plain number, a day or time, a span of time."""
_MOMENTS = frozenset((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)))
_SPAN = 46
_EPOCHS = {False: dt.datetime(1899, 12, 30), True: dt.datetime(1904, 1, 1)}  # noqa: DTZ001 - cells bear no zone
_LEAP = 60
"""The day that 1900 did not have: serials below it are a day behind."""
_FARTHEST = 10**8
_DAY = 86_400_000
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.', re.DOTALL)
_SPANS = re.compile(r"\[(?:h+|m+|s+)\]")
_LETTERS = re.compile(r"[ymdhs]|aaa|e(?![+-])")
"""Of years, months, days, hours and seconds; of weekdays and of years as Chinese formats have them."""
_BRACKETS = re.compile(r"\[[^\]]*\]?")


def kind_of(number: int, code: str | None = None) -> Kind:
    """What a number format is, by its id and, where the file states one, its code."""
    if code is not None:
        return kind_of_code(code)
    if number == _SPAN:
        return "span"
    return "moment" if number in _MOMENTS else ""


def kind_of_code(code: str) -> Kind:
    """What a format code shows: ``yyyy-mm-dd`` a moment, ``[h]:mm`` a span, ``0.00;[Red]-0.00`` a number."""
    bare = _LITERAL.sub("", code).lower()
    if _SPANS.search(bare):
        return "span"
    bare = _BRACKETS.sub("", bare).replace("general", "").replace("g/", "")
    return "moment" if _LETTERS.search(bare) else ""


def shown(serial: float, kind: Kind, *, since_1904: bool) -> Cell:
    """A stored number as what its format shows; the number itself where it lies outside the calendar."""
    if not kind or not abs(serial) <= _FARTHEST:
        return serial
    if kind == "span":
        return dt.timedelta(milliseconds=round(serial * _DAY))
    day = int(serial // 1)
    milliseconds = round(serial % 1 * _DAY)
    if serial < 1:
        return (dt.datetime(1900, 1, 1) + dt.timedelta(milliseconds=milliseconds)).time()  # noqa: DTZ001 - the same
    if day < _LEAP and not since_1904:
        day += 1
    try:
        moment = _EPOCHS[since_1904] + dt.timedelta(days=day, milliseconds=milliseconds)
    except OverflowError:
        return serial
    return moment.date() if serial.is_integer() else moment


def written(text: str) -> Cell:
    """A day and time as ISO 8601 writes them; the text itself where it is none."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    moment = moment.replace(tzinfo=None)
    return moment if moment.time() != dt.time() else moment.date()
