"""What a finding means, and where a figure comes from, down to the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.findings import CATALOGUE
from mdj_plan.period import span
from mdj_plan.plan.schedule import points
from mdj_plan.reports.figures import percent, shown, shown_fixed
from mdj_plan.reports.screen import Column, Part, Screen, open_screen
from mdj_plan.reports.views import places, source_cell, status_word

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment
    from mdj_plan.intake.submission import Claim
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.register import Facility
    from mdj_plan.messages import Messages
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Indicator


def show_code(code: str, texts: Messages) -> None:
    """A code's title, rule, severity and stage; its meaning, an example, the remedy."""
    screen = open_screen(texts)
    rule = CATALOGUE[code]
    screen.line((f"{code} {texts.about(code, 'title')}", "bold"))
    screen.line(f"{rule.rule} · {texts(f'severity-{rule.severity.value}')}")
    for part in ("meaning", "example", "remedy"):
        screen.blank()
        screen.line((texts(f"explain-{part}"), "bold"))
        screen.line(texts.about(code, part), indent=2)


def show_figure(assessment: Assessment, indicator: Indicator, owner: str | None, texts: Messages) -> None:
    """The target and its schedule, then every facility behind the figure with the cell of its value."""
    screen = open_screen(texts)
    unit = assessment.plan.units.get(owner or "")
    who = texts.words(unit.words) if unit else texts("city")
    screen.line((f"{who} · {texts.words(indicator.words)}（{indicator.unit}） {assessment.period}", "bold"))
    gap = next((g for g in assessment.gaps if g.indicator.id == indicator.id and g.target.unit == owner), None)
    if gap is None:
        screen.line(texts("explain-no-target"))
    else:
        _target(screen, assessment, gap)
    actual = assessment.measure.actual(owner, indicator, assessment.period)
    marks = texts("explain-incomplete") if actual.incomplete else ""
    screen.line((texts("explain-actual", actual=shown(actual.value, 4)) + marks, "bold"))
    periods = span(assessment.plan.start, assessment.period) if indicator.flow else (assessment.period,)
    for period in periods:
        _facilities(screen, assessment, indicator, owner, period)
    _dropped(screen, assessment, owner, periods)


def _target(screen: Screen, assessment: Assessment, gap: Gap) -> None:
    texts, target = screen.texts, gap.target
    decimals = max(places(gap.indicator), 1)
    source = f"{target.source.file} {target.source.cell}"
    args = {"target": shown(target.value, 4), "due": str(target.due), "clause": target.clause or "—", "source": source}
    screen.line(texts("explain-target", **args))
    corners = points(target, assessment.plan.start)
    line = " → ".join(texts("explain-corner", month=month, value=shown(value, 4)) for month, value in corners)
    screen.line(texts("explain-schedule", line=line, as_of=str(assessment.as_of), value=shown(gap.schedule, decimals)))
    args = {"attainment": percent(gap.attainment), "lag": shown_fixed(gap.lag_points)}
    screen.line(texts("explain-standing", status=status_word(gap, assessment, texts), **args))


def _facilities(
    screen: Screen, assessment: Assessment, indicator: Indicator, owner: str | None, period: Period
) -> None:
    texts = screen.texts
    found = assessment.measure.counted(indicator, owner, period)
    if indicator.flow:
        screen.heading(str(period))
    if not found:
        screen.line(texts("explain-nothing"), indent=2)
        return
    field = indicator.sum
    columns = [Column(texts("screen-facility"), "left", 20), Column(texts("explain-value"), "right")]
    columns += [Column(texts("explain-cell"), "left", 24), Column(texts("screen-claimed-by"), "left", 10)]
    rows: list[list[Part]] = []
    for facility in found:
        claim = _stating(facility, field)
        value = "1" if field is None else shown(getattr(facility.values, field), 4, blank=texts("explain-blank"))
        cell = claim.at(field or "name")
        by = dict.fromkeys(texts.words(assessment.plan.units[unit].words) for unit, _ in facility.claims)
        rows.append([facility.values.name or "", value, source_cell(cell.file, cell.sheet, cell.cell), "、".join(by)])
    screen.table(columns, rows)


def _stating(facility: Facility, field: str | None) -> Claim:
    """The claim whose cell the value comes from: the first that states it."""
    if field is not None:
        for _, claim in facility.claims:
            if getattr(claim, field) is not None:
                return claim
    return facility.claims[0][1]


def _dropped(screen: Screen, assessment: Assessment, owner: str | None, periods: tuple[Period, ...]) -> None:
    """Rows of the unit's own returns that do not count, and why."""
    for period in periods:
        for standing in assessment.measure.standings(period):
            if owner is not None and standing.unit != owner:
                continue
            for ret in standing.returns:
                for row in ret.dropped:
                    at = row.claim.at("name")
                    where = source_cell(at.file, at.sheet, at.cell)
                    why = screen.texts(f"explain-dropped-{row.reason}")
                    screen.line(f"{where}  {row.claim.name or ''}  {why}", indent=2, hanging=2)
