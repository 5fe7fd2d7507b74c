"""Input and output as a run finds them: any of the three may be closed, full, or speak another encoding."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any, TextIO, cast


def settle() -> None:
    """Make the three streams fit for use: what was closed stands for nothing, and all speak UTF-8.

    Else the next file that is opened would take the place of a closed stream, and be written to. A closed output
    objects when something is written; a closed or full error output lets everything be lost: an exit code is left.
    """
    for descriptor in (0, 1, 2):
        if _closed(descriptor):
            nothing = os.open(os.devnull, os.O_WRONLY if descriptor == 2 else os.O_RDONLY)
            if nothing != descriptor:
                os.dup2(nothing, descriptor)
                os.close(nothing)
    sys.stdin = sys.stdin or _opened(0, "r")
    sys.stdout = sys.stdout or _opened(1, "w")
    sys.stderr = sys.stderr or _opened(2, "w")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # names of files need not be Unicode
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.stderr = cast("TextIO", _Forgiving(sys.stderr))


class _Forgiving:
    """The error output; what cannot be said there is lost, and changes nothing."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, or lose it."""
        with contextlib.suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, or lose it."""
        with contextlib.suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _closed(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return True
    return False


def _opened(descriptor: int, mode: str) -> TextIO:
    return open(descriptor, mode, encoding="utf-8", closefd=False)  # type: ignore[return-value]


def on_terminal(descriptor: int) -> bool:
    """Whether a stream (1: output, 2: errors) goes to a person."""
    try:
        return os.isatty(descriptor)
    except OSError:
        return False
