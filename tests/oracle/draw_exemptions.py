"""Draws exceptions for what was found in a world: some fit, some are for nothing, some are over, some unusable."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from tests.oracle.archive import HEADERS
from tests.oracle.exceptions import acceptable
from tests.oracle.office import Exemption
from tests.oracle.submissions import Record
from tests.oracle.world import World, name_key

FAULTS = ("code", "unit", "field", "reason", "until", "error")


def draw_exemptions(rng: random.Random, world: World, findings: Sequence[Record]) -> tuple[Exemption, ...]:
    able = [one for one in findings if acceptable(one)]
    if not able:
        return ()
    return tuple(_one(rng, world, rng.choice(able), place) for place in range(rng.randint(0, 8)))


def _one(rng: random.Random, world: World, finding: Record, place: int) -> Exemption:
    facility = finding["facility"] if rng.random() < 0.6 else None
    if facility and rng.random() < 0.5:
        facility = _renamed(rng, world, facility)
    unit = finding["unit"] if rng.random() < 0.7 else None
    one = Exemption(
        code=finding["code"],
        until=world.period + rng.choice([-2, -1, 0, 0, 1, 4]),
        reason=f"理由{place}",
        unit=unit,
        facility=facility,
        field=finding["field"] if rng.random() < 0.5 else None,
        by="示例主任" if rng.random() < 0.7 else None,
    )
    if unit and rng.random() < 0.5:
        known = next(each for each in world.units if each.id == unit)
        one = replace(one, typed={"unit": rng.choice([known.name, *known.aliases])})
    if one.field in HEADERS and rng.random() < 0.5:
        header = HEADERS[one.field]
        one = replace(one, typed={**one.typed, "field": rng.choice([header, header.partition("（")[0]])})
    if rng.random() < 0.1:
        other = rng.choice(world.units).id
        one = replace(one, unit=other, typed={})
    return _spoilt(rng, one) if rng.random() < 0.15 else one


def _renamed(rng: random.Random, world: World, name: str) -> str:
    """The same facility otherwise written, or by another name that the register knows."""
    key = name_key(name, world.prefixes)
    others = [entry.name for entry in world.register if name_key(entry.alias, world.prefixes) == key]
    return rng.choice([f"{rng.choice(world.prefixes)}（{name}）", *others])


def _spoilt(rng: random.Random, one: Exemption) -> Exemption:
    fault = rng.choice(FAULTS)
    words = {"code": "X999", "unit": "外地某区", "field": "某列", "reason": "", "until": "", "error": "V102"}
    column = "code" if fault == "error" else fault
    return replace(one, usable=False, typed={**one.typed, column: words[fault]})
