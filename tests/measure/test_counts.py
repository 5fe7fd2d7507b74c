"""How many targets stand where, and which units with all of theirs, worked out by hand.

Of the county's eight quarters: at the end of the second a quarter of each target is due, at that of the sixth three.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mdj_plan.measure.counts import gravest, wholly
from mdj_plan.plan.model import Scope
from mdj_plan.reports.narrowed import narrowed
from tests.reports.county import county

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.gaps import Gap


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return county(tmp_path_factory.mktemp("now"))


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return county(tmp_path_factory.mktemp("later"), as_of="2018-06")


@pytest.mark.parametrize(
    ("scope", "counts"),
    [
        ("city", {"behind": 1, "far_behind": 1, "on_schedule": 1}),  # 4 of 8, 20 700 of 80 000 ㎡, 7 of 10 firms
        ("district", {"done": 1, "behind": 2, "far_behind": 1, "not_reported": 1}),
        ("department", {"done": 1}),
        (None, {"done": 2, "on_schedule": 1, "behind": 3, "far_behind": 2, "not_reported": 1}),
    ],
)
def test_targets_by_status(later: Assessment, scope: Scope | None, counts: dict[str, int]) -> None:
    assert later.statuses(scope) == counts
    assert later.statuses(scope).total() == sum(scope in {None, gap.scope} for gap in later.gaps)
    assert later.statuses(scope)["slightly_behind"] == 0  # what does not occur is there all the same


def named(gaps: tuple[Gap, ...]) -> list[str]:
    return [f"{gap.target.unit} {gap.indicator.id}" for gap in gaps]


def test_the_gravest_that_any_has(later: Assessment) -> None:
    assert named(gravest(later.behind)) == ["summer incubators", "None area"]
    assert named(gravest(later.behind_of("spring"))) == ["spring area"]  # its only one, in a lesser band
    assert gravest(()) == ()


def of_districts(a: Assessment) -> tuple[Gap, ...]:
    return tuple(gap for gap in a.gaps if gap.scope == "district")


def test_units_with_everything_done_or_on_schedule(now: Assessment, later: Assessment) -> None:
    owing = ("spring", "summer", "autumn", "zone")  # winter owes nothing
    # spring has done one of its two; summer has none where half a one is due; of autumn nothing is known
    assert wholly(of_districts(now)) == (owing, (), ("spring", "summer", "zone"))
    assert wholly(of_districts(later)) == (owing, (), ())
    assert wholly(later.gaps).done == ("office",)
    assert wholly(narrowed(now, frozenset()).gaps) == ((), (), ())
