"""Dates as clerks write them (docs/domain.md 8)."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from mdj_plan.sheets.values.reading import BLANK, DASHES, Reading, blank, refused, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mdj_plan.sheets.cells import Cell

_EPOCH = dt.date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = (dt.date(1980, 1, 1) - _EPOCH).days, (dt.date(2100, 12, 31) - _EPOCH).days
_FOUR_YEARS = (dt.date(1904, 1, 1) - _EPOCH).days
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_CLOCK = r"(?:T?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.0+)?)?)?"
_WRITTEN = re.compile(
    r"([0-9]{4})(?:年([0-9]{1,2})月(?:([0-9]{1,2})[日号]?)?|([./-])([0-9]{1,2})(?:\4([0-9]{1,2})日?)?)" + _CLOCK
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_INCOMPLETE = re.compile(r"[0-9]{4}年?|[0-9]{6}")
_SHORT_YEAR = re.compile(r"[0-9]{2}(?:年|[年./-][0-9]{1,2}(?:[月./-](?:[0-9]{1,2}[日号]?)?)?)")
_DASHES = str.maketrans(dict.fromkeys(DASHES, "-"))


def date(raw: Cell) -> Reading:
    """A day as dt.date; None when blank. A month alone (2017.3, 2017年3月) is read as its first day.

    Numbers are spreadsheet serials from 1980 to 2100, eight digits are a day. Code V107, with variant ``incomplete``
    (a year alone, six digits), ``short-year`` (15.3.1), ``ambiguous`` (the number 2017.1, January or October),
    ``impossible`` (the 45th), or none (unreadable).
    """
    if blank(raw):
        return BLANK
    found = _day(raw)
    if isinstance(found, Reading):
        return found
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        return refused("V107", "impossible")
    return Reading(found)


def whole_day(raw: Cell) -> Reading:
    """A day of the cover, as `date`; but a month alone is no day on which anything was sent (V107, ``month-alone``)."""
    if isinstance(raw, str):
        found = _WRITTEN.fullmatch(squeezed(raw).translate(_DASHES))
        if found and not (found[3] or found[6]):
            return refused("V107", "month-alone")
    return date(raw)


def later(cells: Iterable[Cell], days: Mapping[Cell, dt.date | None], cutoff: dt.date) -> dict[Cell, Reading]:
    """V107 (``after-cutoff``, arg cutoff) for those of the cells whose day is after the cut-off."""
    late = refused("V107", "after-cutoff", cutoff=cutoff.isoformat())
    return {cell: late for cell in cells if (day := days.get(cell)) is not None and day > cutoff}


def since_1904(raw: Cell) -> Cell:
    """A cell of a workbook whose days count from 1904: a number that stands for one as that day, others as they are."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        return raw
    if isinstance(raw, str) and not re.fullmatch(r"[0-9]{5}(?:\.0+)?", raw):
        return raw
    days = float(raw)
    if not _FIRST_SERIAL <= days + _FOUR_YEARS <= _LAST_SERIAL + 1:
        return raw
    return _EPOCH + dt.timedelta(days=int(days) + _FOUR_YEARS)


def _day(raw: Cell) -> dt.date | Reading:
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    if isinstance(raw, str):
        return _written(squeezed(raw).translate(_DASHES))
    if isinstance(raw, (int, float)):
        return _counted(raw)
    return refused("V107")


def _counted(raw: float) -> dt.date | Reading:
    """A number in a date column: a serial, 20170331, or 2017.3 that a spreadsheet took for a number."""
    if _FIRST_SERIAL <= raw <= _LAST_SERIAL + 1:
        return _EPOCH + dt.timedelta(days=int(raw))
    text = format(raw, ".15g")
    if re.fullmatch(r"(?:19|20)[0-9]{2}\.1", text):
        return refused("V107", "ambiguous")  # 2017.1 and 2017.10 are one number
    return _written(text)


def _written(text: str) -> dt.date | Reading:
    found = _WRITTEN.fullmatch(text)
    if found:
        return _made(found[1], found[2] or found[5], found[3] or found[6] or "1")
    if found := _COMPACT.fullmatch(text):
        return _made(*found.groups())
    if re.fullmatch(r"[0-9]{5}(?:\.0+)?", text) and _FIRST_SERIAL <= float(text) <= _LAST_SERIAL:
        return _EPOCH + dt.timedelta(days=int(float(text)))
    if _SHORT_YEAR.fullmatch(text):
        return refused("V107", "short-year")
    return refused("V107", "incomplete" if _INCOMPLETE.fullmatch(text) else "")


def _made(year: str, month: str, day: str) -> dt.date | Reading:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return refused("V107", "impossible")
