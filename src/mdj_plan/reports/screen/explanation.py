"""Where a figure comes from, down to the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.measure.derivation import place_of
from mdj_plan.plan.schedule import months_of, points
from mdj_plan.reports.figures import percent, shown, shown_fixed
from mdj_plan.reports.measures import own_unit
from mdj_plan.reports.rates import rates
from mdj_plan.reports.screen.closed import show_restated
from mdj_plan.reports.screen.paper import Screen, open_screen
from mdj_plan.reports.screen.ruled import Column
from mdj_plan.reports.tables.statuses import standing_of
from mdj_plan.reports.tables.values import with_unit, worded
from mdj_plan.reports.views import place_told, source_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.derivation import Absent, Contribution, Evidence, Layer
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.messages import Messages
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Indicator, Plan
    from mdj_plan.reports.screen.styled import Part

_DIM = "bright_black"


def show_figure(assessment: Assessment, indicator: Indicator, owner: str | None, texts: Messages) -> None:
    """The target and its schedule, then every facility behind the figure with the cell of its value."""
    screen = open_screen(texts)
    unit = assessment.plan.units.get(owner or "")
    who = texts.words(unit.name) if unit else texts("city")
    name = worded(with_unit(indicator.name, own_unit(indicator)), texts)
    screen.line((f"{who} · {name} · {assessment.period}", "bold"))
    if unit is not None and not unit.participates:
        screen.line(texts("screen-outside", units=who))
        return
    screen.line(_how(indicator, assessment.plan, screen))
    gap = next((g for g in assessment.gaps if g.indicator.id == indicator.id and g.target.unit == owner), None)
    if gap is None:
        screen.line(texts("explain-no-target"))
    else:
        _target(screen, assessment, gap)
    actual = assessment.actual(indicator, owner)
    marks = texts("explain-incomplete") if actual.incomplete else ""
    screen.line((texts("explain-actual", actual=shown(actual.value, 4)) + marks, "bold"))
    _show_layers(screen, assessment, indicator, assessment.derived(indicator, owner))


def _show_layers(screen: Screen, assessment: Assessment, indicator: Indicator, layers: Iterable[Layer]) -> None:
    """What each period adds; below all of it what the brackets mean, where several have claimed a facility."""
    several = False
    for layer in layers:
        _show_layer(screen, assessment, indicator, layer)
        several |= any(each.others for each in layer.contributions)
    if several:
        screen.blank()
        screen.line((screen.texts("explain-others"), _DIM))


def _how(indicator: Indicator, plan: Plan, screen: Screen) -> str:
    """In words what is counted or summed, over which facilities."""
    texts = screen.texts
    if indicator.sum is None:
        said = texts("explain-counts")
    else:
        label = texts.words(plan.fields[indicator.sum].label)
        said = texts("explain-adds-up" if indicator.flow else "explain-sums", field=label)
        if indicator.factor != 1:
            measure = plan.fields[indicator.sum].measure
            said += texts("explain-converted", unit=indicator.unit, factor=shown(indicator.factor, 4), measure=measure)
    conditions = []
    for key, wanted in indicator.where.items():
        values = (wanted,) if isinstance(wanted, str) else wanted
        names = screen.listed(_in_words(key, value, plan, texts) for value in values)
        conditions.append(texts("explain-condition", field=texts.words(plan.fields[key].label), values=names))
    return said + "".join(conditions)


def _in_words(field: str, value: str, plan: Plan, texts: Messages) -> str:
    if field in {"region", "department"} and value in plan.units:
        return texts.words(plan.units[value].name)
    own = next((column for column in plan.file.fields if column.id == field), None)
    if own is not None:
        return next((texts.words(choice.name) for choice in own.choices if choice.id == value), value)
    return texts(f"{field}-{value}") if texts.has(f"{field}-{value}") else value


def _target(screen: Screen, assessment: Assessment, gap: Gap) -> None:
    """The target and where it stands in the plan's files, the schedule's corners and value, the status."""
    texts, target = screen.texts, gap.target
    source = target.source
    where = source_cell(source.file, source.sheet, source.cell)
    args = {"target": shown(target.value, 4), "due": str(target.due), "clause": target.clause or "—", "source": where}
    screen.line(texts("explain-target", **args))
    if gap.revised_from is not None:
        screen.line(_revised(gap, texts))
    corners = points(gap.versions, assessment.plan.start)
    line = " → ".join(texts("explain-corner", month=month, value=shown(value, 4)) for month, value in corners)
    month = months_of(assessment.plan.start, assessment.as_of)
    due = shown(gap.schedule)
    screen.line(texts("explain-schedule", line=line, as_of=str(assessment.as_of), month=month, value=due))
    show_restated(screen, assessment, gap)
    status = standing_of(gap, assessment.plan.file.bands).told(texts)
    if gap.lag_points is None:
        screen.line(texts("explain-unknown", status=status))
        return
    found = rates(gap, assessment.plan.file.bands)
    args = {
        "attainment": percent(found.attainment, found.places),
        "schedule": percent(found.schedule, found.places),
        "difference": shown_fixed(found.difference, found.places),
    }
    screen.line(texts("explain-standing", status=status, **args))
    if gap.within_one:
        screen.line(texts("explain-whole"))


def _revised(gap: Gap, texts: Messages) -> str:
    """The original target, from when it is another, on what ground, and the rate against it."""
    return texts(
        "explain-revised",
        original=shown(gap.original.value, 4),
        since=str(gap.revised_from),
        target=shown(gap.target.value, 4),
        clause=gap.target.clause or "—",
        attainment=percent(gap.attainment_original),
    )


def _show_layer(screen: Screen, assessment: Assessment, indicator: Indicator, layer: Layer) -> None:
    texts = screen.texts
    if indicator.flow:
        screen.heading(texts("explain-layer", period=str(layer.period), total=shown(layer.total, 4)))
    if layer.contributions:
        columns = [Column(texts("screen-facility"), "left", 16), Column(texts("explain-value"), "right")]
        columns += [Column(texts("explain-by"), "left", 10), Column(texts("explain-cell"), "left", 36)]
        rows = [row for each in layer.contributions for row in _rows(each, indicator, assessment, texts)]
        screen.table(columns, rows)
    else:
        screen.line(texts("explain-nothing"), indent=2)
    for line in _beside(screen, assessment, indicator, layer):
        screen.line(line, indent=2, hanging=2)


def _rows(each: Contribution, indicator: Indicator, assessment: Assessment, texts: Messages) -> Iterator[list[Part]]:
    """The claim the value comes from, then what else is claimed of the facility, in brackets."""
    units = assessment.plan.units
    by = texts.words(units[each.taken.unit].name)
    yield [each.facility.values.name or "", _said(each.taken, indicator, texts), by, place_told(each.taken.at)]
    for other in each.others:
        by = texts.words(units[other.unit].name)
        yield ["", (f"({_said(other, indicator, texts)})", _DIM), (by, _DIM), (place_told(other.at), _DIM)]


def _said(evidence: Evidence, indicator: Indicator, texts: Messages) -> str:
    """The value; a blank told from what stands there and cannot be used."""
    if evidence.value is None:
        unusable = (indicator.sum or "") in evidence.claim.flaws
        return texts("explain-unusable" if unusable else "explain-blank")
    return shown(evidence.value, 4)


def _beside(screen: Screen, assessment: Assessment, indicator: Indicator, layer: Layer) -> Iterator[str]:
    """What is not in the figure: facilities by their state, rows that do not count, returns that are out."""
    texts = screen.texts
    for left in layer.left_out:
        why = texts(f"state-{left.state}") if left.state else texts("explain-outside")
        args = {"place": place_told(left.at), "name": left.facility.values.name or "", "why": why}
        yield texts("explain-left-out", **args)
    for _, row in layer.dropped:
        where = place_told(place_of(row.claim, "name"))
        yield f"{where}  {row.claim.name or ''}  {texts(f'explain-dropped-{row.reason}')}"
    for each in layer.unchanged:
        yield texts("explain-unchanged", file=each.submission.file, period=str(each.before or "—"))
    for absent in layer.absent:
        who = absent.member or texts.words(assessment.plan.units[absent.unit].name)
        yield _out(absent, who, layer.period, texts, flow=indicator.flow)


def _out(absent: Absent, who: str, period: Period, texts: Messages, *, flow: bool) -> str:
    """Whose return is out, and what stands in."""
    key = "absent" if absent.carried is None else "absent-flow" if flow else "carried"
    return texts(f"explain-{key}", unit=who, period=str(period), carried=str(absent.carried))
