"""A typed header taken apart: the words that name it, and the measure units that it bears (contract 1)."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from mdj_plan.measures import Unit, unit
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.values.reading import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 60
"""No header is longer; longer texts are not looked at."""

_BRACKETED = re.compile(r"[(\[{<〔【《「]([^)\]}>〕】》」]*)(?:[)\]}>〕】》」]|$)")
_QUALIFIERS = ("其中", "上季", "上年", "上期", "去年", "同期", "规划", "计划", "目标", "拟")
_PIECES = re.compile(r"[,;、/或]")
_AROUND = ":*#★※.、,"
_LEADING = re.compile(r"^(?:[0-9]{1,2}[.、](?![0-9])|其中[:,]?)+")


class Header(NamedTuple):
    """A header taken apart: the words that name it, and the measure units it bears (most bear none or one).

    `tails` are the ways to see a unit without brackets at its end: 孵化面积/万平方米.
    """

    key: str
    units: tuple[Unit, ...] = ()
    tails: tuple[tuple[str, Unit], ...] = ()


NO_HEADER = Header("")
"""What is too long for one."""


@functools.lru_cache(maxsize=8192)
def header(typed: str) -> Header:
    """NFKC, no white space, no bracketed text (whose units are read first), no enumeration, no 其中 (contract 1)."""
    if len(typed) > LONGEST:
        return NO_HEADER
    text = squeezed(typed)
    units = tuple(found for inner in _BRACKETED.findall(text) for found in _units(inner))
    key = _LEADING.sub("", _BRACKETED.sub("", text).strip(_AROUND)).strip(_AROUND)
    if any(word in inner for inner in _BRACKETED.findall(text) for word in _QUALIFIERS):
        key = text  # 在孵企业数（其中大学生创业企业）is a part, （上季）another time: not what the bare words name
    if not key and text and not units:
        key = text
    key = key.casefold()
    return Header(key, units, tuple(_tails(key)))


def _units(inner: str) -> Iterable[Unit]:
    for piece in _PIECES.split(inner.removeprefix("计量").removeprefix("单位").strip(":")):
        found = unit(piece)
        if found:
            yield found


@functools.lru_cache(maxsize=4096)
def passed_over(typed: str) -> bool:
    """Whether a header's brackets may change what it means: （含团队）; they hold no unit and no instruction."""
    text = squeezed(typed)
    return any(
        word not in {"", *_INSTRUCTIONS} and not any(_units(word)) and not re.search(_INSTRUCTION, word)
        for word in (inner.casefold() for inner in _BRACKETED.findall(text))
    )


_INSTRUCTIONS = frozenset(("下拉", "全称", "公章", "盖章", "同上", "m2", "个数", "数量", "数字", "整数"))
_INSTRUCTION = (
    r"填|写|选|如[:：]?|例|格式|单位|说明|见|按|位|[年月日]{2,}|[年季期月]末|本[季期]|当[季期]|截[至止]|小数|保留|不限|没有|"
    r"[0-9一二三]+列|^[0-9a-z.、/-]+$"
)
"""How a form explains a column, without changing what it holds."""


def _tails(key: str) -> Iterator[tuple[str, Unit]]:
    for length in range(1, min(6, len(key))):
        if found := unit(key[-length:]):
            yield key[:-length].rstrip(":/_,-"), found
