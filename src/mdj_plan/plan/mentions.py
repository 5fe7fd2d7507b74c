"""Whose name stands in a text such as a title or a file's name: as a whole word, never inside another (contract 1).

A Latin name stands alone where no letter or digit is beside it. A full Chinese name is known wherever it stands; a
short one (an alias) only where what surrounds it is no other word: 经开区 in 经开区季报, but not in 哈尔滨经开区.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from mdj_plan.names import folded
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LATIN = re.compile(r"[0-9a-z]+")
_SPACE = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_LONGEST = 8  # Latin words of a name
_BEHIND = ("孵化", "众创", "双创", "创新", "创业", "科技", "载体", "季", "报", "第", "上", "年", "表")
"""Words with which a title goes on behind a unit's short name."""


class Reporter(NamedTuple):
    """Who reports: a unit, or one member of it (`member` is its name as the plan writes it)."""

    unit: str
    member: str | None = None


class Mentions:
    """The names of a plan as they are looked for in texts. `prefixes` and `suffixes` are in the folded form."""

    def __init__(self, prefixes: Sequence[str], suffixes: Sequence[str]) -> None:
        self._prefixes, self._behind = tuple(prefixes), (*suffixes, *_BEHIND)
        self._latin: dict[str, Reporter] = {}
        self._full: dict[str, Reporter] = {}
        self._short: dict[str, Reporter] = {}
        self._begun: dict[str, list[str]] = {}
        self._found: dict[str, frozenset[Reporter]] = {}

    def enter(self, name: str, reporter: Reporter, *, alias: bool) -> None:
        """Look for a name from now on; `alias` where it is not the bearer's full name."""
        key = folded(name)
        if len(key) > 1:
            names = self._latin if key.isascii() else self._short if alias else self._full
            names.setdefault(key, reporter)
            if not key.isascii() and key not in (begun := self._begun.setdefault(key[:2], [])):
                begun.append(key)

    def of(self, text: str) -> frozenset[Reporter]:
        """Everybody whose name stands in the text; a longer name hides the shorter ones in it."""
        if text not in self._found:
            self._found[text] = frozenset((*self._in_latin(text), *self._in_chinese(text)))
        return self._found[text]

    def _in_latin(self, text: str) -> Iterator[Reporter]:
        words = _LATIN.findall(unicodedata.normalize("NFKC", text).casefold()) if self._latin else []
        start = 0
        while start < len(words):
            for end in range(min(start + _LONGEST, len(words)), start, -1):
                if found := self._latin.get("".join(words[start:end])):
                    yield found
                    start = end - 1
                    break
            start += 1

    def _in_chinese(self, text: str) -> Iterator[Reporter]:
        key = folded(text)
        spelled = _SPACE.sub("", unicodedata.normalize("NFKC", text).casefold())
        for name in self._standing_in(key):
            if name in key and (name in self._full or self._alone(name, spelled)):
                yield self._full.get(name) or self._short[name]
                key, spelled = key.replace(name, "\0"), spelled.replace(name, "\0")

    def _standing_in(self, key: str) -> list[str]:
        """The Chinese names that stand in a text, the longest first, those as long in the order of the text."""
        begun = ((at, name) for at in range(len(key) - 1) for name in self._begun.get(key[at : at + 2], ()))
        found = dict.fromkeys(name for at, name in begun if key.startswith(name, at))
        return sorted(found, key=len, reverse=True)

    def _alone(self, name: str, text: str) -> bool:
        """Whether a short name stands somewhere between the edges of words."""
        places = (found.span() for found in re.finditer(re.escape(name), text))
        return any(_ends(text[:start], self._prefixes) and _begins(text[end:], self._behind) for start, end in places)


def _ends(before: str, prefixes: Iterable[str]) -> bool:
    return not before or not before[-1].isalpha() or before.endswith(tuple(prefixes))


def _begins(behind: str, words: Iterable[str]) -> bool:
    return not behind or not behind[0].isalpha() or behind.startswith(tuple(words)) or behind[0] in "一二三四"
