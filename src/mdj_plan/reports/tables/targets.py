"""Tables of targets, one row each: the city's, the districts', those behind, all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mdj_plan.reports.measures import divided, places, unit_of
from mdj_plan.reports.rates import rates
from mdj_plan.reports.tables.columns import NUMBER, WHO
from mdj_plan.reports.tables.revised import revision, revisions
from mdj_plan.reports.tables.short import short_note
from mdj_plan.reports.tables.statuses import possible, previous_of, standing_of
from mdj_plan.reports.tables.table import DATA, EVERYWHERE, ON_GLASS, ON_PAPER, Column, Filled, Medium, Note, Row, Table
from mdj_plan.reports.tables.values import (
    Amount,
    Bar,
    Joined,
    Points,
    Rate,
    Shortfall,
    Standing,
    Status,
    Text,
    said,
    with_unit,
)
from mdj_plan.reports.views import of_scope
from mdj_plan.reports.wording import source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.reporting import Stale
    from mdj_plan.rounding import Figure


def target_rows(a: Assessment, gaps: Iterable[Gap]) -> Iterator[Row]:
    """One row a target, with everything that any table says of it."""
    return (_row(a, gap, a.stale(gap)) for gap in gaps)


def _row(a: Assessment, gap: Gap, since: Stale) -> Row:
    indicator, bands = gap.indicator, a.plan.file.bands
    shown = rates(gap, bands)
    actual, target = amount_of(gap, gap.actual, marks=marks(gap, since)), amount_of(gap, gap.target.value)
    known = tuple(remarks(gap, since))
    return {
        "scope": gap.scope,
        "unit": gap.unit.id if gap.unit else None,
        "unit_name": gap.unit.name if gap.unit else said("city"),
        "indicator": indicator.id,
        "owed": with_unit(indicator.name, unit_of(indicator)),
        "target": target,
        "target_original": amount_of(gap, gap.original.value) if gap.revised_from else None,
        "attainment_original": Rate(gap.attainment_original) if gap.revised_from else None,
        "actual": actual,
        "done": Standing(actual, target),
        "bar": Bar(gap.attainment, gap.schedule_rate, gap.forecast_rate),
        "attainment": Rate(shown.attainment, shown.places),
        "schedule_rate": Rate(shown.schedule, shown.places),
        "difference": Points(shown.difference, shown.places),
        "schedule": amount_of(gap, gap.schedule, loose=True),
        "gap": Shortfall(amount_of(gap, gap.gap)),
        "needed_per_quarter": amount_of(gap, gap.needed_per_quarter),
        "forecast": amount_of(gap, gap.forecast, loose=True),
        "status": standing_of(gap, bands),
        "previous_status": previous_of(gap, bands),
        "baseline": amount_of(gap, gap.target.baseline),
        "actual_reported": amount_of(gap, gap.actual_reported),
        "reporting": Status(gap.reporting, said(f"reporting-{gap.reporting}")),
        "incomplete": None if gap.actual is None else said(f"incomplete-{'yes' if gap.incomplete else 'no'}"),
        "due": gap.target.due,
        "clause": gap.target.clause,
        "known": Joined(known, by="joint-then"),
        "remark": Joined((*known, *_authority(gap)), by="joint-then"),
    }


def amount_of(gap: Gap, figure: Figure | None, *, loose: bool = False, marks: str = "") -> Amount:
    """A figure of a target as people see it; `loose` where it need not be whole."""
    return Amount(figure, places(gap.indicator, gap.target.value, loose=loose), divided(gap.indicator), marks, gap)


def marks(gap: Gap, since: Stale) -> str:
    """* where the figure may be too low, ° where it is not all of the period; none where there is no figure."""
    if gap.actual is None:
        return ""
    return "*" * gap.incomplete + "°" * any(since)


def remarks(gap: Gap, since: Stale) -> Iterator[Text]:
    """What must be known of a figure: carried, missing, incomplete."""
    if gap.actual is not None:
        missing = "remark-missing" if gap.unit is None else "remark-missing-own"
        told = ((since.carried, "remark-carried"), (since.missing, missing), (gap.incomplete, "remark-incomplete"))
        yield from (said(key) for holds, key in told if holds)


def _authority(gap: Gap) -> tuple[Text, ...]:
    """The clause, and of a target that was revised what it was before."""
    told = revision(gap)
    if told is not None:
        return (told,)
    return (said("remark-clause", clause=source(gap.target.clause)),) if gap.target.clause else ()


def target_notes(assessment: Assessment, rows: tuple[Row, ...]) -> Iterator[Note]:
    """How the figures read, and what the marks mean that occur."""
    yield Note(said("note-how"), ON_PAPER | {"page"})
    yield from mark_notes(assessment, (row["actual"] for row in rows))


def mark_notes(
    assessment: Assessment, actuals: Iterable[object], lags: frozenset[Medium] = EVERYWHERE
) -> Iterator[Note]:
    """What the marks of some figures mean, which targets were revised, and why one short of its schedule may be on it.

    `lags`: the media that are told so, as those that see the difference.
    """
    amounts = [each for each in actuals if isinstance(each, Amount)]
    yield from map(Note, revisions(amount.gap for amount in amounts if amount.gap is not None))
    yield from _meanings(assessment, amounts)
    if any(amount.gap is not None and amount.gap.within_one for amount in amounts):
        yield Note(said("note-within"), lags)


def _meanings(assessment: Assessment, amounts: Iterable[Amount]) -> Iterator[Note]:
    """What the marks mean that stand behind some amounts, and who is short of what under them."""
    marked = [(amount.gap, amount.marks) for amount in amounts if amount.marks]
    short = [gap for gap, marks in marked if "*" in marks]
    if short:
        yield Note(short_note(assessment, (gap for gap in short if gap is not None)))
    if any("°" in marks for _, marks in marked):
        yield Note(said("note-stale"))


OWED = Column("owed", least=20, most=34, head="indicator")
ACTUAL = Column("actual", "number", media=ON_PAPER | DATA, blank=said("status-not_reported"))
TARGET = Column("target", "number", media=ON_PAPER | DATA)
DONE = Column("done", "standing", media=ON_GLASS)
ATTAINMENT = Column("attainment", "percent", formula="{actual}/{target}")
SCHEDULE_RATE = Column("schedule_rate", "percent", formula="{schedule}/{target}")
DIFFERENCE = Column(
    "difference", "points", formula="ROUND({attainment}*100,{places})-ROUND({schedule_rate}*100,{places})"
)
GAP = Column("gap", "number", formula="{target}-{actual}")
STATUS = Column("status", "status")
SCHEDULE = Column("schedule", "number")
NEEDED = Column("needed_per_quarter", "number", head="needed")
FORECAST = Column("forecast", "number")
PREVIOUS = Column("previous_status", "code", head="previous")
REMARK = Column("remark", media=frozenset({"book"}), least=20, most=46)
_RATES = (ATTAINMENT, SCHEDULE_RATE, DIFFERENCE)
_OUTLOOK = (SCHEDULE, NEEDED, FORECAST)
_ON_PAPER_GAP = Column("gap", "number", media=ON_PAPER, formula=GAP.formula)
_BAR = Column("bar", "bar", media=ON_GLASS)
_DUE = Column("due", "code", media=frozenset({"screen"}))
_FULL = (TARGET, ACTUAL, DONE, *_RATES, _ON_PAPER_GAP, STATUS, _BAR, *_OUTLOOK, REMARK)
_TARGET_ORIGINAL = Column("target_original", "number", media=ON_PAPER, blank="")
_ATTAINMENT_ORIGINAL = Column(
    "attainment_original", "percent", media=ON_PAPER, blank="", formula="{actual}/{target_original}"
)
_ORIGINAL = (_TARGET_ORIGINAL, _ATTAINMENT_ORIGINAL)


def _full(columns: tuple[Column, ...], a: Assessment, originals: tuple[Column, ...] = _ORIGINAL) -> tuple[Column, ...]:
    """The columns of a table of targets; with those of the original ones where any was revised."""
    if all(gap.revised_from is None for gap in a.gaps):
        return columns
    at = columns.index(DIFFERENCE) + 1
    return (*columns[:at], *originals, *columns[at:])


def _of_the_city(a: Assessment) -> tuple[Column, ...]:
    """The columns of the city's targets; when each is due only where they are not all due together."""
    dues = {gap.target.due for gap in of_scope(a, "city")}
    return _full((NUMBER, OWED, *((_DUE,) if len(dues) > 1 else ()), *_FULL), a)


CITY: Table[Assessment] = Table(
    "city",
    _of_the_city,
    lambda a: target_rows(a, of_scope(a, "city")),
    media=frozenset(),
    notes=target_notes,
    states=possible,
)
UNITS: Table[Assessment] = Table(
    "units",
    partial(_full, (NUMBER, WHO, OWED, *_FULL)),
    lambda a: target_rows(a, of_scope(a, "district")),
    media=frozenset({"book"}),
    notes=target_notes,
    states=possible,
    fixed=3,
)
BEHIND = Table(
    "behind",
    (NUMBER, WHO, OWED, TARGET, ACTUAL, DONE, *_RATES, GAP, STATUS, SCHEDULE, NEEDED, PREVIOUS),
    lambda a: target_rows(a, a.behind),
    media=frozenset({"page"}),
    notes=target_notes,
    states=possible,
)
LATE = Table(
    "late",
    (NUMBER, WHO, OWED, TARGET, ACTUAL, *_RATES, SCHEDULE, GAP, STATUS),
    lambda a: target_rows(a, (gap for gap in a.gaps if gap.behind)),
    media=frozenset({"paper"}),
    notes=target_notes,
)
ALL: Table[Assessment] = Table(
    "all",
    partial(
        _full,
        (
            WHO,
            OWED,
            Column("baseline", "number"),
            Column("target", "number"),
            Column("actual", "number", blank=said("status-not_reported")),
            Column("actual_reported", "number"),
            *_RATES,
            GAP,
            STATUS,
            PREVIOUS,
            *_OUTLOOK,
            Column("reporting", "code"),
            Column("incomplete", "code"),
            Column("due", "code"),
            Column("clause", "code"),
        ),
        originals=tuple(replace(column, media=EVERYWHERE) for column in _ORIGINAL),
    ),
    lambda a: target_rows(a, a.gaps),
    media=frozenset({"page"}),
    notes=target_notes,
)


def by_indicator(a: Assessment) -> Iterator[tuple[Text, Filled]]:
    """One table an indicator, its units down, districts first; with the indicator's name and unit."""
    gaps: dict[str, list[Gap]] = defaultdict(list)
    for gap in a.gaps:
        if gap.unit is not None:
            gaps[gap.indicator.id].append(gap)
    for indicator in a.plan.indicators.values():
        if own := gaps[indicator.id]:
            table = replace(UNITS, columns=partial(_full, (NUMBER, WHO, *_FULL)), rows=partial(_of, own))
            yield with_unit(indicator.name, unit_of(indicator)), table.of(a)


def _of(gaps: list[Gap], a: Assessment) -> Iterator[Row]:
    return target_rows(a, gaps)
