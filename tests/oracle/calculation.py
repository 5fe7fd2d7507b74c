"""The figures of contract 2 in the shape of contract 3, from a world's records: exact fractions, rounded at the end."""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.oracle.claims import Archive, Facility
from tests.oracle.submissions import Record, Submissions
from tests.oracle.world import MULTIPLES, DutyRow, Indicator, Target, Unit, Value, World, last_month, written


@dataclass(frozen=True)
class Actual:
    value: Fraction | None
    incomplete: bool


@dataclass(frozen=True)
class Line:
    """A promise of one holder (None: the city): a city target, or a quota of one participating unit, in its versions."""

    unit: Unit | None
    indicator: Indicator
    versions: tuple[Target, ...]

    def at(self, period: int) -> Target:
        """The version in force."""
        return next(one for one in reversed(self.versions) if one.since is None or one.since <= period)


def rounded(value: Fraction | None) -> Decimal | None:
    """To four decimals, half up."""
    # AMBIGUOUS: half up below zero. Read: away from zero, as the decimal module's ROUND_HALF_UP. Else: towards plus.
    if value is None:
        return None
    steps = math.floor(abs(value) * 10_000 + Fraction(1, 2))
    return Decimal(steps if value >= 0 else -steps) / 10_000


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


class Calculation:
    """All figures of a world at its period."""

    def __init__(self, world: World, alike: Calculation | None = None) -> None:
        self.world = world
        self.archive: Archive = alike.archive if alike else Archive(world)
        self.facilities = self.archive.facilities
        self.submissions = Submissions(world, self.archive)
        self._actuals: dict[tuple[str, str, int], Actual] = alike._actuals if alike else {}

    def at(self, period: int) -> Calculation:
        """The same archive, asked about another period at its own last month."""
        return Calculation(self.world.owed(period), self)

    def report(self) -> Record:
        return {
            "period": written(self.world.period),
            "gaps": [self.gap(line) for line in self.lines()],
            "duties": self.duties(),
            "submissions": self.submissions.rows(),
            "overlaps": self.overlaps(),
        }

    def lines(self) -> list[Line]:
        """City, districts, departments; then indicators; each in the plan's order."""
        found = [
            Line(unit, indicator, self.versions(unit, indicator))
            for unit in (None, *self.world.participants)
            for indicator in self.world.indicators
        ]
        return [line for line in found if line.versions]

    def versions(self, unit: Unit | None, indicator: Indicator) -> tuple[Target, ...]:
        """Of the rows of one quarter the unit's own, else its group's; in order of time, each with its due quarter."""
        holders = (unit.id, unit.group) if unit else ("",)
        rows: dict[int, Target] = {}
        for holder in filter(None, holders) if unit else holders:
            for one in self.world.targets:
                if one.indicator == indicator.id and one.holder == holder:
                    rows.setdefault(one.since or 0, one)
        found: list[Target] = []
        for _, one in sorted(rows.items()):
            due = one.due if one.due is not None else found[-1].due if found else self.world.end
            found.append(replace(one, due=due))
        return tuple(found)

    def line(self, unit: Unit | None, indicator: str) -> Line | None:
        """What the unit (None: the city) owes on the indicator."""
        return next((one for one in self.lines() if one.unit == unit and one.indicator.id == indicator), None)

    def any_line(self, unit: Unit, indicator: str) -> Line:
        """The same, owed or not."""
        named = next(one for one in self.world.indicators if one.id == indicator)
        return Line(unit, named, self.versions(unit, named))

    # -- actuals -----------------------------------------------------------------------------------------------------

    def actual(self, line: Line, period: int) -> Actual:
        place = (line.unit.id if line.unit else "", line.indicator.id, period)
        if place not in self._actuals:
            self._actuals[place] = self._flow(line, period) if line.indicator.flow else self._stock(line, period)
        return self._actuals[place]

    def actual_reported(self, line: Line, period: int) -> Fraction | None:
        if line.indicator.flow:
            return self.actual(line, period).value
        if not self._known(line.unit, period, period):
            return None
        return self._total(line, self._measured(line, period, carried=False))

    def _stock(self, line: Line, period: int) -> Actual:
        found = self._measured(line, period, carried=True)
        known = self._known(line.unit, None, period)
        own = [one for unit in self._own(line.unit) for one in self.archive.latest(unit, period)]
        incomplete = self._skips(line, found) or any(self.archive.judged(one).dropped for one in own)
        return Actual(self._total(line, found) if known else None, incomplete)

    def _flow(self, line: Line, period: int) -> Actual:
        quarters = range(self.world.start, period + 1)
        found = [facility for one in quarters for facility in self._measured(line, one, carried=False)]
        # AMBIGUOUS: a flow of a unit that reported before the start alone. Read: such a return counts for stocks only, so
        # nothing is known. Else: it has reported, so nought.
        known = self._known(line.unit, self.world.start, period)
        units = self._own(line.unit)
        own = [one for unit in units for quarter in quarters for one in self.archive.of(unit, quarter)]
        # AMBIGUOUS: "the unit's own return" of a flow. Read: each one since the start. Else: that of the period alone.
        incomplete = (
            self._skips(line, found)
            # AMBIGUOUS: an unchanged return that confirms one with an unusable row. Read: it states zero for every flow.
            or any(self.archive.judged(one).dropped for one in own if one.kind != "unchanged")
            or any(self.archive.lacks(unit, quarter) for unit in units for quarter in quarters)
        )
        return Actual(self._total(line, found) if known else None, incomplete)

    def _own(self, unit: Unit | None) -> tuple[Unit, ...]:
        return (unit,) if unit else self.world.participants

    def _known(self, unit: Unit | None, first: int | None, last: int) -> bool:
        """Whether the unit (None: any) reported in that time, or a claim was made for it."""

        def reported(one: Unit) -> bool:
            return any(period <= last and (first is None or period >= first) for period in self.archive.periods(one))

        if unit is None:
            return any(map(reported, self.world.participants))
        return reported(unit) or self.archive.ever_named(unit, first, last)

    def _measured(self, line: Line, period: int, *, carried: bool) -> list[Facility]:
        return [
            facility
            for facility in self.facilities(period, carried=carried)
            if facility.operating
            and not facility.places & self.archive.outside
            and (line.unit is None or line.unit.id in facility.credited)
            and all(holds(facility.value(key), wanted) for key, wanted in line.indicator.where.items())
        ]

    @staticmethod
    def _numbers(line: Line, found: list[Facility]) -> list[Fraction | None]:
        asked = line.indicator
        times = MULTIPLES.get((asked.summed, asked.measure), Fraction(1))
        numbers = [one.number(asked.summed) for one in found]
        return [None if number is None else number * times for number in numbers]

    def _total(self, line: Line, found: list[Facility]) -> Fraction | None:
        if not line.indicator.summed:
            return Fraction(len(found))
        numbers = self._numbers(line, found)
        stated = [number for number in numbers if number is not None]
        # AMBIGUOUS: a flow with a nil quarter before a quarter of blanks only. Read: blanks only, so null.
        return sum(stated, Fraction(0)) if stated or not numbers else None

    def _skips(self, line: Line, found: list[Facility]) -> bool:
        return bool(line.indicator.summed) and None in self._numbers(line, found)

    # -- gaps --------------------------------------------------------------------------------------------------------

    def gap(self, line: Line) -> Record:
        period, month = self.world.period, self.world.at_month
        target, original = line.at(period), line.versions[0]
        actual = self.actual(line, period)
        status, earlier = self.status(line, period, month), self.status(line, period - 1, last_month(period - 1))
        schedule = self.schedule(line, period, month)
        value = actual.value
        return {
            "scope": line.unit.kind if line.unit else "city",
            "unit": line.unit.id if line.unit else None,
            "unit_name": line.unit.name if line.unit else "全市",
            "indicator": line.indicator.id,
            "indicator_name": line.indicator.name,
            "measure_unit": line.indicator.measure,
            "baseline": rounded(original.baseline or Fraction(0)),
            "target": rounded(target.value),
            "due": written(target.due or 0),
            "actual": rounded(value),
            "actual_reported": rounded(self.actual_reported(line, period)),
            "gap": rounded(None if value is None else target.value - value),
            "attainment": rounded(None if value is None else value / target.value),
            "schedule": rounded(schedule),
            "lag_points": rounded(None if value is None else (schedule - value) / target.value * 100),
            "status": status,
            "previous_status": earlier,
            "recovered": earlier == self.world.bands[-1].status
            and status in {"on_schedule", "done"}
            and target.since != period,
            "needed_per_quarter": rounded(self.needed(line, value, month)),
            "forecast": rounded(self.forecast(line, value, month)),
            "reporting": self.submissions.reporting(line.unit),
            "incomplete": actual.incomplete,
            "clause": target.clause,
            "target_original": rounded(original.value),
            "attainment_original": rounded(None if value is None else value / original.value),
            "revised_from": None if target.since is None else written(target.since),
        }

    def schedule(self, line: Line, period: int, month: int) -> Fraction:
        """The line of the version in force at the period, at the end of the month."""
        return self._height(line.versions[: line.versions.index(line.at(period)) + 1], month)

    def _height(self, versions: tuple[Target, ...], month: int) -> Fraction:
        """Before the start it is the baseline, after the due period the target."""
        # AMBIGUOUS: off both ends the contract draws no line; read: level.
        target, points = versions[-1], {self.world.start * 3 - 1: versions[0].baseline or Fraction(0)}
        if target.since is not None:
            bend = last_month(target.since - 1)
            if month <= bend:
                return self._height(versions[:-1], month)
            points = {bend: self._height(versions[:-1], bend)}
        points |= {last_month(quarter): value for quarter, value in sorted(target.milestones.items())}
        points[last_month(target.due or 0)] = target.value
        months = sorted(points)
        if month <= months[0]:
            return points[months[0]]
        for left, right in itertools.pairwise(months):
            if month <= right:
                share = Fraction(month - left, right - left)
                return points[left] + share * (points[right] - points[left])
        return points[months[-1]]

    def status(self, line: Line, period: int, month: int) -> str:
        actual, target = self.actual(line, period).value, line.at(period).value
        schedule = self.schedule(line, period, month)
        if actual is None:
            return "not_reported"
        if actual >= target:
            return "done"
        if actual >= (math.floor(schedule) if line.indicator.whole else schedule):
            return "on_schedule"
        lag = (schedule - actual) / target * 100
        return next((band.status for band in reversed(self.world.bands) if band.holds(lag)), "slightly_behind")

    def quarters_left(self, target: Target, month: int) -> Fraction:
        return max(Fraction(last_month(target.due or 0) - month, 3), Fraction(0))

    def needed(self, line: Line, actual: Fraction | None, month: int) -> Fraction | None:
        target = line.at(self.world.period)
        left = self.quarters_left(target, month)
        if actual is None:
            return None
        gap = max(target.value - actual, Fraction(0))
        if not left:
            return None if gap else Fraction(0)
        return Fraction(math.ceil(gap / left)) if line.indicator.whole else gap / left

    def forecast(self, line: Line, actual: Fraction | None, month: int) -> Fraction | None:
        period = self.world.period
        left = self.quarters_left(line.at(period), month)
        # AMBIGUOUS: nothing left and no earlier actual. Read: the actual itself. Else: null.
        if actual is None or not left:
            return actual
        for earlier in range(period - 4, period):
            then = self.actual(line, earlier).value
            if then is not None:
                led_to = actual + left * (actual - then) / (period - earlier)
                return max(led_to, actual if line.indicator.flow else Fraction(0))
        return None

    # -- duties and overlaps -----------------------------------------------------------------------------------------

    def duties(self) -> list[Record]:
        # AMBIGUOUS: no order is given. Read: that of the units, then that of the duties. Else: that of the duties alone.
        rows = []
        order = [unit.id for unit in self.world.in_order]
        for duty in sorted(self.world.duties, key=lambda duty: order.index(duty.unit)):
            unit = self.world.unit(duty.unit)
            quarters = range(self.world.start, self.world.period + 1)
            told = {
                quarter: [row for one in self.archive.of(unit, quarter) for row in one.duties if row.duty == duty.id]
                for quarter in quarters
            }
            now = told[self.world.period]
            numbers = [row.progress.value for found in told.values() for row in found]
            stated = [number for number in numbers if isinstance(number, Fraction)]
            rows.append(
                {
                    "unit": duty.unit,
                    "duty": duty.id,
                    "status": _duty_status(now),
                    # AMBIGUOUS: nothing stated since the start. Read: unknown, so null, as for a sum over blanks.
                    "progress_total": rounded(sum(stated, Fraction(0))) if stated else None,
                    "clause": duty.clause,
                }
            )
        return rows

    def overlaps(self) -> list[Record]:
        # AMBIGUOUS: a facility placed in a unit that stands outside. Read: it is operating and claimed, so it is listed.
        order = [unit.id for unit in self.world.in_order]
        return [
            {
                "name": facility.value("name"),
                "kind": facility.value("kind"),
                "claimed_by": facility.claimed_by,
                "credited_to": sorted(facility.credited, key=order.index),
            }
            for facility in self.facilities(self.world.period, carried=True)
            if facility.operating and len(facility.claimed_by) > 1
        ]


def holds(value: Value, wanted: tuple[str, ...]) -> bool:
    """Whether a facility's value is one of those wanted; of several values, any."""
    values: frozenset[str] = value if isinstance(value, frozenset) else frozenset({str(value)} if value else ())
    return bool({plain(one) for one in values} & {plain(one) for one in wanted})


def _duty_status(rows: list[DutyRow]) -> str:
    """What the period's return says of a duty."""
    # AMBIGUOUS: a row whose 状态 is blank or unusable. Read: one of the four words must stand, so the number decides: blank
    # says nothing, nought is not_started, more is in_progress. Else: null, as what is unknown.
    said = next((row.status.value for row in rows), None)
    number = next((row.progress.value for row in rows), None)
    if isinstance(said, str):
        return said
    if isinstance(number, Fraction):
        return "in_progress" if number else "not_started"
    return "silent"


def report(world: World) -> Mapping[str, Any]:
    """The parts of ``check --format json`` that this calculation answers for."""
    return Calculation(world).report()
