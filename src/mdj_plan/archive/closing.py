"""Writing an edition of a closed period: whole or not at all, and never over one that is there (contract 5.3)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from mdj_plan.archive.editions import Kept, editions_on_file
from mdj_plan.disk import make_folder, name_anew, remove, write_new
from mdj_plan.unfinished import clear_unfinished, unfinished

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.archive.ledger import Ledger
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan


def counting(ledger: Ledger, period: Period) -> tuple[Kept, ...]:
    """Every return that counts for a period or an earlier one, by reporter and time (contract 5.3, `returns`)."""
    return tuple(
        Kept(unit, member, each, ret.submission.file, ret.submission.sha256)
        for (unit, member), returns in sorted(ledger.returns.items(), key=lambda item: (item[0][0], item[0][1] or ""))
        for each, ret in sorted(returns.items())
        if each <= period
    )


def next_number(plan: Plan, period: Period) -> int:
    """The number that the next edition of a period has; 1 where it is not closed yet."""
    return max(editions_on_file(plan).get(period, {}), default=0) + 1


def place_of(plan: Plan, period: Period, number: int) -> Path:
    """``data/closed/2018Q2.json``; of further editions ``2018Q2.2.json``, ``2018Q2.3.json``."""
    return plan.closed / (f"{period}.json" if number == 1 else f"{period}.{number}.json")


def write_edition(path: Path, text: str) -> None:
    """Put an edition in its place, for who holds the archive. Raises FileExistsError where one is there, OSError with
    nothing written.
    """
    make_folder(path.parent)
    clear_unfinished(path.parent)
    temporary = unfinished(path.parent)
    write_new(temporary, text.encode("utf-8"))
    try:
        name_anew(temporary, path)
    finally:
        with suppress(OSError):  # what is left is cleared up by the next one
            remove(temporary)
