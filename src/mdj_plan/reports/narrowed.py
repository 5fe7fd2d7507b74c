"""The assessment of some units alone, for who asks for them."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mdj_plan.assessment import Assessment


def narrowed(assessment: Assessment, units: frozenset[str] | None) -> Assessment:
    """The assessment with the rows and findings of those units alone (None: all); the city's rows go with the others'.

    Register, archive and measure stay whole: figures of a unit draw on other units' claims.
    """
    if units is None:
        return assessment
    rows: dict[str, Any] = {
        name: tuple(row for row in getattr(assessment, name) if unit_of(row) in units)
        for name, unit_of in _UNIT_OF.items()
    }
    return replace(
        assessment,
        overlaps=tuple(overlap for overlap in assessment.overlaps if not units.isdisjoint(overlap.claimed_by)),
        changes=assessment.changes.of(units),
        candidates=assessment.candidates.of(units),
        restatements=tuple(each.of(units) for each in assessment.restatements if not units.isdisjoint(each.about)),
        **rows,
    )


def of_units(assessment: Assessment, units: frozenset[str] | None) -> Assessment:
    """The same with those facilities alone that are credited to them: for lists of facilities, not for figures."""
    if units is None:
        return assessment
    own = tuple(facility for facility in assessment.facilities if not units.isdisjoint(facility.credited))
    return replace(narrowed(assessment, units), facilities=own)


_UNIT_OF: Mapping[str, Callable[[Any], str | None]] = {
    "gaps": attrgetter("target.unit"),
    "duties": attrgetter("unit.id"),
    "units": attrgetter("unit.id"),
    "findings": attrgetter("unit"),
    "skipped": attrgetter("unit"),
    "actions": attrgetter("action.unit"),
    "scores": attrgetter("unit.id"),
}
"""What an assessment tells of one unit a row, and of which."""
