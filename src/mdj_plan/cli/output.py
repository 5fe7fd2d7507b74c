"""Results for scripts, to the standard output."""

from __future__ import annotations

import sys

from mdj_plan.cli.options import Format

__all__ = ["Format", "put"]


def put(text: str) -> None:
    """Write text to the output as it is: UTF-8, its own line ends."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
