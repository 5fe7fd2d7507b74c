"""Under every ``*``: who is short of what, so that the figure may be too low."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mdj_plan.reports.tables.values import Joined, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.period import Period
    from mdj_plan.reports.tables.values import Text

_MOST = 6
"""Reasons that are told of a figure; the rest are counted, and `explain` has them all."""
_MOST_NAMES = 5
"""Units of which the same is said that are named; of more it is said how many they are."""


def short_note(assessment: Assessment, gaps: Iterable[Gap]) -> Text:
    """What the incomplete ones of some figures are short of, by figure."""
    figures = [_of_figure(assessment, gap) for gap in gaps if gap.incomplete and gap.actual is not None]
    return said("note-short", figures=Joined(tuple(figures), "joint-then").told)


def _of_figure(assessment: Assessment, gap: Gap) -> Text:
    found = list(_reasons(assessment, gap))
    told = [reason for reason, _ in found[:_MOST]]
    if len(found) > _MOST:
        told.append(said("short-more", n=sum(n for _, n in found[_MOST:])))
    reasons, indicator = Joined(tuple(told)).told, gap.indicator.name
    if gap.unit is None:
        return said("short-figure", indicator=indicator, reasons=reasons)
    return said("short-figure-of", unit=gap.unit.name, indicator=indicator, reasons=reasons)


def _reasons(assessment: Assessment, gap: Gap) -> Iterator[tuple[Text, int]]:
    """What a figure is short of, units of which the same is to be said together, and how many these are."""
    alike: dict[tuple[str, tuple[Period, ...], int], list[str]] = defaultdict(list)
    for lack in assessment.lacks(gap):
        alike[lack.why, lack.periods, lack.number].append(lack.unit)
    for (why, periods, number), units in alike.items():
        yield said(f"short-{why}", unit=_names(assessment, units), periods=_runs(periods), n=number), len(units)


def _names(assessment: Assessment, units: Sequence[str]) -> Text:
    names = Joined(tuple(assessment.plan.units[unit].name for unit in units[:_MOST_NAMES])).told
    return said("short-among", names=names, n=len(units)) if len(units) > _MOST_NAMES else names


def _runs(periods: tuple[Period, ...]) -> Text:
    """Periods that follow each other joined: 2017Q1-2017Q3, 2018Q1."""
    runs: list[list[Period]] = []
    for period in periods:
        if runs and runs[-1][-1].shift(1) == period:
            runs[-1].append(period)
        else:
            runs.append([period])
    return Joined(tuple(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)).told
