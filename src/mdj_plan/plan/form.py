"""The shape of targets.yaml, as pydantic checks it and editors know it (contract 1; `scripts/make_schema.py`).

Stands at the door only: `record` turns what has passed into the plain records of `plan.model`, on which the rest of the
program works.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, core_schema

from mdj_plan.names import Words
from mdj_plan.period import Period
from mdj_plan.plan import model

Id = Annotated[str, StringConstraints(pattern=r"^[^\s、,，]+$")]
Named = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


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


class Form(Entry):
    """The whole of targets.yaml, schema version 1."""

    schema_: Literal[1] = Field(alias="schema")
    plan: Head
    quotas: Named | None = None
    submissions: Named
    register_: Named | None = Field(default=None, alias="register")
    receipts: Named | None = None
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


_RECORDS: dict[type[Entry], type[Any]] = {
    Head: model.Head,
    Group: model.Group,
    Unit: model.Unit,
    Indicator: model.Indicator,
    CityTarget: model.CityTarget,
    Duty: model.Duty,
    Band: model.Band,
    Form: model.PlanFile,
}


def record(form: Form) -> model.PlanFile:
    """The plain records of a plan file that has passed the door."""
    made: model.PlanFile = _plain(form)
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return Words(value.zh, value.en or "")
    if isinstance(value, Entry):
        made = _RECORDS[type(value)]
        return made(*(_plain(getattr(value, name)) for name in made.__match_args__))
    return tuple(map(_plain, value)) if type(value) is tuple else value
