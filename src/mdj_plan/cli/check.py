"""`mdj-plan check`: the monthly run."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.options import Asked, Format
from mdj_plan.cli.output import put

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment


ASKS = ("period", "as_of", "unit", "format")


class By(StrEnum):
    """How the screen groups the figures."""

    UNIT = "unit"
    INDICATOR = "indicator"


class FailOn(StrEnum):
    """What makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    BEHIND = "behind"
    NEVER = "never"


def check(
    asked: Asked,
    *,
    by: Annotated[By, typer.Option(help="check-by")] = By.UNIT,
    fail_on: Annotated[FailOn, typer.Option(help="check-fail-on")] = FailOn.ERROR,
    all_periods: Annotated[bool, typer.Option("--all-periods", help="check-all-periods")] = False,
) -> int:
    """Judge, measure, show; the exit code says whether anything reaches `fail_on`."""
    units = asked.units
    assessment = asked.assessed(all_periods=all_periods)
    if asked.format is Format.TABLE:
        from mdj_plan.reports.screen.check import show_check

        show_check(assessment, asked.texts, by_indicator=by is By.INDICATOR, units=units, asked=asked.unit or ())
    else:
        from mdj_plan.reports.data.gaps import gaps_csv
        from mdj_plan.reports.data.whole import as_json

        write = as_json if asked.format is Format.JSON else gaps_csv
        put(write(assessment, asked.texts, units=units))
    return int(fails(assessment, fail_on, units))


def fails(assessment: Assessment, fail_on: FailOn, units: frozenset[str] | None) -> bool:
    """Whether a finding, or with `behind` a target, of the units asked for reaches the bound."""
    if fail_on is FailOn.NEVER:
        return False

    def asked(unit: str | None) -> bool:
        return units is None or unit in units

    if fail_on is FailOn.BEHIND:
        return any(gap.behind and asked(gap.target.unit) for gap in assessment.gaps)
    bound = {FailOn.ERROR: 0, FailOn.WARNING: 1}[fail_on]
    return any(f.severity.rank <= bound and f.accepted is None and asked(f.unit) for f in assessment.findings)
