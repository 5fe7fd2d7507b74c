"""The records of which the parts of a binary workbook are made."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from mdj_plan.sheets.formats.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_RECORDS = 5_000_000
"""Records of a part that are read; more would take longer than anybody waits."""
_LENGTH = struct.Struct("<I")


def records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """(record type, start of its body, end of its body); types and lengths are of up to four bytes of seven bits.

    Raises Refused for a part without end.
    """
    at, size = 0, len(part)
    for _ in range(MOST_RECORDS):
        if at >= size:
            return
        code = part[at]
        at += 1
        if code > 0x7F and at < size:
            code = code & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while at < size and shift < 28:
            byte = part[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        end = min(at + length, size)
        yield code, at, end
        at = end
    raise Refused("F104", "bomb")


def wide(part: bytes, at: int, end: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends; what the record does not hold of it is left out."""
    if at + 4 > end:
        return "", end
    count = _LENGTH.unpack_from(part, at)[0]
    if count == 0xFFFFFFFF:  # none
        return "", at + 4
    stop = min(at + 4 + 2 * count, end)
    return part[at + 4 : stop].decode("utf-16-le", "replace"), stop
