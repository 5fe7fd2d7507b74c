"""The plainest cells of a column, read in bulk: what needs no thought is not put through the parsers one by one.

Each answer is what the parser of that type gives; a test holds the two together. Cells not answered go to the parser.
"""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mdj_plan.intake.cells import Cell

_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{0,5}[1-9])?")
_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_SHORTEST_TEXT = 3
"""无 and 暂无 are blank; a longer text of letters and digits alone is what it is."""


def plainly(kind: str, cells: Iterable[Cell]) -> dict[Cell, Any]:
    """The values of the plain cells among `cells` for a field type (`fields.Field.type`); others are left out."""
    read = _READ.get(kind)
    return read(cells) if read is not None else {}


def _text(cells: Iterable[Cell]) -> dict[Cell, Any]:
    return {c: c for c in cells if type(c) is str and c.isalnum() and len(c) >= _SHORTEST_TEXT}


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
    found: dict[Cell, Any] = {}
    for c in cells:
        if type(c) is float:
            if 0 <= c < 1e9:
                digits = repr(c)
                if c.is_integer():
                    found[c] = Decimal(int(c))
                elif len(digits) <= 15 and "e" not in digits:
                    found[c] = Decimal(digits)
        elif type(c) is str and _DECIMAL.fullmatch(c):
            found[c] = Decimal(c)
    return found


def _codes(cells: Iterable[Cell]) -> dict[Cell, Any]:
    tables, digits = _check_tables()
    match = _CODE.fullmatch
    return {
        c: c
        for c in cells
        if type(c) is str
        and match(c)
        and digits[sum([table[x] for table, x in zip(tables, c[:17], strict=True)]) % 31] == c[17]
    }


@functools.cache
def _check_tables() -> tuple[list[dict[str, int]], str]:
    """GB 32100: for each of 17 places what a character adds to the sum, and the check digit by the sum modulo 31."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    tables = [{x: i * pow(3, place, 31) for i, x in enumerate(alphabet)} for place in range(17)]
    return tables, "".join(alphabet[-rest % 31] for rest in range(31))


_READ: dict[str, Callable[[Iterable[Cell]], dict[Cell, Any]]] = {
    "text": _text,
    "whole": _whole,
    "number": _number,
    "code": _codes,
}
