"""The findings that the office has accepted, until when and why (contract 5.4, exceptions.csv).

What cannot be used is a finding at its line (P106), and its row has no effect.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from mdj_plan.findings import Accepted, Finding, Location, finding
from mdj_plan.records import NamedTuple, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mdj_plan.archive.identities import Identities
    from mdj_plan.findings import Argument
    from mdj_plan.period import Period


class Exempt(NamedTuple):
    """A usable row: which findings it fits (None: any), why and until when, and where it stands."""

    code: str
    unit: str | None
    facility: str | None
    field: str | None
    accepted: Accepted
    at: Location


@frozen
class Exceptions:
    """What the office has accepted, in the order of the file, and what is wrong with its rows (P106)."""

    rows: tuple[Exempt, ...] = ()
    wrong: tuple[Finding, ...] = ()
    identities: Identities | None = None

    def fits(self, row: Exempt, found: Finding) -> bool:
        """Whether a row means a finding: the same code, and unit, facility and field wherever the row names them."""
        if row.code != found.code or row.unit not in {None, found.unit} or row.field not in {None, found.field}:
            return False
        if row.facility is None:
            return True
        return found.facility is not None and self._same(row.facility, found.facility)

    def fits_any(self, row: Exempt, found: Iterable[Finding]) -> bool:
        """Whether a row means one of some findings."""
        return any(self.fits(row, each) for each in found)

    def _same(self, one: str, other: str) -> bool:
        return self.identities is not None and self.identities.agree(one, other)


NOTHING_ACCEPTED = Exceptions()


def accepting(found: Iterable[Finding], exceptions: Exceptions, period: Period) -> tuple[Finding, ...]:
    """The findings of a run at a period, those that the office has accepted marked as such."""
    if not exceptions.rows:
        return tuple(found)
    return tuple(_accepted(each, exceptions, period) for each in found)


def _accepted(found: Finding, exceptions: Exceptions, period: Period) -> Finding:
    when = found.period or period
    rows = (row for row in exceptions.rows if when <= row.accepted.until and exceptions.fits(row, found))
    row = next(rows, None)
    if row is None or not found.may_be_accepted:
        return found
    return found._replace(accepted=row.accepted)


def of_exceptions(
    exceptions: Exceptions, period: Period, now: Iterable[Finding], earlier: Iterable[Iterable[Finding]]
) -> Iterator[Finding]:
    """P106; P107: a row that ended before the period and would fit one of its findings (`now`); P108: a row in force
    that fits none of them, nor any of an earlier period (`earlier`, looked at only where it matters).
    """
    yield from exceptions.wrong
    present = [found for found in now if found.may_be_accepted]
    for row in exceptions.rows:
        if row.accepted.until < period and exceptions.fits_any(row, present):
            yield _about(row, "P107", until=str(row.accepted.until))
    in_force = [row for row in exceptions.rows if row.accepted.until >= period]
    for row in _idle(exceptions, in_force, chain([present], earlier)):
        yield _about(row, "P108", until=str(row.accepted.until))


def _idle(exceptions: Exceptions, rows: list[Exempt], periods: Iterable[Iterable[Finding]]) -> list[Exempt]:
    """Rows that fit no finding of any period; further periods are looked at as long as a row is left."""
    for findings in periods:
        may_be = [found for found in findings if found.may_be_accepted]
        rows = [row for row in rows if not exceptions.fits_any(row, may_be)]
        if not rows:
            break
    return rows


def _about(row: Exempt, code: str, **args: Argument) -> Finding:
    return finding(code, row.at, value=row.code, unit=row.unit, args=args, facility=row.facility, field=row.field)
