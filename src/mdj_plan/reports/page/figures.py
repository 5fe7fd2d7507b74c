"""The page's figures: each gap worded once, and the facilities and cells behind it, shared by every link to it."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from mdj_plan.names import Words
from mdj_plan.period import Month
from mdj_plan.plan.schedule import points
from mdj_plan.records import NamedTuple
from mdj_plan.reports.figures import shown
from mdj_plan.reports.measures import own_unit, unit_beside
from mdj_plan.reports.page.colours import Colour, colour
from mdj_plan.reports.tables.revised import revised
from mdj_plan.reports.tables.targets import target_rows
from mdj_plan.reports.tables.values import Status, told, worded
from mdj_plan.reports.views import source_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.derivation import Layer
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.register import Facility
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Target
    from mdj_plan.reports.page.bilingual import Bilingual
    from mdj_plan.reports.tables.table import Row

_SHOWN = ("target", "actual", "attainment", "schedule_rate", "difference", "schedule", "needed_per_quarter", "forecast")


class Figure(NamedTuple):
    """A gap in words and numbers. `id` is its place on the page; `numbers` are as the tables show them; `revised` says
    what its target was before, where it is another now.

    `measure` is the unit as it stands behind the numbers, with which `over` says what is done of what, and `goal` the
    target; `own` is that of one facility's value.
    """

    id: str
    gap: Gap
    who: Words
    what: Words
    measure: Words
    over: Words
    goal: Words
    own: Words
    status: Words
    colour: Colour
    numbers: dict[str, str]
    revised: Words | None

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
    rows = target_rows(assessment, assessment.gaps)
    return tuple(
        _figure(gap, row, f"figure-{i}", say) for i, (gap, row) in enumerate(zip(assessment.gaps, rows, strict=True), 1)
    )


def _figure(gap: Gap, row: Row, place: str, say: Bilingual) -> Figure:
    status, before, beside = row["status"], revised(gap), unit_beside(gap.indicator)
    numbers = {name: told(row[name], say.texts) for name in _SHOWN}
    return Figure(
        id=place,
        gap=gap,
        who=gap.unit.name if gap.unit else say("city"),
        what=gap.indicator.name,
        measure=beside,
        over=_counted(beside, f"{numbers['actual']}/{numbers['target']}"),
        goal=_counted(beside, numbers["target"]),
        own=own_unit(gap.indicator),
        status=say.each(lambda texts: told(status, texts)),
        colour=colour(status.colour if isinstance(status, Status) else "plain"),
        numbers=numbers,
        revised=say.each(partial(worded, before)) if before else None,
    )


def _counted(unit: Words, figure: str) -> Words:
    """A figure with its unit: 24家, 24."""
    return Words(f"{figure}{unit.zh}", f"{figure} {unit.in_language('en')}".rstrip())


def evidence(assessment: Assessment, figure: Figure, say: Bilingual) -> Evidence:
    """The facilities behind a figure: of a stock those of the period, of a flow of every period since the start."""
    gap, source = figure.gap, figure.gap.target.source
    layers = assessment.derived(gap.indicator, gap.target.unit)
    return Evidence(
        figure=figure,
        source=source_cell(source.file, source.sheet, source.cell),
        corners=tuple(_corners(gap.versions, assessment.plan.start)),
        leaves=tuple(leaf for layer in layers for leaf in _leaves(assessment, layer)),
        dropped=tuple(leaf for layer in layers for leaf in _dropped(assessment, layer, say)),
    )


def _corners(versions: Sequence[Target], start: Period) -> Iterator[tuple[str, str]]:
    """The schedule line's corners: the month at whose end a value is due (the first: before the start), the value."""
    first = start.first_month.number
    for month, value in points(versions, start):
        yield str(Month.of(first + month - 1)), shown(value, 4)


def _leaves(assessment: Assessment, layer: Layer) -> Iterator[Leaf]:
    units, field = assessment.plan.units, layer.indicator.sum
    found: dict[tuple[str, str, str | None], list[Line]] = defaultdict(list)
    for each in layer.contributions:
        unit, claim, facility = each.taken.unit, each.taken.claim, each.facility
        value = shown(each.taken.value, 4, blank="")
        also = tuple(units[other].name for other in _others(facility, unit))
        line = Line(facility.values.name or "", value, claim.at(field or "name").cell or "", also)
        found[unit, claim.origin.file, claim.origin.sheet].append(line)
    for (unit, file, sheet), lines in found.items():
        yield Leaf(units[unit].name, source_cell(file, sheet, None), tuple(lines))


def _others(facility: Facility, unit: str) -> Iterable[str]:
    return dict.fromkeys(other for other, _ in facility.claims if other != unit)


def _dropped(assessment: Assessment, layer: Layer, say: Bilingual) -> Iterator[Leaf]:
    """Rows of the owner's returns (the city's: of all) that do not count, and why."""
    found: dict[tuple[str, str, str | None], list[Line]] = defaultdict(list)
    for unit, row in layer.dropped:
        claim = row.claim
        cell = claim.at("name").cell or claim.origin.at(claim.row, "kind").cell or ""
        line = Line(claim.name or "", "", cell, why=say(f"explain-dropped-{row.reason}"))
        found[unit, claim.origin.file, claim.origin.sheet].append(line)
    for (unit, file, sheet), lines in found.items():
        yield Leaf(assessment.plan.units[unit].name, source_cell(file, sheet, None), tuple(lines))
