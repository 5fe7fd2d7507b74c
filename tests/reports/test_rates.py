"""Attainment, schedule and difference as they are shown: they subtract, and they never contradict the status."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from mdj_plan.measure.gaps import Gap, lag, status_of
from mdj_plan.plan.model import Plan
from mdj_plan.reports.figures import percent, shown_fixed
from mdj_plan.reports.rates import rates
from tests.reports.town import settle


@pytest.fixture(scope="module")
def area(tmp_path_factory: pytest.TempPathFactory) -> tuple[Gap, Plan]:
    """A target on an indicator that need not be whole; the plan's bands are behind from 10, far_behind over 30."""
    town = settle(tmp_path_factory.mktemp("town"))
    return next(gap for gap in town.gaps if gap.indicator.id == "area"), town.plan


@pytest.mark.parametrize(
    ("target", "actual", "due", "shown", "status"),
    [
        (12, 3, 7, ("25.0%", "58.3%", "−33.3"), "far_behind"),
        # thirds: the exact difference is 33.33…, a reader who subtracts gets 33.4
        (3, 1, 2, ("33.3%", "66.7%", "−33.4"), "far_behind"),
        (4, 5, 1, ("125.0%", "25.0%", "100.0"), "done"),
        (1000, 250, 250, ("25.0%", "25.0%", "0.0"), "on_schedule"),
        # a lag that one decimal would hide
        (10000, 2497, 2500, ("24.97%", "25.00%", "−0.03"), "slightly_behind"),
        # not reached, however near
        (10000, 9999, 9000, ("99.99%", "90.00%", "9.99"), "on_schedule"),
        # nor is what is due all of the target, however near its end
        (10000, 5000, 9996, ("50.00%", "99.96%", "−49.96"), "far_behind"),
        # a lag that no decimals would show is left at six
        (10**12, 25 * 10**10 - 1, 25 * 10**10, ("25.000000%", "25.000000%", "0.000000"), "slightly_behind"),
        # on the side of the band on which the exact lag is
        (10000, 1504, 2500, ("15.04%", "25.00%", "−9.96"), "slightly_behind"),
        (10000, 1500, 2500, ("15.0%", "25.0%", "−10.0"), "behind"),
        (10000, 1496, 2500, ("15.0%", "25.0%", "−10.0"), "behind"),  # 10.04 shows as 10.0, which is in the band too
        (10000, 1999, 5000, ("19.99%", "50.00%", "−30.01"), "far_behind"),
    ],
)
def test_three_figures_subtract(
    area: tuple[Gap, Plan], target: int, actual: int, due: int, shown: tuple[str, str, str], status: str
) -> None:
    gap, plan = area
    owed = gap.target._replace(value=Decimal(target))
    gap = gap._replace(
        target=owed,
        attainment=Fraction(actual, target),
        schedule=Fraction(due),
        lag_points=lag(owed, Decimal(actual), Fraction(due)),
    )
    assert status_of(plan, owed, Decimal(actual), Fraction(due)) == status
    found = rates(gap, plan.file.bands)
    assert found.attainment is not None
    assert found.difference is not None
    said = (
        percent(found.attainment, found.places),
        percent(found.schedule, found.places),
        shown_fixed(found.difference, found.places),
    )
    assert said == shown


def test_what_is_unknown_has_its_schedule_all_the_same(tmp_path: Path) -> None:
    gap = next(gap for gap in settle(tmp_path).gaps if gap.actual is None)
    assert rates(gap) == (None, Fraction(1, 4), None, 1)
    nearly = gap._replace(schedule=Fraction(gap.target.value) * Fraction(9996, 10000))
    assert rates(nearly) == (None, Fraction(9996, 10000), None, 2)  # 99.96 %, not 100.0 %
