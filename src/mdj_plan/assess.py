"""The whole pure program as one function: plan and returns in, `Assessment` out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan import __version__
from mdj_plan.archive.dossier import NOTHING
from mdj_plan.archive.exceptions import accepting, of_exceptions
from mdj_plan.archive.ledger import enter
from mdj_plan.assessment import Assessment
from mdj_plan.checks.case import Case
from mdj_plan.checks.rules import judge, ordered, skipped, unattributed
from mdj_plan.measure.actions import ActionState, actions, overdue
from mdj_plan.measure.actuals import Measure
from mdj_plan.measure.candidates import NO_CANDIDATES, candidates
from mdj_plan.measure.changes import Changes
from mdj_plan.measure.duties import duties
from mdj_plan.measure.gaps import gaps
from mdj_plan.measure.overlaps import overlaps
from mdj_plan.measure.reporting import CARRIED, LATE, MISSING, reporting
from mdj_plan.measure.restatements import restatements
from mdj_plan.measure.score import Counts, scores
from mdj_plan.period import span
from mdj_plan.plan.lint import lint
from mdj_plan.plan.severity import settled

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from mdj_plan.archive.dossier import Dossier
    from mdj_plan.archive.holdings import Archive
    from mdj_plan.archive.identities import Identities
    from mdj_plan.findings import Finding
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.period import Month, Period
    from mdj_plan.plan.criteria import CriteriaSet
    from mdj_plan.plan.model import Plan
    from mdj_plan.sent_back import SentBack


def assess(
    plan: Plan,
    archive: Archive,
    identities: Identities,
    period: Period,
    as_of: Month,
    *,
    dossier: Dossier = NOTHING,
    criteria: Sequence[CriteriaSet] = (),
    on: dt.date | None = None,
    all_periods: bool = False,
    returned: tuple[SentBack, ...] = (),
) -> Assessment:
    """Judge and measure the returns on file at a period, against the schedule at the month `as_of`.

    `dossier` is what the office keeps beside the returns; decisions are seen at the day `on`, by default the last of
    the month `as_of`. `criteria` are those of accreditation, for who wants to show candidates.
    """
    ledger, archive = enter(plan, archive, identities)
    measure = Measure(plan, ledger, identities)
    case = Case(plan, archive, measure, period, period, dossier.editions)
    day = on or as_of.last_day
    rows = gaps(measure, period, as_of)
    units = reporting(measure, period)
    states = actions(measure, dossier.actions.rows, rows, period, day)
    found = _found(case, dossier, states, all_periods=all_periods)
    return Assessment(
        plan=plan,
        period=period,
        as_of=as_of,
        gaps=rows,
        duties=duties(measure, period),
        units=units,
        overlaps=overlaps(measure, period),
        findings=ordered(found),
        skipped=skipped(case),
        facilities=measure.facilities(period),
        archive=archive,
        measure=measure,
        changes=Changes(measure, period.shift(-1), period),
        on=day,
        actions=states,
        candidates=candidates(measure, criteria, rows, period) if criteria else NO_CANDIDATES,
        scores=scores(plan, rows, _deducted(units, found, states, period)),
        editions=dossier.editions,
        restatements=restatements(measure, dossier.editions, period, __version__),
        all_periods=all_periods,
        returned=returned,
    )


def _found(case: Case, dossier: Dossier, states: Iterable[ActionState], *, all_periods: bool) -> list[Finding]:
    """Every finding of the period, the plan and the dossier (of other periods on request), accepted ones marked."""
    plan, period, exceptions = case.plan, case.period, dossier.exceptions
    decided = (*dossier.actions.findings, *overdue(states, {unit.id: unit.name for unit in plan.participants}))
    now = (*judge(case), *unattributed(case), *lint(plan, period), *settled(plan, decided))
    others = _of_other_periods(case) if all_periods else ()
    return [
        *accepting((*now, *others), exceptions, period),
        *settled(plan, of_exceptions(exceptions, period, now, _earlier(case))),
    ]


def _earlier(case: Case) -> Iterator[tuple[Finding, ...]]:
    """The findings of each earlier period, the latest first; worked out only as far as somebody asks."""
    first = min((case.plan.start, *case.archive.periods()))
    for period in reversed(span(first, case.period.shift(-1))):
        yield _of_other(case, period)


def _deducted(
    units: Iterable[UnitState], findings: Iterable[Finding], states: Iterable[ActionState], period: Period
) -> dict[str, Counts]:
    """What each unit is deducted for (contract 6.3), and how often."""
    late = ((state.unit.id, _DEDUCTED[state.status]) for state in units if state.status in _DEDUCTED)
    wrong = ((found.unit, "error") for found in findings if found.period == period and _is_error(found))
    overdue_ = ((state.action.unit, "overdue") for state in states if state.status == "overdue")
    counts: dict[str, Counts] = {}
    for unit, what in (*late, *wrong, *overdue_):
        of_unit = counts.setdefault(unit or "", {})
        of_unit[what] = of_unit.get(what, 0) + 1
    return counts


_DEDUCTED = {LATE: "late", MISSING: "missing", CARRIED: "missing", "returned": "missing"}
"""What a unit is deducted for by how it has reported."""


def _is_error(found: Finding) -> bool:
    """Whether a finding is deducted for: an error that nobody has accepted; that a return is out is deducted apart."""
    return found.severity == "error" and found.code != "S101" and found.accepted is None


def _of_other_periods(case: Case) -> list[Finding]:
    """The findings of every period from the plan's start to the last return; but not the run's own."""
    period, start = case.period, case.plan.start
    periods = {*span(start, period), *case.archive.periods()} - {period}
    return [found for each in sorted(periods) for found in _of_other(case, each)]


def _of_other(case: Case, period: Period) -> tuple[Finding, ...]:
    """The findings of a period that is not the run's own; nobody is out, or silent, beyond the plan and the run."""
    absent = {"S101", "P105"} if period > case.period or period < case.plan.start else set()
    return tuple(f for f in judge(case.at(period)) if f.code not in absent and f.period is not None)
