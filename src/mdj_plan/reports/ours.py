"""Which files are results of this tool, and may be written anew; any other is somebody's own."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MARK = "mdj-plan"
"""Stands in the properties of workbooks and documents (category), in the head of pages (generator)."""
_IN_PROPERTIES = f"<cp:category>{MARK}</cp:category>".encode()
_BEGINNINGS = (
    f'<meta name="generator" content="{MARK}">'.encode(),
    f'"tool": {{"name": "{MARK}"'.encode(),
    b"\xef\xbb\xbfscope,unit,unit_name,indicator,",
)
_LOOKED_AT = 65_536


def is_result(path: Path) -> bool:
    """Whether a file was written by `export`; also one that is empty, in which nothing can be lost."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    return (
        not start
        or any(each in start for each in _BEGINNINGS)
        or (start[:2] == b"PK" and _IN_PROPERTIES in _core(path))
    )


def _core(path: Path) -> bytes:
    """The beginning of a package's properties; b"" where there are none."""
    try:
        with zipfile.ZipFile(path) as package, package.open("docProps/core.xml") as part:
            return part.read(_LOOKED_AT)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return b""
