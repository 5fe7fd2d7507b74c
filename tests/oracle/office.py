"""What the office keeps beside the returns: attempts, decisions, exceptions, criteria, the score, rewards, holidays."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Attempt:
    """A return that was sent back, as its receipt tells it."""

    unit: str
    period: int
    received_at: str
    original_name: str
    errors: int
    warnings: int
    member: str = ""


@dataclass(frozen=True)
class Holder:
    """Who is named in a decision: as typed, and the unit's or group's id (None: nobody of that name)."""

    typed: str
    id: str | None


@dataclass(frozen=True)
class Decision:
    """A line of actions.csv. `unusable`: the columns that hold what cannot be read; `typed` is what stands there."""

    id: str
    text: str
    holders: tuple[Holder, ...]
    due: dt.date | None
    meeting: dt.date | None = None
    indicator: str | None = None
    wanted: Fraction | None = None
    completed: dt.date | None = None
    progress: str | None = None
    unusable: frozenset[str] = frozenset()
    typed: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Exemption:
    """A line of exceptions.csv, read; `typed` replaces what would be written. None of `until`: none, or unreadable."""

    code: str
    until: int | None
    reason: str
    unit: str | None = None
    facility: str | None = None
    field: str | None = None
    by: str | None = None
    usable: bool = True
    typed: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Measure:
    """What a criterion asks: `of` ÷ `per` × `times`, or months since a date, at least so much."""

    at_least: Fraction
    of: str = ""
    per: str = ""
    times: Fraction = Fraction(1)
    remote: Fraction = Fraction(1)
    since: str = ""
    over_year: bool = False


@dataclass(frozen=True)
class Criterion:
    """One `measures` asks that; several are an `any`."""

    id: str
    name: str
    measures: tuple[Measure, ...]
    any: bool = False


@dataclass(frozen=True)
class CriteriaSet:
    id: str
    name: str
    kinds: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    below: str | None = None
    document: str | None = None
    counts_for: str | None = None
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class Score:
    of: str  # schedule, target
    cap: Fraction
    weights: Mapping[str, Fraction]
    deductions: Mapping[str, Fraction]


@dataclass(frozen=True)
class Reward:
    event: str
    amount: Fraction
    to: str | None = None


@dataclass(frozen=True)
class Holidays:
    closed: frozenset[dt.date] = frozenset()
    open: frozenset[dt.date] = frozenset()


@dataclass(frozen=True)
class Office:
    """All of it. `holidays` None: the plan has no such section, so a due day never moves."""

    attempts: tuple[Attempt, ...] = ()
    decisions: tuple[Decision, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    criteria: tuple[CriteriaSet, ...] = ()
    score: Score | None = None
    rewards: tuple[Reward, ...] = ()
    rules: Mapping[str, str] = dataclasses.field(default_factory=dict)
    holidays: Holidays | None = None
    timezone: str | None = None
    own: tuple[str, ...] = ()
