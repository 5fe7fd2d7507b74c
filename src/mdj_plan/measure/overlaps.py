"""Facilities that several units claim, each of which is counted once in the city's figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from mdj_plan.measure.actuals import Measure
    from mdj_plan.measure.register import Facility
    from mdj_plan.period import Period


class Overlap(NamedTuple):
    """An operating facility claimed in more than one unit's return. Unit ids in report order."""

    facility: Facility
    claimed_by: tuple[str, ...]
    credited_to: tuple[str, ...]


def overlaps(measure: Measure, period: Period) -> tuple[Overlap, ...]:
    """Operating facilities claimed in more than one unit's return, in register order."""
    found = []
    for facility in measure.facilities(period).shared.values():
        claimed_by = tuple(dict.fromkeys(unit for unit, _ in facility.claims))
        if len(claimed_by) > 1 and facility.operating:
            found.append(Overlap(facility, claimed_by, facility.credited))
    return tuple(found)
