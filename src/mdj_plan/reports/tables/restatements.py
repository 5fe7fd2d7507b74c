"""The table of published figures that are others now (数据修订, contract 5.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.measures import divided, unit_beside, unit_of
from mdj_plan.reports.tables.columns import PERIOD, WHO
from mdj_plan.reports.tables.statuses import colours, status_text
from mdj_plan.reports.tables.table import EVERYWHERE, Column, Note, Row, Table
from mdj_plan.reports.tables.values import Amount, Status, said, with_unit, worded
from mdj_plan.rounding import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.restatements import Causes, Moved, Restated, Restatement
    from mdj_plan.plan.model import Indicator
    from mdj_plan.reports.tables.values import Text
    from mdj_plan.rounding import Figure


def _restatements(a: Assessment) -> Iterator[Row]:
    for restatement in a.restatements:
        for row in restatement.rows:
            yield restated_row(a, restatement, row)


def restated_row(a: Assessment, restatement: Restatement, row: Restated) -> Row:
    """A published figure beside what it is now, and the measure unit of both."""
    edition, now = restatement.edition, row.current
    indicator = a.plan.indicators.get(row.indicator)
    unit = a.plan.units.get(row.unit or "")
    return {
        "unit": row.unit or "",
        "indicator": row.indicator,
        "period": edition.period,
        "edition": edition.number,
        "closed": edition.closed_at[:10],
        "unit_name": unit.name if unit else said("city") if row.unit is None else row.unit,
        "indicator_name": _owed(indicator) if indicator else row.indicator,
        "measure": unit_beside(indicator) if indicator else "",
        "published": _amount(indicator, row.was),
        "current": _amount(indicator, row.now),
        "difference": _amount(indicator, row.difference),
        "published_target": _amount(indicator, row.published.target if row.published else None),
        "current_target": _amount(indicator, now.target.value if now else None),
        "published_status": _status(a, row.published.status) if row.published else None,
        "current_status": _status(a, now.status) if now else None,
    }


def _owed(indicator: Indicator) -> Text:
    return with_unit(indicator.name, unit_of(indicator))


def _amount(indicator: Indicator | None, figure: Figure | None) -> Amount:
    """A figure with all its decimals: what was restated may be little."""
    return Amount(figure, PUBLISHED, divided(indicator) if indicator else 1)


def _status(a: Assessment, status: str) -> Status:
    bands = a.plan.file.bands
    return Status(status, status_text(status, bands), colours(bands).get(status, "plain"))


def _why(a: Assessment) -> Iterator[Text]:
    """For each closed period, when it was published and what has changed since."""
    for restatement in a.restatements:
        edition = restatement.edition
        at = {"period": str(edition.period), "day": edition.closed_at[:10], "causes": why(a, restatement.causes)}
        yield said("restated-since", n=edition.number, **at)


def why(a: Assessment, causes: Causes) -> Text:
    """What has changed since a closing, in one text."""
    return lambda texts: texts("joint-then").join(worded(each, texts) for each in causes_of(a, causes))


def causes_of(a: Assessment, causes: Causes) -> Iterator[Text]:
    """What has changed since a closing, each in a few words; returns first."""
    for moved in causes.returns:
        yield _moved(a, moved)
    for name in ("plan", "quotas", "register"):
        if getattr(causes, name):
            yield said(f"cause-{name}")
    if causes.tool is not None:
        yield said("cause-tool", was=causes.tool[0], now=causes.tool[1])


def _moved(a: Assessment, moved: Moved) -> Text:
    unit = a.plan.units.get(moved.unit)
    who: Text = moved.member or (unit.name if unit else moved.unit)
    how = "added" if moved.was is None else "gone" if moved.now is None else "same" if moved.was == moved.now else "new"
    return said(f"cause-return-{how}", who=who, period=str(moved.period), was=moved.was or "", now=moved.now or "")


_FIGURES = (
    PERIOD,
    WHO,
    Column("indicator_name", head="indicator", least=14, most=30),
    Column("published", "number", head="published"),
    Column("current", "number", head="current"),
    Column("difference", "number", head="restated-by"),
)
_TARGETS = (
    Column("published_target", "number", head="published-target"),
    Column("current_target", "number", head="current-target"),
)
_REST = (
    Column("published_status", "status", head="published-status"),
    Column("current_status", "status", head="current-status"),
    Column("edition", "count", media=frozenset({"book"})),
    Column("closed", "code", head="closed-on", media=frozenset({"book", "page"})),
)


def _columns(a: Assessment) -> tuple[Column, ...]:
    """Targets stand in it where one is another now."""
    rows = (row for restatement in a.restatements for row in restatement.rows)
    return (*_FIGURES, *(_TARGETS if any(row.other_target for row in rows) else ()), *_REST)


RESTATEMENTS: Table[Assessment] = Table(
    "restatements",
    _columns,
    _restatements,
    notes=lambda a, _: (Note(text, EVERYWHERE - {"paper"}) for text in _why(a)),
    optional=True,
)
