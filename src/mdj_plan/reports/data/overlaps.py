"""Facilities that several units claim, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mdj_plan.measure.overlaps import Overlap
    from mdj_plan.reports.data.jsontext import Row


def overlap_row(overlap: Overlap) -> Row:
    """One row per operating facility that several units claim."""
    values = overlap.facility.values
    return {
        "name": values.name,
        "kind": values.kind,
        "claimed_by": list(overlap.claimed_by),
        "credited_to": list(overlap.credited_to),
    }
