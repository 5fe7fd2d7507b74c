"""Progress of long work: on a terminal only, and only when there is much to read."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mdj_plan.cli.streams import on_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mdj_plan.messages import Messages

_MANY = 60
"""Files from which a bar is worth its place."""


@contextmanager
def progress_bar(texts: Messages) -> Iterator[Callable[[int, int], None] | None]:
    """A function to be called with (files done, files in all); None where nobody watches."""
    if not on_terminal(2):
        yield None
        return
    drawn = False

    def draw(done: int, total: int) -> None:
        nonlocal drawn
        if done >= total and drawn:  # what is written from now on stands on a line of its own
            _erase()
            drawn = False
        elif done < total and total >= _MANY and done % 8 == 0:
            drawn = True
            filled = 30 * done // total
            bar = "█" * filled + "░" * (30 - filled)
            sys.stderr.write(f"\r{texts('reading')} {bar} {done}/{total} ")
            sys.stderr.flush()

    try:
        yield draw
    finally:
        if drawn:
            _erase()


def _erase() -> None:
    sys.stderr.write("\r" + " " * 70 + "\r")
    sys.stderr.flush()
