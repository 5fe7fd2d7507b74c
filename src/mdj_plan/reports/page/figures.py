"""The page's figures: each gap worded once, and the facilities and cells behind it, shared by every link to it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.period import Period, span
from mdj_plan.plan.schedule import points
from mdj_plan.reports.data import gap_row
from mdj_plan.reports.figures import percent, shown, shown_fixed
from mdj_plan.reports.views import places, source_cell, stating, status_colour, status_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mdj_plan.assess import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.register import Facility
    from mdj_plan.names import Words
    from mdj_plan.plan.model import Target
    from mdj_plan.reports.page.bilingual import Bilingual

KNOWN_COLOURS = ("green", "yellow", "orange", "red", "blue", "grey", "plain")
NUMBERS = (
    "baseline",
    "target",
    "actual",
    "actual_reported",
    "gap",
    "attainment",
    "schedule",
    "lag_points",
    "needed_per_quarter",
    "forecast",
)
"""The figures of a gap, named as in `check --format json`, in the order of the page's table of all figures."""


class Colour(NamedTuple):
    """A status's colour: a class the style sheet knows, and the plan's own colour where it names another one."""

    name: str
    own: str = ""


class Number(NamedTuple):
    """A figure as shown, and as JSON writes it (None: unknown)."""

    shown: str
    value: int | float | None


class Figure(NamedTuple):
    """A gap in words and numbers. `id` is its place on the page; `marks` are those of `marks()`."""

    id: str
    gap: Gap
    who: Words
    what: Words
    status: Words
    colour: Colour
    marks: str
    numbers: dict[str, Number]

    @property
    def unit(self) -> str:
        """The unit's id; "" for the city."""
        return self.gap.unit.id if self.gap.unit else ""


class Line(NamedTuple):
    """A facility's value and its cell. `also` are other units that claim it, `why` says why a row is left out."""

    name: str
    value: str
    cell: str
    also: tuple[Words, ...] = ()
    why: Words | None = None


class Leaf(NamedTuple):
    """The lines that come from one sheet of one return."""

    who: Words
    place: str
    lines: tuple[Line, ...]


class Evidence(NamedTuple):
    """What stands behind a figure: its target and schedule, the leaves that count, the rows that do not."""

    figure: Figure
    source: str
    corners: tuple[tuple[str, str], ...]
    leaves: tuple[Leaf, ...]
    dropped: tuple[Leaf, ...]


def figures(assessment: Assessment, say: Bilingual) -> tuple[Figure, ...]:
    """Every gap, in report order."""
    return tuple(_figure(assessment, gap, f"figure-{i}", say) for i, gap in enumerate(assessment.gaps, 1))


def _figure(assessment: Assessment, gap: Gap, place: str, say: Bilingual) -> Figure:
    row = gap_row(gap, say.texts)
    decimals = places(gap.indicator)
    told = {
        "baseline": shown(gap.target.baseline, 4),
        "target": shown(gap.target.value, 4),
        "actual": shown(gap.actual, decimals),
        "actual_reported": shown(gap.actual_reported, decimals),
        "gap": shown(gap.gap, decimals),
        "attainment": percent(gap.attainment),
        "schedule": shown(gap.schedule, 1),
        "lag_points": shown_fixed(gap.lag_points),
        "needed_per_quarter": shown(gap.needed_per_quarter, decimals),
        "forecast": shown(gap.forecast, 1),
    }
    return Figure(
        id=place,
        gap=gap,
        who=gap.unit.name if gap.unit else say("city"),
        what=gap.indicator.name,
        status=say.each(lambda texts: status_word(gap, assessment, texts)),
        colour=colour(status_colour(gap, assessment)),
        marks=marks(gap),
        numbers={name: Number(told[name], row[name]) for name in NUMBERS},
    )


def marks(gap: Gap) -> str:
    """* where the figure may be too low, ° where returns are carried or missing; none where there is no figure."""
    if gap.actual is None:
        return ""
    return "*" * gap.incomplete + "°" * (gap.reporting in {"carried", "partial"})


def colour(name: str) -> Colour:
    """A colour of the plan; one that is neither known nor a plain CSS colour is not shown (its word always is)."""
    if name in KNOWN_COLOURS:
        return Colour(name)
    return Colour("own", name) if re.fullmatch(r"[A-Za-z]{3,24}|#[0-9A-Fa-f]{3,8}", name) else Colour("plain")


def evidence(assessment: Assessment, figure: Figure, say: Bilingual) -> Evidence:
    """The facilities behind a figure: of a stock those of the period, of a flow of every period since the start."""
    gap, plan = figure.gap, assessment.plan
    periods = span(plan.start, assessment.period) if gap.indicator.flow else (assessment.period,)
    source = gap.target.source
    return Evidence(
        figure=figure,
        source=source_cell(source.file, source.sheet, source.cell),
        corners=tuple(_corners(gap.versions, plan.start)),
        leaves=tuple(leaf for period in periods for leaf in _leaves(assessment, gap, period)),
        dropped=tuple(_dropped(assessment, figure.unit, periods, say)),
    )


def _corners(versions: Sequence[Target], start: Period) -> Iterator[tuple[str, str]]:
    """The schedule line's corners: the month at whose end a value is due (the first: before the start), the value."""
    first = start.first_month.number
    for month, value in points(versions, start):
        number = first + month - 1
        yield f"{number // 12:04d}-{number % 12 + 1:02d}", shown(value, 4)


def _leaves(assessment: Assessment, gap: Gap, period: Period) -> Iterator[Leaf]:
    owner = gap.unit.id if gap.unit else None
    units, field = assessment.plan.units, gap.indicator.sum
    found: dict[tuple[str, str, str | None], list[Line]] = defaultdict(list)
    for facility in assessment.measure.counted(gap.indicator, owner, period):
        unit, claim = stating(facility, field)
        at = claim.at(field or "name")
        value = "1" if field is None else shown(facility.values.value(field), 4, blank="")
        also = tuple(units[other].name for other in _others(facility, unit))
        line = Line(facility.values.name or "", value, at.cell or "", also)
        found[unit, claim.origin.file, claim.origin.sheet].append(line)
    for (unit, file, sheet), lines in found.items():
        yield Leaf(units[unit].name, source_cell(file, sheet, None), tuple(lines))


def _others(facility: Facility, unit: str) -> Iterable[str]:
    return dict.fromkeys(other for other, _ in facility.claims if other != unit)


def _dropped(assessment: Assessment, owner: str, periods: Iterable[Period], say: Bilingual) -> Iterator[Leaf]:
    """Rows of the owner's returns (the city's: of all) that do not count, and why."""
    for period in periods:
        for standing in assessment.measure.standings(period):
            for ret in standing.returns if owner in {"", standing.unit} else ():
                found: dict[tuple[str, str | None], list[Line]] = defaultdict(list)
                for row in ret.dropped:
                    claim = row.claim
                    cell = claim.at("name").cell or claim.origin.at(claim.row, "kind").cell or ""
                    line = Line(claim.name or "", "", cell, why=say(f"explain-dropped-{row.reason}"))
                    found[claim.origin.file, claim.origin.sheet].append(line)
                for (file, sheet), lines in found.items():
                    yield Leaf(assessment.plan.units[standing.unit].name, source_cell(file, sheet, None), tuple(lines))
