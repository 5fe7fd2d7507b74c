"""`mdj-plan template`: blank returns, prefilled from the last one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.inputs import refuse_inputs
from mdj_plan.cli.meant import period_of
from mdj_plan.cli.options import Asked
from mdj_plan.names import listed
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.archive.holdings import Archive
    from mdj_plan.archive.identities import Identities
    from mdj_plan.archive.ledger import Return
    from mdj_plan.assessment import Assessment
    from mdj_plan.intake.submission import Claim, DutyReport
    from mdj_plan.measure.candidates import Candidates
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan
    from mdj_plan.reports.blank.form import Form


ASKS = ("unit",)


def template(
    asked: Asked,
    *,
    everybody: Annotated[bool, typer.Option("--all", help="template-everybody")] = False,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="2018Q3",
            help="template-period",
        ),
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="template-output")] = Path(),
    force: Annotated[
        bool,
        typer.Option("--force", help="template-force"),
    ] = False,
) -> int:
    """Write one workbook per unit, or per member where the members reported singly; all of them or none.

    In the plan's language, or in that of ``--lang``. A file of that name may be a return that somebody has filled in:
    it is overwritten only with `force`.
    """
    from mdj_plan.messages import messages
    from mdj_plan.reports.blank.workbook import blank_return
    from mdj_plan.reports.files import write_whole
    from mdj_plan.usage import UsageError

    loaded, units = asked.loaded, asked.units
    if units is None and not everybody:
        raise UsageError("template-whose")
    shelf, wanted = _on_file(asked, period_of(period))
    if wanted > loaded.end:
        raise UsageError("template-after-the-end", period=str(wanted), end=str(loaded.end))
    forms = list(shelf.forms(wanted, units))
    refuse_inputs(loaded, output / "x.xlsx")
    there = [form.name for form in forms if (output / form.name).exists()]
    if there and not force:
        raise UsageError("template-exists", path=str(output), names=listed(there))
    output.mkdir(parents=True, exist_ok=True)
    for form in forms:
        write_whole(output / form.name, blank_return(form, messages(asked.wished or loaded.language)))
    print(asked.texts("template-written", n=len(forms), period=str(wanted), path=str(output)), file=sys.stderr)
    return 0


def _on_file(asked: Asked, wish: Period | None) -> tuple[_Shelf, Period]:
    """What is on file, and the period asked for: else the one after the latest return, else the plan's first."""
    from mdj_plan.archive.current import current_period
    from mdj_plan.archive.holdings import Archive, read_archive
    from mdj_plan.archive.identities import Identities

    plan = asked.loaded
    with asked.desk() as desk:
        archive = read_archive(plan, desk) if plan.submissions.is_dir() else Archive()
    latest = current_period(plan, archive)
    default = latest.shift(1) if latest is not None else plan.start
    return _Shelf(plan, archive, Identities.of(plan), asked.criteria_there), wish or default


class _Shelf(NamedTuple):
    """What a blank return is prefilled from."""

    plan: Plan
    archive: Archive
    identities: Identities
    criteria: bool

    def at(self, period: Period, *, candidates: bool = False) -> Assessment | None:
        """How everybody stands at a period of the plan; None outside it."""
        from mdj_plan.archive.current import within
        from mdj_plan.assess import assess
        from mdj_plan.plan.read_criteria import read_criteria

        if not within(self.plan, period):
            return None
        criteria = read_criteria(self.plan) if candidates else ()
        return assess(self.plan, self.archive, self.identities, period, period.last_month, criteria=criteria)

    def forms(self, period: Period, units: frozenset[str] | None) -> Iterator[Form]:
        """A form for each unit asked for, or for each of its members where they reported singly."""
        from mdj_plan.archive.ledger import enter
        from mdj_plan.reports.blank.form import Form

        plan, standing = self.plan, self.at(period.shift(-1)) or self.at(period)
        candidates = self._candidates(period)
        ledger = enter(plan, self.archive, self.identities)[0]
        for unit in plan.participants:
            if units is not None and unit.id not in units:
                continue
            duties = [duty for duty in plan.duties if duty.unit == unit.id]
            for part in ledger.standing(unit.id, period.shift(-1)).parts:
                told = _told(part.ret)
                yield Form(
                    plan, unit, part.member, period, told.claims, duties, told.duties, standing, candidates, told.period
                )

    def _candidates(self, period: Period) -> Candidates:
        from mdj_plan.measure.candidates import NO_CANDIDATES

        ahead = self.at(period, candidates=True) if self.criteria else None
        return NO_CANDIDATES if ahead is None else ahead.candidates


class _Told(NamedTuple):
    """What a unit has told last: facilities that are still there, its duties, and for which period."""

    claims: Sequence[Claim]
    duties: Sequence[DutyReport]
    period: Period | None


def _told(last: Return | None) -> _Told:
    if last is None:
        return _Told((), (), None)
    return _Told([claim for claim in last.claims if claim.state != "closed"], last.submission.duties, last.period)
