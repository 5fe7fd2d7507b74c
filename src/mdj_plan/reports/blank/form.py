"""What a blank return is made from, and the columns of its table of facilities, in order and by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mdj_plan.fields import ACCREDITATION, FIELDS, PARTS
from mdj_plan.measure.candidates import NO_CANDIDATES
from mdj_plan.measure.reporting import due_day
from mdj_plan.records import NamedTuple
from mdj_plan.reports.files import named_file
from mdj_plan.reports.wording import day, quarter
from mdj_plan.text import visible

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.fields import Field
    from mdj_plan.intake.submission import Claim, DutyReport
    from mdj_plan.measure.candidates import Candidate, Candidates
    from mdj_plan.messages import Messages
    from mdj_plan.names import Words
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Duty, Plan, Unit


class Head(NamedTuple):
    """A column of the form: where a figure is entered, where last quarter's stands, or where the form checks a row."""

    field: Field | None
    role: Literal["entry", "last", "check"] = "entry"


@dataclass(frozen=True)
class Form:
    """A blank return of a unit, or of one of its members, for a period.

    `claims` and `reports` are the facilities and duties of the last return, [] where there is none; `since` is its
    period. `standing` is the assessment of the period before, at the plan's start that of the period itself;
    `candidates` are facilities against the criteria in force at the form's own period.
    """

    plan: Plan
    unit: Unit
    member: str | None
    period: Period
    claims: Sequence[Claim] = ()
    duties: Sequence[Duty] = ()
    reports: Sequence[DutyReport] = ()
    standing: Assessment | None = None
    candidates: Candidates = NO_CANDIDATES
    since: Period | None = None

    @property
    def name(self) -> str:
        """The file's name: the unit's (or member's) and the period."""
        return f"{named_file(self.whose)}_{self.period}.xlsx"

    @property
    def whose(self) -> str:
        """The unit or member, as its return names it."""
        return self.member or self.unit.name.zh or self.unit.name.en

    @property
    def due(self) -> dt.date:
        """The last day on which the return is in time."""
        return due_day(self.plan, self.period)

    @property
    def duties_only(self) -> bool:
        """Whether the plan asks the unit for no figure of facilities, and it has reported none."""
        quotas = any(target.unit == self.unit.id for target in self.plan.targets)
        return bool(self.duties) and not quotas and not self.claims

    def asks(self, texts: Messages) -> str:
        """Until when and to whom: 请于2018年10月15日前报市科技局（联系人…）. Without a colon: it is no label."""
        office = self.plan.file.office
        whom = visible(texts.words(office.name)) if office.name else texts("the-office")
        named = visible(texts("circular-comma").join(filter(None, (office.contact, office.phone))))
        said = texts("blank-due", day=day(self.due, texts.language), office=whom)
        return said + (texts("blank-contact", contact=named) if named else "")

    @property
    def follows(self) -> bool:
        """Whether the last return is that of the period before, so that cumulative figures must follow from it."""
        return self.since == self.period.shift(-1)

    def headline(self, texts: Messages) -> str:
        """``东安区  2018年第三季度``."""
        return f"{visible(self.whose)}  {quarter(self.period, texts.language)}"

    def striving(self, claim: Claim) -> tuple[Candidate, ...]:
        """What a facility of the form may strive for and has not stated all that is asked."""
        return tuple(
            row
            for row in self.candidates.rows
            if row.count("unknown")
            and row.facility.values.name == claim.name
            and row.facility.values.kind == claim.kind
        )

    def wanted(self, claim: Claim) -> frozenset[str]:
        """The ids of the fields that a facility would have to state for a title."""
        details = (detail for row in self.striving(claim) for detail in row.of("unknown"))
        return frozenset(field for detail in details for field in detail.fields)


def pages(plan: Plan) -> tuple[tuple[Head, ...], tuple[Head, ...]]:
    """The columns after 序号 by page: what targets need, checks and remarks; then what is for accreditation alone."""
    summed = {indicator.sum for indicator in plan.indicators.values()}
    core: list[Head] = []
    further: list[Head] = []
    for field in plan.fields.values():
        own = field.id not in FIELDS
        if field.id != "note":
            (further if (own or field.id in ACCREDITATION) and field.id not in summed else core).extend(_heads(field))
    return (*core, Head(None, "check"), Head(plan.fields["note"])), tuple(further)


def _heads(field: Field) -> Iterator[Head]:
    yield Head(field)
    if field.numeric:
        yield Head(field, "last")


def places(heads: Sequence[Head]) -> dict[tuple[str, str], int]:
    """The column of each field's entry and of last quarter's figure, by id and role, counted from 0; 序号 is 0."""
    return {(head.field.id, head.role): at for at, head in enumerate(heads, 1) if head.field is not None}


def parts(at: Mapping[tuple[str, str], int]) -> tuple[tuple[str, str], ...]:
    """Part and whole, of those that the form has."""
    return tuple(pair for pair in PARTS if all((name, "entry") in at for name in pair))


def name_of(field: Field, texts: Messages) -> str:
    """A column's name in running text: without its measure unit in Chinese, as declared in English."""
    words: Words = field.label
    return visible(field.header if texts.language == "zh" else texts.words(words))
