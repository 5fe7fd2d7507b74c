"""What a rule looks at: one period of one plan, with the returns on file and the figures' own register."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.archive.ledger import Return, sift

if TYPE_CHECKING:
    from mdj_plan.archive.holdings import Archive
    from mdj_plan.archive.ledger import Dropped, Ledger
    from mdj_plan.intake.submission import Claim, Submission
    from mdj_plan.measure.actuals import Measure
    from mdj_plan.measure.register import Facility
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan


class Filed(NamedTuple):
    """One return of the period, whether it counts or not, with its rows parted."""

    submission: Submission
    counted: tuple[Claim, ...]
    dropped: tuple[Dropped, ...]
    ret: Return | None


@dataclass(frozen=True)
class Case:
    """One period under judgement. `latest` is the period of the run: a return missing earlier is graver there."""

    plan: Plan
    archive: Archive
    measure: Measure
    period: Period
    latest: Period

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
    def fresh(self) -> frozenset[str]:
        """The files whose claims are of this period, not carried."""
        return frozenset(ret.submission.file for s in self.measure.standings(self.period) for ret in s.fresh)

    @functools.cached_property
    def facilities(self) -> list[Facility]:
        """The register of the period, carried returns included."""
        return self.measure.facilities(self.period)

    def is_fresh(self, claim: Claim) -> bool:
        """Whether a claim stands in a return of this period."""
        return claim.origin.file in self.fresh
