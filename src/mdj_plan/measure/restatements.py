"""Restatements: published figures that are others now, and why (contract 5.3).

A period's figures are those of the same functions at the as-of of its closing; nothing is calculated in another way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.archive.closing import counting
from mdj_plan.measure.gaps import gaps
from mdj_plan.records import NamedTuple
from mdj_plan.rounding import PUBLISHED, rounded

if TYPE_CHECKING:
    from decimal import Decimal

    from mdj_plan.archive.editions import Edition, Editions, Hashes, Kept, Published
    from mdj_plan.measure.actuals import Measure, Number
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.period import Period


class Moved(NamedTuple):
    """A return that counts otherwise than at the closing: its file then and now; None where there was or is none.

    A file whose bytes have changed is the same then and now.
    """

    unit: str
    member: str | None
    period: Period
    was: str | None
    now: str | None


class Causes(NamedTuple):
    """What has changed since the closing: returns, plan, quota table, register, the tool (then, now)."""

    returns: tuple[Moved, ...]
    plan: bool
    quotas: bool
    register: bool
    tool: tuple[str, str] | None


class Restated(NamedTuple):
    """A figure of a closed period, as published and now; the side on which it does not stand is None."""

    published: Published | None
    current: Gap | None

    @property
    def unit(self) -> str | None:
        """Whose figure it is; None for the city's."""
        return self.current.target.unit if self.current else self.published.unit if self.published else None

    @property
    def indicator(self) -> str:
        """The indicator's id."""
        return self.current.indicator.id if self.current else self.published.indicator if self.published else ""

    @property
    def was(self) -> Decimal | None:
        """The actual as published."""
        return self.published.actual if self.published else None

    @property
    def now(self) -> Decimal | None:
        """The actual as it is now."""
        return at_four(self.current.actual) if self.current else None

    @property
    def other_target(self) -> bool:
        """Whether the target is another now; not said of a figure that stands on one side only."""
        if self.published is None or self.current is None:
            return False
        return self.published.target != at_four(self.current.target.value)

    @property
    def difference(self) -> Decimal | None:
        """Now less then; None where either is unknown."""
        was, now = self.was, self.now
        return None if was is None or now is None else now - was


class Restatement(NamedTuple):
    """A closed period of whose latest edition a figure or a counting return differs now."""

    edition: Edition
    causes: Causes
    rows: tuple[Restated, ...]

    @property
    def about(self) -> frozenset[str | None]:
        """The units of whom a figure or a counting return differs (None: the city)."""
        return frozenset((*(row.unit for row in self.rows), *(moved.unit for moved in self.causes.returns)))

    def of(self, units: frozenset[str]) -> Restatement:
        """The same with the figures of some units alone."""
        return self._replace(rows=tuple(row for row in self.rows if row.unit in units))


def restatements(measure: Measure, editions: Editions, period: Period, tool: str) -> tuple[Restatement, ...]:
    """What of the closed periods up to one is no longer as it was published, oldest first."""
    found = (_restatement(measure, edition, editions.now, tool) for edition in editions.until(period))
    return tuple(each for each in found if each.rows or each.causes.returns)


def _restatement(measure: Measure, edition: Edition, now: Hashes, tool: str) -> Restatement:
    moved = _moved(edition.returns, counting(measure.ledger, edition.period))
    was = edition.hashes
    causes = Causes(
        returns=moved,
        plan=was.plan != now.plan,
        quotas=was.quotas != now.quotas,
        register=was.register != now.register,
        tool=None if edition.tool == tool else (edition.tool, tool),
    )
    return Restatement(edition, causes, tuple(_rows(edition, gaps(measure, edition.period, edition.as_of))))


def _rows(edition: Edition, current: tuple[Gap, ...]) -> list[Restated]:
    published = dict(edition.figures)
    rows = [Restated(published.pop((gap.target.unit, gap.indicator.id), None), gap) for gap in current]
    rows += [Restated(row, None) for row in published.values()]
    return [row for row in rows if _differs(row)]


def _differs(row: Restated) -> bool:
    """Whether actual, target or status is another, at the decimals that are published."""
    if row.published is None or row.current is None:
        return True
    then = (row.was, row.published.target, row.published.status)
    return then != (row.now, at_four(row.current.target.value), row.current.status)


def _moved(then: tuple[Kept, ...], now: tuple[Kept, ...]) -> tuple[Moved, ...]:
    """The returns that differ by file or bytes, by reporter and time."""
    before = {(each.unit, each.member, each.period): each for each in then}
    after = {(each.unit, each.member, each.period): each for each in now}
    found = []
    for key in sorted({*before, *after}, key=lambda key: (key[0], key[1] or "", key[2])):
        was, is_ = before.get(key), after.get(key)
        if was is None or is_ is None or (was.file, was.sha256) != (is_.file, is_.sha256):
            found.append(Moved(*key, was.file if was else None, is_.file if is_ else None))
    return tuple(found)


def after_the_close(measure: Measure, editions: Editions, period: Period) -> tuple[str, ...]:
    """The files that count for a closed period and were not, by file and hash, in its latest edition (S109)."""
    edition = editions.latest.get(period)
    if edition is None:
        return ()
    kept = {(each.file, each.sha256) for each in edition.returns}
    own = (each for each in counting(measure.ledger, period) if each.period == period)
    return tuple(each.file for each in own if (each.file, each.sha256) not in kept)


def at_four(figure: Number | None) -> Decimal | None:
    """A figure as it is published."""
    return None if figure is None else rounded(figure, PUBLISHED)
