"""One return as it was handed over, before anybody reads it: its names and the way to its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.intake.given import UNSTATED, Given
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LARGEST = 256 * 2**20
"""Bytes of a file, or a member of an archive, beyond which it is no return."""
_IGNORED = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})


def ignorable(name: str) -> bool:
    """Whether a file is no return: lock files (``~$…``, ``.~…``), hidden files (``._…``), Thumbs.db."""
    return name.startswith((".", "~$")) or name.casefold() in _IGNORED


def too_large() -> Fault:
    """F104 for what is larger than any return."""
    return Fault("F104", variant="large", args=(("most", str(LARGEST // 2**20)),))


class NotRead(ValueError):  # noqa: N818 - it says what was done with the file
    """What was handed over holds no bytes that could be read: `fault` says why."""

    def __init__(self, fault: Fault, why: str = "") -> None:
        super().__init__(why or fault.code)
        self.fault = fault


class Opened(NamedTuple):
    """What is read of a return: its bytes, the path that may say whose it is, and what the office says of it."""

    data: bytes
    file: str
    given: Given = UNSTATED


class Handed(NamedTuple):
    """One return handed over. `shown` is how it is named to the user; `file` is the path that may say whose it is.

    `path` is the file on disk, None for a member of an archive. `read` gives the bytes and may raise OSError, or
    NotRead (no file, a member of an archive that is damaged, too large). Names are fit to be written as UTF-8.
    `given` is what the office says of it.
    """

    shown: str
    file: str
    path: Path | None
    read: Callable[[], bytes]
    given: Given = UNSTATED
