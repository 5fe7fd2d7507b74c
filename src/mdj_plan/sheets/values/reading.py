"""What a parser makes of one cell: a `Reading`, and the two marks that stand for something else: blank and ditto."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from mdj_plan.names import Words
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import as_typed

if TYPE_CHECKING:
    from mdj_plan.findings import Argument
    from mdj_plan.sheets.cells import Cell


class Reading(NamedTuple):
    """One cell, read exactly or objected to.

    `value` is None where the cell is blank, and where `code` names an error. `code` is "" (nothing to say), an error
    of the catalogue (V102 …), or the note V118, which goes with a value. `variant` and `args` fill the message.
    """

    value: Any = None
    code: str = ""
    variant: str = ""
    args: tuple[tuple[str, Argument], ...] = ()


BLANK = Reading()
"""Nothing stated; also what an empty cell reads as."""

_SPACES = (
    " \t\r\n\v\f\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_UNSEEN = "\u200e\u200f\u061c\u180e\ufe0e\ufe0f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Writing directions and variants of a character: they are not even a gap."""
DASHES = "-‐‑‒–—―−─﹘﹣－"
"""Everything that clerks and their input methods type for a dash or a minus."""

_NOTHING = _SPACES + _INVISIBLE + _UNSEEN + DASHES + "/／"
_WORDS_FOR_NOTHING = frozenset(("", "无", "暂无"))
_DITTO = frozenset(("同上", "〃", "″", '"', "''", "''", "″″"))
_GAPS = re.compile(f"[{_SPACES}{_INVISIBLE}]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def blank(raw: Cell) -> bool:
    """Whether the cell states nothing: empty, spaces, dashes, slashes, 无 or 暂无 (contract 1). Zero is not blank."""
    if raw is None or raw == "":
        return True
    if not isinstance(raw, str):
        return False
    core = raw.strip(_NOTHING)
    return core in _WORDS_FOR_NOTHING or (len(core) < 8 and _GAPS.sub("", core) in _WORDS_FOR_NOTHING)


def ditto(raw: Cell) -> bool:
    """Whether the cell says "as above" (同上, 〃): the caller takes the value above, with note V118."""
    return isinstance(raw, str) and len(raw) < 12 and _GAPS.sub("", raw) in _DITTO


def spaced(raw: Cell) -> str:
    """The cell as text on one line: single spaces, none around it, nothing invisible. Otherwise as typed."""
    text = as_typed(raw)
    if text.isascii() and text.isalnum():
        return text
    return _GAPS.sub(" ", _CONTROLS.sub("", text)).translate(_NO_INVISIBLE).strip()


def squeezed(raw: Cell) -> str:
    """The cell's text after NFKC, without any white space: the form in which listed words are compared."""
    text = as_typed(raw)
    if text.isascii():
        return "".join(text.split())
    return _GAPS.sub("", unicodedata.normalize("NFKC", text).translate(_NO_INVISIBLE))


_NO_INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE + _UNSEEN))


def refused(code: str, variant: str = "", **args: Argument) -> Reading:
    """No value, and why."""
    return Reading(None, code, variant, tuple(sorted(args.items())))


def listed(words: list[str]) -> Words:
    """Several words in one place of a message, joined as each language joins them."""
    return Words("、".join(words), ", ".join(words))
