"""The parsers of cells, one a field type, each a pure function from a raw cell to a `Reading`.

They cost a few microseconds; callers ask once for each distinct cell of a column.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdj_plan.names import nearest
from mdj_plan.sheets.values.dates import date, later, since_1904, whole_day
from mdj_plan.sheets.values.numbers import number
from mdj_plan.sheets.values.periods import Quarter, find_period, find_year, period
from mdj_plan.sheets.values.reading import BLANK, Reading, blank, ditto, listed, refused, spaced, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mdj_plan.sheets.cells import Cell

__all__ = [
    "Quarter",
    "Reading",
    "blank",
    "choice",
    "choices",
    "credit_code",
    "date",
    "ditto",
    "find_period",
    "find_year",
    "later",
    "number",
    "period",
    "since_1904",
    "text",
    "whole_day",
]

_SEPARATORS = re.compile(r"[、,，;；/／\n|]+")
_GB32100 = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,3}")
_CODE_LENGTH = 18
_EXACT_FLOAT = 10**15


def text(raw: Cell) -> Reading:
    """Text on one line, as typed: trimmed, white space as single spaces; None when blank. Never an objection."""
    return BLANK if blank(raw) else Reading(spaced(raw) or None)


def choice(raw: Cell, choices: Mapping[str, str]) -> Reading:
    """The canonical value of a listed text; None when blank. The canonical value itself is read too.

    Code V106 for any other text, with args allowed (the listed texts) and suggestion ("" where none is near; the
    variant is ``suggested`` where one is).
    """
    if blank(raw):
        return BLANK
    word = squeezed(raw)
    value = choices.get(word) or (word if word in choices.values() else None)
    return Reading(value) if value is not None else _not_listed(word, choices)


def choices(raw: Cell, choices: Mapping[str, str]) -> Reading:
    """Several listed texts, separated by 、 or a comma, as a tuple in the list's order, each once; None when blank.

    One text that is not listed spoils the cell: V106 as in `choice`.
    """
    if blank(raw):
        return BLANK
    known = {**choices, **{v: v for v in choices.values()}}
    found: set[str] = set()
    for part in filter(None, map(str.strip, _SEPARATORS.split(str(raw)))):
        words = [squeezed(part)] if squeezed(part) in known else [squeezed(word) for word in part.split()]
        for word in words:
            if word not in known:
                return _not_listed(word, choices)
            found.add(known[word])
    return Reading(tuple(v for v in choices.values() if v in found)) if found else BLANK


_QUALIFIED = frozenset("拟申培争创计划原曾前非不未停止暂试关准")
"""Characters that turn a word round: 拟申报省级 is none, and who obeys the suggestion 省级 overstates."""


def _not_listed(word: str, choices: Iterable[str]) -> Reading:
    listed_ones = list(choices)
    within = [choice for choice in listed_ones if choice in word]
    if len(within) > 1:
        return refused("V106", "two", allowed=listed(listed_ones), suggestion="")
    near = _meant(word, within[0] if within else nearest(word, listed_ones) or "")
    return refused("V106", "suggested" if near else "", allowed=listed(listed_ones), suggestion=near)


def _meant(word: str, near: str) -> str:
    """The listed text if it may well be what the word means; "" where it says something else, or more."""
    if _QUALIFIED & (set(word) - set(near)):
        return ""
    alike = near[:1] == word[:1] and len(set(near) & set(word)) > 1 and len(near) == len(word)
    return near if near and (near in word or word in near or alike) else ""


_GUARDED = re.compile(r"""="([^"]+)"|['’‘]([0-9A-Z]+)['’]?""")
"""A code that somebody has kept from becoming a number."""


def credit_code(raw: Cell) -> Reading:
    """A unified social credit code (GB 32100-2015), upper case without spaces; None when blank.

    Code V108 with variant ``scientific`` (a number that lost its digits), ``licence15`` (an old licence number),
    ``words`` (办理中), ``guarded`` (="…" or '…: arg inner), ``length`` (arg length), ``characters`` or ``checksum``.
    """
    if blank(raw):
        return BLANK
    code = squeezed(raw).upper()
    if _SCIENTIFIC.fullmatch(code) or (isinstance(raw, (int, float)) and abs(raw) >= _EXACT_FLOAT):
        return refused("V108", "scientific")
    return _something_else(code) or _checked(code)


def _something_else(code: str) -> Reading | None:
    """What stands there instead of a code."""
    if guarded := _GUARDED.fullmatch(code):
        return refused("V108", "guarded", inner=guarded[1] or guarded[2])
    if len(code) == 15 and code.isascii() and code.isdigit():
        return refused("V108", "licence15")
    if not code.isascii() and not any(c in "0123456789" for c in code):
        return refused("V108", "words")
    return None


def _checked(code: str) -> Reading:
    """The code where it is one: its length, its characters, its check digit."""
    if len(code) != _CODE_LENGTH:
        return refused("V108", "length", length=str(len(code)))
    if not _GB32100.fullmatch(code):
        return refused("V108", "characters")
    from stdnum.cn import uscc

    return Reading(code) if uscc.calc_check_digit(code) == code[-1] else refused("V108", "checksum")
