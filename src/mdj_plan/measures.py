"""Measure units as clerks write them: which unit a word is, and how much of a field's own unit it makes. Exact only."""

from __future__ import annotations

import functools
import unicodedata
from decimal import Decimal

from mdj_plan.records import NamedTuple

_TIMES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}

_AREA = {
    "平方米": 1,
    "平米": 1,
    "平方": 1,
    "m2": 1,
    "㎡": 1,
    "公顷": 10**4,
    "平方公里": 10**6,
    "平方千米": 10**6,
    "km2": 10**6,
}
_MONEY = {"元": 1, "人民币": 1, "元人民币": 1}
_FIRMS = {"户": 1, "家": 1}
_PEOPLE = {"人": 1, "名": 1, "位": 1}
_PIECES = {"个": 1, "项": 1, "件": 1, "例": 1, "篇": 1, "条": 1, "支": 1, "席": 1}
_EVENTS = {"场次": 1, "场": 1, "次": 1}
_FAMILIES = (_AREA, _MONEY, _FIRMS, _PEOPLE, _PIECES, _EVENTS)
_INEXACT = frozenset(("亩", "%", "百分比", "美元", "欧元", "港元", "间", "栋", "幢", "层"))
"""Units known to be none of ours: a header that bears one must never be read as if it bore the template's."""

_OWN = {
    "平方米": (_AREA, 1, ("平方米", "平米", "平方", "m2")),
    "万元": (_MONEY, 10**4, ("元",)),
    "户": (_FIRMS, 1, ("户", "家")),
    "家": (_FIRMS, 1, ("户", "家")),
    "人": (_PEOPLE, 1, ("人", "名")),
    "个": (_PIECES, 1, ("个",)),
    "场次": (_EVENTS, 1, ("场次", "场", "次")),
}
"""By a field's measure: its family, how many of the family's base unit it is, and the words that are its own in a cell.

家 and 户 both count firms, 名 and 人 people: the same quantity under either word.
"""


class Unit(NamedTuple):
    """A measure unit found in a text: a multiple of a base unit."""

    base: str
    times: int


_WORDS = {prefix + word: Unit(word, times) for prefix, times in _TIMES.items() for word in _INEXACT} | {
    prefix + base: Unit(base, times)
    for prefix, times in _TIMES.items()
    for base in ("", *(word for family in _FAMILIES for word in family))
    if prefix or base
}


def unit(text: str, measure: str = "") -> Unit | None:
    """The unit a word is (万平方米 → 平方米 × 10 000), or None. `text` is squeezed; 万 alone has no base.

    Any word is a unit where a field is measured in it: 12人次 of a duty measured in 人次.
    """
    found = _WORDS.get(text) or _WORDS.get(text.lower())
    if found is None and measure:
        base = _taken_apart(measure).base
        times = _TIMES.get(text.removesuffix(base)) if text.endswith(base) else None
        return Unit(base, times) if times else None
    return found


@functools.lru_cache(maxsize=256)
def _taken_apart(measure: str) -> Unit:
    """A field's measure as a unit: 万字 → 字 × 10 000."""
    prefix = next(p for p in reversed(_TIMES) if measure.startswith(p) and (len(p) < len(measure) or not p))
    return Unit(measure.removeprefix(prefix), _TIMES[prefix])


@functools.lru_cache(maxsize=256)
def _family(measure: str) -> tuple[dict[str, int], int, tuple[str, ...]]:
    """What `_OWN` says of a measure; of any other, the same by its own word: a duty may be measured in anything."""
    if measure in _OWN:
        return _OWN[measure]
    base, times = _taken_apart(measure)
    family = next((family for family in _FAMILIES if base in family), {base: 1})
    return family, times * family[base], (base,)


def scale(found: Unit, measure: str) -> Decimal | None:
    """How many of `measure` one of `found` is; None when it is no unit of the same kind. 个 counts anything."""
    if not measure:
        return Decimal(found.times) if found.base not in _INEXACT else None
    family, size, _ = _family(measure)
    if not found.base:  # 万 alone: of money 万元, else ten thousand of the field's own
        return Decimal(found.times) / _taken_apart(measure).times
    if found.base in family:
        return Decimal(found.times) * family[found.base] / size
    if found.base == "个" and family not in (_AREA, _MONEY):
        return Decimal(found.times) / size
    return None


def multiple(text: str, measure: str) -> Decimal | None:
    """How many of `measure` the unit `text` makes, if it is the measure itself or an exact multiple; else None.

    A field without a measure is measured in whatever is said of it.
    """
    written = "".join(unicodedata.normalize("NFKC", text).split())
    if not measure:
        return Decimal(1)
    found = unit(written, measure)
    times = None if found is None else scale(found, measure)
    return times if times is not None and times >= 1 else None


def is_own(found: Unit, measure: str) -> bool:
    """Whether a cell may bear the unit and still be read (contract 1): the field's own, or ten thousand of it.

    A field in 万元 takes 万元 and 万, not 元: an amount in another unit is a finding.
    """
    if not measure:
        return not found.base and found.times == 10**4
    own = _taken_apart(measure).times
    allowed = {1, 10**4} if own == 1 else {own}
    named = not found.base or found.base in _family(measure)[2]
    return found.times in allowed and named and (found.times > 1 or bool(found.base))


def units_of(measure: str) -> tuple[str, ...]:
    """The units a header may bear for a field of that measure, for messages."""
    if measure == "平方米":
        return ("平方米", "万平方米")
    if measure == "万元":
        return ("万元", "元", "千元")
    return (measure,)
