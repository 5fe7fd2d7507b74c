"""Evaluation (绩效评价, notice 五(一)) by the plan's own formula (contract 6.3); the notice gives none."""

from __future__ import annotations

import bisect
from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.names import folded
from mdj_plan.plan.indicators import indicator_ids
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from mdj_plan.measure.gaps import Gap
    from mdj_plan.plan.entries import Score
    from mdj_plan.plan.model import Indicator, Plan, Unit

KINDS = ("district", "department")
Counts = dict[str, int]
"""What a unit is deducted for: late, missing, error, overdue, and how often."""


class Part(NamedTuple):
    """An indicator that a unit owes: `ratio` is the actual to what is asked, capped; `points` its share of 100."""

    indicator: Indicator
    weight: Decimal
    ratio: Fraction
    points: Fraction


class Deduction(NamedTuple):
    """What is taken off: how often, and the points in all (positive)."""

    what: str
    times: int
    points: Fraction


class UnitScore(NamedTuple):
    """One row a participating unit. `score` and `rank` are None for a unit that owes no weighted indicator."""

    unit: Unit
    score: Fraction | None
    rank: int | None
    parts: tuple[Part, ...]
    deductions: tuple[Deduction, ...]


def scores(plan: Plan, gaps: Iterable[Gap], counts: Mapping[str, Counts]) -> tuple[UnitScore, ...]:
    """Every participating unit in the plan's order, ranked among units of its kind; none without the plan's section."""
    rule = plan.file.score
    if rule is None:
        return ()
    weights = _weights(plan, rule)
    owed: dict[str, list[Gap]] = {unit.id: [] for unit in plan.participants}
    for gap in gaps:
        if gap.unit is not None and gap.indicator.id in weights:
            owed[gap.unit.id].append(gap)
    rows = [_scored(unit, owed[unit.id], rule, weights, counts.get(unit.id, {})) for unit in plan.participants]
    return tuple(_ranked(rows))


def _weights(plan: Plan, rule: Score) -> dict[str, Decimal]:
    known = indicator_ids(plan.file.indicators)
    return {known[folded(name)]: weight for name, weight in rule.weights.items()}


def _scored(
    unit: Unit, gaps: Sequence[Gap], rule: Score, weights: Mapping[str, Decimal], counts: Mapping[str, int]
) -> UnitScore:
    whole = sum((Fraction(weights[gap.indicator.id]) for gap in gaps), Fraction(0))
    parts = tuple(_part(gap, rule, weights[gap.indicator.id], whole) for gap in gaps)
    deductions = tuple(_deductions(rule, counts))
    if not parts:
        return UnitScore(unit, None, None, (), deductions)
    points = sum((part.points for part in parts), Fraction(0)) - sum((d.points for d in deductions), Fraction(0))
    return UnitScore(unit, max(points, Fraction(0)), None, parts, deductions)


def _part(gap: Gap, rule: Score, weight: Decimal, whole: Fraction) -> Part:
    ratio = _ratio(gap, rule)
    return Part(gap.indicator, weight, ratio, 100 * Fraction(weight) * ratio / whole)


def _ratio(gap: Gap, rule: Score) -> Fraction:
    """The actual to the schedule or target, capped; an unknown actual is 0, and a schedule of 0 is reached."""
    cap = Fraction(rule.cap)
    if gap.actual is None:
        return Fraction(0)
    asked = gap.schedule if rule.of == "schedule" else Fraction(gap.target.value)
    return min(Fraction(gap.actual) / asked, cap) if asked else min(Fraction(1), cap)


def _deductions(rule: Score, counts: Mapping[str, int]) -> Iterable[Deduction]:
    for what in ("late", "missing", "error", "overdue"):
        count, each = counts.get(what, 0), Fraction(getattr(rule.deductions, what))
        if count and each:
            yield Deduction(what, count, count * each)


def _ranked(rows: Sequence[UnitScore]) -> Iterable[UnitScore]:
    """1, 2, 2, 4 by the score as it is shown, to four decimals, among units of the same kind."""
    shown = {
        kind: sorted(_shown(r.score) for r in rows if r.score is not None and r.unit.kind == kind) for kind in KINDS
    }
    for row in rows:
        rivals = shown[row.unit.kind]
        better = None if row.score is None else len(rivals) - bisect.bisect_right(rivals, _shown(row.score))
        yield row if better is None else row._replace(rank=1 + better)


def _shown(score: Fraction) -> int:
    """Ten-thousandths, half up."""
    return int(score * 10_000 + Fraction(1, 2))
