"""A printed choice with boxes to tick: □正常 ☑零报告 □无变化, or the boxes behind the words: 正常□ 零报告√."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdj_plan.sheets.values.reading import Reading, listed, refused, squeezed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdj_plan.sheets.cells import Cell

_TICKED = "☑☒✓✔√■●⊠⊙◉▣✅Ⅴ"
_EMPTY = "□☐○◯〇▢◻"
_TICKED_WORDS = re.compile(r"[\[(]\s*(?:[√✓✔xXvV*]|是)\s*[\])]")
_EMPTY_WORDS = re.compile(r"[\[(]\s*[\])]")
_MARK = re.compile(f"[{_TICKED}{_EMPTY}]")


def ticked(raw: Cell, choices: Mapping[str, str]) -> Reading | None:
    """The canonical value of the one word that is ticked; None where there are no boxes.

    V106 with variant ``unticked`` where none is ticked, ``several`` where more than one is (arg allowed).
    """
    text = _EMPTY_WORDS.sub("□", _TICKED_WORDS.sub("☑", squeezed(raw))) if isinstance(raw, str) else ""
    words = [word for word in choices if word in text]
    if not words or not (_MARK.search(text) or len(words) > 1):
        return None
    chosen = [word for word in words if _mark_of(text, word) in _TICKED]
    if len(chosen) == 1:
        return Reading(choices[chosen[0]])
    return refused("V106", "several" if chosen else "unticked", allowed=listed(list(choices)), suggestion="")


def _mark_of(text: str, word: str) -> str:
    """The mark beside a word: before it where the line begins with one, else behind it; a blank for none."""
    start = text.index(word)
    before, behind = text[start - 1 : start], text[start + len(word) : start + len(word) + 1]
    leading = _MARK.match(text) is not None or not _MARK.match(text[-1])
    mark = before if leading else behind
    return mark if mark and _MARK.match(mark) else " "
