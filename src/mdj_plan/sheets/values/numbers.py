"""Numbers as clerks write them: read exactly, or a finding that offers the likely figure (contract 1, Values)."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from mdj_plan.measures import Unit, is_own, scale, unit
from mdj_plan.rounding import plain
from mdj_plan.sheets.values.footnotes import unmarked
from mdj_plan.sheets.values.reading import BLANK, DASHES, Reading, blank, refused, spaced

if TYPE_CHECKING:
    from mdj_plan.sheets.cells import Cell

_ONE = Decimal(1)
_EXACT = Context(prec=60)
_LARGEST = 15  # digits before the point: beyond that a spreadsheet no longer keeps whole numbers
_FINEST = 20  # digits after the point

_DIGITS = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[0-9]+)"
_FIGURE = rf"(?:{_DIGITS}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{{1,3}})?"
_STATED = re.compile(rf"(?P<sign>[-+负]?) ?(?P<figure>{_FIGURE}) ?(?P<unit>[^0-9].*)?", re.DOTALL)
# What few returns hold is compiled where it is asked for.
_RANGE = (
    rf"(?P<low>{_FIGURE}) ?(?P<unit>[^0-9~至到-]{{0,4}}?) ?[-~至到]+ ?(?P<high>{_FIGURE}) ?(?P<unit2>[^0-9]{{0,5}})"
)
_ABOUT = (
    r"大约|约为|约|将近|接近|近|不少于|不低于|不超过|不多于|不足|不到|至少|至多|最少|最多|超过|超|过|逾|大于|小于|"
    r"大概|估计|预计|左右|上下|以上|以下|以内|余|多|来|许|上|[+<>≤≥≈~]=?"
)
_SEVERAL = re.compile(r"若干|[数几]|^多$")
_EITHER = rf"{_FIGURE}[、±]{_FIGURE}[^0-9]{{0,5}}"
_DATE_LIKE = r"(?:19|20)[0-9]{2}(?:年[0-9]{1,2}月.*|年|[./-][0-9]{1,2}[./-][0-9]{1,2}|[/-][0-9]{1,2})"
_MINUS = str.maketrans(dict.fromkeys(DASHES, "-"))

_HAN_DIGITS = {
    c: i
    for i, group in enumerate(("零〇○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in group
}
_HAN_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_HAN_SHORT = {"百": 10, "佰": 10, "千": 100, "仟": 100, "万": 1000, "亿": 10**7}
"""What a last digit right behind a step counts: 六百二 is said for 六百二十."""
_NEIGHBOURS = "(?<![{0}])(?:一[二两]|[二两]三|三[四五]|四五|五六|六七|七八|八九)(?![{0}])|^[百千]八".format(
    "".join(_HAN_DIGITS)
)
"""七八, 三五, 二三十, 百八十: two neighbours name no figure but a guess."""
_HAN = f"[{''.join(_HAN_DIGITS)}{''.join(_HAN_STEPS)}万亿]{{1,20}}"


def number(raw: Cell, *, measure: str, whole: bool, factor: Decimal = _ONE) -> Reading:
    """A figure ≥ 0 in the field's `measure`: an int where `whole`, else a Decimal; None when blank.

    `factor` is how many of `measure` one of the header's unit is (万平方米: 10 000); a unit in the cell itself wins
    over it. A float is taken at the 15 significant digits a spreadsheet keeps: a sum stored as 0.30000000000000004
    reads 0.3. Codes: V102 no number (variant ``date``, ``out-of-range``, or ``likely`` with arg likely), V103
    approximate (``likely``; ``range`` with args low and high), V104 negative, V105 not whole, V109 a formula as text,
    V118 read through (arg read). An amount in brackets, (3), is V102: some mean -3 by it, some do not.
    """
    if blank(raw):
        return BLANK
    if isinstance(raw, str):
        return _from_text(raw, measure, factor, whole=whole)
    if isinstance(raw, (dt.date, dt.time, dt.timedelta)):
        return refused("V102", "date")
    if isinstance(raw, bool) or raw is None or not math.isfinite(raw):
        return refused("V102")
    value = Decimal(int(raw)) if raw == int(raw) else Decimal(format(raw, ".15g"))
    return _settled(value, factor, whole=whole)


def _settled(value: Decimal, factor: Decimal, *, whole: bool, note: bool = False) -> Reading:
    if value and (value.adjusted() >= _LARGEST or int(value.as_tuple().exponent) < -_FINEST):
        return refused("V102", "out-of-range")
    if factor != _ONE:
        value = _EXACT.multiply(value, factor)
    if value < 0:
        return refused("V104")
    if whole and value != value.to_integral_value():
        return refused("V105")
    value = Decimal(plain(value))
    result = int(value) if whole else value
    return Reading(result, "V118", "", (("read", plain(value)),)) if note else Reading(result)


def _from_text(raw: str, measure: str, factor: Decimal, *, whole: bool) -> Reading:
    text = _normal(raw)
    if text is None:
        return _marked(raw, measure, factor)
    stated = _STATED.fullmatch(text)
    if stated:
        value = _figure(stated)
        suffix = stated["unit"]
        if not suffix:
            return _settled(value, factor, whole=whole)
        found = unit(suffix.replace(" ", ""), measure)
        if found and (times := _accepted(found, measure, factor)) is not None:
            return _settled(value, times, whole=whole, note=True)
        if found:
            return _other_unit(value, found, measure, factor)
    return _no_number(text, measure, factor)


def _figure(stated: re.Match[str]) -> Decimal:
    value = Decimal(stated["figure"].replace(",", "").replace(" ", ""))
    return -value if stated["sign"] in {"-", "负"} else value


def _accepted(found: Unit, measure: str, factor: Decimal) -> Decimal | None:
    """How many of the measure a unit in the cell makes, where it is the field's own or repeats the header's."""
    times = scale(found, measure)
    return times if is_own(found, measure) or (times is not None and times == factor != _ONE) else None


def _other_unit(value: Decimal, found: Unit, measure: str, factor: Decimal) -> Reading:
    """12元 where firms are counted: no number; 500000元 against 万元: no number either, but 50 is likely."""
    times = scale(found, measure)
    if times is None or value < 0 or value.adjusted() >= _LARGEST:
        return refused("V102")
    return refused("V102", "likely", likely=plain(_EXACT.divide(_EXACT.multiply(value, times), factor)))


def _normal(raw: str) -> str | None:
    """NFKC with single spaces and plain minus signs; None where NFKC would make digits of what is none (5² or ③)."""
    text = spaced(raw)
    if text.isascii():
        return text
    text = text.replace("㎡", "m2").replace("m²", "m2").replace("M²", "m2").replace("ｍ²", "m2")
    for c in set(text):
        if not (c.isascii() or "０" <= c <= "９") and any("0" <= n <= "9" for n in unicodedata.normalize("NFKC", c)):
            return None
    return unicodedata.normalize("NFKC", text).translate(_MINUS)


_STRAY = "。、；;，,'\"‘’“”`:："
"""Marks that slip in beside a figure, or guard it: '20."""


def _marked(raw: str, measure: str, factor: Decimal) -> Reading:
    """V102 for a figure with a mark that NFKC would make a digit of it (20¹, 20①); what stands beside it is likely."""
    text = _normal(unmarked(raw))
    likely = _likely(text.replace(" ", ""), measure, factor) if text else ""
    return refused("V102", "likely", likely=likely) if likely else refused("V102")


def _no_number(text: str, measure: str, factor: Decimal) -> Reading:
    """Why a text is no number: approximate (V103), or not one at all (V102), with the likely figure if there is one."""
    if text.startswith("="):
        return refused("V109")
    squeezed = text.replace(" ", "").replace("km2", "平方公里").replace("m2", "平方米").replace("M2", "平方米")
    if re.fullmatch(_DATE_LIKE, squeezed):
        return refused("V102", "date")
    about = _about(squeezed)
    core = re.sub(_ABOUT, "", squeezed) if about else squeezed
    for candidate in (squeezed, core):
        span = _range(candidate, measure, factor)
        if span is not None:
            return refused("V103", "range", low=span[0], high=span[1]) if span else refused("V103")
        if _is_vague(candidate, measure):
            return refused("V103")
    readings = (core, unmarked(core), core.strip(_STRAY))
    likely = next(filter(None, (_likely(text, measure, factor) for text in readings)), "")
    if likely:
        return refused("V103" if about else "V102", "likely", likely=likely)
    return refused("V102")


def _is_vague(text: str, measure: str) -> bool:
    """Whether the text names no figure at all, only about how many: 七八户, 几十, 若干, 4、5户, 50±5."""
    bare = _bare(text, measure)
    if re.fullmatch(_HAN, bare) and re.search(_NEIGHBOURS, bare):
        return True
    rest = _SEVERAL.sub("", bare)
    several = rest != bare and (not rest or re.fullmatch(_HAN, rest) is not None)
    return several or re.fullmatch(_EITHER, text) is not None


def _range(text: str, measure: str, factor: Decimal) -> tuple[str, ...] | None:
    """Both ends of ``3-5``, neither of which is meant; nothing where they are in doubt, None where it is no range.

    A unit at one end holds for both: 1.2-1.5万.
    """
    found = re.fullmatch(_RANGE, text)
    if not found:
        return None
    low, high = (Decimal(found[end].replace(",", "")) for end in ("low", "high"))
    if high.adjusted() >= _LARGEST:
        return None
    first, last = found["unit"], found["unit2"]
    low_, high_ = _scaled(low, first or last, measure, factor), _scaled(high, last or first, measure, factor)
    if low_ is None or high_ is None:
        return () if low < high else None
    if low_ < high_:
        return plain(low_), plain(high_)
    return () if low < high_ else None


def _scaled(value: Decimal, word: str, measure: str, factor: Decimal) -> Decimal | None:
    """A figure with its unit in the header's unit, as the cell should say it; None for a unit of another kind."""
    if not word:
        return value
    found = unit(word, measure)
    times = scale(found, measure) if found else None
    return None if times is None else _EXACT.divide(_EXACT.multiply(value, times), factor)


def _about(text: str) -> bool:
    """Whether words of approximation stand in it, none of them between two figures."""
    found = list(re.finditer(_ABOUT, text))
    return bool(found) and not any(
        text[m.start() - 1 : m.start()].isdigit() and text[m.end() : m.end() + 1].isdigit() for m in found
    )


def _likely(text: str, measure: str, factor: Decimal) -> str:
    """The figure a person would read in the text, "" when there is none."""
    stated = _STATED.fullmatch(text)
    if stated and not stated["sign"]:
        value = _figure(stated)
        scaled = _scaled(value, stated["unit"] or "", measure, factor)
        return "" if scaled is None or (value and abs(value.adjusted()) >= _LARGEST) else plain(scaled)
    bare = _bare(text, measure)
    return str(_han(bare)) if factor == _ONE and re.fullmatch(_HAN, bare) else ""


def _bare(text: str, measure: str) -> str:
    """The text without a unit of the field at its end."""
    for length in (3, 2, 1):
        found = unit(text[-length:], measure) if len(text) > length else None
        if found and found.base and found.times == 1 and scale(found, measure) is not None:
            return text[:-length]
    return text


def _han(text: str) -> int:
    """A Chinese numeral's value: 一千二百 → 1200, 六百二 → 620 (602 is 六百零二), 二〇一七 → 2017, 万 → 10 000."""
    if all(c in _HAN_DIGITS for c in text):
        return int("".join(str(_HAN_DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in _HAN_DIGITS:
            digit = _HAN_DIGITS[c]
        elif c in _HAN_STEPS:
            section += (digit or 1) * _HAN_STEPS[c]
            digit = 0
        else:
            total = (total + section + digit or 1) * (10**4 if c == "万" else 10**8)
            section = digit = 0
    return total + section + digit * (_HAN_SHORT.get(text[-2], 1) if len(text) > 1 else 1)
