"""The folder of what is kept between runs: nothing depends on it, and nothing of it is believed that is not ours.

An entry has a `name`, under which it is found, and says `of` what it is: the digests of all that it was made from. It
is believed where both agree, its bytes are whole, and nobody else could have written it. Where anything is odd about it
there is none.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_CACHE = "MDJ_PLAN_NO_CACHE"
"""The environment variable with which nothing is kept and nothing kept is used, whatever it says but "" and "0"."""
LARGEST = 64 * 2**20
"""Bytes of the largest entry."""
MOST_BYTES = 512 * 2**20
MOST_ENTRIES = 2000
"""What all entries together may take; beyond it the ones that were not used for the longest time go."""
_MAGIC = b"mdj-plan kept 1\n"
_DIGEST = 32
_DAY = 86_400
_FOREIGN_HANDS = stat.S_IWGRP | stat.S_IWOTH


class Shelf:
    """Entries in one folder; none at all where `folder` is None."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._used: set[str] = set()
        self._written = False

    @classmethod
    def of_user(cls, *, keep: bool = True) -> Shelf:
        """The user's own, an empty one where nothing is to be kept or the user has no home."""
        if not keep or os.environ.get(NO_CACHE, "") not in {"", "0"}:
            return cls(None)
        try:
            return cls(_folder_of_user() / "kept")
        except RuntimeError:  # no home
            return cls(None)

    def take(self, name: str, of: str) -> bytes | None:
        """The content of an entry; None where there is none that can be believed."""
        if self._folder is None or not _own_folder(self._folder):
            return None
        try:
            data = _own_file(self._folder / name)
        except OSError:
            return None
        head = len(_MAGIC) + _DIGEST
        if data is None or not data.startswith(_MAGIC) or data[len(_MAGIC) : head] != _sum(name, of, data[head:]):
            return None
        self._used.add(name)
        return data[head:]

    def put(self, name: str, of: str, content: bytes) -> None:
        """Keep an entry, whole or not at all; a later one of the same name takes its place."""
        if self._folder is None or len(content) > LARGEST:
            return
        with contextlib.suppress(OSError):  # a cache that cannot be written is no reason not to work
            self._folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.mkdir(mode=0o700, exist_ok=True)
            if _own_folder(self._folder):
                _write_whole(self._folder / name, _MAGIC + _sum(name, of, content), content)
                self._used.add(name)
                self._written = True

    def prune(self) -> None:
        """Keep the folder within its bounds, where this run has put something there: the oldest use goes first."""
        if self._folder is None or not self._written:
            return
        self._written = False
        entries = sorted(_entries(self._folder), reverse=True)
        bytes_ = count = 0
        for used, size, name in entries:
            bytes_, count = bytes_ + size, count + 1
            left_over = name.startswith(".") and used < time.time() - _DAY  # by a run that was killed while it wrote
            if left_over or ((bytes_ > MOST_BYTES or count > MOST_ENTRIES) and name not in self._used):
                with contextlib.suppress(OSError):
                    (self._folder / name).unlink()


def _sum(name: str, of: str, content: bytes) -> bytes:
    """A checksum of an entry's content under its name, for what it is made of."""
    made = hashlib.sha256(f"{name}\n{of}\n".encode())
    made.update(content)
    return made.digest()


def _own_folder(folder: Path) -> bool:
    """Whether both the folder and the one that holds it are this user's, and nobody else may write there."""
    try:
        inner, outer = folder.lstat(), folder.parent.lstat()
    except OSError:
        return False
    if not (stat.S_ISDIR(inner.st_mode) and stat.S_ISDIR(outer.st_mode)):
        return False
    if sys.platform == "win32":  # the folder lies in the user's profile, which Windows guards
        return True
    own = inner.st_uid == outer.st_uid == os.geteuid()
    return own and not inner.st_mode & _FOREIGN_HANDS and not outer.st_mode & stat.S_IWOTH


def _own_file(path: Path) -> bytes | None:
    """The bytes of a plain file that only this user could have written; None for any other. Raises OSError."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST + len(_MAGIC) + _DIGEST:
            return None
        if sys.platform != "win32" and (found.st_uid != os.geteuid() or found.st_mode & _FOREIGN_HANDS):
            return None
        if abs(time.time() - found.st_mtime) > _DAY:  # the time of its last use, to the day, decides what goes first
            with contextlib.suppress(OSError):
                os.utime(path)
        return file.read()


def _write_whole(path: Path, *parts: bytes) -> None:
    """Write a file under another name and move it into place. Raises OSError, and then leaves nothing."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            for part in parts:
                file.write(part)
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _entries(folder: Path) -> Iterator[tuple[float, int, str]]:
    """Time of last use, size and name of every file; none where the folder cannot be looked into."""
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            with contextlib.suppress(OSError):
                told = entry.stat(follow_symlinks=False)
                yield told.st_mtime, told.st_size, entry.name


def _folder_of_user() -> Path:
    """The user's folder for what programs may lose. A library for these lines costs 20 ms of every start."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "mdj-plan" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "mdj-plan"
    told = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(told) if os.path.isabs(told) else Path.home() / ".cache") / "mdj-plan"  # noqa: PTH117 - a relative one is to be passed over, says the specification
