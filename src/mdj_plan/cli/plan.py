"""`mdj-plan plan`."""

from __future__ import annotations

HELP = "plan"


def plan() -> int:
    return 0
