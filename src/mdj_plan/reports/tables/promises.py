"""Tables of the plan itself: what is promised, revised, allocated and owed without a number, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.plan.lint import reconcile
from mdj_plan.reports.figures import shown
from mdj_plan.reports.measures import divided, places, unit_beside, unit_of
from mdj_plan.reports.tables.columns import WHO
from mdj_plan.reports.tables.statuses import status_text
from mdj_plan.reports.tables.table import Column, Medium, Row, Table
from mdj_plan.reports.tables.values import Amount, Joined, Status, Text, said, told, with_unit, worded
from mdj_plan.reports.views import source_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from decimal import Decimal

    from mdj_plan.messages import Messages
    from mdj_plan.plan.lint import Reconciliation
    from mdj_plan.plan.model import Band, Indicator, Plan, Target, Unit

_SCREEN: frozenset[Medium] = frozenset({"screen"})
_CLAUSE = Column("clause", least=10)


def amount_owed(plan: Plan, target: Target) -> Amount:
    """A promised value as people see it."""
    indicator = plan.indicators[target.indicator]
    return Amount(target.value, places(indicator, target.value), divided(indicator))


def _targets(plan: Plan) -> Iterator[Row]:
    for target in plan.owed:
        if target.unit is None:
            yield _promise(plan, target) | {"line": _line(plan, target)}


def _promise(plan: Plan, target: Target) -> Row:
    indicator = plan.indicators[target.indicator]
    unit = plan.units.get(target.unit or "")
    return {
        "unit_name": unit.name if unit else said("city"),
        "indicator_name": indicator.name,
        "at_least": _at_least(amount_owed(plan, target), indicator),
        "due": target.due,
        "clause": target.clause,
        "since": target.since,
    }


def _at_least(amount: Amount, indicator: Indicator) -> Callable[[Messages], str]:
    return lambda texts: f"≥ {told(amount, texts)} {texts.words(unit_beside(indicator))}".rstrip()


def _line(plan: Plan, target: Target) -> Text | Joined:
    """The baseline and milestones in words, in the unit in which the target is shown."""
    amount = amount_owed(plan, target)

    def figure(value: Decimal) -> str:
        return amount._replace(value=value).bare

    parts: list[Text] = [f"{period}: {figure(value)}" for period, value in target.milestones]
    if target.baseline:
        parts.insert(0, said("plan-baseline", value=figure(target.baseline)))
    return Joined(tuple(parts), by="joint-then") if parts else said("plan-straight")


PLAN_TARGETS = Table(
    "plan-targets",
    (
        Column("indicator_name", head="indicator", least=12),
        Column("at_least", "code", head="target"),
        Column("due", "code"),
        Column("line", least=12),
        _CLAUSE,
    ),
    _targets,
    media=_SCREEN,
    optional=True,
)


def revised(plan: Plan) -> Iterator[Target]:
    """The revisions of the city's targets and of those of units that take part, in report order, the earliest first."""
    for target in plan.owed:
        yield from plan.versions(target.unit, target.indicator)[1:]


def _revisions(plan: Plan) -> Iterator[Row]:
    """Each revision beside the original target, with the place of either in the plan's files."""
    for target in revised(plan):
        original = plan.versions(target.unit, target.indicator)[0]
        before = _promise(plan, original)
        yield _promise(plan, target) | {"original": before["at_least"], "where": _place(target)}


def _place(target: Target) -> str:
    source = target.source
    return source_cell(source.file, source.sheet, source.cell)


PLAN_REVISIONS: Table[Plan] = Table(
    "plan-revisions",
    (
        WHO,
        Column("indicator_name", head="indicator", least=12),
        Column("original", "code", head="target_original"),
        Column("since", "code"),
        Column("at_least", "code", head="revised-target"),
        Column("due", "code"),
        _CLAUSE,
        Column("where", "cell", head="where", least=12),
    ),
    _revisions,
    media=_SCREEN,
    optional=True,
)


def _sums(plan: Plan) -> Iterator[Row]:
    """What the quotas add up to, beside each target."""
    for row in reconcile(plan):
        target = amount_owed(plan, row.target)
        whole: Row = {"indicator_name": plan.indicators[row.target.indicator].name, "target": target}
        yield whole | _allocated(plan, row, target)


def _allocated(plan: Plan, row: Reconciliation, target: Amount) -> Row:
    if row.allocated is None:
        return {"parts": said("plan-unallocated")}
    parts = [(target._replace(value=value).bare, n) for value, n in row.parts]
    said_so, colour = ("plan-adds-up", "green") if row.enough else ("plan-falls-short", "red")
    return {
        "parts": " + ".join(value if n == 1 else f"{n}×{value}" for value, n in parts),
        "allocated": target._replace(value=row.allocated),
        "verdict": Status("enough" if row.enough else "short", said(said_so), colour),
        "if_all": None if row.if_all is None else _if_all(plan, row, target._replace(value=row.if_all)),
    }


def _if_all(plan: Plan, row: Reconciliation, amount: Amount) -> Text:
    """What the sum would be with the units outside, by name."""
    owing = {target.unit for target in plan.targets if target.indicator == row.target.indicator}
    outside = tuple(unit.name for unit in plan.units.values() if unit.id in owing & plan.outside)
    return lambda texts: texts("plan-if-all", units=Joined(outside).told(texts), sum=told(amount, texts))


PLAN_SUMS = Table(
    "plan-sums",
    (
        Column("indicator_name", head="indicator", least=12),
        Column("parts", head="parts", least=12),
        Column("allocated", "number", head="sum"),
        Column("target", "number"),
        Column("verdict", "status", blank=""),
        Column("if_all", head="remark", least=12, blank=""),
    ),
    _sums,
    media=_SCREEN,
    optional=True,
)


def _quotas(kind: str) -> Table[Plan]:
    """Units of a kind down, what they owe across."""

    def across(plan: Plan) -> tuple[Column, ...]:
        used = {indicator for targets in _owed(plan, kind).values() for indicator in targets}
        names = (
            Column(i.id, "number", head=with_unit(i.name, unit_of(i))) for i in plan.indicators.values() if i.id in used
        )
        focus = (Column("focus", least=16, blank=""),) if kind == "department" else ()
        return (WHO, *names, *focus, _CLAUSE)

    def rows(plan: Plan) -> Iterator[Row]:
        return (_quota(plan, plan.units[unit], targets) for unit, targets in _owed(plan, kind).items())

    return Table(f"plan-{kind}", across, rows, media=_SCREEN, optional=True)


def _owed(plan: Plan, kind: str) -> dict[str, dict[str, Target]]:
    """What each unit of a kind owes, by indicator, those too that owe nothing; none where nobody owes anything."""
    found: dict[str, dict[str, Target]] = {unit.id: {} for unit in plan.participants if unit.kind == kind}
    for target in plan.owed:
        if target.unit in found:
            found[target.unit][target.indicator] = target
    return found if any(found.values()) else {}


def _quota(plan: Plan, unit: Unit, targets: Mapping[str, Target]) -> Row:
    clauses = dict.fromkeys(filter(None, (unit.clause, *(target.clause for target in targets.values()))))
    whose: Row = {"unit_name": unit.name, "focus": unit.focus, "clause": Joined(tuple(clauses))}
    return whose | {indicator: amount_owed(plan, target) for indicator, target in targets.items()}


PLAN_DISTRICTS = _quotas("district")
PLAN_DEPARTMENTS = _quotas("department")
PLAN_DUTIES: Table[Plan] = Table(
    "plan-duties",
    (WHO, Column("duty", least=20), Column("measure", least=10), _CLAUSE),
    lambda plan: (
        {"unit_name": plan.units[d.unit].name, "duty": d.name, "measure": d.measure, "clause": d.clause}
        for d in plan.duties
    ),
    media=_SCREEN,
    optional=True,
)
PLAN_OUTSIDE: Table[Plan] = Table(
    "plan-outside",
    (WHO, Column("note", head="remark", least=20, blank="")),
    lambda plan: ({"unit_name": unit.name, "note": unit.note} for unit in plan.units.values() if not unit.participates),
    media=_SCREEN,
    optional=True,
)


def _bands(plan: Plan) -> Iterator[Row]:
    for band in plan.file.bands:
        key = "plan-band-from" if band.from_ is not None else "plan-band-over"
        yield {
            "status": Status(band.status, status_text(band.status, plan.file.bands), band.colour or "plain"),
            "lag": said(key, points=shown(band.floor, 2)),
            "colour": _colour(band),
        }


def _colour(band: Band) -> Text | None:
    """The name of a colour; one that the catalogue does not know as the plan writes it."""
    colour, key = band.colour, f"plan-colour-{band.colour}"
    return None if colour is None else lambda texts: texts(key) if texts.has(key) else worded(colour, texts)


PLAN_BANDS = Table(
    "plan-bands", (Column("status", "status"), Column("lag"), Column("colour")), _bands, media=_SCREEN, optional=True
)
PLAN_TABLES: tuple[Table[Plan], ...] = (
    PLAN_TARGETS,
    PLAN_REVISIONS,
    PLAN_SUMS,
    PLAN_DISTRICTS,
    PLAN_DEPARTMENTS,
    PLAN_DUTIES,
    PLAN_OUTSIDE,
    PLAN_BANDS,
)
"""What `plan` shows, in its order."""
