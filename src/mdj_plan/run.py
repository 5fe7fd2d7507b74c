"""A run: from paths and wishes to an `Assessment`. What the command line and the notebook interface share."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from mdj_plan.archive.current import current_period, within
from mdj_plan.archive.dossier import read_dossier, read_exceptions, wrong_on_file
from mdj_plan.archive.exceptions import accepting
from mdj_plan.archive.holdings import read_archive
from mdj_plan.archive.identities import Identities
from mdj_plan.archive.ledger import enter
from mdj_plan.assess import assess
from mdj_plan.plan.lint import lint
from mdj_plan.plan.problems import PlanError
from mdj_plan.readings.desk import Desk
from mdj_plan.usage import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from mdj_plan.archive.dossier import Dossier
    from mdj_plan.archive.holdings import Archive
    from mdj_plan.assessment import Assessment
    from mdj_plan.findings import Finding
    from mdj_plan.period import Month, Period
    from mdj_plan.plan.criteria import CriteriaSet
    from mdj_plan.plan.model import Plan
    from mdj_plan.sent_back import SentBack


def run(
    plan: Plan,
    *,
    period: Period | None = None,
    as_of: Month | None = None,
    on: dt.date | None = None,
    all_periods: bool = False,
    candidates: bool = False,
    returned: bool = False,
    desk: Desk | None = None,
) -> Assessment:
    """Read the archive, at a desk of its own unless one is given, and assess it.

    `candidates`: against the criteria of accreditation too; `returned`: with what is wrong with returns sent back.

    Raises UsageError, PlanError, or OSError for an unreadable folder.
    """
    if not plan.submissions.is_dir():
        raise UsageError("no-submissions", path=str(plan.submissions))
    with nullcontext(desk) if desk is not None else Desk(plan) as reading:
        archive, identities, dossier = _on_file(plan, reading)
        chosen = chosen_period(plan, archive, identities, period)
        back = _sent_back(plan, archive, identities, dossier, reading, chosen) if returned else ()
    month = as_of or chosen.last_month
    if month < chosen.first_month:
        raise UsageError("as-of-before-period", as_of=str(month), period=str(chosen))
    return assess(
        plan,
        archive,
        identities,
        chosen,
        month,
        dossier=dossier,
        criteria=_criteria(plan) if candidates else (),
        on=on,
        all_periods=all_periods,
        returned=back,
    )


def _on_file(plan: Plan, reading: Desk) -> tuple[Archive, Identities, Dossier]:
    """What the office has. Raises PlanError with every mistake in the tables that it keeps itself."""
    try:
        archive, identities = read_archive(plan, reading), Identities.of(plan, reading.shelf)
        return archive, identities, read_dossier(plan, identities, reading.shelf)
    except PlanError as error:
        raise PlanError(wrong_on_file(plan) or error.problems) from None


def _sent_back(
    plan: Plan, archive: Archive, identities: Identities, dossier: Dossier, reading: Desk, period: Period
) -> tuple[SentBack, ...]:
    from mdj_plan.sent_back import sent_back  # for the few runs that write to units

    return sent_back(plan, archive, identities, dossier.exceptions, reading, period)


def findings_of_plan(plan: Plan) -> tuple[Finding, ...]:
    """What is wrong with the plan itself, those marked that the office has accepted at the period of a run.

    Returns are looked at only where something has been accepted; where none counts, the plan's start is that period.
    """
    identities = Identities.of(plan)
    exceptions = read_exceptions(plan, identities)
    return accepting(lint(plan), exceptions, _present(plan, identities) if exceptions.rows else plan.start)


def _present(plan: Plan, identities: Identities) -> Period:
    """The period of a run that is asked for none."""
    if not plan.submissions.is_dir():
        return plan.start
    with Desk(plan) as reading:
        archive = read_archive(plan, reading)
    try:
        return chosen_period(plan, archive, identities, None)
    except UsageError:
        return plan.start


def _criteria(plan: Plan) -> tuple[CriteriaSet, ...]:
    from mdj_plan.plan.read_criteria import read_criteria  # pydantic, for the few runs that show candidates

    return read_criteria(plan)


def chosen_period(plan: Plan, archive: Archive, identities: Identities, wish: Period | None) -> Period:
    """The period asked for, any of the plan's; else the latest for which a return counts. Raises UsageError."""
    if wish is not None:
        if not within(plan, wish):
            raise UsageError("period-outside-plan", period=str(wish), start=str(plan.start), end=str(plan.end))
        return wish
    latest = current_period(plan, archive)
    if latest is not None and _may_contradict(archive, latest):
        latest = current_period(plan, enter(plan, archive, identities)[1])
    if latest is None:
        raise UsageError("no-returns")
    return latest


def _may_contradict(archive: Archive, period: Period) -> bool:
    """Whether a return of the period declares no change and lists rows, so that only the ledger knows if it counts."""
    filed = (returns[period] for returns in archive.counting.values() if period in returns)
    return any(s.type == "unchanged" and s.claims for s in filed)
