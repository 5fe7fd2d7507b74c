"""Ids for units and indicators, made of their names: what people type at the keyboard and name files by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENDING = re.compile(r"(?<=.{2})(?:自治县|自治旗|自治州|(?<![发园新])区|[县市旗盟州局])$")
_LONGEST = 4
"""Syllables written out; of a longer name each gives its first letter, as people abbreviate."""


def ids_of(names: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """An id for each name in pinyin, no two alike and none that is `taken`: 东河区 donghe, 市人社局 renshe."""
    found: dict[str, str] = {}
    used = set(taken)
    for name in names:
        wish = _romanised(name) or "unit"
        number = 1
        while (each := wish if number == 1 else f"{wish}{number}") in used:
            number += 1
        used.add(each)
        found[name] = each
    return found


def _romanised(name: str) -> str:
    from pypinyin import Style, lazy_pinyin

    bare = _ENDING.sub("", re.sub(r"^市(?=.{2})", "", name))
    bare = bare if len(bare) > 1 else name
    style = Style.NORMAL if len(bare) <= _LONGEST or bare.isascii() else Style.FIRST_LETTER
    return re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(bare, style=style, v_to_u=False)).casefold())
