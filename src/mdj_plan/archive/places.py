"""Where a return is kept, under a name that people can read and every system can hold: 东安区_2018Q3.v1.xlsx."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mdj_plan.intake.whose import whose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.intake.submission import Submission
    from mdj_plan.plan.model import Plan
    from mdj_plan.plan.units import Directory

RETURNED_FOLDER = "returned"
_FORBIDDEN = frozenset('<>:"/\\|?*')
"""What Windows cannot hold in a name; control characters and marks that nobody sees go too."""
_LONGEST = 80
"""Characters of a name: with period, version and folders it stays below the 260 of Windows."""
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


def safe(name: str) -> str:
    """A name without what a file's name must not hold, the same on every system; "" where nothing is left.

    Only marks go, no letter and no digit, so that names are still told apart as before (`names.folded`).
    """
    kept = "".join(c for c in name if c not in _FORBIDDEN and unicodedata.category(c)[0] != "C")
    return " ".join(kept.split()).lstrip(".~=+-@'＝＋－＠ ").rstrip(". ")


def suffix_of(original: str) -> str:
    """The suffix of a file's name in lower case; "" where it is none that a kind of file could have."""
    suffix = PurePosixPath(original).suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def place_of(plan: Plan, directory: Directory, submission: Submission, version: int, suffix: str) -> str:
    """``2018Q3/东安区_2018Q3.v2.xlsx``, relative to the submissions folder: by it the return is known again.

    The first of the unit's (or member's) names that tells who and when; its id where none does.
    """
    period = submission.period
    for name in _names(plan, submission):
        place = f"{period}/{name}_{period}.v{version}{suffix}"
        found = whose(place, None, directory)
        if (found.reporter, found.period) == ((submission.unit, submission.member), period):
            return place
    return f"{period}/{safe(submission.unit or '')[:_LONGEST] or 'return'}_{period}.v{version}{suffix}"


def _names(plan: Plan, submission: Submission) -> Iterator[str]:
    unit = plan.units[submission.unit or ""]
    names = [submission.member] if submission.member else [unit.name.zh, *unit.aliases, unit.name.en or "", unit.id]
    for name in names:
        if name and (kept := safe(name)) and len(kept) <= _LONGEST:
            yield kept


def place_of_returned(plan: Plan, directory: Directory, submission: Submission, attempt: int, suffix: str) -> str:
    """``2018Q3/东安区_2018Q3.退回1.xlsx``, relative to the folder of what was sent back."""
    place = place_of(plan, directory, submission, 0, suffix)
    return f"{place.removesuffix(f'.v0{suffix}')}.{attempt}{suffix}"
