"""Scores as rows (contract 6.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.figures import json_number

if TYPE_CHECKING:
    from mdj_plan.measure.score import UnitScore
    from mdj_plan.messages import Messages
    from mdj_plan.reports.data.jsontext import Row


def score_row(row: UnitScore, texts: Messages) -> Row:
    """One row per participating unit (contract 6.3)."""
    return {
        "unit": row.unit.id,
        "unit_name": texts.words(row.unit.name),
        "kind": row.unit.kind,
        "score": json_number(row.score),
        "rank": row.rank,
        "parts": [
            {
                "indicator": part.indicator.id,
                "weight": json_number(part.weight),
                "ratio": json_number(part.ratio),
                "points": json_number(part.points),
            }
            for part in row.parts
        ],
        "deductions": [
            {"what": each.what, "count": each.times, "points": json_number(each.points)} for each in row.deductions
        ],
    }
