"""The plan's records: the notice as data (contract 1, targets.yaml; notice sections three and four).

`PlanFile` is the shape of the YAML file, checked by pydantic; `Plan` is the loaded whole with the quota table resolved,
which the rest of the program uses. All of them are frozen.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, core_schema

from mdj_plan.fields import FIELDS
from mdj_plan.names import Words
from mdj_plan.period import Period

if TYPE_CHECKING:
    from pathlib import Path

Id = Annotated[str, StringConstraints(pattern=r"^[^\s、,，]+$")]
Named = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Scope = Literal["city", "district", "department"]


class _PeriodText:
    """Lets pydantic read ``2018Q2`` into a `Period`, and describe it in the JSON schema."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(Period.parse, core_schema.str_schema(strict=True))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}Q[1-4]$", "examples": ["2019Q4"]}


PeriodField = Annotated[Period, _PeriodText]
Amount = Annotated[Decimal, Field(strict=False, ge=0, allow_inf_nan=False)]


class Entry(BaseModel):
    """The common settings of every part of the plan file: frozen, no unknown keys, no silent conversion."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)


class Text(Entry):
    """A name in Chinese and, optionally, English."""

    zh: Named
    en: Named | None = None

    @cached_property
    def words(self) -> Words:
        """The same as plain words."""
        return Words(self.zh, self.en or "")


class Head(Entry):
    """What the plan is and how long it runs. `language` is that of the files made for the meeting."""

    id: Id
    title: Text
    document: Named | None = None
    start: PeriodField
    end: PeriodField
    language: Literal["zh", "en"] = "zh"


class Group(Entry):
    """A name for units that share it; a quota row for a group holds for each of its participating units."""

    id: Id
    name: Text
    note: str | None = None


class Unit(Entry):
    """A reporting unit: a district (县市区 or zone) or a department.

    A unit with `participates: false` owes nothing and is not measured. `lies_in_districts`: its claims may name a
    district as 所在地区 and still credit the unit alone. `members` may each report for their part.
    """

    id: Id
    kind: Literal["district", "department"]
    group: Id | None = None
    code: Named | None = None
    name: Text
    aliases: tuple[Named, ...] = Field(default=(), strict=False)
    members: tuple[Named, ...] = Field(default=(), strict=False)
    participates: bool = True
    lies_in_districts: bool = False
    focus: str | None = None
    clause: str | None = None
    note: str | None = None

    @property
    def words(self) -> Words:
        """The unit's name."""
        return self.name.words


class Indicator(Entry):
    """What is measured: a count of facilities or a sum of one field, over those that `where` admits.

    Stock unless `over: plan`, which adds a flow up since the plan's start. `unit` is the measure unit (家, 户, ㎡).
    """

    id: Id
    name: Text
    unit: Named
    count: Literal["facilities"] | None = None
    sum: Id | None = None
    where: dict[str, str | Annotated[tuple[str, ...], Field(strict=False)]] = Field(default_factory=dict)
    over: Literal["plan"] | None = None
    note: str | None = None

    @property
    def words(self) -> Words:
        """The indicator's name."""
        return self.name.words

    @property
    def whole(self) -> bool:
        """Whether its figures are whole numbers: counts, and sums of integer fields (contract 2)."""
        return self.sum is None or FIELDS[self.sum].type == "whole"

    @property
    def flow(self) -> bool:
        """Whether it is added up over the periods since the plan's start."""
        return self.over == "plan"


class CityTarget(Entry):
    """A target of the whole city; `milestones` are values due earlier, by period."""

    indicator: Id
    value: Annotated[Decimal, Field(strict=False, gt=0, allow_inf_nan=False)]
    due: PeriodField | None = None
    baseline: Amount = Decimal(0)
    milestones: dict[PeriodField, Amount] = Field(default_factory=dict)
    clause: str | None = None
    note: str | None = None


class Duty(Entry):
    """What a unit owes without a number; `measure` says what its progress figure counts."""

    id: Id
    unit: Id
    name: Text
    measure: str | None = None
    clause: str | None = None
    note: str | None = None


class Band(Entry):
    """A status from a lag upwards, in percentage points: `from` includes the number, `over` does not."""

    model_config = ConfigDict(populate_by_name=True)
    status: Id
    from_: Amount | None = Field(default=None, alias="from")
    over: Amount | None = None
    colour: Named | None = None
    name: Text | None = None

    @property
    def floor(self) -> Decimal:
        """The lag at which the band begins."""
        return self.from_ if self.from_ is not None else (self.over or Decimal(0))


class PlanFile(Entry):
    """The whole of targets.yaml, schema version 1."""

    schema_: Literal[1] = Field(alias="schema")
    plan: Head
    quotas: Named | None = None
    submissions: Named
    register_: Named | None = Field(default=None, alias="register")
    receipts: Named | None = None
    actions: Named | None = None
    headers: Named | None = None
    due_days: Annotated[int, Field(ge=0, le=366)] = 15
    name_prefixes: tuple[Named, ...] = Field(default=(), strict=False)
    unit_suffixes: tuple[Named, ...] = Field(default=(), strict=False)
    groups: tuple[Group, ...] = Field(default=(), strict=False)
    units: tuple[Unit, ...] = Field(min_length=1, strict=False)
    indicators: tuple[Indicator, ...] = Field(min_length=1, strict=False)
    targets: tuple[CityTarget, ...] = Field(default=(), strict=False)
    duties: tuple[Duty, ...] = Field(default=(), strict=False)
    bands: tuple[Band, ...] = Field(default=(), strict=False)


@dataclass(frozen=True, slots=True)
class Source:
    """Where in the plan's files something stands: file name, sheet (None for text), cell or ``line:column``."""

    file: str
    sheet: str | None
    cell: str


@dataclass(frozen=True, slots=True)
class Target:
    """A value owed on an indicator: by the city (`unit` None) or, as a quota, by one unit.

    `baseline` is the value at the plan's start; `milestones` are (period, value at its end), in order of time.
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
    def receipts(self) -> Path:
        """The file of receipts; it need not exist."""
        return self.located(self.file.receipts, str(self.data / "receipts.csv"))

    def scope(self, unit: str | None) -> Scope:
        """Whether a target is the city's, a district's or a department's."""
        return "city" if unit is None else self.units[unit].kind
