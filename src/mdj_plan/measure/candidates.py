"""Facilities against the criteria of a title: met, lacking and by how much, or unknown (contract 6.2).

The notice, section four (three) 1, asks the city to strive for national titles; the criteria are other people's
documents, and data (`plan.criteria`).
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from mdj_plan.fields import LEVELS
from mdj_plan.measure.identity import pairs
from mdj_plan.measure.register import NO_FACILITIES
from mdj_plan.period import Period
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from mdj_plan.intake.submission import Claim
    from mdj_plan.measure.actuals import Measure, Number
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.register import Facility
    from mdj_plan.plan.criteria import CriteriaSet, Criterion, Measured
    from mdj_plan.plan.model import Plan

Verdict = Literal["met", "lacking", "unknown"]
Standing = Literal["ready", "lacking", "unknown"]
_STANDINGS: tuple[Standing, ...] = ("ready", "lacking", "unknown")


class Detail(NamedTuple):
    """A facility on one criterion. `value` and `required` are exact and None where unknown, or for `any` of several.

    `short_by`: what is lacking in the measure of the field of `asked` (months for a date), None unless lacking.
    `fields` are the ids of the fields that would have to be stated where it is unknown.
    """

    criterion: Criterion
    value: Fraction | None
    required: Fraction | None
    verdict: Verdict
    short_by: Number | Fraction | None
    asked: Measured
    fields: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """One row a facility and set of criteria that it may strive for."""

    criteria: CriteriaSet
    facility: Facility
    verdict: Standing
    details: tuple[Detail, ...]

    def of(self, verdict: Verdict) -> tuple[Detail, ...]:
        """The criteria on which it is so."""
        return tuple(detail for detail in self.details if detail.verdict == verdict)

    def count(self, verdict: Verdict) -> int:
        """On how many criteria it is so."""
        return len(self.of(verdict))


class SetState(NamedTuple):
    """A set in force: how many titles are still wanted (None: no target counts them), how many facilities are ready."""

    criteria: CriteriaSet
    wanted: Number | None
    ready: int


class Candidates(NamedTuple):
    """The sets in force at a period, and the candidates of each: the ready ones, then the nearest first."""

    sets: tuple[SetState, ...] = ()
    rows: tuple[Candidate, ...] = ()

    def of(self, units: frozenset[str]) -> Candidates:
        """Those that are credited to some units."""
        return self._replace(rows=tuple(row for row in self.rows if not units.isdisjoint(row.facility.credited)))


NO_CANDIDATES = Candidates()


def candidates(measure: Measure, sets: Iterable[CriteriaSet], gaps: Iterable[Gap], period: Period) -> Candidates:
    """Every facility of the register that may strive for a title in force at the period."""
    in_force = [each for each in sets if _in_force(each, period)]
    judging = _Judging(measure, period)
    open_gaps = {gap.indicator.id: gap.gap for gap in gaps if gap.unit is None}
    states, rows = [], []
    for criteria in in_force:
        judged = [judging.judge(facility, criteria) for facility in _considered(measure, criteria, period)]
        found = sorted(judged, key=_rank)
        wanted = open_gaps.get(criteria.counts_for or "")
        states.append(
            SetState(criteria, None if wanted is None else max(wanted, 0), sum(c.verdict == "ready" for c in found))
        )
        rows += found
    return Candidates(tuple(states), tuple(rows))


def _rank(candidate: Candidate) -> tuple[bool, int, int]:
    return candidate.verdict != "ready", candidate.count("lacking"), candidate.count("unknown")


def _in_force(criteria: CriteriaSet, period: Period) -> bool:
    begun = criteria.from_ is None or criteria.from_ <= period
    return begun and (criteria.until is None or period <= criteria.until)


def _considered(measure: Measure, criteria: CriteriaSet, period: Period) -> Iterable[Facility]:
    """Operating facilities of the plan, of the kind, below the level; in register order."""
    for facility in measure.facilities(period):
        below = criteria.below is None or LEVELS[facility.values.level] < LEVELS[criteria.below]
        if facility.measured and facility.values.kind in criteria.kind and below:
            yield facility


class _Judging:
    """Facilities of a period, each beside itself in the last fourth quarter."""

    def __init__(self, measure: Measure, period: Period) -> None:
        self.plan: Plan = measure.plan
        self.day: dt.date = period.last_day
        year_before = None if period.quarter == 4 else Period(period.year - 1, 4)
        then = measure.facilities(year_before) if year_before is not None else NO_FACILITIES
        found = pairs(then, measure.facilities(period), measure.identities).same
        self.then = {id(later): earlier for earlier, later in found}

    def judge(self, facility: Facility, criteria: CriteriaSet) -> Candidate:
        """A facility on every criterion of a set."""
        details = tuple(self._detail(facility, criterion) for criterion in criteria.criteria)
        verdicts = {detail.verdict for detail in details}
        standing: Standing = "lacking" if "lacking" in verdicts else "unknown" if "unknown" in verdicts else "ready"
        return Candidate(criteria, facility, standing, details)

    def _detail(self, facility: Facility, criterion: Criterion) -> Detail:
        found = [self._measured(facility, criterion, each) for each in criterion.alternatives]
        if not criterion.any:
            return found[0]
        verdicts = [detail.verdict for detail in found]
        verdict: Verdict = "met" if "met" in verdicts else "unknown" if "unknown" in verdicts else "lacking"
        nearest = max(found, key=_nearness)
        short_by = nearest.short_by if verdict == "lacking" else None
        fields = tuple(field for detail in found for field in detail.fields) if verdict == "unknown" else ()
        return Detail(criterion, None, None, verdict, short_by, nearest.asked, fields)

    def _measured(self, facility: Facility, criterion: Criterion, asked: Measured) -> Detail:
        required = Fraction(asked.at_least or 0)
        if asked.remote is not None and self._is_remote(facility):
            required *= Fraction(asked.remote)
        stated = [facility.values]
        if asked.over == "year" and (then := self.then.get(id(facility))) is not None:
            stated.append(then.values)
        values = [(value, claim) for claim in stated if (value := self._value(claim, asked)) is not None]
        if not values:
            return Detail(criterion, None, required, "unknown", None, asked, self._blank(facility.values, asked))
        value, claim = max(values, key=lambda each: each[0])
        if value >= required:
            return Detail(criterion, value, required, "met", None, asked)
        return Detail(criterion, value, required, "lacking", self._short_by(claim, asked, value, required), asked)

    def _value(self, claim: Claim, asked: Measured) -> Fraction | None:
        """The measure of a facility; None where an operand is blank, or what it is divided by is 0."""
        if asked.months_since is not None:
            day = claim.value(asked.months_since)
            return None if day is None else Fraction(months_between(day, self.day))
        of = claim.value(asked.of or "")
        if of is None or asked.per is None:
            return None if of is None else Fraction(of) * Fraction(asked.times)
        per = claim.value(asked.per)
        return Fraction(of) / Fraction(per) * Fraction(asked.times) if per else None

    def _short_by(self, claim: Claim, asked: Measured, value: Fraction, required: Fraction) -> Number | Fraction:
        """What the field lacks at what it is divided by now; whole fields and months in whole numbers."""
        if asked.months_since is not None:
            return math.ceil(required - value)
        per = Fraction(claim.value(asked.per)) if asked.per else Fraction(1)
        lacking = (required - value) * per / Fraction(asked.times)
        return math.ceil(lacking) if self.plan.fields[asked.of or ""].type == "whole" else lacking

    def _blank(self, claim: Claim, asked: Measured) -> tuple[str, ...]:
        """The fields that would have to be stated."""
        names = (asked.months_since, asked.of, asked.per)
        return tuple(name for name in names if name is not None and not claim.value(name))

    def _is_remote(self, facility: Facility) -> bool:
        """Whether it lies in a remote unit: by its region, else by the first district that it is credited to."""
        districts = [unit for unit in facility.credited if self.plan.units[unit].kind == "district"]
        where = facility.values.region or next(iter(districts), None)
        return where is not None and self.plan.units[where].remote


def _nearness(detail: Detail) -> Fraction:
    if detail.value is None or not detail.required:
        return Fraction(-1)
    return detail.value / detail.required


def months_between(since: dt.date, day: dt.date) -> int:
    """Full months from a date to the last day of a month; from a 31st a month is full on its last day."""
    return (day.year - since.year) * 12 + day.month - since.month
