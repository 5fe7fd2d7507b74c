"""A unit's return for one period, as records: claims and duty reports, each value with its address.

Frozen and plain: what `reading` makes of a file, and what everything after intake works on.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.findings import Location
from mdj_plan.intake.cells import as_typed, place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mdj_plan.findings import Finding
    from mdj_plan.intake.cells import Cell
    from mdj_plan.intake.layout.cover import Entry
    from mdj_plan.period import Period

Value = str | int | Decimal | dt.date | tuple[str, ...] | None


class Origin(NamedTuple):
    """The table that rows came from: file (relative to the submissions folder), sheet, column of each field.

    `rows` are the sheet's, as they were read: what was typed is looked up there by the few findings that show it.
    """

    file: str
    sheet: str | None
    columns: Mapping[str, int]
    rows: Sequence[Sequence[Cell]] = ()

    def at(self, row: int, field: str) -> Location:
        """The cell of a field in a row counted from 0; without a cell where the table lacks the column."""
        return place(self.file, self.sheet, row, self.columns.get(field, -1))

    def typed(self, row: int, field: str) -> str:
        """What stands in that cell, as a person sees it; "" where it is empty or part of a merged range."""
        column = self.columns.get(field)
        if column is None:
            return ""
        cells = self.rows[row] if row < len(self.rows) else ()
        return as_typed(cells[column]) if column < len(cells) else ""


class Claim(NamedTuple):
    """One row: "this facility counts for me". Contract 1, table of fields; None is blank, or unusable when in `flaws`.

    Areas in ㎡, the fund in 10 000 yuan, everything else in pieces. `demonstration` is a tuple in the template's order,
    `region` and `department` are unit ids, `row` counts from 0.
    """

    origin: Origin
    row: int
    flaws: frozenset[str]
    name: str | None = None
    credit_code: str | None = None
    kind: str | None = None
    level: str | None = None
    level_document: str | None = None
    demonstration: tuple[str, ...] | None = None
    region: str | None = None
    department: str | None = None
    field: str | None = None
    founded: dt.date | None = None
    state: str | None = None
    area_m2: Decimal | None = None
    tenant_area_m2: Decimal | None = None
    tenants: int | None = None
    new_graduates: int | None = None
    graduates_total: int | None = None
    fund_10k: Decimal | None = None
    staff: int | None = None
    professional_staff: int | None = None
    mentors: int | None = None
    funded_tenants: int | None = None
    patent_tenants: int | None = None
    ip_tenants: int | None = None
    workplaces: int | None = None
    teams: int | None = None
    new_firms: int | None = None
    cases: int | None = None
    events: int | None = None
    note: str | None = None

    @property
    def usable(self) -> bool:
        """Whether the row has a name, a kind and a state that can be used (contract 2); a blank state can."""
        return self.name is not None and self.kind is not None and "state" not in self.flaws

    def at(self, field: str) -> Location:
        """The address of a field's cell."""
        return self.origin.at(self.row, field)

    def typed(self, field: str) -> str:
        """What stands in a field's cell, as a person sees it: 1.2万, 同上, 无."""
        return self.origin.typed(self.row, field)


class DutyReport(NamedTuple):
    """One row of the duties table. `duty` is the duty's id, `typed` what stands there for it; `progress` is this
    quarter's figure, None when blank.
    """

    origin: Origin
    row: int
    duty: str | None
    progress: Decimal | None
    status: str | None
    evidence: str | None = None
    remark: str | None = None
    typed: str = ""


class Dated(NamedTuple):
    """A day that the cover states: `what` is cutoff or reported; and where, as it is typed there."""

    what: str
    day: dt.date
    entry: Entry


class Submission(NamedTuple):
    """One file: a unit's (or a member's) return for a period, in one version.

    `unit` and `period` are None where no source names them. `type` is normal, nil or unchanged. `claims` holds every
    row, counted or not. `received` is the receipt's date, else the cover's 报出日期, else None. `readable` is False
    where the return cannot count, whatever other files say (contract 1); its findings say why. `periods` are all
    periods that its sources name. `declared` is the cover's statement of the type, where there is one; `dated` the days
    that it states.
    """

    file: str
    unit: str | None = None
    member: str | None = None
    period: Period | None = None
    version: int = 1
    type: str = "normal"
    claims: tuple[Claim, ...] = ()
    duties: tuple[DutyReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    readable: bool = False
    received: dt.date | None = None
    cutoff: dt.date | None = None
    periods: frozenset[Period] = frozenset()
    sha256: str = ""
    declared: Entry | None = None
    dated: tuple[Dated, ...] = ()

    @property
    def at(self) -> Location:
        """The file as a whole."""
        return Location(self.file)
