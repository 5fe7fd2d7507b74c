"""Draws how a world came about: what stood on file when its periods were closed, and what came or changed since."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from tests.oracle.closing import Edition
from tests.oracle.draw import draw_world
from tests.oracle.world import Return, Target, Unit, World, first_month


@dataclass(frozen=True)
class Story:
    """Editions in the order of their making; each knows the world as it was then."""

    world: World
    editions: tuple[Edition, ...]


def draw_story(seed: int) -> Story:
    """The story of that seed, always the same; its world is ``draw_world(seed)``."""
    world = draw_world(seed)
    return Story(world, tuple(Teller(random.Random(seed + 1), world).editions()))


class Teller:
    def __init__(self, rng: random.Random, world: World) -> None:
        self.rng, self.world = rng, world

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def editions(self) -> Iterator[Edition]:
        """From the earliest: each state of the archive lacks a little more than the one after it."""
        states = [self.world]
        for _ in range(self.rng.choice([0, 1, 1, 2, 2])):
            states.append(self._before(states[-1]))
        numbers: dict[int, int] = {}
        for state in reversed(states[1:]):
            for period in self._periods():
                numbers[period] = numbers.get(period, 0) + 1
                month = first_month(period) + self.rng.randint(0, 5) if self.chance(0.3) else None
                note = f"第{numbers[period]}次" if self.chance(0.5) else None
                yield Edition(state, period, month, numbers[period], note)

    def _periods(self) -> list[int]:
        """Those closed on one day, now and then one after the period asked about."""
        last = min(self.world.period + self.chance(0.15), self.world.end)
        some = list(range(max(self.world.start, last - 3), last + 1))
        return sorted(self.rng.sample(some, min(len(some), self.rng.choice([1, 1, 2]))))

    def _before(self, world: World) -> World:
        """The state before: returns had not come yet, or said other things; the plan and its tables were others."""
        returns = tuple(one for known in world.returns for one in self._earlier(known))
        earlier = replace(world, returns=returns)
        if self.chance(0.35):
            earlier = replace(earlier, targets=tuple(self._targets(world)))
        if self.chance(0.3):
            earlier = replace(earlier, register=tuple(one for one in world.register if self.chance(0.6)))
        if self.chance(0.15):
            earlier = replace(earlier, units=self._units(world))
        if self.chance(0.15):
            change = self.rng.choice(world.indicators)
            wider = tuple(replace(one, where={}) if one is change else one for one in world.indicators)
            earlier = replace(earlier, indicators=wider)
        if self.chance(0.15):
            earlier = replace(earlier, due_days=30, bands=world.bands[:1])
        return earlier

    def _earlier(self, one: Return) -> Iterator[Return]:
        share = self.rng.random()
        if share < 0.04 and len(one.rows) > 1:  # the file was changed in place since
            yield replace(one, rows=one.rows[:-1])
        elif share < 0.06:  # it was there under another name
            yield replace(one, file=one.file.replace("_", "_旧_", 1))
        elif share < 0.9:
            yield one

    def _targets(self, world: World) -> Iterator[Target]:
        """Some had another value; a target without later versions may not have been there."""
        revised = {(one.holder, one.indicator) for one in world.targets if one.since is not None}
        for place, one in enumerate(world.targets):
            lone = one.since is None and (one.holder, one.indicator) not in revised
            if lone and place and not one.milestones and self.chance(0.15):
                continue
            plain = not one.milestones and one.since is None
            yield (
                replace(one, value=one.value + Fraction(self.rng.randint(1, 3))) if plain and self.chance(0.2) else one
            )
        owed = {(one.holder, one.indicator) for one in world.targets}
        unit = self.rng.choice(world.units)
        free = [
            one.id for one in world.indicators if not owed & {(unit.id, one.id), (unit.group, one.id), ("", one.id)}
        ]
        if free:  # what the unit or the city owed then, and no longer does
            yield Target(free[0], Fraction(5), self.rng.choice(["", unit.id]))

    def _units(self, world: World) -> tuple[Unit, ...]:
        """One of the units took part, or did not."""
        district = self.rng.choice([unit for unit in world.units if unit.is_district])
        changed = tuple(
            replace(unit, participates=not unit.participates) if unit is district else unit for unit in world.units
        )
        return changed if any(unit.participates for unit in changed) else world.units
