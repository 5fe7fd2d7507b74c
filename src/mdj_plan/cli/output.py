"""Results for scripts, to the standard output."""

from __future__ import annotations

import sys
from enum import StrEnum


class Format(StrEnum):
    """Forms of the result."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def put(text: str) -> None:
    """Write text to the output as it is: UTF-8, its own line ends."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
