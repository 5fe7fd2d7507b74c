"""`mdj-plan check`: the monthly run."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.options import (
    AsOfOption,
    LanguageOption,
    PeriodOption,
    PlanOption,
    UnitOption,
    found_plan,
    month_of,
    period_of,
    texts_of,
    units_of,
)
from mdj_plan.cli.output import Format, put
from mdj_plan.cli.progress import progress_bar
from mdj_plan.cli.words import say

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment

HELP = say(
    "每月例行检查：报表有什么问题，谁还没报，全市、各区县、各部门离目标和序时进度还差多少。\n\n"
    "例：mdj-plan check --period 2018Q2 --as-of 2018-05",
    "The monthly run: what is wrong with the returns, who has not reported, how far everybody is from the target.\n\n"
    "Example: mdj-plan check --period 2018Q2 --as-of 2018-05",
)


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
    *,
    plan: PlanOption = None,
    period: PeriodOption = None,
    as_of: AsOfOption = None,
    by: Annotated[
        By,
        typer.Option(
            help=say(
                "表格按单位或按指标分组；不影响 json 和 csv。", "Group tables by unit or by indicator; table only."
            )
        ),
    ] = By.UNIT,
    unit: UnitOption = None,
    format_: Annotated[
        Format,
        typer.Option(
            "--format",
            help=say(
                "结果的形式。csv 只有各项目标的差距；问题的 csv 用 validate --format csv。",
                "Form of the result. csv holds the gaps alone; for findings as csv: validate --format csv.",
            ),
        ),
    ] = Format.TABLE,
    fail_on: Annotated[
        FailOn,
        typer.Option(help=say("遇到什么时退出码为 1。", "What makes the exit code 1.")),
    ] = FailOn.ERROR,
    all_periods: Annotated[
        bool,
        typer.Option(
            "--all-periods",
            help=say(
                "也列出其他各期的问题，并计入退出码；csv 里没有问题。",
                "Show the findings of other periods too, also for the exit code; csv holds none.",
            ),
        ),
    ] = False,
    lang: LanguageOption = None,
) -> int:
    """Judge, measure, show; the exit code says whether anything reaches `fail_on`."""
    from mdj_plan.run import run

    texts = texts_of(lang)
    loaded = found_plan(plan)
    units = units_of(loaded, unit)
    with progress_bar(texts) as progress:
        assessment = run(
            loaded, period=period_of(period), as_of=month_of(as_of), all_periods=all_periods, progress=progress
        )
    if format_ is Format.TABLE:
        from mdj_plan.reports.screen.check import show_check

        show_check(assessment, texts, by_indicator=by is By.INDICATOR, units=units)
    else:
        from mdj_plan.reports import data

        write = data.as_json if format_ is Format.JSON else data.gaps_csv
        put(write(assessment, texts, units=units))
    return int(fails(assessment, fail_on, units))


def fails(assessment: Assessment, fail_on: FailOn, units: frozenset[str] | None) -> bool:
    """Whether a finding, or with `behind` a target, of the units asked for reaches the bound."""
    if fail_on is FailOn.NEVER:
        return False
    if fail_on is FailOn.BEHIND:
        return any(g.behind for g in assessment.gaps if units is None or (g.unit and g.unit.id in units))
    bound = {FailOn.ERROR: 0, FailOn.WARNING: 1}[fail_on]
    return any(f.severity.rank <= bound for f in assessment.findings if units is None or f.unit in units)
