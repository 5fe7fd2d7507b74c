"""One return as it was handed over, before anybody reads it: its names and the way to its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Handed(NamedTuple):
    """One return handed over. `shown` is how it is named to the user; `file` is the path that may say whose it is.

    `path` is the file on disk, None for a member of an archive. `read` gives the bytes and may raise OSError or
    ValueError (an archive's member that is damaged or beyond bounds).
    """

    shown: str
    file: str
    path: Path | None
    read: Callable[[], bytes]
