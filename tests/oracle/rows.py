"""Draws the rows of a return: what is true of a facility, and how people write it down."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from tests.oracle.promise import Promise
from tests.oracle.world import CHOICES, WHOLE_FIELDS, Cell, Row, Unit

Chosen = TypeVar("Chosen")
KINDS = {"incubator": "孵化器", "makerspace": "众创空间", "science_park": "大学科技园"}
LEVELS = {"national": "国家级", "provincial": "省级", "municipal": "市级", "none": "未认定"}
TITLES = {"provincial": "省级示范", "typical": "典型示范"}
STATES = {"planned": "筹建", "building": "在建", "operating": "运营", "closed": "停运"}
CORE = [
    "name",
    "credit_code",
    "kind",
    "level",
    "demonstration",
    "region",
    "department",
    "field",
    "state",
    "area_m2",
    "tenants",
    "new_graduates",
    "graduates_total",
]
EXTRA = [
    "tenant_area_m2",
    "fund_10k",
    "staff",
    "professional_staff",
    "patent_tenants",
    "events",
    "level_document",
    "founded",
    "note",
]
NO_VALUE = ("无", "/", "—", "-", "暂无", None, None, None)
NO_NUMBER: tuple[str | int, ...] = ("约500", "50+", "3-5", "待核实", "500余", -3, "-3", "十二")
OWN_UNIT = {"tenants": "户", "new_graduates": "户", "graduates_total": "户", "area_m2": "㎡", "staff": "人"}


@dataclass(frozen=True)
class Look:
    """What of a facility changes with time."""

    state: str
    level: str
    titles: frozenset[str]
    home: Unit
    code: str
    document: str = ""


@dataclass(frozen=True)
class Site:
    """A facility as it is, quarter by quarter from the one before the plan's start."""

    name: str
    kind: str
    looks: tuple[Look, ...]
    zone: Unit | None
    member: str
    departments: tuple[Unit, ...]
    field: str
    size: int
    founded: dt.date
    alias: str = ""
    alias_kind: str = ""


class Writer:
    """Writes facilities down, as well and as badly as people do."""

    def __init__(self, rng: random.Random, promised: Promise) -> None:
        self.rng, self.promised = rng, promised

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pick(self, options: Sequence[Chosen]) -> Chosen:
        return self.rng.choice(options)

    def table(self, unit: Unit, sites: list[Site], quarter: int) -> tuple[tuple[Row, ...], dict[str, str]]:
        """The rows, and the headers that are not the template's."""
        extra = [*EXTRA, *self.promised.office.own]
        fields = CORE + [name for name in extra if self.chance(0.6)]
        in_wan = self.chance(0.1)
        written = [self._row(unit, site, quarter, fields, in_wan=in_wan) for site in sites]
        faulty = [self._faulty(unit, quarter, fields, sites, in_wan=in_wan) for _ in range(2) if self.chance(0.15)]
        rows = written + [row for row in faulty if row]
        self.rng.shuffle(rows)
        return tuple(Row(cells) for cells in self._dittos(rows)), {"area_m2": "孵化面积（万平方米）"} if in_wan else {}

    def _row(self, unit: Unit, site: Site, quarter: int, fields: list[str], *, in_wan: bool) -> dict[str, Cell]:
        alias = bool(site.alias) and self.chance(0.4)
        kind = site.alias_kind if alias else site.kind
        look = site.looks[quarter - self.promised.start + 1]
        cells = {
            "name": self._name(site.alias if alias else site.name),
            "credit_code": self._code(look.code),
            "kind": Cell(KINDS[kind], kind),
            "level": self._listed(look.level, LEVELS, wrong="区级"),
            "level_document": self._text(look.document),
            "demonstration": self._titles(look.titles),
            "region": self._region(unit, site, look.home),
            "department": self._department(unit, site),
            "field": self._text(site.field),
            "founded": self._date(site.founded),
            "note": self._text(self.pick(["甲", "乙", ""])),
            "state": Cell(STATES[look.state], look.state) if self.chance(0.93) else self._blank(),
            "own_choice": self._listed(self.pick(list(CHOICES)), CHOICES, wrong="中"),
            "own_text": self._text(self.pick(["甲", "丙 丁", ""])),
            "own_date": self._date(site.founded),
        }
        return {name: cells.get(name) or self._number(name, site.size, in_wan=in_wan) for name in fields}

    def _blank(self) -> Cell:
        return Cell(self.pick(NO_VALUE))

    def _name(self, name: str) -> Cell:
        """The same name by contract 2: other prefixes, width, case and punctuation."""
        for change in self.rng.sample(range(5), 2):
            if change == 0:
                name = self.pick(self.promised.prefixes) + name
            elif change == 1:
                name = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in name)
            elif change == 2:
                name = name.swapcase()
            elif change == 3:
                place = self.rng.randrange(3, len(name))
                name = name[:place] + self.pick(["·", " ", "（", "-"]) + name[place:]
        return Cell(name, name)

    def _code(self, code: str) -> Cell:
        if not code or self.chance(0.15):
            return self._blank()
        if self.chance(0.06):
            return Cell(code[:17] + ("0" if code[17] != "0" else "1"), None, invalid=True)
        return Cell(code, code)

    def _listed(self, value: str, words: dict[str, str], *, wrong: str) -> Cell:
        if self.chance(0.12):
            return self._blank()
        return Cell(words[value], value) if self.chance(0.95) else Cell(wrong, None, invalid=True)

    def _titles(self, titles: frozenset[str]) -> Cell:
        if not titles or self.chance(0.15):
            return self._blank()
        if self.chance(0.05):
            return Cell("国家示范", None, invalid=True)
        return Cell(self.pick(["、", ",", "，"]).join(TITLES[title] for title in sorted(titles)), titles)

    def _text(self, text: str) -> Cell:
        if not text:
            return self._blank()
        typed = self.pick([text, f" {text} ", text.replace("IT", "ＩＴ")])
        return Cell(typed, text)

    def _date(self, day: dt.date) -> Cell:
        if self.chance(0.12):
            return self._blank()
        if self.chance(0.05):
            return Cell("很久以前", None, invalid=True)
        return Cell(
            self.pick([str(day), f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}"]), day
        )

    def _unit(self, unit: Unit) -> Cell:
        return Cell(self.pick([unit.name, *unit.aliases]), unit.id)

    def _region(self, unit: Unit, site: Site, home: Unit) -> Cell:
        if unit.lies_in_districts:
            return self.pick([self._unit(home), self._unit(unit), self._blank()])
        if unit.is_district:
            return self.pick([self._unit(unit), self._blank(), self._blank()])
        places = [home, home, site.zone or home]
        return self._unit(self.pick(places)) if self.chance(0.75) else self.pick([self._blank(), _UNKNOWN])

    def _department(self, unit: Unit, site: Site) -> Cell:
        if not unit.is_district:
            return self.pick([self._unit(unit), self._blank()])
        if site.departments and self.chance(0.7):
            return self._unit(self.pick(site.departments))
        return self._blank() if self.chance(0.9) else _UNKNOWN

    def _number(self, name: str, size: int, *, in_wan: bool) -> Cell:
        if self.chance(0.08):
            return self._blank()
        if self.chance(0.04):
            return Cell(self.pick(NO_NUMBER), None, invalid=True)
        if name in WHOLE_FIELDS:
            if self.chance(0.02):
                return Cell(12.5, None, invalid=True)
            number = self.rng.randint(0, size)
            return self._written(name, number)
        tenths = self.rng.randint(500, 4000) * size // 4
        if name == "area_m2" and in_wan:
            return Cell(_decimal(Fraction(tenths, 100_000)), Fraction(tenths, 10))
        if name == "area_m2" and self.chance(0.05):
            return Cell(f"{_decimal(Fraction(tenths, 100_000))}万", Fraction(tenths, 10))
        return self._written(name, tenths / 10) if tenths % 10 else self._written(name, tenths // 10)

    def _written(self, name: str, number: float) -> Cell:
        value = Fraction(str(number))
        plain = str(number)
        forms: list[str | float] = [number, number, number, plain, f" {number:,} ", plain.translate(_FULL_WIDTH)]
        if name in OWN_UNIT:
            forms.append(plain + OWN_UNIT[name])
        return Cell(self.pick(forms), value)

    def _faulty(
        self, unit: Unit, quarter: int, fields: list[str], sites: list[Site], *, in_wan: bool
    ) -> dict[str, Cell] | None:
        """A row that does not count: without a usable name, kind or state, given twice, or another unit's."""
        if not sites:
            return None
        row = self._row(unit, self.pick(sites), quarter, fields, in_wan=in_wan)
        fault = self.pick(["name", "kind", "state", "twice", "another"])
        others = [one for one in self.promised.units if one.kind == unit.kind and one is not unit]
        if fault == "name":
            row["name"] = self._blank()
        elif fault == "kind":
            row["kind"] = self.pick([self._blank(), Cell("加速器", None, invalid=True)])
        elif fault == "state":
            row["state"] = Cell("试运行", None, invalid=True)
        elif fault == "another" and others and not unit.lies_in_districts:
            row["region" if unit.is_district else "department"] = self._unit(self.pick(others))
        return row

    def _dittos(self, rows: list[dict[str, Cell]]) -> list[dict[str, Cell]]:
        """Here and there the value above, written 同上."""
        for above, row in itertools.pairwise(rows):
            for name in ("level", "field", "tenants", "area_m2"):
                if above[name].value is not None and self.chance(0.02):
                    row[name] = Cell(self.pick(["同上", "〃"]), above[name].value)
        return rows


_UNKNOWN = Cell("外地某区", None, invalid=True)
_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


def _decimal(value: Fraction) -> str:
    """Exactly, as a person writes it."""
    places = next(places for places in range(12) if (value * 10**places).denominator == 1)
    return f"{int(value * 10**places):0{places + 1}d}"[: -places or None] + (
        f".{int(value * 10**places) % 10**places:0{places}d}" if places else ""
    )
