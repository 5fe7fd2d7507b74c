"""The page's lists of facilities and tasks: the register, overlaps, what each department owes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.fields import CHOICES
from mdj_plan.names import Words
from mdj_plan.reports.figures import json_number, shown
from mdj_plan.reports.page.figures import Colour, Number
from mdj_plan.reports.views import departments, source_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from mdj_plan.assess import Assessment
    from mdj_plan.intake.submission import Claim, DutyReport
    from mdj_plan.measure.register import Facility
    from mdj_plan.reports.page.bilingual import Bilingual
    from mdj_plan.reports.page.figures import Figure
    from mdj_plan.reports.views import DutyRow


class Entry(NamedTuple):
    """A facility of the register. `counts` says whether it is measured; `units` are the ids of all it concerns."""

    name: str
    kind: Words
    level: Words | None
    titles: tuple[Words, ...]
    state: Words
    counts: bool
    area: Number
    tenants: Number
    new_graduates: Number
    graduates_total: Number
    claimed_by: tuple[Words, ...]
    credited_to: tuple[Words, ...]
    cells: tuple[str, ...]
    units: str


def register(assessment: Assessment, say: Bilingual) -> tuple[Entry, ...]:
    """Every facility once, in the order of its first claim."""
    return tuple(_entry(assessment, facility, say) for facility in assessment.facilities)


def _entry(assessment: Assessment, facility: Facility, say: Bilingual) -> Entry:
    values, units = facility.values, assessment.plan.units
    claimers = tuple(dict.fromkeys(unit for unit, _ in facility.claims))
    return Entry(
        name=values.name or "",
        kind=_choice("kind", values.kind, say),
        level=_choice("level", values.level, say) if values.level not in {None, "none"} else None,
        titles=tuple(_choice("demonstration", title, say) for title in values.demonstration or ()),
        state=_choice("state", values.state or "operating", say),
        counts=facility.measured,
        area=_number(values.area_m2),
        tenants=_number(values.tenants),
        new_graduates=_number(values.new_graduates),
        graduates_total=_number(values.graduates_total),
        claimed_by=tuple(units[unit].name for unit in claimers),
        credited_to=tuple(units[unit].name for unit in facility.credited),
        cells=tuple(_cell_of(claim) for _, claim in facility.claims),
        units=" ".join(dict.fromkeys((*claimers, *facility.credited))),
    )


def _choice(field: str, value: str | None, say: Bilingual) -> Words:
    return say(f"{field}-{value}") if value in CHOICES[field].values() else Words(value or "", "")


def _number(figure: int | Decimal | None) -> Number:
    return Number(shown(figure, 1), json_number(figure))


def _cell_of(claim: Claim) -> str:
    return source_cell(claim.origin.file, claim.origin.sheet, claim.at("name").cell)


_DUTY_COLOURS = {"silent": "yellow", "done": "green"}


class Task(NamedTuple):
    """A line of a department: a figure, or a duty with its status, progress and what the return says of it (and where).

    One that owes neither has no status.
    """

    unit: str
    who: Words
    what: Words
    clause: str
    figure: Figure | None
    status: Words | None
    status_id: str
    colour: Colour
    progress: Number | None
    measure: str
    remarks: tuple[tuple[str, str], ...]


def tasks(assessment: Assessment, figures: Iterable[Figure], say: Bilingual) -> tuple[Task, ...]:
    """Every department's quotas and duties, in the plan's order; one that owes nothing keeps an empty line."""
    by_gap = {id(figure.gap): figure for figure in figures}
    return tuple(task for row in departments(assessment) for task in _tasks(row, by_gap, say))


def _tasks(row: DutyRow, by_gap: dict[int, Figure], say: Bilingual) -> Iterator[Task]:
    unit, who = row.unit.id, row.unit.name
    for gap in row.gaps:
        it = by_gap[id(gap)]
        clause = gap.target.clause or ""
        yield Task(unit, who, it.what, clause, it, it.status, gap.status, it.colour, None, "", ())
    for state in row.duties:
        duty = state.duty
        yield Task(
            unit=unit,
            who=who,
            what=duty.name,
            clause=duty.clause or "",
            figure=None,
            status=say(f"duty-{state.status}"),
            status_id=state.status,
            colour=Colour(_DUTY_COLOURS.get(state.status, "plain")),
            progress=_number(state.progress_total),
            measure=duty.measure or "",
            remarks=tuple(remark for report in state.reports for remark in _remarks(report)),
        )
    if not row.gaps and not row.duties:
        yield Task(unit, who, Words(""), row.unit.clause or "", None, None, "", Colour("plain"), None, "", ())


def _remarks(report: DutyReport) -> Iterator[tuple[str, str]]:
    """What the return says of a duty, with the cell."""
    for field, text in (("evidence", report.evidence), ("remark", report.remark)):
        if text:
            at = report.origin.at(report.row, field)
            yield text, source_cell(at.file, at.sheet, at.cell)
