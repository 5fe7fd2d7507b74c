"""How names are compared: exactly, after a normal form. Never by a guess (docs/design.md, principle 9)."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Words(NamedTuple):
    """A name or phrase in both languages; `en` may be blank where the plan gives none."""

    zh: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """The words in ``zh`` or ``en``, else in the other language."""
        return (self.en or self.zh) if language == "en" else (self.zh or self.en)


def listed(names: Iterable[str | Words]) -> Words:
    """Several names in a row, joined as each language joins them."""
    both = [Words(name, name) if isinstance(name, str) else name for name in names]
    return Words("、".join(n.in_language("zh") for n in both), ", ".join(n.in_language("en") for n in both))


def folded(text: str) -> str:
    """NFKC, case-folded, letters and digits only: the form in which names are compared (contract 2)."""
    key = unicodedata.normalize("NFKC", text).casefold()
    return key if key.isalnum() else "".join(filter(str.isalnum, key))


def all_folded(texts: Sequence[str]) -> list[str]:
    """The same of many texts, which are looked at together."""
    keys = unicodedata.normalize("NFKC", "\n".join(texts)).casefold().split("\n")
    if len(keys) != len(texts):  # a line break in one of them
        return list(map(folded, texts))
    return [key if key.isalnum() else "".join(filter(str.isalnum, key)) for key in keys]


def trimmed(text: str) -> str:
    """NFKC without leading and trailing white space: the form in which texts are compared (contract 1, `where`)."""
    return unicodedata.normalize("NFKC", text).strip()


def without_prefixes(key: str, prefixes: Sequence[str]) -> str:
    """`key` without the longest fitting prefix, again and again, as long as one fits and something remains.

    `key` and `prefixes` are in the folded form.
    """
    while fitting := [p for p in prefixes if p and len(p) < len(key) and key.startswith(p)]:
        key = key[len(max(fitting, key=len)) :]
    return key


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The known name most like `text`, to be suggested to a person; never used to decide anything."""
    import difflib  # only when something is wrong

    close = difflib.get_close_matches(text, list(known), n=1, cutoff=0.5)
    return close[0] if close else None
