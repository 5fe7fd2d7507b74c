"""Attempts to report, by their receipts: what was filed, what was sent back, and when each reporter came first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mdj_plan.archive.states import FILED, RETURNED
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from mdj_plan.archive.receipts import Receipts
    from mdj_plan.intake.submission import Submission
    from mdj_plan.period import Period

By = tuple[str, str | None]
"""A reporter: unit id and member (None: the unit as one)."""


class Attempt(NamedTuple):
    """One attempt: the day received, ``filed`` or ``returned``, how much was found wrong, and the name under which the
    file came; None where the receipt does not say.
    """

    received: dt.date
    state: str
    errors: int | None
    warnings: int | None
    original_name: str | None
    member: str | None = None

    @property
    def returned(self) -> bool:
        """Whether it was sent back."""
        return self.state == RETURNED

    @property
    def told(self) -> dict[str, str]:
        """The day and the number of errors, to fill a message."""
        return {"day": self.received.isoformat(), "errors": str(self.errors or 0)}


Attempts = dict[tuple[By, "Period"], tuple[Attempt, ...]]
"""By reporter and period, in the order of the receipts."""


def attempts_of(receipts: Receipts, timezone: str | None) -> Attempts:
    """Every attempt whose receipt says whose it is, and for when."""
    found: dict[tuple[By, Period], list[Attempt]] = defaultdict(list)
    for r in receipts.rows:
        if r.unit is not None and r.period is not None:
            day, state = r.day(timezone), FILED if r.filed else RETURNED
            attempt = Attempt(day, state, r.errors, r.warnings, r.original_name, r.member)
            found[(r.unit, r.member), r.period].append(attempt)
    return {key: tuple(each) for key, each in found.items()}


def first_days(
    submissions: Iterable[Submission], attempts: Mapping[tuple[By, Period], tuple[Attempt, ...]]
) -> dict[tuple[By, Period], dt.date]:
    """The earliest day known of a version that can count, or of an attempt that was sent back (contract 1)."""
    days: dict[tuple[By, Period], list[dt.date]] = defaultdict(list)
    for s in submissions:
        if s.readable and s.unit is not None and s.period is not None and s.received is not None:
            days[(s.unit, s.member), s.period].append(s.received)
    for key, tried in attempts.items():
        days[key] += [attempt.received for attempt in tried if attempt.returned]
    return {key: min(each) for key, each in days.items() if each}
