"""Scores by the plan's own formula, worked out by hand (contract 6.3)."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.cli.app import run
from mdj_plan.measure.score import Counts, UnitScore, scores
from tests.folders import lay_out
from tests.gallery.examples import PLAN, QUOTAS, clean
from tests.reports.town import PLAN as TOWN
from tests.reports.town import settle

SCORE = (
    "score: {of: target, cap: 1.2, weights: {孵化器: 2}, deductions: {late: 2, missing: 5, error: 0.5, overdue: 1}}\n"
)
QUOTAS_OF_TOWN = "责任单位,指标,目标\n东区,孵化器,2\n东区,孵化面积,1000\n西区,孵化器,2\n"
ACTIONS = "编号,事项,责任单位,完成时限\n1,再建一家,西示区,2021-05-31\n"


def scored(tmp_path: Path, capfd: pytest.CaptureFixture[str], *, section: str = SCORE) -> list[dict[str, object]]:
    returns = clean()
    name = "2021Q2/西示区_2021Q2.csv"
    returns[name] = returns[name].replace(b"2021-07-05", b"2021-07-20")  # late
    plan = lay_out(tmp_path, PLAN + section, QUOTAS, returns, actions=ACTIONS)
    assert run(["check", "--plan", str(plan), "--format", "json", "--fail-on", "never"]) == 0
    found: list[dict[str, object]] = json.loads(capfd.readouterr().out)["scores"]
    return found


def test_points_deductions_and_ranks(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    east, west, office = scored(tmp_path, capfd)
    assert (east["unit"], east["score"], east["rank"]) == ("east", 100, 1)  # 2 of 2
    assert (west["unit"], west["score"], west["rank"]) == ("west", 47, 2)  # 1 of 2: 50, less 2 and 1
    assert west["parts"] == [{"indicator": "incubators", "weight": 2, "ratio": 0.5, "points": 50}]
    assert west["deductions"] == [
        {"what": "late", "count": 1, "points": 2},
        {"what": "overdue", "count": 1, "points": 1},
    ]
    assert (office["unit"], office["score"], office["rank"], office["parts"]) == ("office", None, None, [])


def test_without_the_section_there_is_no_score(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert scored(tmp_path, capfd, section="") == []


def town(folder: Path, section: str, quotas: str = QUOTAS_OF_TOWN) -> Assessment:
    nothing = "报告类型,零报告\n"
    returns = {f"2017Q2/{unit}.csv": nothing for unit in ("东区", "西区", "商务局")}
    return settle(folder, plan=TOWN + f"score: {section}\n", quotas=quotas, returns=returns)


def scored_with(a: Assessment, counts: dict[str, Counts] | None = None, **actuals: Decimal | None) -> list[UnitScore]:
    """The scores where the units' actuals, by unit and indicator, are these."""
    gaps = [
        gap._replace(actual=actuals[f"{gap.unit.id}_{gap.indicator.id}"])
        if gap.unit is not None and f"{gap.unit.id}_{gap.indicator.id}" in actuals
        else gap
        for gap in a.gaps
    ]
    return list(scores(a.plan, gaps, counts or {}))


def told(rows: list[UnitScore]) -> list[tuple[str, float | None, int | None]]:
    """Each unit's score to four decimals, and its rank."""
    return [(row.unit.id, None if row.score is None else round(float(row.score), 4), row.rank) for row in rows]


BOTH = "{of: target, cap: 1.2, weights: {孵化器: 3, 孵化面积: 1}}"


def test_points_are_parted_by_the_weights_of_what_a_unit_owes(tmp_path: Path) -> None:
    a = town(tmp_path, BOTH)
    found = scored_with(a, east_incubators=Decimal(1), east_area=Decimal(900), west_incubators=Decimal(1))
    # 东区 owes 2 incubators and 1 000 ㎡: 75 × 1/2 + 25 × 0.9; 西区 owes 2 incubators alone
    assert told(found) == [("east", 60, 1), ("west", 50, 2), ("trade", None, None)]
    assert [(part.indicator.id, part.ratio, part.points) for part in found[0].parts] == [
        ("incubators", Fraction(1, 2), Fraction(75, 2)),
        ("area", Fraction(9, 10), Fraction(45, 2)),
    ]


@pytest.mark.parametrize(
    ("section", "actual", "score"),
    [
        ("{of: target, cap: 1.2, weights: {孵化器: 1}}", 2, 100),
        ("{of: target, cap: 1.2, weights: {孵化器: 1}}", 3, 120),  # 1.5, capped
        ("{of: target, cap: 2, weights: {孵化器: 1}}", 3, 150),
        ("{of: target, cap: 0.8, weights: {孵化器: 1}}", 2, 80),
        ("{of: target, weights: {孵化器: 1}}", 3, 120),  # the cap where none is given
        ("{weights: {孵化器: 1}}", 1, 120),  # of the schedule, where nothing is said: 1 of 0.5
        ("{of: schedule, cap: 5, weights: {孵化器: 1}}", 1, 200),
        ("{of: target, weights: {孵化器: 1}}", 0, 0),
        ("{of: target, weights: {孵化器: 1}}", None, 0),  # nobody knows
    ],
)
def test_a_ratio_is_of_target_or_schedule_and_capped(
    tmp_path: Path, section: str, actual: int | None, score: int
) -> None:
    found = scored_with(town(tmp_path, section), west_incubators=None if actual is None else Decimal(actual))
    assert found[1].score == score


@pytest.mark.parametrize(("cap", "score"), [("1.2", 100), ("0.8", 80), ("1", 100)])
def test_a_schedule_of_nought_is_reached(tmp_path: Path, cap: str, score: int) -> None:
    quotas = "责任单位,指标,目标,2017\n西区,孵化器,2,0\n"  # nothing is asked before 2018
    a = town(tmp_path, f"{{of: schedule, cap: {cap}, weights: {{孵化器: 1}}}}", quotas)
    assert scored_with(a, west_incubators=Decimal(0))[1].score == score
    assert scored_with(a, west_incubators=None)[1].score == 0


def test_deductions_are_taken_off_and_never_below_nothing(tmp_path: Path) -> None:
    a = town(tmp_path, "{of: target, weights: {孵化器: 1}, deductions: {late: 2, missing: 5, error: 0.5, overdue: 0}}")
    counts = {
        "east": {"late": 1, "error": 3, "overdue": 7},
        "west": {"missing": 2},
        "trade": {"missing": 1},
    }
    found = scored_with(a, counts, east_incubators=Decimal(2), west_incubators=Decimal("0.1"))
    assert told(found) == [("east", 96.5, 1), ("west", 0, 2), ("trade", None, None)]
    assert [(d.what, d.times, d.points) for d in found[0].deductions] == [("late", 1, 2), ("error", 3, Fraction(3, 2))]
    assert [(d.what, d.times, d.points) for d in found[2].deductions] == [("missing", 1, 5)]


@pytest.mark.parametrize(
    ("east", "west", "ranks"),
    [
        ("1", "1", [1, 1]),
        ("1", "1.0001", [2, 1]),
        ("1.000001", "1", [1, 2]),  # 50.00005 shows as 50.0001
        ("1.0000009", "1", [1, 1]),  # 50.000045 shows as 50.0000
    ],
)
def test_equals_as_they_are_shown_share_a_rank(tmp_path: Path, east: str, west: str, ranks: list[int]) -> None:
    a = town(tmp_path, "{of: target, weights: {孵化器: 1}}")
    found = scored_with(a, east_incubators=Decimal(east), west_incubators=Decimal(west))
    assert [row.rank for row in found[:2]] == ranks


def test_units_are_ranked_among_their_kind(tmp_path: Path) -> None:
    quotas = "责任单位,指标,目标\n东区,孵化器,2\n西区,孵化器,2\n商务局,孵化器,2\n"
    a = town(tmp_path, "{of: target, weights: {孵化器: 1}}", quotas)
    found = scored_with(a, east_incubators=Decimal(2), west_incubators=Decimal(0), trade_incubators=Decimal(1))
    assert told(found) == [("east", 100, 1), ("west", 0, 2), ("trade", 50, 1)]


def test_after_two_firsts_comes_a_third(tmp_path: Path) -> None:
    plan = TOWN.replace(
        "units:\n",
        "units:\n  - {id: north, kind: district, name: {zh: 北区}}\n  - {id: south, kind: district, name: {zh: 南区}}\n",
    )
    quotas = "责任单位,指标,目标\n" + "".join(f"{unit},孵化器,2\n" for unit in ("北区", "南区", "东区", "西区"))
    returns = {"2017Q2/东区.csv": "报告类型,零报告\n"}
    section = "score: {of: target, weights: {孵化器: 1}}\n"
    a = settle(tmp_path, plan=plan + section, quotas=quotas, returns=returns)
    found = scored_with(
        a,
        north_incubators=Decimal(2),
        south_incubators=Decimal(1),
        east_incubators=Decimal(2),
        west_incubators=Decimal(0),
    )
    assert told(found)[:4] == [("north", 100, 1), ("south", 50, 3), ("east", 100, 1), ("west", 0, 4)]


def test_a_weight_is_of_an_indicator_by_id_or_name(tmp_path: Path) -> None:
    a = town(tmp_path, "{of: target, weights: {incubators: 1, graduates: 4}}")  # nobody owes graduates
    assert told(scored_with(a, east_incubators=Decimal(1))) == [("east", 50, 1), ("west", 0, 2), ("trade", None, None)]
