"""One at a time: who files holds the archive, and a lock that a killed run left behind ends by itself."""

from __future__ import annotations

import errno
import os
import socket
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mdj_plan.unfinished import runs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOCK = ".receive.lock"
_MARKER = ".receive.marker.lock"
_PATIENCE = 60.0
"""Seconds for which another that files is waited for."""
_STALE = 900.0
"""Seconds after which a marker is taken to be left behind, whoever made it: no run files for that long."""
_NO_LOCKS = frozenset((errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL))
"""What shares answer that know no locks."""


class BusyError(Exception):
    """Somebody else holds the archive: the file that says so, and who (blank where it does not tell)."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"{path}: {holder}")
        self.path, self.holder = path, holder


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder. Raises BusyError after a minute of waiting, OSError where none can be made there."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / _LOCK, timeout=_PATIENCE)  # the file stays: to take it away would let two in at once
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(folder / _LOCK, "") from None
    except (NotImplementedError, OSError) as error:
        if isinstance(error, OSError) and error.errno not in _NO_LOCKS:
            raise
        with _marked(folder / _MARKER):
            yield
        return
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _marked(marker: Path) -> Iterator[None]:
    """Where a share knows no locks: a file that only one can make, with the name of its process in it."""
    until = time.monotonic() + _PATIENCE
    while not _made(marker):
        if _is_left_behind(marker):
            marker.unlink(missing_ok=True)
        elif time.monotonic() > until:
            raise BusyError(marker, _holder(marker))
        else:
            time.sleep(0.1)
    try:
        yield
    finally:
        marker.unlink(missing_ok=True)


def _made(marker: Path) -> bool:
    try:
        descriptor = os.open(marker, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(f"{os.getpid()} {socket.gethostname()}")
    return True


def _is_left_behind(marker: Path) -> bool:
    """Whether its process is gone, or it is older than any run takes."""
    process, _, host = _holder(marker).partition(" ")
    try:
        age = time.time() - marker.stat().st_mtime
    except FileNotFoundError:
        return False
    if host == socket.gethostname() and process.isdigit() and sys.platform != "win32":  # there 0 is a signal of its own
        return not runs(int(process))
    return age > _STALE


def _holder(marker: Path) -> str:
    try:
        return marker.read_text("utf-8", errors="replace")
    except OSError:
        return ""
