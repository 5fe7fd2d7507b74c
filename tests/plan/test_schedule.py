"""The schedule line, figures worked out by hand from the notice: 2017-2019 is 36 months."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from mdj_plan.period import Month, Period
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.model import Source, Target
from mdj_plan.plan.schedule import in_force, months_of, quarters_left, schedule
from mdj_plan.plan.schema import schema_text

START, END = Period(2017, 1), Period(2019, 4)


def target(value: int, *, due: Period = END, baseline: int = 0, **milestones: int) -> Target:
    dated = tuple((Period.parse(name.removeprefix("at")), Decimal(v)) for name, v in milestones.items())
    return Target(None, "x", Decimal(value), due, Decimal(baseline), dated, None, None, Source("f", None, "1:1"))


@pytest.mark.parametrize(
    ("owed", "as_of", "expected"),
    [
        (target(50), "2018-06", 25),  # 18 of 36 months
        (target(4), "2018-06", 2),
        (target(1), "2019-09", Fraction(33, 36)),
        (target(50), "2017-01", Fraction(50, 36)),
        (target(50), "2016-12", 0),
        (target(50), "2019-12", 50),
        (target(50), "2021-03", 50),
        (target(50, baseline=14), "2018-06", 32),
        (target(50, baseline=14), "2016-12", 14),
        (target(50, baseline=14), "2016-06", 14),
        (target(50, at2017Q4=20), "2017-06", 10),
        (target(50, at2017Q4=20), "2017-12", 20),
        (target(50, at2017Q4=20), "2018-12", 35),  # half way from 20 to 50
        (target(12, due=Period(2017, 4)), "2017-11", 11),  # 11 months of 12
    ],
)
def test_schedule(owed: Target, as_of: str, expected: Fraction) -> None:
    assert schedule((owed,), START, Month.parse(as_of)) == expected


def revised(since: str, value: int, *, due: Period = END, **milestones: int) -> Target:
    return target(value, due=due, **milestones)._replace(since=Period.parse(since))


@pytest.mark.parametrize(
    ("versions", "as_of", "expected"),
    [
        ((target(36), revised("2018Q1", 60)), "2017-12", 12),  # the line of the version before
        ((target(50, at2017Q2=40), revised("2018Q1", 60)), "2017-03", 20),  # its milestones too: half way to 40
        ((target(50, at2017Q2=40), revised("2018Q1", 60)), "2017-09", 41),  # half way from 40 to 42
        ((target(36), revised("2018Q1", 60)), "2018-06", 24),  # from 12 to 60 in 24 months
        ((target(36), revised("2018Q1", 60, at2018Q4=48)), "2018-06", 30),  # half way from 12 to 48
        ((target(36), revised("2018Q1", 36, due=Period(2020, 4))), "2018-12", 20),  # from 12 to 36 in 36 months
        ((target(50, at2018Q4=40), revised("2018Q1", 60)), "2018-12", 40),  # the old milestone is gone: 20 to 60
        ((target(36), revised("2018Q1", 60), revised("2019Q1", 36)), "2019-06", 36),  # level: 36 already
        ((target(36), revised("2019Q1", 12)), "2019-06", 18),  # lowered: from 24 down to 12
        ((target(12, due=Period(2017, 4)), revised("2019Q1", 24)), "2018-06", 12),  # level after its own due
    ],
)
def test_a_revised_target_bends_its_line(versions: tuple[Target, ...], as_of: str, expected: Fraction) -> None:
    assert schedule(versions, START, Month.parse(as_of)) == expected


def test_the_version_in_force_is_the_latest_that_has_begun() -> None:
    versions = (target(36), revised("2018Q1", 60), revised("2019Q1", 36))
    found = [len(in_force(versions, Period.parse(p))) for p in ("2017Q4", "2018Q1", "2018Q4", "2019Q1", "2020Q1")]
    assert found == [1, 2, 2, 3, 3]


def test_months_since_the_start_are_counted_from_one() -> None:
    months = (Month(2016, 12), Month(2017, 1), Month(2018, 6), Month(2019, 12))
    assert [months_of(START, month) for month in months] == [0, 1, 18, 36]


def test_quarters_left_are_not_rounded() -> None:
    assert quarters_left(target(50), Month(2018, 6)) == 6
    assert quarters_left(target(50), Month(2018, 5)) == Fraction(19, 3)
    assert quarters_left(target(50), Month(2020, 3)) == -1


def test_the_schema_beside_the_plan_is_the_models_own() -> None:
    import runpy

    made = runpy.run_path("scripts/make_schema.py")
    for name, kind in made["SCHEMAS"].items():
        same = Path("config", name).read_text("utf-8") == schema_text(kind)
        assert same, f"config/{name} is made from what is declared: run `python scripts/make_schema.py`"
    assert Path("config/targets.yaml").read_text("utf-8").splitlines()[0].endswith("$schema=targets.schema.json")


def test_the_notice_as_data() -> None:
    plan = load_plan(Path("config/targets.yaml"))
    owed = {(t.unit, t.indicator): t.value for t in plan.owed}
    city = {indicator: int(value) for (unit, indicator), value in owed.items() if unit is None}
    assert city == {
        "national_incubators": 2,
        "national_makerspaces": 3,
        "provincial_demo_incubators": 4,
        "provincial_demo_makerspaces": 4,
        "incubators": 50,
        "makerspaces": 50,
        "area": 500_000,
        "tenants": 500,
        "new_graduates": 50,
    }
    assert {owed[unit, "incubators"] for unit in ("dongan", "dongning")} == {4}
    assert owed["zone", "makerspaces"] == 14
    assert ("suifenhe", "incubators") not in owed
    builders = [unit for unit, indicator in owed if indicator == "typical_any"]
    assert builders == ["hr", "agriculture", "commerce", "education", "industry", "union", "youth", "women"]
    assert [(d.unit, d.clause) for d in plan.duties] == [
        ("science", "四(三)4"),
        ("finance", "四(三)13"),
        ("media", "四(三)14"),
    ]
