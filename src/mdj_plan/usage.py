"""What cannot be done as it was asked for; whoever refuses it loads nothing of a run by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mdj_plan.findings import Argument


class UsageError(Exception):
    """Something asked for cannot be done: the key of a message, and what fills it (exit code 2)."""

    def __init__(self, name: str, /, **args: Argument) -> None:
        super().__init__(name, args)
        self.name, self.args_ = name, args
