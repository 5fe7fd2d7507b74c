"""Contract 6.3: points by the plan's weights, deductions, ranks."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tests.oracle.actions import Actions
from tests.oracle.calculation import Calculation, Line, rounded
from tests.oracle.office import Score
from tests.oracle.submissions import Record
from tests.oracle.world import Unit, World, written


def scores(world: World, findings: Iterable[Record]) -> list[Record]:
    """In the plan's order. `findings` are those the program lists: errors are counted, not found here."""
    score = world.office.score
    if score is None:
        return []
    scorer = Scorer(world, score, list(findings))
    return _ranked([scorer.row(unit) for unit in world.participants])


class Scorer:
    def __init__(self, world: World, score: Score, findings: list[Record]) -> None:
        self.world, self.score, self.findings = world, score, findings
        self.calculation, self.actions = Calculation(world), Actions(world)
        self.submissions = {row["unit"]: row["status"] for row in self.calculation.submissions.rows()}

    def row(self, unit: Unit) -> Record:
        owed = [line for line in self.calculation.lines() if line.unit == unit]
        owed = [line for line in owed if line.indicator.id in self.score.weights]
        whole = sum((self.score.weights[line.indicator.id] for line in owed), Fraction(0))
        ratios = {line.indicator.id: self._ratio(line) for line in owed}
        parts = {name: 100 * self.score.weights[name] * ratio / whole for name, ratio in ratios.items()}
        counts = self._counts(unit)
        deducted = {what: count * self.score.deductions.get(what, Fraction(0)) for what, count in counts.items()}
        total = max(sum(parts.values(), Fraction(0)) - sum(deducted.values(), Fraction(0)), Fraction(0))
        return {
            "unit": unit.id,
            "unit_name": unit.name,
            "kind": unit.kind,
            "score": rounded(total) if owed else None,
            "rank": None,
            "parts": [
                {
                    "indicator": name,
                    "weight": rounded(self.score.weights[name]),
                    "ratio": rounded(ratios[name]),
                    "points": rounded(points),
                }
                for name, points in parts.items()
            ],
            "deductions": [
                {"what": what, "count": counts[what], "points": rounded(points)}
                for what, points in deducted.items()
                if points
            ],
        }

    def _ratio(self, line: Line) -> Fraction:
        period = self.world.period
        actual = self.calculation.actual(line, period).value
        if actual is None:
            return Fraction(0)
        if self.score.of == "target":
            return min(actual / line.at(period).value, self.score.cap)
        schedule = self.calculation.schedule(line, period, self.world.at_month)
        return min(actual / schedule if schedule else Fraction(1), self.score.cap)

    def _counts(self, unit: Unit) -> dict[str, int]:
        status = self.submissions[unit.id]
        errors = [
            one
            for one in self.findings
            if one["severity"] == "error" and one["unit"] == unit.id and one["period"] == written(self.world.period)
        ]
        return {
            "late": int(status == "late"),
            # AMBIGUOUS: a unit of which a member is out. Read: its submission is `partial`, which is neither.
            "missing": int(status in {"missing", "carried", "returned"}),
            "error": sum(one["code"] != "S101" and one["accepted"] is None for one in errors),
            "overdue": self.actions.of(unit),
        }


def _ranked(rows: list[Record]) -> list[Record]:
    """1, 2, 2, 4 by the score as shown, among units of a kind."""
    for row in rows:
        if row["score"] is not None:
            better = [one for one in rows if one["kind"] == row["kind"] and (one["score"] or 0) > row["score"]]
            row["rank"] = 1 + len(better)
    return rows
