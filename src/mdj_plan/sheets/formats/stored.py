"""A zip package written into memory without packing anything: for a reader that asks for one."""

from __future__ import annotations

import struct
import zlib

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_ENTRY = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_VERSION = 20
_DAY = 33
"""The first day that a zip can name."""


class Stored:
    """Parts are added one by one, behind those of another package where one is given; `done` gives the bytes."""

    def __init__(self, others: Stored | None = None) -> None:
        self._pieces: list[bytes] = [*others._pieces] if others else []
        self._entries: list[bytes] = [*others._entries] if others else []
        self._size: int = others._size if others else 0

    def add(self, name: str, *pieces: bytes) -> None:
        """Add a part, given in pieces that follow one another; its name in ASCII."""
        raw, size, crc = name.encode("ascii"), sum(map(len, pieces)), 0
        for piece in pieces:
            crc = zlib.crc32(piece, crc)
        told = (0, _DAY, crc, size, size, len(raw), 0)
        head = _LOCAL.pack(b"PK\x03\x04", _VERSION, 0, 0, *told)
        entry = _ENTRY.pack(b"PK\x01\x02", _VERSION, _VERSION, 0, 0, *told, 0, 0, 0, 0, self._size)
        self._entries.append(entry + raw)
        self._pieces += [head, raw, *pieces]
        self._size += len(head) + len(raw) + size

    def done(self) -> bytes:
        """The package."""
        directory = b"".join(self._entries)
        count = len(self._entries)
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), self._size, 0)
        return b"".join([*self._pieces, directory, end])
