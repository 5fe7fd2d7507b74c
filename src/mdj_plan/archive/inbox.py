"""What a user hands over: files, folders and zip archives of returns, one by one, each with its bytes.

Names in archives made on a Chinese Windows are in GBK. An archive's members are read within bounds, one at a time.
"""

from __future__ import annotations

import os
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from mdj_plan.intake.formats import content as formats
from mdj_plan.intake.handed import Handed
from mdj_plan.intake.values.periods import find_period, period
from mdj_plan.period import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mdj_plan.plan.units import Directory

_MOST_MEMBERS = 5000
_LARGEST_MEMBER = 256 * 2**20
_UTF8_NAME = 0x800


def handed_over(paths: Iterable[Path], directory: Directory | None = None) -> Iterator[Handed]:
    """Every return below the given files and folders, in order. Raises FileNotFoundError for what is not there.

    With a `directory` of units the folders in which a given path lies may say whose it is too, and for when.
    """
    for path in paths:
        if path.is_dir():
            above = _telling(path, directory)
            for below in sorted(files_below(path), key=lambda each: each.as_posix()):
                yield from _opened(below, above + below.relative_to(path).as_posix())
        elif path.exists():
            yield from _opened(path, _telling(path.parent, directory) + path.name)
        else:
            raise FileNotFoundError(2, "No such file or directory", str(path))


def _telling(folder: Path, directory: Directory | None) -> str:
    """The last folders of a path, as far as each of them names a quarter or a unit: ``2017Q2/东安区/``."""
    told: list[str] = []
    for name in reversed(folder.absolute().parts) if directory is not None else ():
        quarter = isinstance(find_period(name), Period) or period(name) is not None
        unit = directory is not None and not name.isascii() and directory.find(name) is not None  # /media is no unit
        if not quarter and not unit:
            break
        told.insert(0, f"{name}/")
    return "".join(told)


def files_below(folder: Path) -> Iterator[Path]:
    """Every file that may be a return, without lock files and hidden ones. Raises OSError for a closed folder."""

    def closed(error: OSError) -> None:
        raise error

    for parent, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not formats.ignorable(name):
                yield Path(parent, name)


def _opened(path: Path, file: str) -> Iterator[Handed]:
    if path.suffix.lower() == ".zip" and zipfile.is_zipfile(path):
        members = list(_members(path, file))
        if members:
            yield from members
            return
    yield Handed(str(path), file, path, path.read_bytes)


def _members(path: Path, file: str) -> Iterator[Handed]:
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()[:_MOST_MEMBERS]
    if any(info.filename == "[Content_Types].xml" for info in infos):
        return  # a workbook under a wrong name
    for info in infos:
        name = _name(info)
        hidden = name.startswith("__MACOSX/") or formats.ignorable(PurePosixPath(name).name)
        if not info.is_dir() and not hidden:
            yield Handed(f"{path} › {name}", f"{file}/{name}", None, _extractor(path, info))


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; where the archive does not say UTF-8 it is GBK if it can be, as Windows writes it there."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return info.filename


def _extractor(path: Path, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with zipfile.ZipFile(path) as archive, archive.open(info) as member:
                data = member.read(_LARGEST_MEMBER + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
            raise ValueError(str(error)) from error
        if len(data) > _LARGEST_MEMBER:
            raise ValueError(f"> {_LARGEST_MEMBER} bytes")
        return data

    return read
