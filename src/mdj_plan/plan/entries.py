"""What targets.yaml says, declared once (contract 1, targets.yaml; 5.2, 5.5, 6.3, 6.4 for its optional sections).

The annotations are all that the door needs (`plan.door`): types, limits, how a text is read. The rest of the program
works on the same records, plain and frozen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from decimal import Decimal
from typing import Annotated, Literal

from mdj_plan.fields import Field
from mdj_plan.marks import (
    Amount,
    Day,
    Exactly,
    FirstQuarter,
    Flag,
    Id,
    Name,
    Named,
    Positive,
    Quarter,
    Some,
    Text,
    Within,
    WorkedOut,
    record,
)
from mdj_plan.measures import multiple
from mdj_plan.plan.choices import Choices
from mdj_plan.plan.settings import Setting


@record
class Head:
    """What the plan is and how long it runs. `language` is that of the files made for the meeting."""

    id: Id
    title: Name
    document: Named | None = None
    start: FirstQuarter
    end: Quarter
    language: Literal["zh", "en"] = "zh"


@record
class Office:
    """Who sends letters and circulars and answers the telephone. `reply_days`: days that a letter gives to reply."""

    name: Name | None = None
    contact: Named | None = None
    phone: Named | None = None
    signer: Named | None = None
    reply_days: Annotated[int, Within(ge=1, le=366)] | None = None


@record
class Holidays:
    """What the week does not show: weekdays that are `closed`, Saturdays and Sundays that are `open`."""

    closed: tuple[Day, ...] = ()
    open: tuple[Day, ...] = ()


@record
class Group:
    """A name for units that share it; a quota row for a group holds for each of its participating units."""

    id: Id
    name: Name
    note: Text | None = None


@record
class Unit:
    """A reporting unit: a district (县市区 or zone) or a department.

    A unit with `participates: false` owes nothing and is not measured. `lies_in_districts`: its claims may name a
    district as 所在地区 and still credit the unit alone. `members` may each report for their part. `remote` units have
    lower thresholds of accreditation where a criterion says so.
    """

    id: Id
    kind: Literal["district", "department"]
    group: Id | None = None
    code: Named | None = None
    name: Name
    aliases: tuple[Named, ...] = ()
    members: tuple[Named, ...] = ()
    participates: Flag = True
    lies_in_districts: Flag = False
    remote: Flag = False
    focus: Text | None = None
    clause: Text | None = None
    note: Text | None = None


@record
class Column:
    """A column that the plan adds to the return (contract 6.4). `measure` is the unit its figures are kept in.

    `choices` lists the words of a column of type choice: by id, or as they stand.
    """

    id: Id
    header: Named
    type: Literal["whole", "number", "text", "date", "choice"]
    measure: Named | None = None
    choices: Choices = ()
    name: Name | None = None
    note: Text | None = None


@record
class Indicator:
    """What is measured: a count of facilities or a sum of one field, over those that `where` admits.

    Stock unless `over: plan`, which adds a flow up since the plan's start. `unit` is the measure unit (家, 户, ㎡).
    `column` is what it sums and `factor` how many of the column's own unit one of `unit` makes (`over_columns`).
    """

    id: Id
    name: Name
    unit: Name
    count: Literal["facilities"] | None = None
    sum: Id | None = None
    where: Mapping[str, Text | tuple[Text, ...]] = field(default_factory=dict)
    over: Literal["plan"] | None = None
    note: Text | None = None
    column: Annotated[Field | None, WorkedOut()] = field(default=None, init=False, compare=False)
    factor: Annotated[Decimal, WorkedOut()] = field(default=Decimal(1), init=False, compare=False)

    def over_columns(self, columns: Mapping[str, Field]) -> Indicator:
        """The indicator with the column that it sums, of those of the return."""
        if self.sum is None:
            return self
        column = columns[self.sum]
        made = replace(self)
        object.__setattr__(made, "column", column)
        object.__setattr__(made, "factor", multiple(self.unit.zh, column.measure) or Decimal(1))
        return made

    @property
    def whole(self) -> bool:
        """Whether its figures are whole numbers: counts, and sums of integer fields in their own unit (contract 2)."""
        return self.sum is None or (self.column is not None and self.column.type == "whole" and self.factor == 1)

    @property
    def flow(self) -> bool:
        """Whether it is added up over the periods since the plan's start."""
        return self.over == "plan"


@record
class Revision:
    """Another value for a city target from a period on; `due` is that of the version before unless stated."""

    from_: Quarter
    value: Positive
    due: Quarter | None = None
    milestones: Mapping[Quarter, Amount] = field(default_factory=dict)
    clause: Text | None = None
    note: Text | None = None


@record
class CityTarget:
    """A target of the whole city; `milestones` are values due earlier, by period; `due` by default the plan's end."""

    indicator: Named
    value: Positive
    due: Quarter | None = None
    baseline: Amount = Decimal(0)
    milestones: Mapping[Quarter, Amount] = field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()
    clause: Text | None = None
    note: Text | None = None


@record
class Duty:
    """What a unit owes without a number; `measure` says what its progress figure counts."""

    id: Id
    unit: Id
    name: Name
    measure: Name | None = None
    clause: Text | None = None
    note: Text | None = None


@record
class Band:
    """A status from a lag upwards, in percentage points: `from` includes the number, `over` does not."""

    status: Id
    from_: Amount | None = None
    over: Amount | None = None
    colour: Named | None = None
    name: Name | None = None

    @property
    def floor(self) -> Decimal:
        """The lag at which the band begins."""
        floor = self.over if self.from_ is None else self.from_
        assert floor is not None  # noqa: S101 - the plan's door has refused a band with neither
        return floor


BANDS = (
    Band(status="behind", from_=Decimal(10), colour="yellow"),
    Band(status="seriously_behind", over=Decimal(30), colour="red"),
)
"""The bands of a plan that gives none (contract 1)."""


@record
class Reward:
    """What the city pays for an event, in 万元 (contract 5.5); `to` narrows it to what the event leads to."""

    event: Named
    to: Id | None = None
    amount: Amount
    clause: Text | None = None


@record
class Deductions:
    """Points taken off a score, each time (contract 6.3)."""

    late: Amount = Decimal(0)
    missing: Amount = Decimal(0)
    error: Amount = Decimal(0)
    overdue: Amount = Decimal(0)


@record
class Score:
    """How units are scored (contract 6.3): `weights` by indicator; a ratio `of` schedule or target, at most `cap`."""

    clause: Text | None = None
    of: Literal["schedule", "target"] = "schedule"
    cap: Positive = Decimal("1.2")
    weights: Annotated[Mapping[Named, Positive], Some()]
    deductions: Deductions = Deductions()


@record
class PlanFile:
    """The whole of targets.yaml, schema version 1. Paths are relative to the file."""

    schema_: Annotated[Literal[1], Exactly()]
    plan: Head
    quotas: Named | None = None
    submissions: Named
    register_: Named | None = None
    receipts: Named | None = None
    actions: Named | None = None
    exceptions: Named | None = None
    closed: Named | None = None
    criteria: Named | None = None
    headers: Named | None = None
    due_days: Annotated[int, Within(ge=0, le=366)] = 15
    timezone: Named | None = None
    holidays: Holidays | None = None
    office: Office = Office()
    name_prefixes: tuple[Named, ...] = ()
    unit_suffixes: tuple[Named, ...] = ()
    fields: tuple[Column, ...] = ()
    groups: tuple[Group, ...] = ()
    units: Annotated[tuple[Unit, ...], Some()]
    indicators: Annotated[tuple[Indicator, ...], Some()]
    targets: tuple[CityTarget, ...] = ()
    duties: tuple[Duty, ...] = ()
    bands: tuple[Band, ...] = BANDS
    rules: Mapping[str, Setting] = field(default_factory=dict)
    rewards: tuple[Reward, ...] = ()
    score: Score | None = None
