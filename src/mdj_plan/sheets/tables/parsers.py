"""The parsers of the cells of the office's tables, with the care of a return: exactly, or not at all."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from mdj_plan.period import Period
from mdj_plan.sheets.cells import Cell, as_typed
from mdj_plan.sheets.tables.guard import unguarded
from mdj_plan.sheets.values import dates
from mdj_plan.sheets.values.numbers import number
from mdj_plan.sheets.values.parsers import text
from mdj_plan.sheets.values.periods import Quarter
from mdj_plan.sheets.values.periods import period as mentioned
from mdj_plan.sheets.values.reading import BLANK, Reading, blank, refused, squeezed

if TYPE_CHECKING:
    from collections.abc import Callable

_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:年度?)?(?:全年|(?:年)?[底末终]|年?内)?")
_HALF = re.compile(r"((?:19|20)[0-9]{2})年?(上|下)半年[底末]?")
_MONTH = re.compile(r"((?:19|20)[0-9]{2})(?:年|[-/.])(1[0-2]|0?[1-9])月?份?[底末]?")
_AROUND = re.compile(r"(?:前|以前|之前|前完成|完成)$")
_CLOCK = re.compile(
    r"(?P<day>[^T: ]+)[T ]+(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]+)?(?P<zone>Z|[+-][0-9:]+)?"
)
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's clock has no zone


def quarter(raw: Cell) -> Reading:
    """A period in which something ends: 2019Q4, 2019年底, 2019, 2019年12月, 2019-12-31, a spreadsheet's date.

    A month or a day names a quarter only where it is in the quarter's last month. Code V107 for anything else.
    """
    if blank(raw):
        return BLANK
    if isinstance(raw, (dt.date, dt.datetime)):
        return _of_month(raw.year, raw.month)
    word = _AROUND.sub("", squeezed(raw)).strip("()")
    return _end_of(word, raw) or _as_in_a_return(word, raw)


def _end_of(word: str, raw: Cell) -> Reading | None:
    """The quarter that ends with a year, a half-year or a month; None for what is none of them."""
    if found := _YEAR.fullmatch(word):
        return Reading(Period(int(found[1]), 4))
    if found := _HALF.fullmatch(word):
        return Reading(Period(int(found[1]), 2 if found[2] == "上" else 4))
    if found := _MONTH.fullmatch(word):
        # the number 2019.1 may be January or October
        return (
            refused("V107") if isinstance(raw, float) and found[2] == "1" else _of_month(int(found[1]), int(found[2]))
        )
    return None


def _as_in_a_return(word: str, raw: Cell) -> Reading:
    """A quarter with its year, or a day, as a return may spell them."""
    named = mentioned(re.sub(r"[底末]$", "", word)) if isinstance(raw, str) else None
    if named is not None and not isinstance(named, Quarter):
        return Reading(named)
    day = dates.date(word if isinstance(raw, str) else raw)
    return refused("V107") if day.value is None else _of_month(day.value.year, day.value.month)


def _of_month(year: int, month: int) -> Reading:
    return Reading(Period(year, month // 3)) if month % 3 == 0 else refused("V107")


def moment(raw: Cell) -> Reading:
    """A time of receipt: ISO 8601, 2018/07/14 09:30, a spreadsheet's date or serial; without offset where none stands.

    A day alone is its first moment. Code V107 for anything else.
    """
    if blank(raw):
        return BLANK
    if isinstance(raw, dt.datetime):
        return Reading(raw)
    if isinstance(raw, dt.date):
        return Reading(dt.datetime(raw.year, raw.month, raw.day))  # noqa: DTZ001 - as it stands
    typed = as_typed(raw).strip()
    try:
        return Reading(dt.datetime.fromisoformat(typed))
    except ValueError:
        return _moment_as_written(typed)


def _moment_as_written(typed: str) -> Reading:
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", typed):
        seconds = round(float(typed) % 1 * 86400)
        day = dates.date(int(float(typed)))
        return refused("V107") if day.value is None else Reading(_EPOCH + dt.timedelta(int(float(typed)), seconds))
    found = _CLOCK.fullmatch(typed)
    written = found["day"] if found else typed
    day = dates.date(written)
    if not isinstance(day.value, dt.date) or len(re.findall(r"[0-9]+", written)) == 2:  # a month alone is no day
        return refused("V107")
    hour, _, rest = (found["clock"] if found else "0:00").partition(":")
    zone = (found["zone"] or "") if found else ""
    try:
        return Reading(dt.datetime.fromisoformat(f"{day.value.isoformat()}T{hour.zfill(2)}:{rest}{zone}"))
    except ValueError:
        return refused("V107")


def raw(cell: Cell) -> Reading:
    """What stands there, as it stands; None for a blank."""
    return BLANK if blank(cell) else Reading(cell)


def whole(raw: Cell) -> Reading:
    """A whole number ≥ 0 without a measure unit."""
    return number(raw, measure="", whole=True)


def verbatim(raw: Cell) -> Reading:
    """A text in which every mark counts, without the apostrophe that guards it."""
    return Reading(unguarded(as_typed(raw)) or None)


PARSERS: dict[str, Callable[[Cell], Reading]] = {
    "verbatim": verbatim,
    "text": text,
    "raw": raw,
    "whole": whole,
    "day": dates.date,
    "quarter": quarter,
    "moment": moment,
}
"""By the names under which `kinds` asks for them."""
