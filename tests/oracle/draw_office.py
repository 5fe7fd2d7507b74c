"""Draws what the office keeps: decisions, criteria, the score, rewards, rules, holidays, own columns, returns sent back."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from tests.oracle.office import (
    Attempt,
    CriteriaSet,
    Criterion,
    Decision,
    Holder,
    Holidays,
    Measure,
    Office,
    Reward,
    Score,
)
from tests.oracle.world import OWN_FIELDS, Indicator, Unit, last_day, written

Chosen = TypeVar("Chosen")
SUMS = ("area_m2", "tenant_area_m2", "tenants", "graduates_total", "staff", "professional_staff", "fund_10k", "events")
RULES = {"X102": ("error", "off"), "X103": ("error", "note", "off"), "V115": ("error", "off"), "V118": ("warning",)}
REWARDS = (
    ("promoted", None),
    ("promoted", "national"),
    ("titled", "typical"),
    ("titled", None),
    ("graduated", None),
    ("opened", None),
    ("new", None),
)


@dataclass
class OfficeDrawer:
    rng: random.Random
    units: Sequence[Unit]
    groups: dict[str, str]
    start: int
    period: int

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pick(self, options: Sequence[Chosen]) -> Chosen:
        return self.rng.choice(options)

    def own(self) -> tuple[str, ...]:
        return tuple(name for name in OWN_FIELDS if self.chance(0.3))

    def office(self, own: tuple[str, ...], indicators: Sequence[Indicator], due_days: int) -> Office:
        return Office(
            attempts=tuple(self._attempts(due_days)),
            decisions=tuple(self._decisions(indicators)),
            criteria=tuple(self._set(place, own, indicators) for place in range(self.rng.randint(1, 3))),
            score=self._score(indicators) if self.chance(0.8) else None,
            rewards=tuple(
                Reward(event, Fraction(self.rng.randint(1, 200), 2), to)
                for event, to in self.rng.sample(REWARDS, self.rng.randint(0, 4))
            ),
            rules={code: self.pick(words) for code, words in RULES.items() if self.chance(0.15)},
            holidays=self._holidays(due_days) if self.chance(0.4) else None,
            timezone=self.pick(["Asia/Shanghai", "UTC", "America/New_York"]) if self.chance(0.3) else None,
            own=own,
        )

    # -- lateness ----------------------------------------------------------------------------------------------------

    def _attempts(self, due_days: int) -> Iterator[Attempt]:
        for unit in self.units:
            for quarter in range(max(self.start, self.period - 2), self.period + 1):
                if not self.chance(0.12):
                    continue
                day = last_day(quarter) + dt.timedelta(days=due_days + self.rng.randint(-14, 9))
                yield Attempt(
                    unit=unit.id,
                    period=quarter,
                    received_at=f"{day}T{self.rng.randint(0, 23):02d}:41:00+08:00",
                    original_name=f"{unit.name}{self.rng.randint(1, 9)}.csv",
                    errors=self.rng.randint(1, 9),
                    warnings=self.rng.randint(0, 9),
                    member=self.pick(["", *unit.members]),
                )

    def _holidays(self, due_days: int) -> Holidays:
        near = [
            last_day(quarter) + dt.timedelta(days=due_days + shift)
            for quarter in range(self.start, self.period + 1)
            for shift in range(8)
        ]
        closed = frozenset(day for day in near if self.chance(0.3))
        return Holidays(closed, frozenset(day for day in near if day not in closed and self.chance(0.2)))

    # -- decisions ---------------------------------------------------------------------------------------------------

    def _decisions(self, indicators: Sequence[Indicator]) -> Iterator[Decision]:
        for place in range(self.rng.choice([0, 2, 4, 8])):
            one = self._decision(f"{written(self.period)[:4]}-{place:02d}", indicators)
            yield self._spoilt(one) if self.chance(0.2) else one

    def _decision(self, number: str, indicators: Sequence[Indicator]) -> Decision:
        typed = {}
        due, completed = self._near(), self._near() if self.chance(0.4) else None
        if self.chance(0.3):
            typed["due"] = f"{due.year}年{due.month}月{due.day}日"
        indicator = self.pick(indicators) if self.chance(0.6) else None
        if indicator and self.chance(0.4):
            typed["indicator"] = indicator.name
        wanted = (
            Fraction(self.rng.choice([1, 1, 2, 3, 8, 40]), self.pick([1, 1, 1, 2]))
            if indicator and self.chance(0.6)
            else None
        )
        if wanted and indicator and indicator.whole:
            wanted = Fraction(int(wanted) + 1)
        return Decision(
            id=number,
            text=f"事项{number}",
            holders=tuple(self._holder() for _ in range(self.pick([1, 1, 2, 3]))),
            due=due,
            meeting=self._near() if self.chance(0.8) else None,
            indicator=indicator.id if indicator else None,
            wanted=wanted,
            completed=completed,
            progress="推进中" if self.chance(0.5) else None,
            typed=typed,
        )

    def _near(self) -> dt.date:
        return last_day(self.period) + dt.timedelta(days=self.rng.randint(-120, 90))

    def _holder(self) -> Holder:
        if self.chance(0.25):
            group = self.pick(list(self.groups))
            return Holder(self.pick([group, self.groups[group]]), group)
        if self.chance(0.06):
            return Holder("外地某局", None)
        unit = self.pick([one for one in self.units if one.participates or self.chance(0.5)] or list(self.units))
        return Holder(self.pick([unit.id, unit.name, *unit.aliases]), unit.id)

    def _spoilt(self, one: Decision) -> Decision:
        """A line that cannot be used: a required cell blank, a bad date, an unknown indicator, a number given twice."""
        fault = self.pick(
            ["id", "text", "holders", "due", "bad due", "bad meeting", "bad completed", "indicator", "twice"]
        )
        if fault == "twice":
            return replace(one, id=f"{written(self.period)[:4]}-00")
        if fault == "indicator":
            return replace(one, unusable=frozenset({"indicator"}), typed={**one.typed, "indicator": "某指标"})
        column = fault.split()[-1]
        word = "近期" if fault.startswith("bad") else ""
        return replace(one, unusable=frozenset({column}), typed={**one.typed, column: word})

    # -- criteria ----------------------------------------------------------------------------------------------------

    def _set(self, place: int, own: tuple[str, ...], indicators: Sequence[Indicator]) -> CriteriaSet:
        kinds = self.rng.sample(["incubator", "makerspace", "science_park"], self.rng.randint(1, 3))
        first = self.period - self.rng.randint(-1, 3) if self.chance(0.3) else None
        last = max(first or 0, self.period + self.rng.randint(-1, 3)) if self.chance(0.3) else None
        return CriteriaSet(
            id=f"set{place}",
            name=f"条件{place}",
            kinds=tuple(kinds),
            criteria=tuple(self._criterion(f"c{number}", own) for number in range(self.rng.randint(1, 5))),
            below=self.pick(["municipal", "provincial", "national", "national", None]),
            document=f"国科发〔{2010 + place}〕1号" if self.chance(0.7) else None,
            counts_for=self.pick(indicators).id if self.chance(0.7) else None,
            first=first,
            last=last,
        )

    def _criterion(self, name: str, own: tuple[str, ...]) -> Criterion:
        several = self.chance(0.25)
        measures = tuple(self._measure(own) for _ in range(self.rng.randint(1, 3) if several else 1))
        return Criterion(name, f"要求{name}", measures, any=several)

    def _measure(self, own: tuple[str, ...]) -> Measure:
        remote = self.pick([Fraction(1), Fraction(4, 5), Fraction(1, 2)])
        if self.chance(0.2):
            dates = ["founded", *(name for name in own if OWN_FIELDS[name] == "date")]
            return Measure(Fraction(self.rng.randint(6, 60)), since=self.pick(dates), remote=remote)
        fields = [*SUMS, *(name for name in own if OWN_FIELDS[name] in {"whole", "number"})]
        of = self.pick(fields)
        per = self.pick([name for name in fields if name != of]) if self.chance(0.4) else ""
        times = self.pick([Fraction(1), Fraction(10), Fraction(1000)]) if per else Fraction(1)
        if per:
            least = Fraction(self.rng.randint(1, 200), 100) * times / (100 if per.endswith("m2") else 1)
        else:
            least = Fraction(self.rng.randint(100, 3000) if of.endswith("m2") else self.rng.randint(1, 30))
        return Measure(least, of, per, times, remote, over_year=self.chance(0.25))

    def _score(self, indicators: Sequence[Indicator]) -> Score:
        weighted = [one.id for one in indicators if self.chance(0.7)] or [indicators[0].id]
        words = {"late": Fraction(2), "missing": Fraction(5), "error": Fraction(1, 2), "overdue": Fraction(1)}
        return Score(
            of=self.pick(["schedule", "target"]),
            cap=self.pick([Fraction(6, 5), Fraction(1), Fraction(4, 5), Fraction(2)]),
            weights={name: Fraction(self.rng.randint(1, 40), self.pick([1, 1, 4])) for name in weighted},
            deductions={word: points for word, points in words.items() if self.chance(0.7)},
        )
