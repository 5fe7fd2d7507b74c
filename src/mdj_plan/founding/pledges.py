"""What the figures of a breakdown table come to: for each unit and indicator one promise, with its earlier years."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from mdj_plan.founding.heads import Role
from mdj_plan.founding.rows import Doubt
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mdj_plan.founding.grid import Spot
    from mdj_plan.founding.known import Known
    from mdj_plan.founding.rows import Entry, Row
    from mdj_plan.period import Period

Whose = tuple[str, str]
"""Who owes: ``unit`` and its name, ``group`` and its name, or ``city`` and nothing."""


class Promise(NamedTuple):
    """What somebody owes on an indicator, in its measure unit; `due` None: the plan's end, `baseline` None: not stated.

    `milestones` are figures up to the end of earlier periods. `spot` is the cell of the value, or of the last year.
    """

    whose: Whose
    known: Known
    value: Decimal
    baseline: Decimal | None
    due: Period | None
    milestones: Mapping[Period, Decimal]
    clause: str | None
    note: str | None
    spot: Spot


class Years(StrEnum):
    """How the columns of years of an indicator are meant."""

    UP_TO = "up-to"
    BY_ITSELF = "by-itself"
    UNCLEAR = "unclear"


@dataclass
class _Stated:
    """All that the rows say of one promise."""

    row: Row
    known: Known
    value: Entry | None = None
    total: Entry | None = None
    baseline: Entry | None = None
    growth: Entry | None = None
    periods: dict[Period, Entry] = field(default_factory=dict)

    @property
    def whole(self) -> Entry | None:
        """The value by itself, apart from years."""
        return self.value or self.total

    @property
    def last(self) -> Entry | None:
        """That of the last year."""
        return self.periods[max(self.periods)] if self.periods else None

    @property
    def decided(self) -> Entry | None:
        """The figure that says what is owed; None where there is a baseline at most."""
        return self.whole or self.last or self.growth

    @property
    def years(self) -> list[Decimal]:
        """The figures of the years, in order."""
        return [_figure(self.periods[period]) for period in sorted(self.periods)]

    @property
    def yearly(self) -> bool:
        """Whether a heading says that the figures of the years are new ones."""
        return any(entry.growth for entry in self.periods.values())

    @property
    def rises(self) -> bool:
        """Whether no figure of a year is above a later one or the total."""
        figures = self.years if self.whole is None else [*self.years, _figure(self.whole)]
        return all(one <= other for one, other in pairwise(figures))

    def start(self, entry: Entry) -> Decimal:
        """What a figure of new ones is added to: the baseline, of an indicator that counts all there are."""
        adds = entry.growth and self.known.over is None
        return _figure(self.baseline) if adds and self.baseline is not None else Decimal(0)

    def take(self, entry: Entry) -> Entry | None:
        """Add a figure; the one that stands there already, where there is another."""
        if entry.period is not None and entry.role is not Role.BASELINE:
            before = self.periods.setdefault(entry.period, entry)
        else:
            place = {Role.BASELINE: "baseline", Role.TOTAL: "total"}.get(
                entry.role, "growth" if entry.growth else "value"
            )
            before = getattr(self, place) or entry
            setattr(self, place, before)
        return None if before.amount == entry.amount else before


class Pledges:
    """Puts figures together; keeps what it doubts, and how it took the years of each indicator."""

    def __init__(self) -> None:
        self.doubts: list[Doubt] = []
        self.taken: dict[str, tuple[Years, Spot]] = {}
        self._told: set[tuple[str, str]] = set()
        self._stated: dict[tuple[Whose, str], _Stated] = {}

    def take(self, whose: Whose, row: Row) -> None:
        """Every figure of a row on an indicator that is known."""
        for entry in row.entries:
            if entry.known is None:
                continue
            stated = self._stated.setdefault((whose, entry.known.id), _Stated(row, entry.known))
            before = stated.take(entry)
            if before is not None:
                told = (("found", entry.typed), ("before", before.typed), ("at", before.spot.seen_from(entry.spot)))
                self.doubts.append(Doubt("founding-twice", entry.spot, told))

    def promises(self) -> Iterator[Promise]:
        """One of each unit, group or city and indicator, in the order in which they stand."""
        by_indicator: dict[str, list[_Stated]] = defaultdict(list)
        for (_, indicator), stated in self._stated.items():
            by_indicator[indicator].append(stated)
        years = {indicator: self._years(indicator, told) for indicator, told in by_indicator.items()}
        for (whose, indicator), stated in self._stated.items():
            found = self._promise(whose, stated, years[indicator])
            if found is not None:
                yield found

    def _years(self, indicator: str, told: Iterable[_Stated]) -> Years | None:
        """How the years of an indicator are meant, by all rows together; None where the table has none."""
        several = [stated for stated in told if stated.periods]
        if not several or (max(len(s.periods) for s in several) == 1 and all(s.whole is None for s in several)):
            return None
        years = _meant(several)
        spot = next(iter(several[0].periods.values())).spot
        self.taken[indicator] = (years, spot)
        return years

    def _assumed(self, decided: Entry, stated: _Stated) -> None:
        """New ones of what is counted as it stands: told once for each indicator."""
        if not decided.growth or stated.known.over is not None:
            return
        key = "founding-growth-added" if stated.start(decided) else "founding-growth"
        if (key, stated.known.id) not in self._told:
            self._told.add((key, stated.known.id))
            self.doubts.append(Doubt(key, decided.spot, (("indicator", stated.known.name),)))

    def _promise(self, whose: Whose, stated: _Stated, years: Years | None) -> Promise | None:
        decided = stated.decided
        if decided is None:
            if stated.baseline is not None:
                self.doubts.append(Doubt("founding-baseline-alone", stated.baseline.spot))
            return None
        self._assumed(decided, stated)
        promise = _promised(whose, stated, decided, _up_to(stated, years))
        if not promise.value:
            self.doubts.append(Doubt("founding-zero", decided.spot, (("indicator", stated.known.name),)))
            return None
        return promise


def _promised(whose: Whose, stated: _Stated, decided: Entry, line: Mapping[Period, Decimal]) -> Promise:
    """The promise whose value is what was `decided`, or where that is a year's what the `line` of years comes to."""
    value = line[max(line)] if decided is stated.last and line else _figure(decided) + stated.start(decided)
    due = decided.due or _due(line, value)
    milestones = {period: figure for period, figure in line.items() if due is None or period < due}
    row, baseline = stated.row, stated.baseline and stated.baseline.amount
    return Promise(whose, stated.known, value, baseline, due, milestones, row.clause, row.note, decided.spot)


def _figure(entry: Entry) -> Decimal:
    return entry.amount or Decimal(0)


def _due(line: Mapping[Period, Decimal], value: Decimal) -> Period | None:
    """The last of the years where the value is reached in it."""
    last = max(line, default=None)
    return last if last is not None and line[last] == value else None


def _meant(told: list[_Stated]) -> Years:
    """Up to the year where no figure is above a later one or the total; by itself where they add up to the total."""
    if any(stated.yearly for stated in told):
        return Years.BY_ITSELF
    totals = [(stated.years, _figure(stated.whole)) for stated in told if stated.whole is not None]
    if _add_up(totals):
        return Years.BY_ITSELF
    if all(stated.rises for stated in told):
        return Years.UP_TO
    return Years.UNCLEAR if totals else Years.BY_ITSELF


def _add_up(totals: Sequence[tuple[Sequence[Decimal], Decimal]]) -> bool:
    """Whether years add up to their totals, each of them; not where every last year is the total already."""
    ends_there = all(years[-1] == total for years, total in totals)
    return not ends_there and all(sum(years) == total for years, total in totals)


def _up_to(stated: _Stated, years: Years | None) -> dict[Period, Decimal]:
    """The figures of the years, each up to its end; none where nobody knows how they are meant."""
    if years is Years.UNCLEAR:
        return {}
    start = stated.start(stated.last) if stated.last is not None else Decimal(0)
    figures = accumulate(stated.years) if years is Years.BY_ITSELF else stated.years
    return {period: start + figure for period, figure in zip(sorted(stated.periods), figures, strict=True)}
