"""The table of scores, where the plan has a formula (contract 6.3)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mdj_plan.reports.tables.columns import WHO
from mdj_plan.reports.tables.table import Column, Row, Table
from mdj_plan.reports.tables.values import Amount, Joined, Text, said
from mdj_plan.rounding import PUBLISHED, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.score import Deduction, Part, UnitScore


_PLACES = 2
"""Decimals of a score, where they tell apart what ranks apart."""


def _scores(a: Assessment) -> Iterator[Row]:
    alike = _alike(a.scores)
    for row in a.scores:
        yield {
            "unit": row.unit.id,
            "unit_name": row.unit.name,
            "unit_kind": said(f"scope-{row.unit.kind}"),
            "score": Amount(row.score, PUBLISHED if _looks(row) in alike else _PLACES),
            "rank": row.rank,
            "parts": Joined(tuple(map(part_told, row.parts)), "joint-then"),
            "deductions": Joined(tuple(map(deduction_told, row.deductions)), "joint-then"),
        }


def _looks(row: UnitScore) -> tuple[str, Decimal | None]:
    """A score as it shows among units of its kind."""
    return row.unit.kind, None if row.score is None else rounded(row.score, _PLACES)


def _alike(rows: Iterable[UnitScore]) -> set[tuple[str, Decimal | None]]:
    """What several scores of different rank look like: these are shown as they rank, with four decimals."""
    ranks: dict[tuple[str, Decimal | None], set[int | None]] = defaultdict(set)
    for row in rows:
        ranks[_looks(row)].add(row.rank)
    return {looks for looks, found in ranks.items() if len(found) > 1}


def part_told(part: Part) -> Text:
    """``孵化器 权重2，比率0.75，得30分``."""
    amounts = {"weight": Amount(part.weight, 4), "ratio": Amount(part.ratio, 4), "points": Amount(part.points, 2)}
    return lambda texts: texts(
        "score-part",
        name=part.indicator.name,
        **{name: amount.told(texts) or "" for name, amount in amounts.items()},
    )


def deduction_told(deduction: Deduction) -> Text:
    """``迟报 1次，扣2分``."""
    points = Amount(deduction.points, 2)
    return lambda texts: texts(
        "score-deduction",
        what=texts(f"score-{deduction.what}"),
        n=deduction.times,
        points=points.told(texts) or "",
    )


SCORES: Table[Assessment] = Table(
    "scores",
    (
        WHO,
        Column("unit_kind", "code", head="unit-kind", least=10),
        Column("score", "number"),
        Column("rank", "count"),
        Column("parts", head="score-parts", least=24, most=70, blank=""),
        Column("deductions", head="score-deductions", least=20, most=50, blank=""),
    ),
    _scores,
    optional=True,
)
