"""Closed periods on the screen: which are published, and which published figures have changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.figures import shown
from mdj_plan.reports.screen.figures import show_city
from mdj_plan.reports.screen.paper import open_screen
from mdj_plan.reports.screen.tables import show_table
from mdj_plan.reports.tables.restatements import RESTATEMENTS, why
from mdj_plan.reports.tables.values import worded

if TYPE_CHECKING:
    from mdj_plan.archive.editions import Edition
    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.messages import Messages
    from mdj_plan.reports.screen.paper import Screen


def closed_line(edition: Edition, texts: Messages) -> str:
    """That a period is published, when, and in which edition."""
    return texts("screen-closed", period=str(edition.period), day=edition.closed_at[:10], n=edition.number)


def show_restatements(assessment: Assessment, screen: Screen) -> None:
    """The published figures that are others now, and what has changed; nothing where there is nothing to say."""
    if assessment.restatements:
        show_table(screen, RESTATEMENTS.of(assessment))


def show_closing(assessment: Assessment, texts: Messages, number: int) -> None:
    """What an edition is going to keep: the city's figures, how many in all, from how many returns."""
    screen = open_screen(texts)
    n = len(assessment.counting)
    at = {"period": str(assessment.period), "as_of": str(assessment.as_of)}
    head = texts("closing-head", edition=number, figures=len(assessment.gaps), returns=n, **at)
    screen.line((head, "bold"))
    screen.line(texts("screen-returns", received=assessment.received, expected=len(assessment.units)))
    show_city(assessment, screen)
    show_restatements(assessment, screen)
    screen.blank()


def show_closed(assessment: Assessment, screen: Screen) -> None:
    """Which periods of the plan are published, in one line; nothing where none is."""
    texts, editions = screen.texts, assessment.editions.latest
    if not editions:
        return
    said = (
        texts("returns-edition", period=str(period), n=edition.number, day=edition.closed_at[:10])
        for period, edition in sorted(editions.items())
    )
    screen.line(texts("returns-closed", closed=screen.listed(said)), hanging=2)


def show_restated(screen: Screen, assessment: Assessment, gap: Gap) -> None:
    """Of a figure that was published, for this period or an earlier one, and is another now: both values, and why."""
    for restatement in assessment.restatements:
        edition = restatement.edition
        for row in restatement.rows:
            if (row.unit, row.indicator) != (gap.target.unit, gap.indicator.id):
                continue
            args = {
                "period": str(edition.period),
                "day": edition.closed_at[:10],
                "was": shown(row.was, 4),
                "now": shown(row.now, 4),
                "difference": shown(row.difference, 4),
                "causes": worded(why(assessment, restatement.causes), screen.texts),
            }
            screen.line(screen.texts("explain-restated", n=edition.number, **args), hanging=2)
