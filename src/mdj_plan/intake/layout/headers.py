"""The words of headers: a typed header taken apart, and the vocabulary (template and synonyms) it is looked up in."""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from mdj_plan.fields import COVER_FIELDS, DUTY_FIELDS, FIELDS
from mdj_plan.measures import Unit, unit
from mdj_plan.sheets.values.reading import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mdj_plan.fields import Field
    from mdj_plan.sheets.cells import Cell

Kind = Literal["facilities", "duties"]
Synonyms = dict[str, tuple[str, ...]]

LONGEST = 60
"""No header is longer; longer texts are not looked at."""

_BRACKETED = re.compile(r"[(\[{<〔【《「]([^)\]}>〕】》」]*)(?:[)\]}>〕】》」]|$)")
_QUALIFIERS = ("其中", "上季", "上年", "上期", "去年", "同期", "规划", "计划", "目标", "拟")
_PIECES = re.compile(r"[,;、/或]")
_AROUND = ":*#★※.、,"
_LEADING = re.compile(r"^(?:[0-9]{1,2}[.、](?![0-9])|其中[:,]?)+")
_OF_WHICH = re.compile(r"^其中[:,]?")
WHOLE_OF = frozenset(("合计", "小计", "总计", "总数", "数量", "总量", "全部", "数", "总面积"))
"""Sub-headers that stand for their group: 合计 under 孵化面积 is the 孵化面积."""


class Header(NamedTuple):
    """A header taken apart: the words that name it, and the measure units it bears (most bear none or one).

    `tails` are the ways to see a unit without brackets at its end: 孵化面积/万平方米.
    """

    key: str
    units: tuple[Unit, ...] = ()
    tails: tuple[tuple[str, Unit], ...] = ()


_NO_HEADER = Header("")


@functools.lru_cache(maxsize=8192)
def header(typed: str) -> Header:
    """NFKC, no white space, no bracketed text (whose units are read first), no enumeration, no 其中 (contract 1)."""
    if len(typed) > LONGEST:
        return _NO_HEADER
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
        word not in {"", *_INSTRUCTIONS} and not any(_units(word)) and not _INSTRUCTION.search(word)
        for word in (inner.casefold() for inner in _BRACKETED.findall(text))
    )


_INSTRUCTIONS = frozenset(("下拉", "全称", "公章", "盖章", "同上", "m2", "个数", "数量", "数字", "整数"))
_INSTRUCTION = re.compile(
    r"填|写|选|如[:：]?|例|格式|单位|说明|见|按|位|[年月日]{2,}|[年季期月]末|本[季期]|当[季期]|截[至止]|小数|保留|不限|没有|"
    r"[0-9一二三]+列|^[0-9a-z.、/-]+$"
)
"""How a form explains a column, without changing what it holds."""


def _tails(key: str) -> Iterator[tuple[str, Unit]]:
    for length in range(1, min(6, len(key))):
        if found := unit(key[-length:]):
            yield key[:-length].rstrip(":/_,-"), found


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """What every header word means, by key. `cover` maps cover labels; `index` are columns of row numbers.

    `other` are words that make a group of columns speak of something else: 上年同期, 计划. `every` holds the keys of
    all `fields`. `columns` are the fields themselves by id, the plan's own among them.
    """

    columns: Mapping[Kind, Mapping[str, Field]]
    fields: Mapping[Kind, Mapping[str, str]]
    cover: Mapping[str, str]
    index: frozenset[str]
    other: tuple[str, ...]
    every: frozenset[str]

    def named(self, kind: Kind, typed: str) -> tuple[str | None, tuple[Unit, ...]]:
        """The field that a header names by itself, None for no field, and the units it bears."""
        found = header(typed)
        words = self.fields[kind]
        if found.key not in words:
            for base, tail in found.tails:
                if base in words:
                    return words[base], (tail,)
        return words.get(found.key), found.units


@functools.lru_cache(maxsize=8192)
def known(typed: str, words: Vocabulary) -> bool:
    """Whether a text names a field of either kind of table."""
    found = header(typed) if 0 < len(typed) <= LONGEST else _NO_HEADER
    return found.key in words.every or any(base in words.every for base, _ in found.tails)


def vocabulary(synonyms: Mapping[str, Sequence[str]] | None = None, fields: Mapping[str, Field] = FIELDS) -> Vocabulary:
    """The words of the `fields` of facilities and the shipped synonyms, with the given ones added (by field id)."""
    if not synonyms and fields is FIELDS:
        return _shipped()
    return _made({**_of_package(), **_merged(synonyms or {})}, fields)


def read_synonyms(path: Path, fields: Mapping[str, Field] = FIELDS) -> Synonyms:
    """A CSV of columns field, synonym: words added to the shipped ones. Raises ValueError naming the line at fault."""
    return _parsed(path.read_text("utf-8-sig").splitlines(), str(path), fields)


def _merged(synonyms: Mapping[str, Sequence[str]]) -> Synonyms:
    shipped = _of_package()
    return {field: (*shipped.get(field, ()), *words) for field, words in synonyms.items()}


@functools.cache
def _of_package() -> Synonyms:
    text = Path(__file__).with_name("headers.csv").read_text("utf-8")
    return _parsed(text.splitlines(), "headers.csv", FIELDS)


def _parsed(lines: Iterable[str], source: str, fields: Mapping[str, Field]) -> Synonyms:
    found: dict[str, list[str]] = {}
    known = {*fields, *DUTY_FIELDS, *COVER_FIELDS, "_index", "_other"}
    reader = csv.DictReader(lines)
    if reader.fieldnames is None or not {"field", "synonym"} <= set(reader.fieldnames):
        raise ValueError(f"{source}: expected the columns field, synonym")
    for row in reader:
        field, word = (row["field"] or "").strip(), (row["synonym"] or "").strip()
        if field not in known or not word:
            raise ValueError(f"{source}, line {reader.line_num}: {field!r} is no field of a return")
        found.setdefault(field, []).append(word)
    return {field: tuple(words) for field, words in found.items()}


@functools.cache
def _shipped() -> Vocabulary:
    return _made(_of_package(), FIELDS)


def _made(synonyms: Synonyms, columns: Mapping[str, Field]) -> Vocabulary:
    def words(labels: Mapping[str, str]) -> dict[str, str]:
        found = {header(word).key: field for field in labels for word in synonyms.get(field, ())}
        return found | {header(label).key: field for field, label in labels.items()}

    fields: dict[Kind, dict[str, str]] = {
        "facilities": words({f.id: f.header for f in columns.values()}),
        "duties": words({f.id: f.header for f in DUTY_FIELDS.values()}),
    }
    return Vocabulary(
        columns={"facilities": columns, "duties": DUTY_FIELDS},
        fields=fields,
        cover=words(COVER_FIELDS),
        index=frozenset(header(word).key for word in synonyms.get("_index", ())),
        other=synonyms.get("_other", ()),
        every=frozenset(key for known in fields.values() for key in known),
    )


def is_text(cell: Cell) -> bool:
    """Whether a cell holds words that could be a header."""
    return isinstance(cell, str) and 0 < len(cell) <= LONGEST
