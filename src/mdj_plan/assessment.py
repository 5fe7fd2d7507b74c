"""All that is known of a period once it is assessed: what every report starts from."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from mdj_plan.archive.aside import filed
from mdj_plan.archive.closing import counting
from mdj_plan.archive.editions import NEVER_CLOSED
from mdj_plan.findings import counted
from mdj_plan.measure.candidates import NO_CANDIDATES
from mdj_plan.measure.counts import statuses
from mdj_plan.measure.gaps import NOT_URGENT
from mdj_plan.measure.lacks import lacks
from mdj_plan.measure.ranking import ranking
from mdj_plan.measure.reporting import came_for_another, reporting, stand_ins
from mdj_plan.measure.sources import sources
from mdj_plan.measure.sums import sums
from mdj_plan.measure.trend import trend
from mdj_plan.period import span
from mdj_plan.plan.schedule import schedule
from mdj_plan.records import frozen

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from mdj_plan.archive.aside import Filed
    from mdj_plan.archive.editions import Edition, Editions, Kept
    from mdj_plan.archive.holdings import Archive
    from mdj_plan.checks.rules import Skipped
    from mdj_plan.findings import Finding, Severity
    from mdj_plan.measure.actions import ActionState
    from mdj_plan.measure.actuals import Actual, Measure
    from mdj_plan.measure.candidates import Candidates
    from mdj_plan.measure.changes import Changes
    from mdj_plan.measure.derivation import Layer
    from mdj_plan.measure.duties import DutyState
    from mdj_plan.measure.gaps import Gap, Urgency
    from mdj_plan.measure.lacks import Lack
    from mdj_plan.measure.overlaps import Overlap
    from mdj_plan.measure.ranking import Ranked
    from mdj_plan.measure.register import Facility
    from mdj_plan.measure.reporting import Stale, UnitState
    from mdj_plan.measure.restatements import Restatement
    from mdj_plan.measure.score import UnitScore
    from mdj_plan.measure.sources import Source
    from mdj_plan.measure.sums import Sum
    from mdj_plan.measure.trend import Way
    from mdj_plan.period import Month, Period
    from mdj_plan.plan.model import Indicator, Plan, Scope, Unit
    from mdj_plan.sent_back import SentBack


@frozen
class Assessment:
    """Everything there is to say about a period. Frozen; reports choose and lay out, they compute nothing.

    `gaps`: one row per city target and quota of a participating unit. `duties`: one per duty. `units`: one per
    participating unit, what it has sent. `overlaps`: one per facility that several units claim. `findings`: of the
    period and the plan (of every period with `all_periods`). `facilities`: the register of the period. `actions`: one
    row each decision of the joint meeting × unit, at the day `on`. `candidates`: facilities against the criteria that
    the run was given. `scores`: one row per participating unit where the plan has the section. `changes`: what has
    happened to facilities since the period before.
    `returned`: what is wrong with returns sent back for the period, for runs that ask for it.
    `editions`: what was published; `restatements`: what of it, up to the period, is other now.
    """

    plan: Plan
    period: Period
    as_of: Month
    gaps: tuple[Gap, ...]
    duties: tuple[DutyState, ...]
    units: tuple[UnitState, ...]
    overlaps: tuple[Overlap, ...]
    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    facilities: Sequence[Facility]
    archive: Archive
    measure: Measure
    changes: Changes
    on: dt.date
    actions: tuple[ActionState, ...] = ()
    candidates: Candidates = NO_CANDIDATES
    scores: tuple[UnitScore, ...] = ()
    editions: Editions = NEVER_CLOSED
    restatements: tuple[Restatement, ...] = ()
    all_periods: bool = False
    returned: tuple[SentBack, ...] = ()

    @property
    def closed(self) -> Edition | None:
        """The latest edition of the period; None where it is not closed."""
        return self.editions.latest.get(self.period)

    @property
    def restated(self) -> bool:
        """Whether a figure of the latest edition of the period is another now."""
        return any(each.edition is self.closed and each.rows for each in self.restatements)

    @cached_property
    def trend(self) -> tuple[Way, ...]:
        """Every figure shown, period by period from the plan's start to this period (contract 5.1)."""
        shown = [(gap.target.unit, gap.indicator.id) for gap in self.gaps]
        return trend(self.measure, min(self.plan.start, self.period), self.period, shown)

    @cached_property
    def history(self) -> dict[Period, tuple[UnitState, ...]]:
        """Who had reported, period by period from the plan's start to this period; of every participating unit."""
        return {each: self.units_at(each) for each in span(self.plan.start, self.period)}

    def units_at(self, period: Period) -> tuple[UnitState, ...]:
        """Who had reported at a period, which may lie before the plan's start; of every participating unit."""
        return reporting(self.measure, period)

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """The units' figures added up beside the city's own."""
        return tuple(sums(self.measure, self.period))

    def filed(self, periods: Iterable[Period], units: frozenset[str] | None = None) -> tuple[Filed, ...]:
        """The files of some periods and of some units (None: all), and what became of them."""
        return filed(self.plan, self.archive, self.measure.ledger, periods, units)

    @cached_property
    def unusable(self) -> frozenset[str]:
        """Ids of the units from which a file of the period came and none that counts, as one or from any member."""
        return self.unusable_at(self.period)

    def unusable_at(self, period: Period) -> frozenset[str]:
        """The same at another period."""
        counting = {standing.unit for standing in self.measure.standings(period) if standing.fresh}
        came = {each.submission.unit for each in self.filed([period]) if each.submission.periods}
        return frozenset(unit for unit in came if unit is not None) - counting

    def actual(self, indicator: Indicator, owner: str | None) -> Actual:
        """The figure of a unit, or of the city (None), whether it has a target or not."""
        return self.measure.actual(owner, indicator, self.period)

    def derived(self, indicator: Indicator, owner: str | None) -> tuple[Layer, ...]:
        """The same figure taken apart."""
        from mdj_plan.measure.derivation import derive  # most runs show no figure down to its cells

        return derive(self.measure, indicator, owner, self.period)

    def stale(self, gap: Gap) -> Stale:
        """What stands in a target's figure for returns that are out."""
        return stand_ins(self.measure, gap.target.unit, gap.indicator, self.period)

    def due_at(self, gap: Gap, periods: Iterable[Period]) -> tuple[Fraction, ...]:
        """What a target's schedule asks at the end of each of some periods, also of those to come."""
        return tuple(schedule(gap.versions, self.plan.start, period.last_month) for period in periods)

    def sources(self, periods: Iterable[Period]) -> tuple[Source, ...]:
        """The returns that stand at any of some periods."""
        return sources(self.measure, periods)

    @property
    def counting(self) -> tuple[Kept, ...]:
        """The returns that count for the period or an earlier one, as an edition keeps them."""
        return counting(self.measure.ledger, self.period)

    def came_for_another(self, unit: str, member: str | None) -> tuple[dt.date, Period] | None:
        """What a reporter sent instead of the period's return: the last day, and the earlier period that it is for."""
        return came_for_another(self.measure, (unit, member), self.period)

    def lacks(self, gap: Gap) -> tuple[Lack, ...]:
        """Who is short of what, so that a target's figure is incomplete."""
        return lacks(self.measure, gap.target.unit, gap.indicator, self.period)

    @cached_property
    def behind(self) -> tuple[Gap, ...]:
        """Every gap in one of the plan's bands, gravest first, then the greatest lag."""
        return tuple(sorted((gap for gap in self.gaps if gap.in_a_band), key=lambda gap: gap.urgency))

    @cached_property
    def ranking(self) -> tuple[Ranked, ...]:
        """The districts' gaps by indicator, the best first, each with its rank."""
        return ranking(self.plan, (gap for gap in self.gaps if gap.scope == "district"))

    @property
    def recovered(self) -> tuple[Gap, ...]:
        """Every gap that was in the plan's gravest band a period ago and has caught up."""
        return tuple(gap for gap in self.gaps if gap.recovered)

    def behind_of(self, unit: str | None) -> tuple[Gap, ...]:
        """Those of one unit; of the city for None."""
        return self._behind_by_unit.get(unit, ())

    def urgency_of(self, unit: str) -> Urgency:
        """Sorts units: the one of whose targets the gravest is behind most comes first."""
        return min((gap.urgency for gap in self.behind_of(unit)), default=NOT_URGENT)

    @property
    def furthest_behind(self) -> Unit | None:
        """The unit of the gap that is behind most gravely, districts before departments; None where none is behind."""
        late = [gap for gap in self.behind if gap.unit is not None]
        return min(late, key=lambda gap: gap.scope == "department").unit if late else None

    @cached_property
    def _behind_by_unit(self) -> dict[str | None, tuple[Gap, ...]]:
        found: dict[str | None, list[Gap]] = {}
        for gap in self.behind:
            found.setdefault(gap.target.unit, []).append(gap)
        return {unit: tuple(gaps) for unit, gaps in found.items()}

    def way(self, unit: str | None, indicator: str) -> Way:
        """One figure's way; of the city for None."""
        return self._ways[unit, indicator]

    @cached_property
    def _ways(self) -> dict[tuple[str | None, str], Way]:
        return {(way.unit, way.indicator): way for way in self.trend}

    def count(self, severity: Severity) -> int:
        """How many findings of a severity are shown, those that the office has accepted left out."""
        return counted(self.findings)[severity]

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """The findings that the office has accepted."""
        return tuple(finding for finding in self.findings if finding.accepted is not None)

    @property
    def accepted_until(self) -> Period | None:
        """Until when the first of the accepted findings to end is accepted; None without any."""
        return min((each.accepted.until for each in self.accepted if each.accepted is not None), default=None)

    @cached_property
    def reported(self) -> Counter[str]:
        """How many units stand where with their return, by `UnitState.standing`."""
        return Counter(state.standing for state in self.units)

    def statuses(self, scope: Scope | None = None) -> Counter[str]:
        """How many targets there are of each status: of the city, the districts or the departments; of all for None."""
        return statuses(gap for gap in self.gaps if scope in {None, gap.scope})

    @property
    def received(self) -> int:
        """How many units have sent a return of the period that counts, in part at least."""
        return sum(state.status in {"received", "late", "partial"} for state in self.units)
