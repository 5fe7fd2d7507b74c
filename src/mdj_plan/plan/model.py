"""The plan's records: the notice as data (contract 1, targets.yaml; notice sections three and four).

Plain and frozen: what `plan.validate` makes of the files once every mistake is ruled out, and what the rest of the
program works on. `PlanFile` is the YAML file (`plan.entries`); `Plan` is the whole with the quota table resolved.
"""

from __future__ import annotations

import os
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mdj_plan.findings import CATALOGUE
from mdj_plan.plan.columns import columns_of
from mdj_plan.plan.entries import Band, CityTarget, Duty, Group, Head, Indicator, PlanFile, Unit
from mdj_plan.records import NamedTuple, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from mdj_plan.fields import Field
    from mdj_plan.period import Period

__all__ = [
    "Band",
    "CityTarget",
    "Duty",
    "Group",
    "Head",
    "Indicator",
    "Plan",
    "PlanFile",
    "QuotaTotal",
    "Scope",
    "Source",
    "Target",
    "Unit",
]

Scope = Literal["city", "district", "department"]


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


class QuotaTotal(NamedTuple):
    """What a 合计 row of the quota table says of an indicator, in its measure unit. `sums` are what the rows may add up
    to: over the units that take part, over all units, over the rows as typed.
    """

    indicator: str
    stated: Decimal
    sums: tuple[Decimal, ...]
    source: Source


@frozen
class Plan:
    """The loaded plan. `targets` holds the city's targets, then the quotas, as written (also of units outside).

    `revisions` are later values of some of them, in order of time (contract 5.2); `repeated` what P102 objects to;
    `totals` the 合计 rows of the quota table, which are compared and not counted (P111). `synonyms` are further header
    words for the columns of a return, by the column's id.
    """

    file: PlanFile
    path: Path
    targets: tuple[Target, ...]
    repeated: tuple[Target, ...] = ()
    revisions: tuple[Target, ...] = ()
    totals: tuple[QuotaTotal, ...] = ()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

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
        """Every indicator by id, in the plan's order, with the column that it sums."""
        return {indicator.id: indicator.over_columns(self.fields) for indicator in self.file.indicators}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The columns of a return by id: the template's, then the plan's own (contract 6.4)."""
        return columns_of(self.file.fields)

    @cached_property
    def limits(self) -> dict[str, dict[str, Decimal]]:
        """Thresholds of rules, by code and name: the plan's, else the defaults (contract 6.4)."""
        moved = {code: setting.limits for code, setting in self.file.rules.items()}
        return {code: {**rule.limits, **moved.get(code, {})} for code, rule in CATALOGUE.items() if rule.limits}

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
    def _versions(self) -> dict[tuple[str | None, str], tuple[Target, ...]]:
        found: dict[tuple[str | None, str], tuple[Target, ...]] = {(t.unit, t.indicator): (t,) for t in self.targets}
        for target in self.revisions:
            found[target.unit, target.indicator] += (target,)
        return found

    def versions(self, unit: str | None, indicator: str) -> tuple[Target, ...]:
        """The original target of a unit (None: the city) on an indicator and its revisions, in order of time."""
        return self._versions.get((unit, indicator), ())

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """The duties of participating units, in the units' order."""
        rank = {unit.id: i for i, unit in enumerate(self.participants)}
        return tuple(sorted((d for d in self.file.duties if d.unit in rank), key=lambda duty: rank[duty.unit]))

    def located(self, relative: str | None, default: str) -> Path:
        """A path of the plan file, relative to the plan file's folder.

        Where it is a link, what lies beside the link is meant, not what lies beside that to which it leads.
        """
        return Path(os.path.normpath(self.path.parent / (relative or default)))

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
        """The folder in which the office's tables lie unless the plan says otherwise."""
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

    @property
    def pending(self) -> Path:
        """The file of what came and is not settled, beside the receipts; it need not exist."""
        return self.receipts.with_name("pending.csv")

    @property
    def actions(self) -> Path:
        """The joint meeting's decisions (contract 6.1); it need not exist."""
        return self.located(self.file.actions, str(self.data / "actions.csv"))

    @property
    def exceptions(self) -> Path:
        """The accepted exceptions (contract 5.4); it need not exist."""
        return self.located(self.file.exceptions, str(self.data / "exceptions.csv"))

    @property
    def closed(self) -> Path:
        """The folder of closed periods (contract 5.3); it need not exist."""
        return self.located(self.file.closed, str(self.data / "closed"))

    @property
    def criteria(self) -> Path | None:
        """The criteria of accreditation (contract 6.2)."""
        return self.located(self.file.criteria, "") if self.file.criteria else None

    @property
    def inputs(self) -> tuple[Path, ...]:
        """All that a run reads or keeps, which no result may replace: files, and folders with what lies in them."""
        tables = (self.quotas, self.register, self.headers, self.receipts, self.pending, self.actions, self.exceptions)
        folders = (self.submissions, self.data / "returned", self.closed)
        beside = self.path.with_name("targets.schema.json")
        return tuple(each for each in (self.path, beside, self.criteria, *tables, *folders) if each is not None)

    def scope(self, unit: str | None) -> Scope:
        """Whether a target is the city's, a district's or a department's."""
        return "city" if unit is None else self.units[unit].kind
