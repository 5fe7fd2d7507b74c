"""Duties as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.figures import json_number

if TYPE_CHECKING:
    from mdj_plan.measure.duties import DutyState
    from mdj_plan.reports.data.jsontext import Row


def duty_row(state: DutyState) -> Row:
    """One row per duty."""
    return {
        "unit": state.unit.id,
        "duty": state.duty.id,
        "status": state.status,
        "progress_total": json_number(state.progress_total),
        "clause": state.duty.clause,
    }
