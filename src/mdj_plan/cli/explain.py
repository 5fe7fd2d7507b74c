"""`mdj-plan explain`."""

from __future__ import annotations

HELP = "explain"


def explain() -> int:
    return 0
