"""Zip archives that hold returns: their members, each within bounds, under the names that their maker gave them.

An archive is opened anew only when another one was read in between: its directory may be long.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mdj_plan.intake.handed import LARGEST, NotRead, ignorable, too_large
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Fault
from mdj_plan.text import legible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

MOST_MEMBERS = 5000
_LARGEST_ARCHIVE = 2**30
_UTF8_NAME, _ENCRYPTED = 0x800, 1
_UNICODE_PATH = 0x7075
_PACKAGES = frozenset(("[Content_Types].xml", "META-INF/manifest.xml"))
"""What a workbook in a package holds and an archive of returns does not."""
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, struct.error)
_UNPACKING = (*_DAMAGED, zlib.error, lzma.LZMAError, OSError)


class Member(NamedTuple):
    """A member of an archive: its name, and how its bytes are had (`read` may raise NotRead)."""

    name: str
    read: Callable[[], bytes]


class Shelf:
    """The archive that was opened last; one at a time is open."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._archive: zipfile.ZipFile | None = None

    def opened(self, path: Path) -> zipfile.ZipFile:
        """The archive at a path. Raises what zipfile raises."""
        if self._archive is None or self._path != path:
            self.close()
            self._archive, self._path = zipfile.ZipFile(path), path
        return self._archive

    def close(self) -> None:
        """Let go of the archive."""
        if self._archive is not None:
            self._archive.close()
        self._archive = self._path = None


def members(path: Path, shelf: Shelf) -> list[Member] | None:
    """Every member that may be a return; None where the file is no archive of returns, or none that can be opened."""
    infos = _infos(path, shelf)
    if infos is None:
        return None
    overlaid = _overlaid(infos)
    found, room = [], _LARGEST_ARCHIVE
    named = list(_named(infos))
    for name, info in named[:MOST_MEMBERS]:
        room -= info.file_size
        found.append(Member(name, _refusing("bomb") if overlaid or room < 0 else _reading(path, info, shelf)))
    if len(named) > MOST_MEMBERS:
        args = (("members", str(len(named))), ("read", str(MOST_MEMBERS)))
        found.append(Member("…", _refusing("members", args)))
    return found


def _infos(path: Path, shelf: Shelf) -> list[zipfile.ZipInfo] | None:
    """What an archive says of its members; None where it is none, or damaged, or a workbook under a wrong name."""
    if not zipfile.is_zipfile(path):
        return None
    try:
        infos = shelf.opened(path).infolist()
    except _DAMAGED:
        return None
    return None if _PACKAGES.intersection(info.filename for info in infos) else infos


def _named(infos: Iterable[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The members that may be returns, by name: no folders, nothing that a program hides."""
    for info in infos:
        if not info.filename.endswith("/") and not _hidden(name := _name(info) or "?"):
            yield name, info


def _hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or ignorable(PurePosixPath(name).name)


def _overlaid(infos: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether members share bytes of the archive: nobody packs so but to make much of little."""
    places = sorted((info.header_offset, info.header_offset + 30 + info.compress_size) for info in infos)
    return any(end > start for (_, end), (start, _) in pairwise(places))


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name. Where the archive does not say UTF-8 it is that, or GBK as a Chinese Windows writes it."""
    if info.flag_bits & _UTF8_NAME:
        return legible(info.filename)
    stated = _unicode_path(info.extra)
    if stated:
        return stated
    try:
        raw = info.filename.encode("cp437")
    except UnicodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeError:
            continue
    return info.filename.replace("\\", "/")


def _unicode_path(extra: bytes) -> str:
    """The name that an archiver wrote beside the raw one; "" where there is none."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH and size > 5:
            return extra[at + 9 : at + 4 + size].decode("utf-8", "replace")
        at += 4 + size
    return ""


def _reading(path: Path, info: zipfile.ZipInfo, shelf: Shelf) -> Callable[[], bytes]:
    def read() -> bytes:
        if info.flag_bits & _ENCRYPTED:
            raise NotRead(Fault("F102"))
        try:
            with shelf.opened(path).open(info) as member:
                data = member.read(LARGEST + 1)
        except _UNPACKING as error:
            raise NotRead(Fault("F103", value=type(error).__name__, variant="member"), str(error)) from error
        if len(data) > LARGEST:
            raise NotRead(too_large())
        return data

    return read


def _refusing(variant: str, args: tuple[tuple[str, str], ...] = ()) -> Callable[[], bytes]:
    def read() -> bytes:
        raise NotRead(Fault("F104", variant=variant, args=args))

    return read
