"""Draws a random world from a seed: odd plans, odd archives, every kind of row and return the contract speaks of."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from hypothesis import strategies as st

from tests.oracle.promise import Promise, promise
from tests.oracle.rows import Look, Site, Writer
from tests.oracle.world import Alias, Cell, DutyRow, Return, Unit, World, credit_code, last_day, written

Chosen = TypeVar("Chosen")
STEMS = ("春雨", "Alpha", "云杉3D", "长桥", "WeWork", "金穗", "百川", "远航")
LEVELS = ("none", "municipal", "provincial", "national")
TITLES = ("provincial", "typical")
TAILS = {"incubator": "孵化器", "makerspace": "众创空间", "science_park": "大学科技园"}
STATES = ("planned", "building", "operating", "closed")
FIRST_STATES = (*STATES, "operating", "operating", "operating")
DUTY_STATES = {"未启动": "not_started", "进行中": "in_progress", "已完成": "done"}


def draw_world(seed: int) -> World:
    """The world of that seed, always the same."""
    rng = random.Random(seed)
    promised = promise(rng)
    scene = Scene(rng, promised)
    return World(
        start=promised.start,
        end=promised.end,
        units=promised.units,
        groups=promised.groups,
        indicators=promised.indicators,
        targets=promised.targets,
        bands=promised.bands,
        duties=promised.duties,
        period=promised.period,
        as_of=promised.as_of,
        returns=tuple(scene.returns()),
        register=scene.register,
        prefixes=promised.prefixes,
        due_days=promised.due_days,
        office=promised.office,
    )


worlds = st.integers(min_value=0, max_value=2**31).map(draw_world)


@dataclass
class Scene:
    """The facilities that are there, and the returns that speak of them."""

    rng: random.Random
    promised: Promise

    def __post_init__(self) -> None:
        self.districts = [unit for unit in self.promised.units if unit.is_district and not unit.lies_in_districts]
        self.zones = [unit for unit in self.promised.units if unit.lies_in_districts]
        self.departments = [unit for unit in self.promised.units if not unit.is_district]
        self.register: tuple[Alias, ...] = ()
        self.sites = [self._site(number) for number in range(self.rng.randint(2, 12))]
        self._namesakes()
        self.register = tuple(self._aliases())
        self.writer = Writer(self.rng, self.promised)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pick(self, options: Sequence[Chosen]) -> Chosen:
        return self.rng.choice(options)

    def _site(self, number: int) -> Site:
        kind = self.pick(["incubator", "incubator", "makerspace", "science_park"])
        zone = self.pick(self.zones) if self.zones and self.chance(0.4) else None
        departments = self.rng.sample(self.departments, self.rng.choice([0, 0, 1, 1, 2]) % (len(self.departments) + 1))
        length = self.promised.end - self.promised.start + 4  # from one quarter before to two after
        look = Look(
            state=self.pick(FIRST_STATES),
            level=self.pick(LEVELS),
            titles=frozenset(title for title in TITLES if self.chance(0.4)),
            home=self.pick(self.districts),
            code=credit_code(number * 7919 + 11) if self.chance(0.85) else "",
        )
        return Site(
            name=f"示例{self.pick(STEMS)}{TAILS[kind]}",
            kind=kind,
            looks=tuple(self._years(look, number, length)),
            zone=zone,
            member=self.pick(zone.members) if zone and zone.members else "",
            departments=tuple(departments),
            field=self.pick(["农业", "IT 软件", "综合", ""]),
            size=self.rng.randint(1, 40),
            founded=dt.date(self.promised.start // 4 - self.rng.randint(1, 4), 1, 1)
            + dt.timedelta(self.rng.randrange(365)),
        )

    def _years(self, look: Look, number: int, length: int) -> Iterator[Look]:
        """What becomes of a facility: it opens and stops, rises and falls, moves, and passes to another operator."""
        for quarter in range(length):
            yield look
            if self.chance(0.15):
                following = STATES[min(STATES.index(look.state) + 1, len(STATES) - 1)]
                look = replace(look, state=self.pick([following, following, self.pick(STATES)]))
            if self.chance(0.1):
                level = self.pick([*LEVELS, LEVELS[min(LEVELS.index(look.level) + 1, 3)]])
                look = replace(
                    look, level=level, document=f"示例〔{2010 + quarter}〕{number}号" if self.chance(0.7) else ""
                )
            if self.chance(0.07):
                look = replace(look, titles=look.titles ^ {self.pick(TITLES)})
            if self.chance(0.04):
                look = replace(look, home=self.pick(self.districts))
            if self.chance(0.04):
                look = replace(look, code=credit_code(number * 7919 + quarter * 104_729 + 11))

    def _namesakes(self) -> None:
        """Some facilities bear another's name: with another code, kind or home."""
        for place in range(1, len(self.sites)):
            if self.chance(0.15):
                other = self.sites[self.rng.randrange(place)]
                change = {"name": other.name} if self.chance(0.5) else {"name": other.name, "kind": other.kind}
                self.sites[place] = replace(self.sites[place], **change)  # type: ignore[arg-type] # both keys are texts

    def _aliases(self) -> list[Alias]:
        """Some facilities have a second name, perhaps of another kind; entered in the register or forgotten."""
        entries = []
        for place, site in enumerate(self.sites):
            if not self.chance(0.25):
                continue
            kind = self.pick([site.kind, "incubator" if site.kind == "science_park" else "science_park"])
            alias = f"示例{self.pick(STEMS)}{place}园"
            self.sites[place] = replace(site, alias=alias, alias_kind=kind)
            if self.chance(0.8):
                entries.append(Alias(site.name, site.kind, alias, kind))
        return entries

    # -- returns -----------------------------------------------------------------------------------------------------

    def returns(self) -> list[Return]:
        first = self.promised.start - self.chance(0.1)
        found: list[Return] = []
        for unit in self.promised.units:
            diligence = self.pick([0.0, 0.6, 0.9, 0.9, 1.0])
            for quarter in range(first, self.promised.period + 2):
                reporters = self._reporters(unit)
                for member in reporters:
                    if self.chance(diligence * (0.8 if member else 1)):
                        found += self._filed(unit, member, quarter, found)
        return found

    def _reporters(self, unit: Unit) -> tuple[str, ...]:
        return unit.members if unit.members and self.chance(0.6) else ("",)

    def _filed(self, unit: Unit, member: str, quarter: int, before: list[Return]) -> list[Return]:
        """One return with the versions, twins and faulty files that come with it."""
        latest = max((one.period for one in before if one.unit == unit.id), default=None)
        same_mode = any(one.unit == unit.id and one.member == member and one.period == latest for one in before)
        kind = self.pick(["normal"] * 7 + ["nil"])
        if (same_mode or (not member and self.chance(0.3))) and self.chance(0.2):
            kind = "unchanged"
        files = [self._return(unit, member, quarter, 1, kind)]
        if self.chance(0.12):
            files.append(self._return(unit, member, quarter, 2, self.pick(["normal", "normal", "nil"])))
        if self.chance(0.06):
            last = files[-1]
            twin = self._return(unit, member, quarter, last.version, "normal")
            files.append(replace(twin, file=_other_suffix(last.file)))
        elif self.chance(0.05):
            files.append(replace(self._return(unit, member, quarter, len(files) + 1, "normal"), disagrees=True))
        return files

    def _return(self, unit: Unit, member: str, quarter: int, version: int, kind: str) -> Return:
        name = member or self.pick([unit.name, unit.name, *unit.aliases])
        stem = self.pick([name, name if member else unit.id])
        suffix = f".v{version}" if version > 1 or self.chance(0.2) else ""
        file = f"{written(quarter)}/{stem}_{written(quarter)}{suffix}.{self.pick(['csv', 'csv', 'xlsx'])}"
        due = last_day(quarter) + dt.timedelta(days=self.promised.due_days)
        made_out = due + dt.timedelta(days=self.rng.randint(-12, 6)) if self.chance(0.8) else None
        received = due + dt.timedelta(days=self.rng.randint(-10, 8))
        sites = self._sites(unit, member, quarter)
        rows, headers = self.writer.table(unit, sites, quarter) if kind == "normal" else ((), {})
        return Return(
            unit=unit.id,
            period=quarter,
            rows=rows,
            duties=self._duties(unit),
            member=member,
            version=version,
            kind=kind,
            made_out=made_out,
            received_at=f"{received}T{self.rng.randint(0, 23):02d}:05:09+08:00" if self.chance(0.4) else None,
            file=file,
            named=name,
            headers=headers,
            errors=self.rng.randint(0, 2),
            warnings=self.rng.randint(0, 5),
            author=f"示例{unit.id}{quarter}{version}" if quarter % 3 else None,
            phone=f"0453-{quarter * 10 + version:07d}" if (quarter + version) % 3 else None,
        )

    def _sites(self, unit: Unit, member: str, quarter: int) -> list[Site]:
        place = quarter - self.promised.start + 1
        mine = [site for site in self.sites if self._is_of(site, site.looks[place].home, unit, member)]
        return [site for site in mine if self.chance(0.9)]

    @staticmethod
    def _is_of(site: Site, home: Unit, unit: Unit, member: str) -> bool:
        if unit.lies_in_districts:
            return site.zone is unit and (not member or site.member == member)
        return home is unit or unit in site.departments

    def _duties(self, unit: Unit) -> tuple[DutyRow, ...]:
        rows = []
        for duty in self.promised.duties:
            if duty.unit == unit.id and self.chance(0.8):
                state = self.pick(list(DUTY_STATES))
                number = self.rng.randint(0, 9)
                progress = self.pick([Cell(number, Fraction(number)), Cell(f"{number}", Fraction(number)), Cell()])
                status = Cell(state, DUTY_STATES[state]) if self.chance(0.9) else Cell()
                rows.append(DutyRow(duty.id, self.pick([duty.id, duty.name]), progress, status))
        return tuple(rows)


def _other_suffix(file: str) -> str:
    stem, _, suffix = file.rpartition(".")
    return f"{stem}.{'xlsx' if suffix == 'csv' else 'csv'}"
