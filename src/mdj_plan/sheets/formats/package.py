"""A zip package: its parts by name, each unpacked within bounds, and the relationships between them.

Sizes are bounded by what is really unpacked, never by what the directory claims. Names are compared as the standard
says: without a leading slash, whatever the case; a backslash, which some writers use, is a slash.
"""

from __future__ import annotations

import functools
import io
import posixpath
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mdj_plan.records import NamedTuple
from mdj_plan.sheets.formats.refusal import Refused
from mdj_plan.sheets.formats.walk import Handler, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 128_000_000
"""Bytes that the parts of a package may unpack to in all."""
_MOST_PARTS = 10_000
_SMALL = 64 * 1024
_SMALL_UNPACKED = 1024 * 1024
"""Bytes of a part that is worth remembering, packed and as it is said to unpack: returns made from one template share
their styles and lists."""
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENTRY = b"PK\x01\x02"


class Relation(NamedTuple):
    """Where a relationship leads: the last word of its type (worksheet, styles …) and the part's name."""

    type: str
    part: str


class Package:
    """The parts of a zip file. Raises Refused where its directory is damaged, encrypted or without end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = LARGEST
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self._related: dict[str, Mapping[str, Relation]] = {}
        self._twins: set[str] = set()
        for info in _directory(data):
            if info.flag_bits & 1:
                raise Refused("F102")
            key = _key(info.filename)
            known = self._infos.setdefault(key, info)
            if (known.CRC, known.file_size) != (info.CRC, info.file_size):
                self._twins.add(key)

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._infos

    def names(self) -> tuple[str, ...]:
        """Every part's name, in small letters, in the order of the directory."""
        return tuple(self._infos)

    def part(self, name: str) -> bytes:
        """A part's bytes. Raises Refused for one that is absent, damaged, unsafe, or there twice."""
        key = _key(name)
        if key not in self._infos or key in self._twins:
            raise Refused("F103", value=name)
        info = self._infos[key]
        try:
            packed = self._packed(info)
            small = len(packed) <= _SMALL and info.file_size <= _SMALL_UNPACKED
            unpack = _unpacked if small else _unpacked.__wrapped__
            data = unpack(packed, info.compress_type, info.CRC)
        except zlib.error as error:
            raise Refused("F103", value=str(error)[:80]) from None
        self._left -= len(data)
        if self._left < 0:
            raise Refused("F104", "bomb")
        return data

    def _packed(self, info: zipfile.ZipInfo) -> bytes:
        """A part as it lies in the file, behind a header of its own.

        zipfile unpacks a part anew at each opening; packed bytes let those be told apart that were unpacked before.
        """
        start = info.header_offset
        header = self._data[start : start + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise Refused("F103", "truncated")
        _, name, extra = _LOCAL_HEADER.unpack(header)
        start += _LOCAL_HEADER.size + name + extra
        return self._data[start : start + info.compress_size]

    def relations(self, source: str) -> Mapping[str, Relation]:
        """The relationships of a part ("" for the package's own), by id. None where it has no such list."""
        if source not in self._related:
            folder, base = posixpath.split(source)
            listed = posixpath.join(folder, "_rels", f"{base}.rels")
            self._related[source] = _relations(self.part(listed), folder) if listed in self else {}
        return self._related[source]

    def related(self, source: str, kind: str) -> str | None:
        """The part to which a relationship of that type leads and that is there."""
        found = (relation.part for relation in self.relations(source).values() if relation.type == kind)
        return next((part for part in found if part in self), None)


@functools.lru_cache(maxsize=512)
def _key(name: str) -> str:
    return (unquote(name) if "%" in name else name).replace("\\", "/").lstrip("/").casefold()


def _directory(data: bytes) -> list[zipfile.ZipInfo]:
    if data.count(_ENTRY) > 2 * _MOST_PARTS:
        raise Refused("F104", "bomb")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = [info for info in package.infolist() if info.filename and not info.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, OverflowError, struct.error) as error:
        # what zipfile raises for directories that are damaged or ask for a version to come
        variant = "truncated" if isinstance(error, zipfile.BadZipFile) else ""
        raise Refused("F103", variant, value=None if variant else str(error)[:80]) from None
    if len(infos) > _MOST_PARTS:
        raise Refused("F104", "bomb")
    return infos


@functools.lru_cache(maxsize=64)
def _unpacked(packed: bytes, method: int, crc: int) -> bytes:
    """A part's bytes, within bounds. Raises Refused, or zlib.error."""
    if method == zipfile.ZIP_STORED:
        data = packed
    elif method == zipfile.ZIP_DEFLATED:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        data = stream.decompress(packed, LARGEST)
        if stream.unconsumed_tail:
            raise Refused("F104", "bomb")
    else:
        raise Refused("F103", value=f"compression method {method}")
    if zlib.crc32(data) != crc:
        raise Refused("F103", "truncated")
    return data


class _Relations(Handler):
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.found: dict[str, Relation] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            part = target if target.startswith("/") else posixpath.normpath(posixpath.join(self.folder, target))
            self.found[attributes.get("Id", "")] = Relation(attributes.get("Type", "").rpartition("/")[2], part)


@functools.lru_cache(maxsize=64)
def _relations(xml: bytes, folder: str) -> Mapping[str, Relation]:
    """Returns made from one template have the same relationships, so answers are kept."""
    reader = _Relations(folder)
    walk(xml, reader)
    return reader.found
