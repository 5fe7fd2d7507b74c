"""`mdj-plan status`: who has reported what, when, on time or late, and which version counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mdj_plan.cli.options import (
    LanguageOption,
    PeriodOption,
    PlanOption,
    UnitOption,
    found_plan,
    period_of,
    texts_of,
    units_of,
)
from mdj_plan.cli.output import Format, put
from mdj_plan.cli.progress import progress_bar
from mdj_plan.cli.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.assess import Assessment
    from mdj_plan.messages import Messages

HELP = say(
    "报送情况：谁报了哪一期、何时报的、是否迟报、以哪一版为准。\n\n例：mdj-plan status --all-periods",
    "Who has reported what, when, on time or late, and which version counts.\n\nExample: mdj-plan status --all-periods",
)


def status(
    *,
    plan: PlanOption = None,
    period: PeriodOption = None,
    unit: UnitOption = None,
    all_periods: Annotated[
        bool, typer.Option("--all-periods", help=say("从计划开始的各期一览。", "Every period since the plan's start."))
    ] = False,
    format_: Annotated[
        Format, typer.Option("--format", help=say("结果的形式。", "Form of the result."))
    ] = Format.TABLE,
    lang: LanguageOption = None,
) -> int:
    """Show the returns of a period, or of all."""
    from mdj_plan.run import run

    texts = texts_of(lang)
    loaded = found_plan(plan)
    units = units_of(loaded, unit)
    with progress_bar(texts) as progress:
        assessment = run(loaded, period=period_of(period), progress=progress)
    if format_ is Format.TABLE:
        from mdj_plan.reports.screen.returns import show_grid, show_returns

        show = show_grid if all_periods else show_returns
        show(assessment, texts, units)
    else:
        put(_data(assessment, texts, units, all_periods=all_periods, as_json=format_ is Format.JSON))
    return 0


def _data(
    assessment: Assessment, texts: Messages, units: frozenset[str] | None, *, all_periods: bool, as_json: bool
) -> str:
    import json

    from mdj_plan.measure.reporting import reporting
    from mdj_plan.reports import data, views
    from mdj_plan.reports.filed import filed, filed_row

    periods = views.periods_shown(assessment) if all_periods else (assessment.period,)
    rows = [
        data.submission_row(state, texts)
        for each in periods
        for state in reporting(assessment.measure, each)
        if units is None or state.unit.id in units
    ]
    if as_json:
        files = [filed_row(each, texts) for each in filed(assessment, periods, units)]
        head = {"schema_version": data.SCHEMA_VERSION, "period": str(assessment.period)}
        document = head | {"submissions": rows, "files": files}
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    names = ("unit", "unit_name", "member", *_FROM_RETURN)
    return data.as_csv(names, [line for row in rows for line in _lines(row)])


_FROM_RETURN = ("period", "status", "due", "return_period", "received", "version", "file", "facilities")


def _lines(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A unit's line of the CSV, then its members'; what is the unit's alone is blank in theirs."""
    yield row | {"member": None}
    for member in row["members"]:
        yield row | {"return_period": None, "facilities": None} | member
