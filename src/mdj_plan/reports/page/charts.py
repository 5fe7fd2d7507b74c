"""The page's charts as coordinates: where bars end and lines turn. Drawing and colour are the templates' business."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.period import span
from mdj_plan.records import NamedTuple
from mdj_plan.reports.tables.statuses import status_text
from mdj_plan.reports.tables.targets import amount_of
from mdj_plan.reports.tables.values import told, worded
from mdj_plan.reports.views import trend
from mdj_plan.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.trend import Step
    from mdj_plan.names import Words
    from mdj_plan.reports.page.bilingual import Bilingual
    from mdj_plan.reports.page.figures import Figure
    from mdj_plan.reports.tables.values import Bar

WIDTH, HEIGHT = 320, 132
_LEFT, _RIGHT, _TOP, _BOTTOM = 10, 310, 20, 108


class Bullet(NamedTuple):
    """A bar as percentages of its width: done, the schedule's mark, the target's, and the forecast's (None: none)."""

    done: str
    schedule: str
    target: str
    forecast: str | None


def bullet(bar: Bar) -> Bullet:
    """The scale ends at the target, or at the figure farthest beyond it; what is below zero stands at zero."""
    ratios = [bar.attainment or Fraction(0), bar.schedule]
    ahead = bar.forecast
    end = max(Fraction(1), *ratios)
    done, due = (_percent(ratio / end) for ratio in ratios)
    far = None if ahead is None else _percent(min(ahead / end, Fraction(1)))
    return Bullet(done, due, _percent(1 / end), far)


def _percent(ratio: Fraction) -> str:
    return _plain(max(ratio, Fraction(0)) * 100)


def _plain(figure: Fraction) -> str:
    text = f"{rounded(figure, 2):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Stop(NamedTuple):
    """A row of a trend's table."""

    period: str
    actual: str
    schedule: str
    status: Words


class Curve(NamedTuple):
    """A target's way: `schedule` to the due period and unbroken stretches of `actual` as SVG points, `dots` at each
    actual; `level` is the target's height, `now` the run's place; `stops` is the same as a table.
    """

    figure: Figure
    schedule: str
    actual: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    level: str
    now: str
    first: str
    last: str
    stops: tuple[Stop, ...]


def curve(assessment: Assessment, figure: Figure, say: Bilingual) -> Curve:
    """The trend of a figure, drawn from the plan's start to the period in which it falls due."""
    gap = figure.gap
    way = trend(assessment, gap)
    start = assessment.plan.start
    last = max(gap.target.due, assessment.period)
    periods = span(start, last)
    planned = assessment.due_at(gap, periods)
    top = max([Fraction(gap.target.value), *planned, *(Fraction(p.actual) for p in way if p.actual is not None)])
    x = {period: _LEFT + Fraction((_RIGHT - _LEFT) * i, max(len(periods) - 1, 1)) for i, period in enumerate(periods)}

    def y(value: Fraction) -> Fraction:
        return _BOTTOM - (_BOTTOM - _TOP) * value / top

    known = [(i, _plain(x[p.period]), _plain(y(Fraction(p.actual)))) for i, p in enumerate(way) if p.actual is not None]
    return Curve(
        figure=figure,
        schedule=" ".join(f"{_plain(x[p])},{_plain(y(value))}" for p, value in zip(periods, planned, strict=True)),
        actual=_stretches(known),
        dots=tuple((across, up) for _, across, up in known),
        level=_plain(y(Fraction(gap.target.value))),
        now=_plain(x.get(assessment.period, Fraction(_LEFT))),
        first=str(start),
        last=str(last),
        stops=_stops(assessment, gap, way, say),
    )


def _stretches(known: Sequence[tuple[int, str, str]]) -> tuple[str, ...]:
    """Lines through periods that follow each other; a period without an actual breaks the line."""
    lines: list[list[str]] = []
    before = None
    for i, across, up in known:
        if before is None or i != before + 1:
            lines.append([])
        lines[-1].append(f"{across},{up}")
        before = i
    return tuple(" ".join(line) for line in lines if len(line) > 1)


def _stops(assessment: Assessment, gap: Gap, way: Sequence[Step], say: Bilingual) -> tuple[Stop, ...]:
    bands, texts = assessment.plan.file.bands, say.texts

    def word(status: str) -> Words:
        return say.each(lambda each: worded(status_text(status, bands), each))

    return tuple(
        Stop(
            str(p.period),
            told(amount_of(gap, p.actual), texts),
            told(amount_of(gap, p.schedule, loose=True), texts),
            word(p.status),
        )
        for p in reversed(way)
    )
