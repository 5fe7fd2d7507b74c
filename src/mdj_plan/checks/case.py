"""What a rule looks at, and the one way to object: a `Case` is one period of one plan, with the returns on file and
the figures' own register.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

from mdj_plan.archive.editions import NEVER_CLOSED
from mdj_plan.archive.ledger import Return, sift
from mdj_plan.checks.comparison import compared
from mdj_plan.findings import Location, finding
from mdj_plan.measure.register import OPERATING
from mdj_plan.records import NamedTuple, frozen
from mdj_plan.sheets.cells import as_typed, place

if TYPE_CHECKING:
    from decimal import Decimal

    from mdj_plan.archive.editions import Editions
    from mdj_plan.archive.holdings import Archive
    from mdj_plan.archive.ledger import Dropped, Ledger
    from mdj_plan.checks.comparison import Comparison
    from mdj_plan.findings import Argument, Finding, Severity
    from mdj_plan.intake.layout.entry import Entry
    from mdj_plan.intake.submission import Claim, Claims, DutyReport, Origin, Submission
    from mdj_plan.measure.actuals import Measure
    from mdj_plan.measure.register import Register
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan


class Filed(NamedTuple):
    """One return of the period, whether it counts or not, with its rows parted."""

    submission: Submission
    counted: Claims
    dropped: tuple[Dropped, ...]
    ret: Return | None


@frozen
class Case:
    """One period under judgement. `latest` is the period of the run: a return missing earlier is graver there.

    `editions` are the closed periods as they were published.
    """

    plan: Plan
    archive: Archive
    measure: Measure
    period: Period
    latest: Period
    editions: Editions = NEVER_CLOSED

    def at(self, period: Period) -> Case:
        """The same at another period."""
        return replace(self, period=period)

    @property
    def ledger(self) -> Ledger:
        """The returns that count."""
        return self.measure.ledger

    @functools.cached_property
    def filed(self) -> tuple[Filed, ...]:
        """Every return of the period from units of the plan, but superseded versions, in order of path."""
        return tuple(
            self._filed(s)
            for s in self.archive.submissions
            if s.period == self.period and s.file not in self.archive.superseded and s.unit not in self.plan.outside
        )

    def _filed(self, submission: Submission) -> Filed:
        unit = submission.unit
        ret = self.ledger.returns.get((unit, submission.member), {}).get(self.period) if unit else None
        if ret is not None and ret.submission.file == submission.file and submission.type != "unchanged":
            return Filed(submission, ret.claims, ret.dropped, ret)
        owner = self.plan.units[unit] if unit else None
        counted, _, dropped = sift(submission.claims, owner, self.measure.identities)
        return Filed(submission, counted, dropped, ret if ret and ret.submission.file == submission.file else None)

    @functools.cached_property
    def operating(self) -> tuple[tuple[Filed, Claims], ...]:
        """The returns that state facilities themselves (one without change only confirms others), each with the rows
        that count and are measured: in operation, in no unit outside the plan.
        """
        return tuple(
            (filed, _operating(filed.counted, self.plan.outside))
            for filed in self.filed
            if filed.submission.type == "normal"
        )

    @functools.cached_property
    def fresh_returns(self) -> tuple[Return, ...]:
        """The returns of this period that count, in the plan's order."""
        return tuple(ret for s in self.measure.standings(self.period) for ret in s.fresh)

    @functools.cached_property
    def fresh(self) -> frozenset[str]:
        """The files whose claims are of this period, not carried."""
        return frozenset(ret.submission.file for ret in self.fresh_returns)

    @functools.cached_property
    def facilities(self) -> Register:
        """The register of the period, carried returns included."""
        return self.measure.facilities(self.period)

    @functools.cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Each unit's rows beside what stood for it before."""
        return tuple(compared(self.ledger, self.measure.standings(self.period), self.period))

    @functools.cached_property
    def _owners(self) -> dict[str, str | None]:
        return {s.file: s.unit for s in self.archive.submissions}

    def limit(self, code: str, name: str) -> Decimal:
        """A rule's limit, the plan's or the rule's own."""
        return self.plan.limits[code][name]

    def of_row(
        self, code: str, claim: Claim, field: str, *, value: str | None = None, variant: str = "", **args: Argument
    ) -> Finding:
        """An objection to a field of a row: at its cell, with what stands there (or `value`), the unit whose return it
        is, and the facility, which messages may call ``{name}``.
        """
        return finding(
            code,
            claim.at(field),
            value=claim.typed(field) if value is None else value,
            unit=self._owners[claim.origin.file],
            period=self.period,
            variant=variant,
            args={"name": claim.name or ""} | args,
            facility=claim.typed("name") or claim.name,
            field=field,
        )

    def of_column(
        self, code: str, origin: Origin, field: str, *, at: Location | None = None, variant: str = "", **args: Argument
    ) -> Finding:
        """An objection to a column of a table, there or not: at its first cell, or the sheet."""
        at, unit = at or Location(origin.file, origin.sheet), self._owners[origin.file]
        return finding(code, at, unit=unit, period=self.period, variant=variant, args=args, field=field)

    def of_duty(
        self, code: str, report: DutyReport, *, value: str | None = None, variant: str = "", **args: Argument
    ) -> Finding:
        """An objection to a row of a duties table, at the duty's name, with what stands there (or `value`)."""
        at, unit = report.origin.at(report.row, "duty"), self._owners[report.origin.file]
        typed = report.typed("duty") if value is None else value
        return finding(code, at, value=typed, unit=unit, period=self.period, variant=variant, args=args)

    def of_return(
        self,
        code: str,
        submission: Submission,
        *,
        value: str | None = None,
        facility: str | None = None,
        variant: str = "",
        **args: Argument,
    ) -> Finding:
        """An objection to a return as a whole; `facility` where it is about one that has no row there."""
        unit = submission.unit
        return finding(
            code,
            submission.at,
            value=value,
            unit=unit,
            period=self.period,
            variant=variant,
            args=args,
            facility=facility,
        )

    def of_cover(
        self, code: str, submission: Submission, entry: Entry, *, variant: str = "", **args: Argument
    ) -> Finding:
        """An objection to a statement of the cover, at its cell."""
        at = place(submission.file, entry.sheet, entry.row, entry.column)
        typed, unit = as_typed(entry.value), submission.unit
        return finding(code, at, value=typed, unit=unit, period=self.period, variant=variant, args=args)

    def of_unit(
        self, code: str, owner: str, /, *, severity: Severity | None = None, variant: str = "", **args: Argument
    ) -> Finding:
        """An objection to a unit from which nothing came."""
        return finding(code, Location(), unit=owner, period=self.period, severity=severity, variant=variant, args=args)

    def is_fresh(self, claim: Claim) -> bool:
        """Whether a claim stands in a return of this period."""
        return claim.origin.file in self.fresh


def _operating(claims: Claims, outside: frozenset[str]) -> Claims:
    rows = enumerate(claims.each("state", "region"))
    return claims.without({at for at, (state, region) in rows if state not in OPERATING or region in outside})
