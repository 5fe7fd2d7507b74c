"""The plan's records: the notice as data (contract 1, targets.yaml; notice sections three and four).

Plain and frozen: what `plan.validate` makes of the files once every mistake is ruled out, and what the rest of the
program works on. `PlanFile` repeats the YAML file; `Plan` is the whole with the quota table resolved.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from mdj_plan.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from pathlib import Path

    from mdj_plan.names import Words
    from mdj_plan.period import Period

Scope = Literal["city", "district", "department"]


class Head(NamedTuple):
    """What the plan is and how long it runs. `language` is that of the files made for the meeting."""

    id: str
    title: Words
    document: str | None
    start: Period
    end: Period
    language: Literal["zh", "en"]


class Group(NamedTuple):
    """A name for units that share it; a quota row for a group holds for each of its participating units."""

    id: str
    name: Words
    note: str | None


class Unit(NamedTuple):
    """A reporting unit: a district (县市区 or zone) or a department.

    A unit with `participates` False owes nothing and is not measured. `lies_in_districts`: its claims may name a
    district as 所在地区 and still credit the unit alone. `members` may each report for their part.
    """

    id: str
    kind: Literal["district", "department"]
    group: str | None
    code: str | None
    name: Words
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    participates: bool
    lies_in_districts: bool
    focus: str | None
    clause: str | None
    note: str | None


@dataclass(frozen=True)
class Indicator:
    """What is measured: a count of facilities or a sum of one field, over those that `where` admits.

    Stock unless `over` is ``plan``: a flow, added up since the plan's start. `unit` is the measure unit (家, 户, ㎡).
    """

    id: str
    name: Words
    unit: str
    count: Literal["facilities"] | None
    sum: str | None
    where: Mapping[str, str | tuple[str, ...]]
    over: Literal["plan"] | None
    note: str | None

    @property
    def whole(self) -> bool:
        """Whether its figures are whole numbers: counts, and sums of integer fields (contract 2)."""
        return self.sum is None or FIELDS[self.sum].type == "whole"

    @property
    def flow(self) -> bool:
        """Whether it is added up over the periods since the plan's start."""
        return self.over == "plan"


class CityTarget(NamedTuple):
    """A target of the whole city as the file states it; `milestones` are values due earlier, by period."""

    indicator: str
    value: Decimal
    due: Period | None
    baseline: Decimal
    milestones: Mapping[Period, Decimal]
    clause: str | None
    note: str | None


class Duty(NamedTuple):
    """What a unit owes without a number; `measure` says what its progress figure counts."""

    id: str
    unit: str
    name: Words
    measure: str | None
    clause: str | None
    note: str | None


class Band(NamedTuple):
    """A status from a lag upwards, in percentage points: `from_` includes the number, `over` does not."""

    status: str
    from_: Decimal | None
    over: Decimal | None
    colour: str | None
    name: Words | None

    @property
    def floor(self) -> Decimal:
        """The lag at which the band begins."""
        floor = self.over if self.from_ is None else self.from_
        assert floor is not None  # noqa: S101 - `plan.validate` has refused a band with neither
        return floor


class PlanFile(NamedTuple):
    """What targets.yaml says, defaults filled in."""

    plan: Head
    quotas: str | None
    submissions: str
    register_: str | None
    receipts: str | None
    headers: str | None
    due_days: int
    name_prefixes: tuple[str, ...]
    unit_suffixes: tuple[str, ...]
    groups: tuple[Group, ...]
    units: tuple[Unit, ...]
    indicators: tuple[Indicator, ...]
    targets: tuple[CityTarget, ...]
    duties: tuple[Duty, ...]
    bands: tuple[Band, ...]


class Source(NamedTuple):
    """Where in the plan's files something stands: file name, sheet (None for text), cell or ``line:column``."""

    file: str
    sheet: str | None
    cell: str


class Target(NamedTuple):
    """A value owed on an indicator: by the city (`unit` None) or, as a quota, by one unit.

    `baseline` is the value at the plan's start; `milestones` are (period, value at its end), in order of time.
    `since` is the first period of a revision, None for the original (contract 5.2).
    """

    unit: str | None
    indicator: str
    value: Decimal
    due: Period
    baseline: Decimal
    milestones: tuple[tuple[Period, Decimal], ...]
    clause: str | None
    note: str | None
    source: Source
    since: Period | None = None


@dataclass(frozen=True)
class Plan:
    """The loaded plan. `targets` holds the city's targets, then the quotas, as written (also of units outside)."""

    file: PlanFile
    path: Path
    targets: tuple[Target, ...]
    repeated: tuple[Target, ...] = ()

    @property
    def start(self) -> Period:
        """The first period."""
        return self.file.plan.start

    @property
    def end(self) -> Period:
        """The last period."""
        return self.file.plan.end

    @property
    def language(self) -> str:
        """The language of files made for the meeting."""
        return self.file.plan.language

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Every unit by id, in the plan's order."""
        return {unit.id: unit for unit in self.file.units}

    @cached_property
    def participants(self) -> tuple[Unit, ...]:
        """The units that take part: districts, then departments, each in the plan's order."""
        taking_part = [unit for unit in self.file.units if unit.participates]
        return tuple(sorted(taking_part, key=lambda unit: unit.kind != "district"))

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by id, in the plan's order."""
        return {indicator.id: indicator for indicator in self.file.indicators}

    @cached_property
    def outside(self) -> frozenset[str]:
        """Ids of the units that do not take part."""
        return frozenset(unit.id for unit in self.file.units if not unit.participates)

    @cached_property
    def owed(self) -> tuple[Target, ...]:
        """City targets and quotas of participating units, in report order: city, districts, departments."""
        rank = {None: 0} | {unit.id: i for i, unit in enumerate(self.participants, 1)}
        order = {indicator: i for i, indicator in enumerate(self.indicators)}
        rows = [target for target in self.targets if target.unit in rank]
        return tuple(sorted(rows, key=lambda target: (rank[target.unit], order[target.indicator])))

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """The duties of participating units, in the units' order."""
        rank = {unit.id: i for i, unit in enumerate(self.participants)}
        return tuple(sorted((d for d in self.file.duties if d.unit in rank), key=lambda duty: rank[duty.unit]))

    def located(self, relative: str | None, default: str) -> Path:
        """A path of the plan file, relative to the plan file's folder."""
        return (self.path.parent / (relative or default)).resolve()

    @property
    def quotas(self) -> Path | None:
        """The quota table."""
        return self.located(self.file.quotas, "") if self.file.quotas else None

    @property
    def submissions(self) -> Path:
        """The folder of returns."""
        return self.located(self.file.submissions, "../data/submissions")

    @property
    def data(self) -> Path:
        """The folder in which register, receipts and actions lie unless the plan says otherwise."""
        return self.submissions.parent

    @property
    def register(self) -> Path:
        """The file of aliases; it need not exist."""
        return self.located(self.file.register_, str(self.data / "register.csv"))

    @property
    def headers(self) -> Path | None:
        """The file of further header words."""
        return self.located(self.file.headers, "") if self.file.headers else None

    @property
    def receipts(self) -> Path:
        """The file of receipts; it need not exist."""
        return self.located(self.file.receipts, str(self.data / "receipts.csv"))

    def scope(self, unit: str | None) -> Scope:
        """Whether a target is the city's, a district's or a department's."""
        return "city" if unit is None else self.units[unit].kind
