"""Facilities that a figure leaves out although they fit it: those not operating, and those outside the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.measure.actuals import admission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.measure.actuals import Measure
    from mdj_plan.measure.register import Facility
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Indicator


def uncounted(measure: Measure, indicator: Indicator, owner: str | None, period: Period) -> Iterator[Facility]:
    """The facilities that would count for a unit (None: the city) if they operated within the plan."""
    asked = sorted(indicator.where)
    admits = admission(indicator.where, asked)
    for facility in measure.facilities(period, fresh=indicator.flow):
        credited = owner is None or owner in facility.credited
        if not facility.measured and credited and admits(facility.values.stating(state="operating").values(asked)):
            yield facility
