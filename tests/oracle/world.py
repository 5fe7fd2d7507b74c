"""A small city as plain records: its plan, its returns, and the question asked of them.

A *quarter* is an int, 4 × year + 0…3; a *month* is an int, 12 × year + 0…11. Nothing here is taken from the program.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from zoneinfo import ZoneInfo

from tests.oracle.office import Office

Value = Fraction | str | frozenset[str] | dt.date | None

WHOLE_FIELDS = frozenset(
    [
        "tenants",
        "new_graduates",
        "graduates_total",
        "staff",
        "professional_staff",
        "mentors",
        "funded_tenants",
        "patent_tenants",
        "ip_tenants",
        "workplaces",
        "teams",
        "new_firms",
        "cases",
        "events",
        "own_whole",
    ]
)
# What a sum in another measure than its field's is multiplied by.
MULTIPLES = {("area_m2", "万平方米"): Fraction(1, 10_000), ("fund_10k", "亿元"): Fraction(1, 10_000)}
# Columns that a plan may add; their types are fixed here, whether a plan has them is drawn.
OWN_FIELDS = {
    "own_whole": "whole",
    "own_number": "number",
    "own_choice": "choice",
    "own_text": "text",
    "own_date": "date",
}
CHOICES = {"high": "高", "low": "低"}
TEXT_FIELDS = frozenset({"field", "note", "level_document"})
PARTS = {
    "tenant_area_m2": "area_m2",
    "professional_staff": "staff",
    "funded_tenants": "tenants",
    "patent_tenants": "tenants",
    "ip_tenants": "tenants",
    "new_graduates": "graduates_total",
}
CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def quarter(text: str) -> int:
    """``2018Q2`` → 8073."""
    return int(text[:4]) * 4 + int(text[5]) - 1


def written(quarter_number: int) -> str:
    return f"{quarter_number // 4:04d}Q{quarter_number % 4 + 1}"


def first_month(quarter_number: int) -> int:
    return quarter_number * 3


def last_month(quarter_number: int) -> int:
    return quarter_number * 3 + 2


def month_written(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def last_day(quarter_number: int) -> dt.date:
    following = quarter_number + 1
    return dt.date(following // 4, following % 4 * 3 + 1, 1) - dt.timedelta(days=1)


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and what it means by contract 1: `value` None is blank; `invalid` is an unusable entry."""

    typed: str | int | float | None = None
    value: Value = None
    invalid: bool = False


BLANK = Cell()


@dataclass(frozen=True)
class Row:
    """One line of a facilities table, by field. A field without an entry has no column."""

    cells: Mapping[str, Cell]

    def cell(self, name: str) -> Cell:
        return self.cells.get(name, BLANK)

    def value(self, name: str) -> Value:
        return self.cell(name).value

    def word(self, name: str) -> str | None:
        value = self.value(name)
        return value if isinstance(value, str) else None

    def number(self, name: str) -> Fraction | None:
        value = self.value(name)
        return value if isinstance(value, Fraction) else None


@dataclass(frozen=True)
class DutyRow:
    duty: str
    typed: str
    progress: Cell
    status: Cell


@dataclass(frozen=True)
class Return:
    """One file. `disagrees`: its sources name different periods, so it does not count (L107).

    `named` is what the cover calls the reporter, `headers` replaces headers of the template.
    """

    unit: str
    period: int
    rows: tuple[Row, ...] = ()
    duties: tuple[DutyRow, ...] = ()
    member: str = ""
    version: int = 1
    kind: str = "normal"  # normal, nil, unchanged
    made_out: dt.date | None = None
    received_at: str | None = None
    file: str = ""
    disagrees: bool = False
    named: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    errors: int = 0
    warnings: int = 0
    author: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Unit:
    id: str
    kind: str  # district, department
    name: str
    english: str = ""
    group: str = ""
    aliases: tuple[str, ...] = ()
    lies_in_districts: bool = False
    members: tuple[str, ...] = ()
    participates: bool = True
    remote: bool = False

    @property
    def is_district(self) -> bool:
        return self.kind == "district"


@dataclass(frozen=True)
class Indicator:
    """`summed` is the field a sum adds up; blank for a count of facilities."""

    id: str
    name: str
    english: str
    measure: str
    summed: str = ""
    flow: bool = False
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        return not self.summed or self.summed in WHOLE_FIELDS


@dataclass(frozen=True)
class Target:
    """`holder` is blank for the city, else a unit's or a group's id.

    `since` is the quarter from which it revises an earlier one. `due` None: that of the one before, else the plan's end.
    """

    indicator: str
    value: Fraction
    holder: str = ""
    baseline: Fraction | None = None
    due: int | None = None
    clause: str | None = None
    milestones: Mapping[int, Fraction] = field(default_factory=dict)
    since: int | None = None


@dataclass(frozen=True)
class Duty:
    id: str
    unit: str
    name: str
    clause: str


@dataclass(frozen=True)
class Band:
    status: str
    bound: Fraction
    inclusive: bool  # from (≥) or over (>)
    colour: str

    def holds(self, lag: Fraction) -> bool:
        return lag >= self.bound if self.inclusive else lag > self.bound


@dataclass(frozen=True)
class Alias:
    """A line of the register: a claim of `alias_kind` bearing `alias` is the facility `name` of `kind`."""

    name: str
    kind: str
    alias: str
    alias_kind: str


@dataclass(frozen=True)
class World:
    start: int
    end: int
    units: tuple[Unit, ...]
    groups: Mapping[str, str]
    indicators: tuple[Indicator, ...]
    targets: tuple[Target, ...]
    bands: tuple[Band, ...]
    period: int
    as_of: int | None = None
    duties: tuple[Duty, ...] = ()
    returns: tuple[Return, ...] = ()
    register: tuple[Alias, ...] = ()
    prefixes: tuple[str, ...] = ()
    due_days: int = 15
    office: Office = field(default_factory=Office)

    def unit(self, unit_id: str) -> Unit:
        return next(unit for unit in self.units if unit.id == unit_id)

    @property
    def in_order(self) -> tuple[Unit, ...]:
        """Districts, then departments, each in the plan's order."""
        return tuple(sorted(self.units, key=lambda unit: not unit.is_district))

    @property
    def participants(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.in_order if unit.participates)

    @property
    def at_month(self) -> int:
        return last_month(self.period) if self.as_of is None else self.as_of

    def day(self, moment: str) -> dt.date:
        """The day of a receipt: as written, or in the plan's time zone."""
        zone = self.office.timezone
        return (dt.datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).date()) if zone else _written_day(moment)

    def received(self, one: Return) -> dt.date | None:
        """The receipt's date, else the 报出日期, else unknown."""
        return self.day(one.received_at) if one.received_at else one.made_out

    def due_day(self, period: int) -> dt.date:
        """So many days after the period; where the plan has holidays, the next working day."""
        day, holidays = last_day(period) + dt.timedelta(days=self.due_days), self.office.holidays
        while holidays and day not in holidays.open and (day.weekday() > 4 or day in holidays.closed):
            day += dt.timedelta(days=1)
        return day

    def owed(self, period: int) -> World:
        """The same city asked about another period, at its own last month."""
        return replace(self, period=period, as_of=None)


def _written_day(moment: str) -> dt.date:
    return dt.date.fromisoformat(moment[:10])


def folded(text: str) -> str:
    """NFKC, case folding, letters and digits only."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if unicodedata.category(letter)[0] in "LN")


def name_key(text: str, prefixes: tuple[str, ...]) -> str:
    """`folded`, then without the longest fitting prefix as long as one fits and something remains."""
    key = folded(text)
    folds = sorted(filter(None, map(folded, prefixes)), key=len, reverse=True)
    while True:
        fitting = next((fold for fold in folds if key.startswith(fold) and key != fold), None)
        if fitting is None:
            return key
        key = key[len(fitting) :]


def check_letter(first_seventeen: str) -> str:
    """The 18th character of a GB 32100 code."""
    total = sum(CODE_LETTERS.index(letter) * pow(3, place, 31) for place, letter in enumerate(first_seventeen))
    return CODE_LETTERS[-total % 31]


def organisation_digit(first_eight: str) -> str:
    """The check character of the organisation part (GB 11714)."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = -sum(int(letter, 36) * weight for letter, weight in zip(first_eight, weights, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def credit_code(number: int) -> str:
    """A valid code with an invented organisation part that begins with MAXX."""
    tail = "".join(CODE_LETTERS[number // 31**place % 31] for place in range(4))
    organisation = f"MAXX{tail}"
    code = f"91231002{organisation}{organisation_digit(organisation)}"
    return code + check_letter(code)


def is_credit_code(text: str) -> bool:
    return bool(re.fullmatch(rf"[{CODE_LETTERS}]{{18}}", text)) and check_letter(text[:17]) == text[17]
