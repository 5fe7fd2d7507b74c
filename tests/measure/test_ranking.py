"""Districts side by side on an indicator: the best first, equals alike, who has no figure without a rank."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.measure.ranking import ranking
from tests.reports.county import HEAD, NIL, county

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.assessment import Assessment

QUOTAS = """\
责任单位,指标,目标
春区,孵化面积,90000
春区,孵化器,4
夏区,孵化器,2
秋区,孵化器,8
冬区,孵化器,3
园区,孵化器,1
商务局,孵化器,1
"""


def incubators(number: int, name: str) -> str:
    """A return with so many incubators of 100 ㎡ each."""
    return "\n".join((HEAD, *(f"{name}{each}号孵化器,孵化器,,运营,100,0" for each in range(number)))) + "\n"


RETURNS = {
    "2017Q2/春区.csv": incubators(2, "春"),  # 2 of 4
    "2017Q2/夏区.csv": incubators(1, "夏"),  # 1 of 2: as good
    "2017Q2/秋区.csv": incubators(1, "秋"),  # 1 of 8
    "2017Q2/冬区.csv": incubators(4, "冬"),  # 4 of 3
    "2017Q2/商务局.csv": NIL,  # a department is ranked with no district
}


def told(a: Assessment) -> list[tuple[str, str | None, Fraction | None, int | None]]:
    return [(row.gap.indicator.id, row.gap.target.unit, row.gap.attainment, row.rank) for row in a.ranking]


def test_the_best_first_equals_alike_and_who_has_no_figure_last(tmp_path: Path) -> None:
    assert told(county(tmp_path, quotas=QUOTAS, returns=RETURNS)) == [
        ("incubators", "winter", Fraction(4, 3), 1),
        ("incubators", "spring", Fraction(1, 2), 2),  # equals in the plan's order
        ("incubators", "summer", Fraction(1, 2), 2),
        ("incubators", "autumn", Fraction(1, 8), 4),
        ("incubators", "zone", None, None),
        ("area", "spring", Fraction(200, 90000), 1),  # of indicators in the plan's order
    ]


def test_what_only_looks_equal_is_not(tmp_path: Path) -> None:
    """9 999 999 and 10 000 000 of 100 000 000 ㎡ are both shown as 10.0 %."""
    returns = {
        f"2017Q2/{unit}.csv": f"{HEAD}\n{unit}一号孵化器,孵化器,,运营,{area},0\n"
        for unit, area in (("春区", 9_999_999), ("夏区", 10_000_000))
    }
    quotas = "责任单位,指标,目标\n春区,孵化面积,100000000\n夏区,孵化面积,100000000\n"
    a = county(tmp_path, quotas=quotas, returns=returns)
    assert [(unit, rank) for _, unit, _, rank in told(a)] == [("summer", 1), ("spring", 2)]


def test_nobody_to_rank(tmp_path: Path) -> None:
    assert ranking(county(tmp_path, returns={}).plan, ()) == ()
