"""Draws a plan: units, indicators, targets, quotas, bands and duties of some other city."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from tests.oracle.draw_office import OfficeDrawer
from tests.oracle.office import Office
from tests.oracle.world import Band, Duty, Indicator, Target, Unit, first_month

Chosen = TypeVar("Chosen")
DISTRICTS = ("甲山区", "乙水区", "丙林县", "丁河市", "戊原县", "己岭市", "庚湖区", "辛泉县")
ZONES = (("壬光开发区", ("壬光东园", "壬光西园", "壬光南园")), ("癸阳新区", ("癸阳甲园", "癸阳乙园")))
DEPARTMENTS = ("市科委", "市农办", "市商务办", "团委", "妇联", "市财办")
COUNTABLE: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {"kind": ("incubator", "science_park")},
    {"kind": ("makerspace",)},
    {"kind": ("incubator",), "level": ("national", "provincial")},
    {"level": ("none",)},
    {"demonstration": ("typical",)},
    {"demonstration": ("provincial", "typical"), "kind": ("incubator",)},
    {"field": ("农业", "IT 软件")},
    {"field": ("ＩＴ 软件",)},
    {"state": ("operating", "building")},
    {"note": ("甲",)},
)
SUMMED = (
    ("area_m2", "㎡", False),
    ("tenants", "户", False),
    ("tenant_area_m2", "㎡", False),
    ("fund_10k", "万元", False),
    ("area_m2", "万平方米", False),
    ("fund_10k", "亿元", True),
    ("staff", "人", False),
    ("professional_staff", "人", False),
    ("new_graduates", "户", True),
    ("new_graduates", "户", True),
    ("events", "场次", True),
    ("fund_10k", "万元", True),
    ("new_graduates", "户", False),
    ("own_whole", "户", False),
    ("own_whole", "户", True),
    ("own_number", "万元", False),
)


@dataclass(frozen=True)
class Promise:
    start: int
    end: int
    period: int
    as_of: int | None
    units: tuple[Unit, ...]
    groups: dict[str, str]
    indicators: tuple[Indicator, ...]
    targets: tuple[Target, ...]
    bands: tuple[Band, ...]
    duties: tuple[Duty, ...]
    prefixes: tuple[str, ...]
    due_days: int
    office: Office


def promise(rng: random.Random) -> Promise:
    start = rng.randint(2013, 2023) * 4 + rng.randrange(4)
    end = start + rng.randint(1, 13)
    period = min(start + rng.randint(0, 7), end)
    units = _units(rng)
    groups = {"county": "各县区", "zone": "各园区", "builder": "有关部门"}
    drawer = OfficeDrawer(rng, units, groups, start, period)
    own = drawer.own()
    indicators = _indicators(rng, units, own)
    due_days = rng.choice([10, 15, 20])
    return Promise(
        start=start,
        end=end,
        period=period,
        as_of=first_month(period) + rng.randint(0, 7) if rng.random() < 0.5 else None,
        units=units,
        groups=groups,
        indicators=indicators,
        targets=_targets(rng, units, indicators, start, end),
        bands=_bands(rng),
        duties=_duties(rng, units),
        prefixes=("示例省", "示例省示例市", "示例市"),
        due_days=due_days,
        office=drawer.office(own, indicators, due_days),
    )


def _units(rng: random.Random) -> tuple[Unit, ...]:
    districts = [
        Unit(
            f"d{place}",
            "district",
            name,
            f"District {place}",
            "county",
            (name[:2],),
            participates=rng.random() < 0.88,
            remote=rng.random() < 0.3,
        )
        for place, name in enumerate(rng.sample(DISTRICTS, rng.randint(3, 8)))
    ]
    zones = [
        Unit(f"z{place}", "district", name, f"Zone {place}", "zone", (name[:2],), True, members[: rng.randint(0, 3)])
        for place, (name, members) in enumerate(ZONES[: rng.choice([0, 1, 1, 2])])
    ]
    departments = [
        Unit(
            id=f"m{place}",
            kind="department",
            name=name,
            english=f"Office {place}",
            group=rng.choice(["builder", "builder", ""]),
            aliases=(f"{name}办",),
            participates=place == 0 or rng.random() < 0.93,
        )
        for place, name in enumerate(rng.sample(DEPARTMENTS, rng.randint(1, 6)))
    ]
    if rng.random() < 0.5:
        districts.insert(rng.randint(0, len(districts)), zones.pop()) if zones else None
    units = [*districts, *zones, *departments]
    if rng.random() < 0.2:
        rng.shuffle(units)
    if not any(unit.participates for unit in units if unit.is_district):
        units[0] = Unit("d99", "district", "子虚区", "Nowhere", "county")
    return tuple(units)


def _indicators(rng: random.Random, units: Sequence[Unit], own: tuple[str, ...]) -> tuple[Indicator, ...]:
    summable = [one for one in SUMMED if one[0] in own or not one[0].startswith("own_")]
    districts = tuple(unit.id for unit in units if unit.is_district)
    departments = tuple(unit.id for unit in units if not unit.is_district)
    found = []
    for place in range(rng.randint(2, 7)):
        where = dict(rng.choice(COUNTABLE))
        if "own_choice" in own and rng.random() < 0.2:
            where["own_choice"] = ("high",)
        if rng.random() < 0.08:
            where["region"] = tuple(rng.sample(districts, 2))
        if rng.random() < 0.08:
            where["department"] = (rng.choice(departments),)
        if rng.random() < 0.5:
            found.append(Indicator(f"i{place}", f"指标{place}", f"Indicator {place}", "家", where=where))
            continue
        summed, measure, flow = rng.choice(summable)
        if rng.random() < 0.6:
            where = {}
        found.append(Indicator(f"i{place}", f"指标{place}", f"Indicator {place}", measure, summed, flow, where))
    return tuple(found)


def _targets(
    rng: random.Random, units: Sequence[Unit], indicators: Sequence[Indicator], start: int, end: int
) -> tuple[Target, ...]:
    found = []
    for indicator in indicators:
        if rng.random() < 0.75:
            found.append(_target(rng, indicator, "", start, end))
        groups = {unit.group for unit in units if unit.group} if rng.random() < 0.4 else set()
        for group in sorted(groups):
            found.append(_target(rng, indicator, group, start, end))
        for unit in units:
            if unit.group not in groups and rng.random() < 0.35:
                found.append(_target(rng, indicator, unit.id, start, end))
    found = found or [_target(rng, indicators[0], "", start, end)]
    for unit in units:  # a row of its own beside its group's
        covered = [one for one in found if one.holder and one.holder == unit.group]
        found += [replace(one, value=one.value + 1, holder=unit.id) for one in covered if rng.random() < 0.06]
    later = [one for original in found for one in _revisions(rng, original, start, end)]
    rng.shuffle(later)
    return (*found, *later)


def _revisions(rng: random.Random, original: Target, start: int, end: int) -> Iterator[Target]:
    """Later versions of a target: raised, lowered or put off; each says when it is due, but for the city's."""
    if rng.random() < 0.6:
        return
    due = end if original.due is None else original.due
    between = range(start + 1, end + 1)
    for since in sorted(rng.sample(between, min(len(between), rng.choice([1, 1, 2, 3])))):
        value = original.value * rng.choice([1, 2, 3, 4, 6]) / 2
        value = Fraction(math.ceil(value)) if original.value.denominator == 1 else value
        wish = max(since, due + rng.randint(-2, 3))
        stated = bool(original.holder) or wish < since or due < since or rng.random() < 0.5
        due = wish if stated else due
        dated = {since: value / 2} if since < due and rng.random() < 0.3 else {}
        clause = f"会议纪要{since}" if rng.random() < 0.8 else None
        yield Target(original.indicator, value, original.holder, None, due if stated else None, clause, dated, since)


def _target(rng: random.Random, indicator: Indicator, holder: str, start: int, end: int) -> Target:
    if not indicator.summed:
        value = Fraction(rng.choice([1, 1, 2, 3, 4, 5, 8]))
    elif indicator.whole:
        value = Fraction(rng.randint(1, 150))
    else:
        value = Fraction(rng.randint(1_000, 60_000), 2)
    due = None if rng.random() < 0.6 else rng.randint(start, end)
    baseline = value * rng.randint(0, 3) // 5 if rng.random() < 0.3 else None
    between = range(start, (end if due is None else due))
    quarters = sorted(rng.sample(between, min(len(between), rng.randint(1, 3)))) if rng.random() < 0.3 else []
    steps = [rng.randint(0, 10) for _ in quarters]
    steps = sorted(steps) if rng.random() < 0.9 else steps  # not rising is a finding (P103), not a refusal
    low = Fraction(baseline or 0)
    milestones = {
        quarter: Fraction(int(low + (value - low) * step / 10)) for quarter, step in zip(quarters, steps, strict=True)
    }
    clause = f"四(三){rng.randint(1, 9)}" if rng.random() < 0.8 else None
    return Target(
        indicator.id, value, holder, None if baseline is None else Fraction(baseline), due, clause, milestones
    )


def _bands(rng: random.Random) -> tuple[Band, ...]:
    names = ("trailing", "lagging", "critical", "lost")
    bounds = sorted(
        rng.sample(
            [Fraction(5), Fraction(10), Fraction(25, 2), Fraction(20), Fraction(30), Fraction(50)], rng.randint(1, 4)
        )
    )
    return tuple(
        Band(name, bound, rng.random() < 0.5, colour)
        for name, bound, colour in zip(names, bounds, ("yellow", "orange", "red", "black"), strict=False)
    )


def _duties(rng: random.Random, units: Sequence[Unit]) -> tuple[Duty, ...]:
    departments = [unit for unit in units if not unit.is_district and unit.participates]
    return tuple(
        Duty(f"duty{place}", rng.choice(departments).id, f"任务{place}", f"五{place}")
        for place in range(rng.randint(0, 3))
    )
