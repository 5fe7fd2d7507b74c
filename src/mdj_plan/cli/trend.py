"""`mdj-plan trend`: each figure by period: actual, schedule, status, change, as published (contract 5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.complete import indicators as indicators_completed
from mdj_plan.cli.meant import indicators_of, period_of
from mdj_plan.cli.options import Asked, Format
from mdj_plan.cli.output import put

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.trend import Way

ASKS = ("period", "unit", "format")


def trend(
    asked: Asked,
    *,
    indicator: Annotated[
        list[str] | None,
        typer.Option("--indicator", metavar="ID", help="trend-indicator", autocompletion=indicators_completed),
    ] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="2017Q1", help="trend-from")] = None,
) -> int:
    """Show the trend of the figures asked for; on the screen the city's, unless units are named."""
    from mdj_plan.reports.narrowed import narrowed

    units, wanted = asked.units, indicators_of(asked.loaded, indicator)
    assessment = narrowed(asked.assessed(), units)
    ways = _asked_for(assessment, wanted, first)
    if asked.format is Format.TABLE:
        from mdj_plan.reports.screen.trend import show_trend

        charted = [way for way in ways if way.unit is None or units is not None]
        show_trend(assessment, asked.texts, ways, charted)
    else:
        from mdj_plan.reports.data.trend import trend_csv, trend_json

        write = trend_json if asked.format is Format.JSON else trend_csv
        put(write(assessment, asked.texts, ways))
    return 0


def _asked_for(assessment: Assessment, indicators: frozenset[str] | None, first: str | None) -> list[Way]:
    """The figures asked for, from the period asked for. Raises UsageError for one outside the periods there are."""
    from mdj_plan.usage import UsageError

    start = period_of(first) or assessment.plan.start
    if not min(assessment.plan.start, assessment.period) <= start <= assessment.period:
        at = {"start": str(assessment.plan.start), "period": str(assessment.period)}
        raise UsageError("from-outside", found=str(start), **at)
    return [way.since(start) for way in assessment.trend if indicators is None or way.indicator in indicators]
