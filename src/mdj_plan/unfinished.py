"""Names under which something is written until it is whole, and who writes it: what a dead process left goes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import re
import shutil
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_DAY = 86_400.0
"""Seconds after which what a process of another machine began is taken to be left: nothing is written for that long."""
_NAME = r"\.mdj-plan-([0-9a-f]{8})-(\d{1,10})\.tmp"


def unfinished(folder: Path) -> Path:
    """What this process writes in a folder until it has its name; hidden, so that nobody takes it for a return.

    One at a time: a second one of the same process in the same folder is the same.
    """
    return folder / f".mdj-plan-{_machine()}-{os.getpid()}.tmp"


def clear_unfinished(folder: Path) -> None:
    """Take away, file or folder, what runs that were killed began here. What cannot be taken away stays."""
    with contextlib.suppress(OSError):
        for left in folder.glob(".mdj-plan-*.tmp"):
            named = re.fullmatch(_NAME, left.name)
            if named and _is_left(left, named[1], int(named[2])):
                _remove(left)


def runs(process: int) -> bool:
    """Whether a process of this machine is alive; not to be asked on Windows, where the question is a signal."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it runs, and is somebody else's
        return True
    return True


def _is_left(path: Path, machine: str, process: int) -> bool:
    if machine == _machine():
        if process == os.getpid():  # whoever clears has begun nothing yet
            return True
        if sys.platform != "win32":
            return not runs(process)
    return time.time() - path.lstat().st_mtime > _DAY


def _machine() -> str:
    """This machine, for names: the folder may be shared by several, each with processes of its own numbers."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()
