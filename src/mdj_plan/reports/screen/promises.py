"""The plan on the screen: what is promised, by whom, on what authority, and whether it adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.plan.lint import lint, reconcile
from mdj_plan.reports.figures import shown
from mdj_plan.reports.screen.findings import SEVERITY_STYLES
from mdj_plan.reports.screen.paper import Column, Part, Screen, open_screen
from mdj_plan.reports.tables.statuses import status_text
from mdj_plan.reports.tables.values import worded
from mdj_plan.reports.views import source_cell
from mdj_plan.reports.wording import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.messages import Messages
    from mdj_plan.plan.lint import Reconciliation
    from mdj_plan.plan.model import Plan, Target, Unit


def show_plan(plan: Plan, texts: Messages) -> None:
    """Targets, reconciliation, quotas, duties, units outside, bands, findings."""
    screen = open_screen(texts)
    head = plan.file.plan
    screen.line((texts.words(head.title), "bold"))
    screen.line(texts("plan-head", document=head.document or "", start=str(head.start), end=str(head.end)))
    _targets(screen, plan)
    _reconciliation(screen, plan)
    _quotas(screen, plan)
    _duties(screen, plan)
    _outside(screen, plan)
    _bands(screen, plan)
    _findings(screen, plan)


def _findings(screen: Screen, plan: Plan) -> None:
    """The P findings, each with its place and what to do; one line where there is none."""
    texts = screen.texts
    screen.heading(texts("plan-findings"))
    found = lint(plan)
    if not found:
        screen.line(texts("screen-clean"), indent=2)
    for finding in found:
        severity = (texts(f"severity-{finding.severity.value}"), SEVERITY_STYLES[finding.severity])
        where = (source_cell(finding.at.file, finding.at.sheet, finding.at.cell), "cyan")
        screen.line(severity, f" {finding.code} ", where, f" {texts.message(finding)}", indent=2, hanging=4)
        screen.line(f"→ {texts.hint(finding)}", indent=6, hanging=2)


def _value(target: Target, plan: Plan, texts: Messages) -> str:
    return f"{shown(target.value, 4)} {texts.words(plan.indicators[target.indicator].unit)}"


def _dated(target: Target, texts: Messages) -> str:
    """The baseline and milestones in words."""
    parts = [f"{period}: {shown(value, 4)}" for period, value in target.milestones]
    if target.baseline:
        parts.insert(0, texts("plan-baseline", value=shown(target.baseline, 4)))
    return "；".join(parts) or texts("plan-straight")


def _targets(screen: Screen, plan: Plan) -> None:
    texts = screen.texts
    heads = ("indicator", "value", "due", "line", "clause")
    rows: list[list[Part]] = [
        [
            texts.words(plan.indicators[t.indicator].name),
            "≥ " + _value(t, plan, texts),
            str(t.due),
            _dated(t, texts),
            t.clause or "—",
        ]
        for t in plan.owed
        if t.unit is None
    ]
    if rows:
        screen.heading(texts("plan-targets"))
        screen.table([Column(texts(f"plan-{head}"), "left", 12) for head in heads], rows)


def _reconciliation(screen: Screen, plan: Plan) -> None:
    texts = screen.texts
    sums = reconcile(plan)
    if sums:
        screen.heading(texts("plan-reconciliation"))
    for row in sums:
        screen.line(_sentence(row, plan, texts), indent=2, hanging=2)


def _sentence(row: Reconciliation, plan: Plan, texts: Messages) -> str:
    name = texts.words(plan.indicators[row.target.indicator].name)
    target = shown(row.target.value, 4)
    if row.allocated is None:
        return texts("plan-unallocated", indicator=name, target=target)
    parts = " + ".join(shown(value, 4) if n == 1 else f"{n}×{shown(value, 4)}" for value, n in row.parts)
    verdict = texts("plan-adds-up" if row.allocated >= row.target.value else "plan-falls-short")
    sum_ = shown(row.allocated, 4)
    said = texts("plan-sum", indicator=name, parts=parts, sum=sum_, target=target, verdict=verdict)
    if row.if_all is None:
        return said
    owing = {t.unit for t in plan.targets if t.indicator == row.target.indicator}
    outside = [texts.words(unit.name) for unit in plan.units.values() if unit.id in owing & plan.outside]
    return said + texts("plan-if-all", units=listed(outside, texts.language), sum=shown(row.if_all, 4))


def _quotas(screen: Screen, plan: Plan) -> None:
    texts = screen.texts
    for kind in ("district", "department"):
        units = [unit for unit in plan.participants if unit.kind == kind]
        owed = {(t.unit, t.indicator): t for t in plan.owed if t.unit in {unit.id for unit in units}}
        used = [i for i in plan.indicators.values() if any(indicator == i.id for _, indicator in owed)]
        if not used:
            continue
        screen.heading(texts(f"scope-{kind}"))
        columns = [Column(texts("plan-unit"), "left", 18), *(Column(texts.words(i.name), "right") for i in used)]
        if kind == "department":
            columns.append(Column(texts("plan-focus"), "left", 16))
        columns.append(Column(texts("plan-clause"), "left", 10))
        screen.table(columns, [_owes(unit, [owed.get((unit.id, i.id)) for i in used], texts) for unit in units])


def _owes(unit: Unit, targets: Sequence[Target | None], texts: Messages) -> list[Part]:
    row: list[Part] = [texts.words(unit.name)]
    row += [shown(t.value, 4) if t else "—" for t in targets]
    if unit.kind == "department":
        row.append(unit.focus or "")
    clauses = dict.fromkeys(c for c in (unit.clause, *(t.clause for t in targets if t)) if c)
    row.append(listed(clauses, texts.language))
    return row


def _duties(screen: Screen, plan: Plan) -> None:
    texts = screen.texts
    if not plan.duties:
        return
    screen.heading(texts("plan-duties"))
    columns = [Column(texts("plan-unit"), "left", 18), Column(texts("plan-duty"), "left", 20)]
    columns += [Column(texts("plan-measure"), "left", 10), Column(texts("plan-clause"), "left", 10)]
    rows: list[list[Part]] = [
        [texts.words(plan.units[d.unit].name), texts.words(d.name), d.measure or "—", d.clause or "—"]
        for d in plan.duties
    ]
    screen.table(columns, rows)


def _outside(screen: Screen, plan: Plan) -> None:
    outside = [unit for unit in plan.units.values() if not unit.participates]
    if outside:
        screen.heading(screen.texts("plan-outside"))
    for unit in outside:
        screen.line(f"{screen.texts.words(unit.name)}  {unit.note or ''}", indent=2, hanging=2)


def _bands(screen: Screen, plan: Plan) -> None:
    texts = screen.texts
    if not plan.file.bands:
        return
    screen.heading(texts("plan-bands"))
    for band in plan.file.bands:
        name = worded(status_text(band.status, plan.file.bands), texts)
        key = "plan-band-from" if band.from_ is not None else "plan-band-over"
        args = {"status": name, "points": shown(band.floor, 2), "colour": _colour(band.colour, texts)}
        screen.line(texts(key, **args), indent=2)


def _colour(colour: str | None, texts: Messages) -> str:
    """The name of a colour; one that the catalogue does not know as the plan writes it."""
    if colour is None:
        return "—"
    return texts(f"plan-colour-{colour}") if texts.has(f"plan-colour-{colour}") else colour
