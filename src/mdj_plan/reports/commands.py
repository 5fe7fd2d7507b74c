"""Command lines as a person would type them, for hints."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mdj_plan.findings import Finding
    from mdj_plan.period import Period


def typed(*words: str) -> str:
    """Words quoted where a shell asks for it."""
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    if re.fullmatch(r"[\w@%+=:,./\\…-]+", word):
        return word
    if os.name == "nt":
        return f'"{word}"'
    import shlex  # for the few words that need it

    return shlex.quote(word)


def accepting(finding: Finding, period: Period | None = None) -> tuple[str, ...]:
    """What to type to accept a finding until its period (else `period`); nothing where it is, or cannot be, accepted.

    Reason and name are left open.
    """
    if finding.accepted is not None or not finding.may_be_accepted:
        return ()
    named = {"--unit": finding.unit, "--facility": finding.facility, "--field": finding.field}
    words = [word for option, name in named.items() if name for word in (option, name)]
    until = str(finding.period or period or "…")
    return ("accept", finding.code, *words, "--until", until, "--reason", "…", "--by", "…")
