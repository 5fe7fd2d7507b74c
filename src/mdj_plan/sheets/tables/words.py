"""The words of the office's tables: a head taken apart, and the rows that are none: 合计, notes, signatures."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from mdj_plan.measures import Unit, unit
from mdj_plan.sheets.remarks import is_closing, is_remark, is_signature
from mdj_plan.sheets.values.reading import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.sheets.cells import Cell

_BRACKETED = re.compile(r"[(\[{<〔【《「]([^)\]}>〕】》」]*)[)\]}>〕】》」]?")
_TOTAL = re.compile(r"(?:.{0,12})(?:合计|小计|总计|共计|累计|合计数)(?:\(.*\))?:?|total", re.IGNORECASE)
_LONGEST = 60


@functools.lru_cache(maxsize=1024)
def key(head: str) -> str:
    """A head as it is compared: NFKC without white space, brackets and their text, marks around it, and case."""
    if len(head) > _LONGEST:
        return ""
    text = squeezed(head)
    return (_BRACKETED.sub("", text) or text).strip(":*#★※.、,_ ").casefold()


def unit_of(head: str) -> Unit | None:
    """The measure unit that a head bears in brackets: 目标（万平方米）."""
    inner = (found.removeprefix("计量").removeprefix("单位").strip(":") for found in _BRACKETED.findall(squeezed(head)))
    return next((found for word in inner if (found := unit(word)) is not None), None)


def says_total(cell: Cell) -> bool:
    """Whether a cell says 合计, 小计, 县区小计 or the like."""
    return isinstance(cell, str) and len(cell) <= 20 and _TOTAL.fullmatch(squeezed(cell)) is not None


def is_note(cells: Sequence[Cell]) -> bool:
    """Whether what stands in a row are notes or signatures below a table, not a row of it."""
    return all(is_remark(cell) or is_signature(cell) for cell in cells) or (len(cells) == 1 and is_closing(cells[0]))
