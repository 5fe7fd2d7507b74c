"""Phrases that stand within other texts: what was expected, where something was said, rows and columns.

They go along with a finding or a problem before it is known in which language it will be told, so both are taken.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from mdj_plan.catalogues import texts_in
from mdj_plan.names import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).parent / "locale"


def phrase(key: str, **args: str | Words) -> Words:
    """The phrase of that key in both languages, its placeholders filled where there are any. Raises KeyError."""
    found = phrases()[key]
    return Words(_filled(found.zh, args, "zh"), _filled(found.en, args, "en")) if args else found


def _filled(text: str, args: Mapping[str, str | Words], language: str) -> str:
    said = {name: each.in_language(language) if isinstance(each, Words) else each for name, each in args.items()}
    return text.format(**said)


@functools.cache
def phrases() -> Mapping[str, Words]:
    """Every phrase by its key."""
    zh, en = (texts_in(_FOLDER / f"phrases.{language}.toml") for language in ("zh", "en"))
    return {key: Words(zh[key], en[key]) for key in zh}
