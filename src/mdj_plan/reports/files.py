"""Writing results: complete or not at all, and never over a file that somebody has open."""

from __future__ import annotations

import errno
import os
import re
from typing import TYPE_CHECKING

from mdj_plan.archive.places import safe
from mdj_plan.disk import write_new
from mdj_plan.unfinished import clear_unfinished, unfinished

if TYPE_CHECKING:
    from pathlib import Path


class OpenElsewhereError(Exception):
    """The file is open in an office program; the result was saved under `saved` instead."""

    def __init__(self, wanted: Path, saved: Path) -> None:
        super().__init__(f"{wanted} is open elsewhere; saved as {saved}")
        self.wanted, self.saved = wanted, saved


def named_file(name: str) -> str:
    """A name as part of a file's: no quotes, a dash for a gap, and nothing that some system cannot hold."""
    return _GAPS.sub("-", _QUOTES.sub("", safe(name)))


_GAPS, _QUOTES = re.compile(r"\s+"), re.compile(r"['\"‘’“”]")


def write_whole(path: Path, data: bytes) -> None:
    """Replace `path` once all of `data` is on disk. Raises OSError, or OpenElsewhereError after saving beside it."""
    if is_open(path):
        saved = _free_name(path)
        _replace(saved, data)
        raise OpenElsewhereError(path, saved)
    try:
        _replace(path, data)
    except PermissionError:
        if not path.is_file() or not os.access(path.parent, os.W_OK):
            raise
        saved = _free_name(path)
        _replace(saved, data)
        raise OpenElsewhereError(path, saved) from None


def _replace(path: Path, data: bytes) -> None:
    """As `write_whole`; whatever goes wrong names `path`, not the temporary file."""
    try:
        _move_in(path, data)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _move_in(path: Path, data: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    clear_unfinished(path.parent)
    temporary = unfinished(path.parent)
    try:
        write_new(temporary, data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def is_open(path: Path) -> bool:
    """Whether an office program's lock file lies beside an existing file (LibreOffice ``.~lock.…#``, Excel ``~$…``)."""
    locks = (path.parent / f".~lock.{path.name}#", path.parent / f"~${path.name}", path.parent / f"~${path.name[2:]}")
    return path.is_file() and any(lock.exists() for lock in locks)


def _free_name(path: Path) -> Path:
    """``汇总.xlsx`` → ``汇总-2.xlsx``, the first such name that is free."""
    number = 2
    while (candidate := path.with_name(f"{path.stem}-{number}{path.suffix}")).exists():
        number += 1
    return candidate
