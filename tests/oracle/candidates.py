"""Contract 6.2: facilities against criteria of accreditation."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.calculation import Calculation, rounded
from tests.oracle.claims import Facility
from tests.oracle.identity import paired
from tests.oracle.office import CriteriaSet, Criterion, Measure
from tests.oracle.submissions import Record
from tests.oracle.world import WHOLE_FIELDS, World, last_day, written

LEVELS = ("none", "municipal", "provincial", "national")


@dataclass(frozen=True)
class Verdict:
    verdict: str
    value: Fraction | None
    required: Fraction | None
    short_by: Fraction | None


class Candidates:
    def __init__(self, world: World) -> None:
        self.world = world
        self.calculation = Calculation(world)
        archive = self.calculation.archive
        self.register = archive.register(world.period)
        year_end = world.period - world.period % 4 - 1
        # AMBIGUOUS: does the year's end count of one that was outside the plan then? Read: yes, a value is a value.
        earlier = archive.facilities(year_end, carried=True)
        same = paired(archive, earlier, self.register).same
        in_year = world.period % 4 != 3
        self.at_year_end = {place: earlier[old] for place, old in same.items()} if in_year else {}

    def report(self) -> Record:
        period = self.world.period
        sets = [
            one
            for one in self.world.office.criteria
            if (one.first is None or one.first <= period) and (one.last is None or period <= one.last)
        ]
        rows = {one.id: self._rows(one) for one in sets}
        return {
            "period": written(period),
            "sets": [self._set(one, rows[one.id]) for one in sets],
            "candidates": [row for one in sets for row in rows[one.id]],
        }

    def _set(self, one: CriteriaSet, rows: list[Record]) -> Record:
        line = self.calculation.line(None, one.counts_for) if one.counts_for else None
        actual = self.calculation.actual(line, self.world.period).value if line else None
        open_gap = max(line.at(self.world.period).value - actual, Fraction(0)) if line and actual is not None else None
        return {
            "id": one.id,
            "name": one.name,
            "document": one.document,
            "counts_for": one.counts_for,
            "wanted": rounded(open_gap),
            "ready": sum(row["verdict"] == "ready" for row in rows),
        }

    def _rows(self, one: CriteriaSet) -> list[Record]:
        rows = [
            self._row(one, place)
            for place, facility in enumerate(self.register)
            if facility.operating
            and facility.value("kind") in one.kinds
            and (not one.below or LEVELS.index(str(facility.value("level"))) < LEVELS.index(one.below))
        ]
        return sorted(rows, key=lambda row: (row["verdict"] != "ready", row["lacking"], row["unknown"]))

    def _row(self, one: CriteriaSet, place: int) -> Record:
        facility = self.register[place]
        order = [unit.id for unit in self.world.in_order]
        details = [self._detail(criterion, place) for criterion in one.criteria]
        counts = {word: sum(row["verdict"] == word for row in details) for word in ("met", "lacking", "unknown")}
        verdict = "lacking" if counts["lacking"] else "unknown" if counts["unknown"] else "ready"
        return {
            "criteria": one.id,
            "facility": facility.value("name"),
            "kind": facility.value("kind"),
            "level": facility.value("level"),
            "credited_to": sorted(facility.credited, key=order.index),
            "verdict": verdict,
            **counts,
            "details": details,
        }

    def _detail(self, criterion: Criterion, place: int) -> Record:
        verdicts = [self._verdict(measure, place) for measure in criterion.measures]
        found = _any(verdicts) if criterion.any else verdicts[0]
        return {
            "id": criterion.id,
            "name": criterion.name,
            "value": rounded(found.value),
            "required": rounded(found.required),
            "verdict": found.verdict,
            "short_by": rounded(found.short_by),
        }

    def _verdict(self, measure: Measure, place: int) -> Verdict:
        required = measure.at_least * (measure.remote if self._remote(self.register[place]) else 1)
        values = list(self._values(measure, place))
        if not values:
            return Verdict("unknown", None, required, None)
        value, per = max(values, key=lambda one: one[0])
        if value >= required:
            return Verdict("met", value, required, None)
        # AMBIGUOUS: "the present per" of a year's value that is the last fourth quarter's. Read: that quarter's.
        lacks = (required - value) * per / measure.times
        whole = measure.since or measure.of in WHOLE_FIELDS
        return Verdict("lacking", value, required, Fraction(math.ceil(lacks)) if whole else lacks)

    def _values(self, measure: Measure, place: int) -> Iterator[tuple[Fraction, Fraction]]:
        """What is known of it now and, over the year, at its end before: each with what it is divided by."""
        facility = self.register[place]
        if measure.since:
            day = facility.value(measure.since)
            if isinstance(day, dt.date):
                yield Fraction(_months(day, last_day(self.world.period))), Fraction(1)
            return
        states = [facility]
        if measure.over_year and place in self.at_year_end:
            states.append(self.at_year_end[place])
        for state in states:
            of, per = state.number(measure.of), state.number(measure.per) if measure.per else Fraction(1)
            if of is not None and per:
                yield of / per * measure.times, per

    def _remote(self, facility: Facility) -> bool:
        """By its region, else the first district credited."""
        units = self.world.in_order
        credited = [unit.id for unit in units if unit.is_district and unit.id in facility.credited]
        region = facility.value("region") or next(iter(credited), None)
        return any(unit.remote for unit in units if unit.id == region)


def _any(verdicts: list[Verdict]) -> Verdict:
    words = [one.verdict for one in verdicts]
    if "met" in words or "unknown" in words:
        return Verdict("met" if "met" in words else "unknown", None, None, None)
    nearest = max(verdicts, key=lambda one: (one.value or Fraction(0)) / (one.required or Fraction(1)))
    return Verdict("lacking", None, None, nearest.short_by)


def _months(first: dt.date, last: dt.date) -> int:
    """Full months between: one is full on the day of the same number, or on the last day of a month that lacks it."""
    months = (last.year - first.year) * 12 + last.month - first.month
    full = last.day >= first.day or (last + dt.timedelta(days=1)).day == 1
    return months if full else months - 1
