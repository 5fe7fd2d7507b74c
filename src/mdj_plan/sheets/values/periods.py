"""Periods as clerks write them: 2017年第一季度, 1-3月, 2017Q1 (docs/domain.md 8).

What is no single quarter is refused, never guessed.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from mdj_plan.period import Period
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.values.reading import DASHES


class Quarter(NamedTuple):
    """A quarter of a year nobody named."""

    quarter: int


_HAN = {"一": 1, "二": 2, "三": 3, "四": 4}
_HAN_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年)")
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_DASHES = str.maketrans({**dict.fromkeys(DASHES, "-"), "～": "-", "~": "-", "至": "-", "到": "-"})

_YEAR = r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})"
_ONE = r"[1-4一二三四]"
_QUARTER = rf"第?(?P<quarter>{_ONE})季度?|(?<![0-9A-Za-z])[Qq](?P<q>[1-4])(?![0-9])"
_MONTHS = (
    r"(?P<from>0?[1-9]|1[0-2])(?:月份?)?-(?:(?:19|20)[0-9]{2}[年./])?(?P<to>0?[1-9]|1[0-2])月份?(?![0-9])"
    r"|(?P<from_han>一|四|七|十)月?-(?P<to_han>三|六|九|十二)月份?"
)
_DAYS = (
    r"(?P<from_day>0?[1-9]|1[0-2])(?P<s>[月./-])0?1日?-(?:(?:19|20)[0-9]{2}[年./-])?"
    r"(?P<to_day>0?[1-9]|1[0-2])(?P=s)(?P<last>3[01])日?"
)
_MENTION = re.compile(rf"(?:{_YEAR}[年度._/(-]*)?(?:(?P<quarterly>{_QUARTER})|(?<![0-9-])(?:{_DAYS}|{_MONTHS}))")
_YEAR_Q = re.compile(rf"{_YEAR}[年_./-]?[Qq](?P<q>[1-4])(?![0-9])")
_SEVERAL = re.compile(
    rf"前[一二三四两1-4]?个?季|(?<![0-9]){_ONE}(?:季度?)?[-、,和及与]第?{_ONE}个?季|半年|全年|年报|[两二三四2-4]个季度"
)
_FILLER = re.compile(r"季报表?|季度|报告期|报表期|年度|[年度()\[\]【】〔〕_./,:-]|份|止|末")
_MONTH = rf"{_YEAR}(?:年(?=[0-9]+月)|[./-](?![1-4]$))(?P<month>0?[1-9]|1[0-2])(?:月份?)?"
_A_YEAR = rf"{_YEAR}年?度?"
_FAR = r"(?!19|20)[0-9]{4}(?=[年Qq./_-])|[0-9]{5,}年"
_FIRST_MONTHS = {(1, 3): 1, (4, 6): 2, (7, 9): 3, (10, 12): 4}
_HAN_MONTHS = {"一": 1, "四": 4, "七": 7, "十": 10, "三": 3, "六": 6, "九": 9, "十二": 12}
_BARE_YEAR = r"(?<![0-9〔\[(第])((?:19|20)[0-9]{2})(?![0-9〕\])号.])"


@functools.lru_cache(maxsize=1024)
def period(text: str, *, year: int | None = None) -> Period | Quarter | None:
    """The quarter a whole cell names, and nothing else; `year` stands in where the text names none.

    None where it names no single quarter: a month (2017年3月), several quarters (1-6月, 上半年), a two-digit year.
    """
    normal = _normal(text)
    found = _mentioned(normal)
    if found is None:
        return None
    rest = _FILLER.sub("", _MENTION.sub("", _YEAR_Q.sub("", normal)))
    rest = re.sub(r"(?:19|20)[0-9]{2}", "", rest)
    if rest:
        return None
    return _dated(found, year)


def unclear(text: str) -> tuple[str, Period | None]:
    """What keeps a cell from naming a quarter, as a variant of L106, and the quarter in which a single month lies.

    ``month`` (2018年6月), ``several`` (1-6月, 上半年, 全年), ``far`` (2108年第二季度: no year of our time), else
    ``unreadable``.
    """
    normal = _normal(text)
    if month := re.fullmatch(_MONTH, normal):
        return "month", Period(int(month["year"]), (int(month["month"]) + 2) // 3)
    if (
        _SEVERAL.search(normal)
        or re.fullmatch(_A_YEAR, normal)
        or any(_quarter(m) is None for m in _MENTION.finditer(normal))
    ):
        return "several", None
    return "far" if re.match(_FAR, normal) and _MENTION.search(normal) else "unreadable", None


@functools.lru_cache(maxsize=1024)
def find_period(text: str) -> Period | Quarter | None:
    """The quarter that a title, a file name or a folder name mentions; None where it mentions none, or several."""
    return _mentioned(_normal(text))


@functools.lru_cache(maxsize=1024)
def find_year(text: str) -> int | None:
    """The one year that a title, a file name or a folder name mentions; None where there is none, or several."""
    normal = _normal(text)
    named = {int(y) for y in re.findall(r"(?<![0-9])((?:19|20)[0-9]{2})年", normal)}
    years = named or {int(y) for y in re.findall(_BARE_YEAR, normal)}
    return years.pop() if len(years) == 1 else None


def _dated(found: Period | Quarter, year: int | None) -> Period | Quarter:
    return Period(year, found.quarter) if isinstance(found, Quarter) and year is not None else found


def _normal(text: str) -> str:
    squeezed = "".join(unicodedata.normalize("NFKC", text).split()).translate(_DASHES)
    return _HAN_YEAR.sub(lambda m: m[0].translate(_HAN_DIGITS), squeezed)


def _mentioned(text: str) -> Period | Quarter | None:
    """The one quarter in a normal text, its year beside it, else the text's only year."""
    found = set() if _SEVERAL.search(text) else _all_mentioned(text)
    quarters = {f.quarter for f in found}
    periods = {f for f in found if isinstance(f, Period)}
    if len(quarters) != 1 or len(periods) > 1:
        return None
    if periods:
        return periods.pop()
    quarter = quarters.pop()
    year = find_year(text)
    return Period(year, quarter) if year is not None else Quarter(quarter)


def _all_mentioned(text: str) -> set[Period | Quarter]:
    """Every quarter in a normal text; none where any mention is of months that are no quarter."""
    found: set[Period | Quarter] = set()
    for match in (*_YEAR_Q.finditer(text), *_MENTION.finditer(text)):
        quarter = _quarter(match)
        if quarter is None:
            return set()
        found.add(Period(int(match["year"]), quarter) if match["year"] else Quarter(quarter))
    return found


def _quarter(match: re.Match[str]) -> int | None:
    """The quarter of a mention; None for months that are no quarter."""
    groups = match.groupdict()
    if groups.get("q"):
        return int(groups["q"])
    if word := groups.get("quarter"):
        return _HAN.get(word) or int(word)
    if groups.get("from_han"):
        return _FIRST_MONTHS.get((_HAN_MONTHS[groups["from_han"]], _HAN_MONTHS[groups["to_han"]]))
    first, last = groups.get("from") or groups["from_day"], groups.get("to") or groups["to_day"]
    return _FIRST_MONTHS.get((int(first), int(last)))
