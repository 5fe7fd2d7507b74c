"""Under every ``*``: who is short of what, so that the figure may be too low."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.tables.values import Joined, said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.assess import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.lacks import Lack
    from mdj_plan.period import Period
    from mdj_plan.reports.tables.values import Text

_MOST = 6
"""Reasons that are told of a figure; the rest are counted, and `explain` has them all."""


def short_note(assessment: Assessment, gaps: Iterable[Gap]) -> Text:
    """What the incomplete ones of some figures are short of, by figure."""
    figures = [_of_figure(assessment, gap) for gap in gaps if gap.incomplete and gap.actual is not None]
    return said("note-short", figures=Joined(tuple(figures), "joint-then").told)


def _of_figure(assessment: Assessment, gap: Gap) -> Text:
    found = assessment.lacks(gap)
    told = [_reason(assessment, each) for each in found[:_MOST]]
    if len(found) > _MOST:
        told.append(said("short-more", n=len(found) - _MOST))
    reasons, indicator = Joined(tuple(told)).told, gap.indicator.name
    if gap.unit is None:
        return said("short-figure", indicator=indicator, reasons=reasons)
    return said("short-figure-of", unit=gap.unit.name, indicator=indicator, reasons=reasons)


def _reason(assessment: Assessment, short: Lack) -> Text:
    unit = assessment.plan.units[short.unit].name
    return said(f"short-{short.why}", unit=unit, periods=_runs(short.periods), n=short.number)


def _runs(periods: tuple[Period, ...]) -> str:
    """Periods that follow each other joined: 2017Q1-2017Q3, 2018Q1."""
    runs: list[list[Period]] = []
    for period in periods:
        if runs and runs[-1][-1].shift(1) == period:
            runs[-1].append(period)
        else:
            runs.append([period])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
