"""Which program this is: what it reads out of a file depends on its sources, its libraries and Python."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOMS = ("kept", "sheets", "plan", "intake", "readings", "archive")
"""The rooms that reading leans on, beside the ground floor: every file in them counts."""
LIBRARIES = frozenset(
    {
        "defusedxml",
        "filelock",
        "lxml",
        "olefile",
        "openpyxl",
        "orjson",
        "pydantic",
        "pydantic_core",
        "python_calamine",
        "python_stdnum",
    }
    | {"ruamel_yaml", "tzdata", "xlrd"}
)
"""What those rooms import, by the names under which it is installed."""


@functools.cache
def program_digest() -> str:
    """A digest of the sources that reading leans on, of the versions of their libraries and of Python.

    Raises OSError where the program does not lie in plain files.
    """
    told = hashlib.sha256(f"{sys.version}\n{sys.platform}\n{sys.byteorder}\n".encode())
    told.update("\n".join(sorted(_versions())).encode())
    package = Path(__file__).parent.parent
    files = [*_files(package, deep=False)]
    for room in ROOMS:
        files += _files(package / room, deep=True)
    within = len(str(package)) + 1
    files += map(str, (package / "locale").glob("phrases.*.toml"))  # they are kept with what was read
    for path in sorted(files):
        content = _content(path)
        told.update(f"\n{path[within:]} {len(content)}\n".encode())
        told.update(content)
    return told.hexdigest()


def _content(path: str) -> bytes:
    """The bytes of a file. Two hundred of them are read in every run: without a buffer that takes half the time."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - what a Path adds costs more than reading
        return file.read()


def _files(folder: Path, *, deep: bool) -> Iterator[str]:
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_file() and not entry.name.endswith(".pyc"):
                yield entry.path
            elif deep and entry.is_dir() and entry.name != "__pycache__":
                yield from _files(Path(entry.path), deep=True)


def _versions() -> set[str]:
    """Names and versions of the libraries, from the names of their folders: to open each takes longer than a run."""
    found = set()
    for place in dict.fromkeys(sys.path):
        try:
            names = os.listdir(place or ".")  # noqa: PTH208 - names alone are wanted
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info"):
                library = name.split("-")[0].replace(".", "_").lower()
                if library in LIBRARIES:
                    found.add(name)
    return found
