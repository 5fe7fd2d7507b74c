"""How far everybody is, on the screen: the city, districts, departments, one indicator after another, overlaps."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.reports.figures import Figure, percent, shown, shown_fixed
from mdj_plan.reports.screen.lines import bar
from mdj_plan.reports.screen.paper import Cell, Column, Part, Screen, Styled, style_of
from mdj_plan.reports.screen.tables import show_table
from mdj_plan.reports.tables.facilities import OVERLAPS
from mdj_plan.reports.views import departments, matrix, of_scope, places, status_colour, status_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mdj_plan.assess import Assessment
    from mdj_plan.measure.duties import DutyState
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.reports.views import Matrix

_WIDE = 110
"""Cells from which a screen has room for bar and outlook in one table."""
_HEAD = 12
"""Cells that a heading takes before it is broken."""
_CARRIED = frozenset({"carried", "partial"})


def show_city(assessment: Assessment, screen: Screen) -> None:
    """The city's targets: bar with the schedule's mark, figures, status, outlook; two tables where one is too wide."""
    gaps = of_scope(assessment, "city")
    if not gaps:
        return
    texts, wide = screen.texts, screen.width >= _WIDE
    screen.heading(texts("screen-city"))
    first = texts("screen-indicator")
    names = [texts.words(gap.indicator.name) for gap in gaps]
    _figures(assessment, screen, gaps, first, names, width=12 if wide else 10, outlook=wide)
    if not wide:
        screen.blank()
        columns = [Column(first, "left", 10), *_heads(screen, "schedule", "lag", "needed", "forecast")]
        screen.table(columns, [[name, *_outlook(gap)] for name, gap in zip(names, gaps, strict=True)])
    screen.line(texts("screen-legend", mark=screen.bar_glyphs[2]))
    _footnotes(screen, gaps, lags=True)


def show_by_indicator(assessment: Assessment, screen: Screen) -> None:
    """One table an indicator, its units down; then the duties, which have no indicator."""
    texts = screen.texts
    width = 12 if screen.width >= _WIDE else 0
    for indicator in assessment.plan.indicators.values():
        gaps = [gap for gap in assessment.gaps if gap.indicator.id == indicator.id and gap.unit is not None]
        if not gaps:
            continue
        screen.heading(texts("explain-named", indicator=texts.words(indicator.name), unit=indicator.unit))
        names = [texts.words(gap.unit.name) for gap in gaps if gap.unit is not None]
        _figures(assessment, screen, gaps, texts("screen-unit"), names, width=width, outlook=True)
        _footnotes(screen, gaps, lags=True)
    if assessment.duties:
        screen.heading(texts("plan-duties"))
        columns = [Column(texts("screen-unit"), "left", 10), Column(texts("screen-owes"), "left", 12)]
        columns += [Column(texts("screen-progress"), "right"), Column(texts("screen-status"), "left", 8)]
        screen.table(columns, [[texts.words(state.unit.name), *_duty(screen, state)] for state in assessment.duties])


def show_districts(assessment: Assessment, screen: Screen) -> None:
    """Units down, indicators across: actual/target and the status in words; those that owe nothing are named."""
    grid = matrix(assessment, "district")
    districts = [state.unit for state in assessment.units if state.unit.kind == "district"]
    if not districts:
        return
    texts = screen.texts
    screen.heading(texts("screen-districts"))
    if grid.units:
        _show_matrix(assessment, grid, screen)
    _footnotes(screen, of_scope(assessment, "district"))
    free = [texts.words(unit.name) for unit in districts if unit not in grid.units]
    if free:
        screen.line(texts("screen-without-quota", units=screen.listed(free)), hanging=2)


def _show_matrix(assessment: Assessment, grid: Matrix, screen: Screen) -> None:
    texts = screen.texts
    names = [texts.words(unit.name) for unit in grid.units]
    columns = [[_cell(assessment, screen, row[i], grid, i) for row in grid.cells] for i in range(len(grid.indicators))]
    heads = [Column(texts.words(indicator.name)) for indicator in grid.indicators]
    for start, end in _blocks(screen, names, columns, heads):
        if start:
            screen.blank()
        rows: list[list[Cell]] = [
            [[name], *(column[i] for column in columns[start:end])] for i, name in enumerate(names)
        ]
        screen.table([Column(texts("screen-unit"), "left", 8), *heads[start:end]], rows)


def _cell(assessment: Assessment, screen: Screen, gap: Gap | None, grid: Matrix, column: int) -> list[Part]:
    """Figures set right in their part of the column, the status beside them."""
    widest = max(len(_short(row[column])) for row in grid.cells)
    if gap is None:
        return [" " * (widest - 1) + "—"]
    return [_short(gap).rjust(widest) + " ", _status(assessment, screen, gap)]


def _blocks(
    screen: Screen, names: Sequence[str], columns: Sequence[Sequence[Sequence[Part]]], heads: Sequence[Column]
) -> list[tuple[int, int]]:
    """So many indicators side by side as the width holds, evenly over the tables that takes."""
    room = screen.width - max(map(screen.cells, names))
    widths = [
        max(min(_HEAD, screen.cells(head.heading)), *(screen.cells(*cell) for cell in column)) + 2
        for head, column in zip(heads, columns, strict=True)
    ]
    tables = next(n for n in range(1, len(widths) + 1) if _fits(widths, n, room) or n == len(widths))
    size = -(-len(widths) // tables)
    return [(start, min(start + size, len(widths))) for start in range(0, len(widths), size)]


def _fits(widths: Sequence[int], tables: int, room: int) -> bool:
    size = -(-len(widths) // tables)
    return all(sum(widths[start : start + size]) <= room for start in range(0, len(widths), size))


def show_departments(assessment: Assessment, screen: Screen) -> None:
    """Quotas and the duties without a number, each department a line or more."""
    rows: list[list[Part]] = []
    texts = screen.texts
    for line in departments(assessment, frozenset(state.unit.id for state in assessment.units)):
        owed: list[list[Part]] = [
            [
                texts.words(gap.indicator.name),
                _short(gap),
                _status(assessment, screen, gap),
                _number(gap, gap.needed_per_quarter, 1),
            ]
            for gap in line.gaps
        ]
        owed += [[*_duty(screen, state), ""] for state in line.duties]
        nothing: list[list[Part]] = [["", "—", "", ""]]
        for i, row in enumerate(owed or nothing):
            rows.append(["" if i else texts.words(line.unit.name), *row])
    if not rows:
        return
    screen.heading(texts("screen-departments"))
    columns = [
        Column(texts("screen-unit"), "left", 10),
        Column(texts("screen-owes"), "left", 12),
        *_heads(screen, "actual-target", justify="left"),
        Column(texts("screen-status"), "left", 8),
        *_heads(screen, "needed", justify="left"),
    ]
    screen.table(columns, rows)
    _footnotes(screen, of_scope(assessment, "department"))


def _duty(screen: Screen, state: DutyState) -> list[Part]:
    """The duty with what its progress counts, the progress since the start, the status."""
    texts = screen.texts
    name = texts.words(state.duty.name)
    if state.duty.measure:
        name = texts("screen-duty", duty=name, measure=state.duty.measure)
    style = {"silent": "yellow", "done": "green"}.get(state.status, "")
    return [name, shown(state.progress_total, 2), (texts(f"duty-{state.status}"), style)]


def show_overlaps(assessment: Assessment, screen: Screen) -> None:
    """Facilities that several units claim: counted once for the city, and for each of them."""
    if assessment.overlaps:
        show_table(screen, OVERLAPS.of(assessment))


def _figures(
    assessment: Assessment,
    screen: Screen,
    gaps: Sequence[Gap],
    first: str,
    names: Sequence[str],
    *,
    width: int,
    outlook: bool,
) -> None:
    """One line a gap: bar (`width` cells; 0: none), figures, status, and with `outlook` schedule and what is needed."""
    columns = [Column(first, "left", 10)]
    columns += _heads(screen, "bar", justify="left") if width else []
    columns += _heads(screen, "actual-target", "attainment", *(("schedule", "lag") if outlook else ()))
    columns.append(Column(screen.texts("screen-status"), "left", 16 if width else 8))
    columns += _heads(screen, "needed", "forecast") if outlook else []
    rows = []
    for name, gap in zip(names, gaps, strict=True):
        at = Fraction(gap.schedule) / Fraction(gap.target.value)
        ahead = _outlook(gap) if outlook else []
        row: list[Part] = [name]
        row += [bar(gap.attainment, at, width, screen.bar_glyphs)] if width else []
        row += [_short(gap), percent(gap.attainment), *ahead[:2], _status(assessment, screen, gap), *ahead[2:]]
        rows.append(row)
    screen.table(columns, rows)


def _heads(screen: Screen, *names: str, justify: str = "right") -> list[Column]:
    return [Column(screen.texts(f"screen-{name}"), justify) for name in names]


def _outlook(gap: Gap) -> list[Part]:
    """Schedule, lag in percentage points, needed per quarter, forecast."""
    return [
        _number(gap, gap.schedule, 1),
        shown_fixed(gap.lag_points),
        _number(gap, gap.needed_per_quarter, 1),
        _number(gap, gap.forecast, 1),
    ]


def _number(gap: Gap, figure: Figure | None, extra: int = 0) -> str:
    return shown(figure, max(places(gap.indicator), extra))


def _short(gap: Gap | None) -> str:
    """``9*/50``: the actual with its marks, and the target."""
    if gap is None:
        return "—"
    marks = ("*" if gap.incomplete else "") + ("°" if gap.reporting in _CARRIED else "")
    actual = _number(gap, gap.actual) + (marks if gap.actual is not None else "")
    return f"{actual}/{_number(gap, gap.target.value)}"


def _status(assessment: Assessment, screen: Screen, gap: Gap) -> Styled:
    return status_word(gap, assessment, screen.texts), style_of(status_colour(gap, assessment))


def _footnotes(screen: Screen, gaps: Iterable[Gap], *, lags: bool = False) -> None:
    """What the marks mean; `lags`: the table shows the lag, which may be there and yet not late."""
    known = [gap for gap in gaps if gap.actual is not None]
    if any(gap.incomplete for gap in known):
        screen.line(screen.texts("screen-incomplete"))
    if any(gap.reporting in _CARRIED for gap in known):
        screen.line(screen.texts("screen-not-fresh"))
    if lags and any(gap.status == "on_schedule" and (gap.lag_points or 0) > 0 for gap in known):
        screen.line(screen.texts("screen-whole"))
