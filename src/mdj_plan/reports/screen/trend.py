"""The trend on the screen: who has long been behind, then each figure's chart and its last quarters (contract 5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.period import Period, span
from mdj_plan.reports.measures import unit_of
from mdj_plan.reports.screen.chart import ASCII, BLOCKS, Point, cells_for, drawn, scale
from mdj_plan.reports.screen.paper import open_screen
from mdj_plan.reports.screen.tables import show_table
from mdj_plan.reports.tables.revised import revisions
from mdj_plan.reports.tables.targets import amount_of
from mdj_plan.reports.tables.values import with_unit, worded
from mdj_plan.reports.tables.way import Quarters, quarters_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.trend import Way
    from mdj_plan.messages import Messages
    from mdj_plan.reports.screen.paper import Screen

_WIDE = 110
"""Cells from which there is room for more lines and more quarters."""


def show_trend(assessment: Assessment, texts: Messages, ways: Sequence[Way], charted: Sequence[Way]) -> None:
    """Of all `ways` who has long been behind; a chart of each of `charted`."""
    screen = open_screen(texts)
    _show_behind(screen, ways)
    for way in charted:
        _show_way(screen, assessment, way)
    if not charted:
        screen.line(texts("trend-nothing"))


def _show_behind(screen: Screen, ways: Sequence[Way]) -> None:
    """One line: whose figures have been behind for three quarters and more, and how long."""
    texts = screen.texts
    found: dict[str, list[str]] = {}
    for way in ways:
        if way.long_behind:
            gap = way.last
            who = texts.words(gap.unit.name) if gap.unit else texts("city")
            said = texts("trend-behind", indicator=texts.words(gap.indicator.name), n=way.behind_for())
            found.setdefault(who, []).append(said)
    if not found:
        screen.line((texts("trend-none-behind"), "bold"))
        return
    each = (texts("trend-whose", who=who, figures=screen.listed(said)) for who, said in found.items())
    screen.line((texts("trend-long-behind"), "bold"), texts("joint-then").join(each), hanging=2)


def _show_way(screen: Screen, assessment: Assessment, way: Way) -> None:
    gap, texts = way.last, screen.texts
    who = texts.words(gap.unit.name) if gap.unit else texts("city")
    name = worded(with_unit(gap.indicator.name, unit_of(gap.indicator)), texts)
    target, due = amount_of(gap, gap.target.value).bare, str(gap.target.due)
    screen.heading(texts("trend-head", who=who, figure=name, target=target, due=due))
    for told in revisions([gap]):
        screen.line(worded(told, texts), hanging=2)
    _show_chart(screen, assessment, way)
    show_table(screen, quarters_of(Quarters(assessment, way, 8 if screen.width >= _WIDE else 4)), titled=False)


def _show_chart(screen: Screen, assessment: Assessment, way: Way) -> None:
    """Bars and schedule over the whole plan, years below; as many of the last periods as the width holds."""
    gap, start = way.last, assessment.plan.start
    glyphs = ASCII if screen.plain else BLOCKS
    height = 8 if screen.width >= _WIDE else 6
    labels = scale(amount_of(gap, gap.target.value).bare, height)
    margin = max(map(screen.cells, labels))
    actual = {step.period: step.actual for step in way.steps}
    periods = span(min(start, *actual), max(gap.target.due, assessment.period))
    room = screen.width - margin - 2
    cells = cells_for(len(periods), room)
    periods = periods[-(room // cells) :]
    due = zip(periods, assessment.due_at(gap, periods), strict=True)
    points = [Point(actual.get(each), asked) for each, asked in due]
    for label, line in zip(labels, drawn(points, gap.target.value, height, cells, glyphs), strict=True):
        screen.line(" " * (margin - screen.cells(label)) + f"{label} {glyphs.axis}{line}")
    screen.line(" " * (margin + 2) + _years(periods, cells))
    screen.line(screen.texts("trend-legend", full=glyphs.full, mark=glyphs.mark, above=glyphs.above), indent=margin + 2)


def _years(periods: Sequence[Period], cells: int) -> str:
    """The year below its first period."""
    line = ""
    for i, period in enumerate(periods):
        if (period.quarter == 1 or i == 0) and len(line) <= i * cells:
            line = line.ljust(i * cells) + str(period.year)
    return line
