"""The plainest cells of a column, read in bulk: what needs no thought is not put through the parsers one by one.

Each answer is what the parser of that type gives; a test holds the two together. Cells not answered go to the parser.
A number that is answered is shown as it stands: 1205.5, never 1.2055E3.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import re
from decimal import Decimal
from operator import mul
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from mdj_plan.fields import Field
    from mdj_plan.sheets.cells import Cell

_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_CODES = re.compile(f"(?:{_CODE.pattern})*+")
_LENGTH, _MANY = 18, 500
_ISO_DAY = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_SHORTEST_TEXT = 3
"""无 and 暂无 are blank, 同上 is the cell above; a longer text of letters and digits alone is what it is."""
_NO_TEXT = frozenset(("暂无", "同上"))


def plainly(field: Field, cells: AbstractSet[Cell]) -> dict[Cell, Any]:
    """The values of the plain cells among `cells` for a field: figures, days, listed words; others are left out."""
    if field.choices:
        several = field.type == "choices"
        return {word: (kept,) if several else kept for word, kept in field.choices if word in cells}
    read = _READ.get(field.type)
    return read(cells) if read is not None else {}


def plain_as_typed(kind: str, cells: Sequence[Cell]) -> bool:
    """Whether every cell of a column is plain and means just what is typed: a list of names, of codes."""
    if kind not in {"text", "code"} or not {str}.issuperset(map(type, cells)):
        return False
    texts = cast("Sequence[str]", cells)
    if kind == "text":
        return all(map(str.isalnum, texts)) and min(map(len, texts), default=_SHORTEST_TEXT) >= _SHORTEST_TEXT
    return _are_codes(texts) if len(texts) > _MANY else all(map(_is_code, texts))


def _text(cells: Iterable[Cell]) -> dict[Cell, Any]:
    return {c: c for c in cells if type(c) is str and c.isalnum() and len(c) > 1 and c not in _NO_TEXT}


def _whole(cells: Iterable[Cell]) -> dict[Cell, Any]:
    found: dict[Cell, Any] = {}
    for c in cells:
        if type(c) is float:
            if 0 <= c < 1e9 and c.is_integer():
                found[c] = int(c)
        elif type(c) is str and len(c) < 10 and c.isascii() and c.isdigit():
            found[c] = int(c)
    return found


def _number(cells: Iterable[Cell]) -> dict[Cell, Any]:
    texts = filter(_DECIMAL.fullmatch, (c for c in cells if type(c) is str))
    return {c: figure for c in cells if type(c) is float and (figure := _figure(c)) is not None} | {
        c: Decimal(c.rstrip("0").rstrip(".") if c[-1] == "0" and "." in c else c) for c in texts
    }


def _figure(number: float) -> Decimal | None:
    """A number as it is written, where that is plain."""
    if not 0 <= number < 1e9:
        return None
    if number.is_integer():
        return Decimal(int(number))
    digits = repr(number)
    return Decimal(digits) if len(digits) <= 15 and "e" not in digits else None


def _codes(cells: Iterable[Cell]) -> dict[Cell, Any]:
    return {c: c for c in cells if type(c) is str and _is_code(c)}


@functools.lru_cache(maxsize=2**16)  # a facility bears the same code every quarter
def _is_code(text: str) -> bool:
    """Whether it is a code of GB 32100 with the right check digit."""
    if _CODE.fullmatch(text) is None:
        return False
    figures = text.encode("ascii").translate(_FIGURES)
    total: int = sum(map(mul, figures, _WEIGHTS))
    return total % 31 == 0


def _are_codes(texts: Sequence[str]) -> bool:
    """The same of all of many texts, which are looked at together."""
    if not {_LENGTH}.issuperset(map(len, texts)):
        return False
    joined = "".join(texts)
    if _CODES.fullmatch(joined) is None:
        return False
    figures = joined.encode("ascii")
    weighed = [figures[place::_LENGTH].translate(table) for place, table in enumerate(_WEIGHED)]
    return not any(total % 31 for total in map(sum, zip(*weighed, strict=True)))


_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FIGURES = bytes(max(_ALPHABET.find(chr(i)), 0) for i in range(256))
"""GB 32100: what a character counts for, by its ASCII number."""
_WEIGHTS = (*(3**place % 31 for place in range(17)), 1)
"""And each place, the check digit's included: the sum is a multiple of 31."""
_WEIGHED = [bytes(figure * weight % 31 for figure in _FIGURES) for weight in _WEIGHTS]
"""Both at once, place by place."""


def _days(cells: Iterable[Cell]) -> dict[Cell, Any]:
    found: dict[Cell, Any] = {}
    for c in cells:
        if type(c) is str and _ISO_DAY.fullmatch(c):
            with contextlib.suppress(ValueError):
                found[c] = dt.date.fromisoformat(c)
    return found


_READ: dict[str, Callable[[Iterable[Cell]], dict[Cell, Any]]] = {
    "text": _text,
    "whole": _whole,
    "number": _number,
    "code": _codes,
    "date": _days,
}
