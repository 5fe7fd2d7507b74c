"""The workbook's sheets of units: districts by indicator, every target of theirs in full, and the departments."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mdj_plan.intake.cells import address
from mdj_plan.reports.measures import measure, scaled
from mdj_plan.reports.views import departments as department_rows
from mdj_plan.reports.views import matrix, of_scope, stale, status_colour, status_colours, status_word
from mdj_plan.reports.widths import fitted
from mdj_plan.reports.workbook.figures import figure_width, figures, footnotes, remarks, widths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.assess import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Indicator
    from mdj_plan.reports.views import Matrix
    from mdj_plan.reports.workbook.sheet import Paper, Sheet

_PAGE = 195
"""How wide a sheet may be and still be read once it is fitted to a page."""


def districts(paper: Paper, a: Assessment) -> None:
    """Units down, indicators across, so many a sheet as can be read; then all figures, a target a row."""
    texts = paper.texts
    grid = matrix(a, "district")
    name = texts("book-districts")
    if not grid.units:
        sheet = paper.sheet(name, texts("scope-district"), [18] * 8)
        sheet.note(texts("book-nothing-owed"))
        sheet.finish()
        return
    status = fitted((status_word(gap, a, texts) for row in grid.cells for gap in row if gap), 12, 20)
    first = fitted((texts.words(unit.name) for unit in grid.units), 12, 24)
    figure = figure_width(_sums(grid), 9)
    for number, (start, end) in enumerate(_parts(len(grid.indicators), 2 * figure + status, first), 1):
        columns = [first, *([figure, figure, status] * (end - start)), *([10] * max(0, 8 - 3 * (end - start)))]
        sheet = paper.sheet(name if number == 1 else f"{name} {number}", texts("scope-district"), columns)
        sheet.colours = status_colours(a, texts)
        _grid(sheet, a, grid, start, end)
    _in_full(paper, a)


def _sums(grid: Matrix) -> Iterator[Fraction]:
    """The totals of each indicator's targets and actuals, as they are shown."""
    for indicator, column in zip(grid.indicators, zip(*grid.cells, strict=True), strict=True):
        gaps, by = [gap for gap in column if gap is not None], measure(indicator)[1]
        yield sum((Fraction(gap.target.value) for gap in gaps), Fraction(0)) / by
        yield sum((Fraction(gap.actual or 0) for gap in gaps), Fraction(0)) / by


def _parts(indicators: int, each: float, first: float) -> list[tuple[int, int]]:
    """Which indicators, each so wide, stand on which sheet: evenly, and on each no more than a page holds."""
    most = max(1, int((_PAGE - first) // each))
    size = -(-indicators // -(-indicators // most))
    return [(start, min(start + size, indicators)) for start in range(0, indicators, size)]


def _grid(sheet: Sheet, a: Assessment, grid: Matrix, start: int, end: int) -> None:
    texts = sheet.paper.texts
    indicators = grid.indicators[start:end]
    cells = [row[start:end] for row in grid.cells]
    _grid_heads(sheet, indicators)
    first = sheet.row
    for unit, row in zip(grid.units, cells, strict=True):
        sheet.text(0, texts.words(unit.name), bold=True)
        for i, gap in enumerate(row):
            _grid_cell(sheet, a, gap, 1 + 3 * i)
        sheet.next()
    _grid_total(sheet, cells, first)
    sheet.note(texts("book-total-note"))
    footnotes(sheet, [gap for row in cells for gap in row if gap is not None])
    _city_net(sheet, a, indicators)
    sheet.finish()


def _grid_heads(sheet: Sheet, indicators: Sequence[Indicator]) -> None:
    texts, style = sheet.paper.texts, sheet.head_style()
    sheet.page.write_string(sheet.row, 0, "", style)
    for i, indicator in enumerate(indicators):
        unit, _, _ = measure(indicator)
        title = f"{texts.words(indicator.name)}（{unit}）"
        sheet.page.merge_range(sheet.row, 1 + 3 * i, sheet.row, 3 + 3 * i, title, style)
    sheet.page.set_row(sheet.row, 22)
    sheet.row += 1
    heads = [texts("book-who"), *[texts(f"book-{head}") for _ in indicators for head in ("actual", "target", "status")]]
    sheet.heads(heads)
    sheet.page.repeat_rows(sheet.row - 2, sheet.row - 1)


def _grid_cell(sheet: Sheet, a: Assessment, gap: Gap | None, column: int) -> None:
    texts = sheet.paper.texts
    if gap is None:
        for offset in range(3):
            sheet.text(column + offset, "—", align="center")
        return
    _, by, form = measure(gap.indicator)
    marked = form + ('"*"' if gap.incomplete else "") + ('"°"' if any(stale(a, gap)) else "")
    sheet.number(column, scaled(gap.actual, by), marked, blank=texts("status-not_reported"))
    sheet.number(column + 1, scaled(gap.target.value, by), form)
    sheet.status(column + 2, status_word(gap, a, texts), status_colour(gap, a))


def _grid_total(sheet: Sheet, cells: Sequence[Sequence[Gap | None]], first: int) -> None:
    sheet.text(0, sheet.paper.texts("book-sum"), bold=True)
    last = sheet.row - 1
    for i, column in enumerate(zip(*cells, strict=True)):
        gaps = [gap for gap in column if gap is not None]
        if not gaps:
            continue
        _, by, form = measure(gaps[0].indicator)
        actuals = sum(float(Fraction(g.actual) / by) for g in gaps if g.actual is not None)
        targets = sum(float(Fraction(g.target.value) / by) for g in gaps)
        for offset, result in ((0, actuals), (1, targets)):
            at = 1 + 3 * i + offset
            sheet.formula(at, f"=SUM({address(first, at)}:{address(last, at)})", result, form, bold=True)
        sheet.text(3 + 3 * i, "")
    sheet.next()


def _city_net(sheet: Sheet, a: Assessment, indicators: Sequence[Indicator]) -> None:
    """The city's own figures, each facility once, to be read against the sums."""
    texts = sheet.paper.texts
    parts = []
    for indicator in indicators:
        actual = a.measure.actual(None, indicator, a.period).value
        unit, by, _ = measure(indicator)
        if actual is not None:
            amount = f"{float(Fraction(actual) / by):,.2f}".rstrip("0").rstrip(".")
            parts.append(f"{texts.words(indicator.name)} {amount} {unit}")
    if parts:
        sheet.note(texts("book-net", figures=texts("book-listed").join(parts)))


def _in_full(paper: Paper, a: Assessment) -> None:
    """Every district's targets in full: each row names its unit, so that it can be filtered and stands on any page."""
    texts, gaps = paper.texts, of_scope(a, "district")
    sheet = paper.sheet(texts("book-blocks"), texts("book-blocks-title"), widths(gaps, a, texts))
    figures(sheet, a, gaps, filtered=True)
    sheet.finish()


def departments(paper: Paper, a: Assessment) -> None:
    """Every department: quotas in full, and duties without a number by status, progress and evidence."""
    texts = paper.texts
    lines = department_rows(a)
    owed = [_owed(gap, texts) for line in lines for gap in line.gaps]
    owed += [_duty_name(state, texts) for line in lines for state in line.duties]
    who = fitted((texts.words(line.unit.name) for line in lines), 16, 28)
    columns = [6, who, 12, fitted(owed, 20, 48), 10, 10, 10, 20, 40]
    sheet = paper.sheet(texts("book-departments"), texts("scope-department"), columns)
    sheet.colours = status_colours(a, texts)
    heads = ("number", "who", "clause-head", "owes", "target", "actual", "attainment", "status", "evidence")
    sheet.heads([texts(f"book-{head}") for head in heads], fixed=2)
    numbers = itertools.count(1)
    for line in lines:
        name = texts.words(line.unit.name)
        for gap in line.gaps:
            _begin(sheet, next(numbers), name)
            _quota(sheet, a, gap)
        for state in line.duties:
            _begin(sheet, next(numbers), name)
            _duty(sheet, state)
        if not line.gaps and not line.duties:
            _begin(sheet, next(numbers), name)
            _nothing(sheet, line.unit.clause or "")
    footnotes(sheet, of_scope(a, "department"))
    sheet.finish()


def _owed(gap: Gap, texts: Messages) -> str:
    return f"{texts.words(gap.indicator.name)}（{measure(gap.indicator)[0]}）"


def _duty_name(state: Any, texts: Messages) -> str:
    duty = texts.words(state.duty.name)
    return texts("screen-duty", duty=duty, measure=state.duty.measure) if state.duty.measure else duty


def _begin(sheet: Sheet, number: int, name: str) -> None:
    sheet.count(0, number)
    sheet.text(1, name)


def _nothing(sheet: Sheet, clause: str) -> None:
    for column, word in enumerate((clause, "—", "—", "—", "—", "—", ""), 2):
        sheet.text(column, word, align="center")
    sheet.next()


def _quota(sheet: Sheet, a: Assessment, gap: Gap) -> None:
    texts = sheet.paper.texts
    _, by, form = measure(gap.indicator)
    actual = scaled(gap.actual, by)
    sheet.text(2, gap.target.clause or "", align="center")
    sheet.text(3, _owed(gap, texts))
    sheet.number(4, scaled(gap.target.value, by), form)
    sheet.number(5, actual, form, blank=texts("status-not_reported"))
    d, t = address(sheet.row, 5), address(sheet.row, 4)
    rate = "" if actual is None else float(actual) / float(Fraction(gap.target.value) / by)
    sheet.formula(6, f'=IF(ISNUMBER({d}),{d}/{t},"")', rate, "0.0%")
    sheet.status(7, status_word(gap, a, texts), status_colour(gap, a))
    sheet.text(8, texts("book-then").join(remarks(gap, a, texts)))
    sheet.next()


def _duty(sheet: Sheet, state: Any) -> None:
    texts = sheet.paper.texts
    sheet.text(2, state.duty.clause or "", align="center")
    sheet.text(3, _duty_name(state, texts))
    sheet.text(4, "—", align="right")
    total = state.progress_total
    sheet.number(5, total, "#,##0" if total is None or total == int(total) else "#,##0.##")
    sheet.text(6, "—", align="right")
    colour = {"silent": "yellow", "done": "green"}.get(state.status, "plain")
    sheet.status(7, texts(f"duty-{state.status}"), colour)
    sheet.text(8, texts("book-then").join(part for r in state.reports for part in (r.evidence, r.remark) if part))
    sheet.next()
