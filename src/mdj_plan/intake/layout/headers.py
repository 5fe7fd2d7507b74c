"""The vocabulary of headers: the template's words and their synonyms, by which a typed header is looked up."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mdj_plan.fields import COVER_FIELDS, DUTY_FIELDS, FIELDS, NO_FIELDS
from mdj_plan.sheets.values.header import LONGEST, NO_HEADER, header

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdj_plan.fields import Field
    from mdj_plan.measures import Unit
    from mdj_plan.plan.synonyms import Synonyms
    from mdj_plan.sheets.cells import Cell

Kind = Literal["facilities", "duties"]

WHOLE_OF = frozenset(("合计", "小计", "总计", "总数", "数量", "总量", "全部", "数", "总面积"))
"""Sub-headers that stand for their group: 合计 under 孵化面积 is the 孵化面积."""


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
    found = header(typed) if 0 < len(typed) <= LONGEST else NO_HEADER
    return found.key in words.every or any(base in words.every for base, _ in found.tails)


def vocabulary(own: Synonyms | None = None, fields: Mapping[str, Field] = FIELDS) -> Vocabulary:
    """The words of the `fields` of facilities, of the plan's `own` synonyms by field id, and the shipped ones.

    What the template says holds before what a plan says, and that before what comes with the program.
    """
    return _made(own or {}, fields) if own or fields is not FIELDS else _shipped()


@functools.cache
def shipped_words() -> Synonyms:
    """The words that come with the program: a table like a plan's own (`plan.synonyms`), but written by ourselves."""
    found: dict[str, tuple[str, ...]] = {}
    with Path(__file__).with_name("headers.csv").open(encoding="utf-8", newline="") as file:
        for field, word in list(csv.reader(file))[1:]:
            found[field] = (*found.get(field, ()), word)
    return found


@functools.cache
def _shipped() -> Vocabulary:
    return _made({}, FIELDS)


def _made(own: Synonyms, columns: Mapping[str, Field]) -> Vocabulary:
    shipped = shipped_words()

    def words(labels: Mapping[str, str]) -> dict[str, str]:
        named = [(word, field) for each in (shipped, own) for field in labels for word in each.get(field, ())]
        return {header(word).key: field for word, field in (*named, *((v, k) for k, v in labels.items()))}

    fields: dict[Kind, dict[str, str]] = {
        "facilities": words({f.id: f.header for f in columns.values()}),
        "duties": words({f.id: f.header for f in DUTY_FIELDS.values()}),
    }
    apart = {name: (*shipped.get(name, ()), *own.get(name, ())) for name in NO_FIELDS}
    return Vocabulary(
        columns={"facilities": columns, "duties": DUTY_FIELDS},
        fields=fields,
        cover=words(COVER_FIELDS),
        index=frozenset(header(word).key for word in apart["_index"]),
        other=apart["_other"],
        every=frozenset(key for known in fields.values() for key in known),
    )


def is_text(cell: Cell) -> bool:
    """Whether a cell holds words that could be a header."""
    return isinstance(cell, str) and 0 < len(cell) <= LONGEST
