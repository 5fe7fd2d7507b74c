"""Writing so that a crash, a kill or a full disk leaves the old state or the new one, never a part of either.

Every step is one system call of `os`, so that a test can let each of them fail in turn.
"""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING

from mdj_plan.unfinished import unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NO_FOLDER_SYNC = frozenset((errno.EINVAL, errno.EBADF, errno.EACCES, errno.EPERM, errno.ENOTSUP))
"""What systems answer that cannot sync a folder (Windows, some shares): nothing is wrong then."""


@contextlib.contextmanager
def _of(path: Path) -> Iterator[None]:
    """Errors name the file: a call that is given an open file does not know its name."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise


def write_new(path: Path, data: bytes) -> None:
    """A file with that content, on the disk when this returns. Raises OSError, and then none is left."""
    with _of(path):
        _write_new(path, data)


def _write_new(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        try:
            _write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            _close(descriptor)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(path)  # noqa: PTH108 - one call of `os`, see above
        raise


def replace_whole(path: Path, data: bytes) -> None:
    """The file with new content in place of what it had. Raises OSError, with the old content still there."""
    temporary = unfinished(path.parent)
    try:
        write_new(temporary, data)
        move(temporary, path)
    except OSError as error:  # told of the file that was to be, not of its passing name
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108 - one call of `os`, see above
        raise OSError(error.errno, error.strerror, str(path)) from error


def append(path: Path, data: bytes) -> None:
    """More content at the end of a file. Raises OSError, and then the file is as it was, as far as the disk allows."""
    with _of(path):
        _append(path, data)


def _append(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        length = os.lseek(descriptor, 0, os.SEEK_END)
        try:
            _write_all(descriptor, data)
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, length)
            os.fsync(descriptor)
            raise
    finally:
        _close(descriptor)


def cut(path: Path, length: int) -> None:
    """The file without what stands beyond a length."""
    with _of(path):
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.ftruncate(descriptor, length)
            os.fsync(descriptor)
        finally:
            _close(descriptor)


def move(source: Path, target: Path) -> None:
    """The file under another name in the same file system, at once; the new name is on the disk when this returns."""
    os.replace(source, target)  # noqa: PTH105 - one call of `os`, see above
    sync_folder(target.parent)


def name_anew(source: Path, target: Path) -> None:
    """The file under a name that nobody has, at once; on the disk when this returns. Raises FileExistsError."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        os.replace(source, target)  # noqa: PTH105 - one call of `os`, see above
    sync_folder(target.parent)


def remove(path: Path) -> None:
    """No file of that name any more; it need not have been there."""
    try:
        os.unlink(path)  # noqa: PTH108 - one call of `os`, see above
    except FileNotFoundError:
        return
    sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """The folder and those above it; each new one is on the disk when this returns."""
    if path.is_dir():
        return
    make_folder(path.parent)
    with contextlib.suppress(FileExistsError):
        os.mkdir(path)  # noqa: PTH102 - one call of `os`, see above
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """The folder's names are on the disk when this returns, where the system can tell."""
    with _of(folder):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        if error.errno in _NO_FOLDER_SYNC:
            return
        raise
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        _close(descriptor)


def _close(descriptor: int) -> None:
    """What is to be on the disk has been synced, or has failed already: closing has nothing to add."""
    with contextlib.suppress(OSError):
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    """All of the data: a call that takes a part is followed by another, which says why no more went in."""
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def existing(path: Path) -> Path | None:
    """The table where it lies, or beside it under another format's suffix: actions.xlsx for actions.csv."""
    for suffix in (path.suffix, ".xlsx", ".xls", ".ods"):
        if (found := path.with_suffix(suffix)).is_file():
            return found
    return None
