"""Returns that were sent back and not replaced yet, judged anew, so that papers can say what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.archive.receipts import read_receipts
from mdj_plan.intake.given import Given
from mdj_plan.intake.handed import Handed
from mdj_plan.plan.mentions import Reporter
from mdj_plan.records import NamedTuple
from mdj_plan.trial import judged

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.archive.exceptions import Exceptions
    from mdj_plan.archive.holdings import Archive
    from mdj_plan.archive.identities import Identities
    from mdj_plan.archive.receipts import Receipt
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan
    from mdj_plan.readings.desk import Desk
    from mdj_plan.trial import Trial


class SentBack(NamedTuple):
    """A return that was sent back: where its bytes are kept, under which name it came, how often its reporter was sent
    one back for the period (with this: 1 for the first), and what is wrong with it beside what is on file now.
    """

    path: Path
    name: str
    number: int
    trial: Trial


def sent_back(
    plan: Plan, archive: Archive, identities: Identities, exceptions: Exceptions, desk: Desk, period: Period
) -> tuple[SentBack, ...]:
    """The latest return of each reporter that was sent back for a period for which nothing of it counts, by unit."""
    waiting = _waiting(plan, archive, period)
    kept = [(rows, path) for rows in waiting if (path := plan.submissions / rows[-1].file).is_file()]
    read = desk.read([_handed(rows[-1], path) for rows, path in kept], "returned")
    found = []
    for (rows, path), submission in zip(kept, read, strict=True):
        came = submission._replace(received=rows[-1].day(plan.file.timezone))
        trial = judged(plan, archive, identities, came, exceptions)
        found.append(SentBack(path, rows[-1].original_name or path.name, len(rows), trial))
    order = {unit.id: number for number, unit in enumerate(plan.participants)}
    return tuple(sorted(found, key=lambda each: order.get(each.trial.submission.unit or "", len(order))))


def _waiting(plan: Plan, archive: Archive, period: Period) -> list[list[Receipt]]:
    """The receipts of returns that were sent back, by reporter, of those of whom nothing counts for the period."""
    by_reporter: dict[tuple[str, str | None], list[Receipt]] = {}
    for receipt in read_receipts(plan.receipts).rows:
        by = (receipt.unit or "", receipt.member)
        if receipt.period == period and receipt.unit in plan.units and period not in archive.counting.get(by, {}):
            by_reporter.setdefault(by, []).append(receipt)
    back = ([receipt for receipt in receipts if not receipt.filed] for receipts in by_reporter.values())
    return [receipts for receipts in back if receipts]


def _handed(receipt: Receipt, path: Path) -> Handed:
    """The file as it came, with what the office said of it then."""
    name, supplied = receipt.original_name or path.name, receipt.supplied
    reporter = Reporter(receipt.unit or "", receipt.member) if "unit" in supplied else None
    return Handed(name, name, path, path.read_bytes, Given(reporter, receipt.period if "period" in supplied else None))
