"""The workbook's sheets of figures: overview, districts and zones, departments, trends."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mdj_plan.intake.cells import address
from mdj_plan.reports.views import (
    departments as department_rows,
)
from mdj_plan.reports.views import (
    matrix,
    of_scope,
    stale,
    status_colour,
    status_name,
    status_word,
    within_one,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.assess import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Indicator
    from mdj_plan.reports.figures import Figure
    from mdj_plan.reports.sheet import Paper, Sheet

_COLUMNS = (
    "indicator",
    "unit",
    "target",
    "actual",
    "attainment",
    "schedule",
    "lag",
    "gap",
    "needed",
    "forecast",
    "status",
    "remark",
)
_WIDTHS = (24, 9, 11, 11, 10, 11, 11, 11, 10, 11, 16, 26)
_AREA = frozenset({"㎡", "平方米", "m²", "m2"})


def measure(indicator: Indicator) -> tuple[str, int, str]:
    """How an indicator is shown: its unit, what figures are divided by, and the number format."""
    if indicator.unit in _AREA:
        return "万平方米", 10_000, "#,##0.00"
    return indicator.unit, 1, "#,##0" if indicator.whole else "#,##0.0"


def scaled(figure: Figure | None, by: int) -> Fraction | None:
    """A figure in the measure unit in which it is shown; None stays None."""
    return None if figure is None else Fraction(figure) / by


def overview(paper: Paper, a: Assessment) -> None:
    """The city's targets with a chart of attainment against schedule; counts by status; who is missing or late."""
    texts = paper.texts
    sheet = paper.sheet(texts("book-overview"), texts.words(a.plan.file.plan.title), _WIDTHS)
    sheet.heads([texts(f"book-{name}") for name in _COLUMNS])
    city = of_scope(a, "city")
    first = sheet.row
    for gap in city:
        _figures(sheet, a, gap, texts.words(gap.indicator.name))
    last = sheet.row - 1
    _marks(sheet, city)
    if city:
        sheet.page.conditional_format(first, 4, last, 4, {"type": "icon_set", "icon_style": "3_traffic_lights"})
    sheet.row += 1
    _counts(sheet, a)
    sheet.row += 1
    _silent(sheet, a)
    if city:
        _chart(sheet, first, last, texts)
    sheet.finish()


def _figures(sheet: Sheet, a: Assessment, gap: Gap, name: str) -> None:
    """One target's row: figures as numbers, rates and differences as formulas over them."""
    texts = sheet.paper.texts
    unit, by, form = measure(gap.indicator)
    loose = form if form != "#,##0" else "#,##0.0"
    target, actual, due = (Fraction(gap.target.value) / by, scaled(gap.actual, by), Fraction(gap.schedule) / by)
    remark = _remark(gap, a, texts)
    sheet.text(0, name)
    sheet.text(1, unit, align="center")
    sheet.number(2, target, form)
    sheet.number(3, actual, form, blank=texts("status-not_reported"))
    t, d, s = (address(sheet.row, column) for column in (2, 3, 5))
    rate = "" if actual is None else float(actual) / float(target)
    lag = "" if actual is None else (float(due) - float(actual)) / float(target) * 100
    left = "" if actual is None else float(target) - float(actual)
    sheet.formula(4, f'=IF(ISNUMBER({d}),{d}/{t},"")', rate, "0.0%")
    sheet.number(5, due, loose)
    sheet.formula(6, f'=IF(ISNUMBER({d}),({s}-{d})/{t}*100,"")', lag, "0.0")
    sheet.formula(7, f'=IF(ISNUMBER({d}),{t}-{d},"")', left, form)
    sheet.number(8, scaled(gap.needed_per_quarter, by), form)
    sheet.number(9, scaled(gap.forecast, by), loose)
    sheet.text(10, status_word(gap, a, texts), fill=status_colour(gap, a), align="center")
    sheet.text(11, remark)
    sheet.next([name, unit, *[""] * 9, remark])


def _remark(gap: Gap, a: Assessment, texts: Messages) -> str:
    """What must be known of the figure: carried, missing, incomplete, less than one whole short, the clause."""
    parts, since = [], stale(a, gap)
    if since.carried and gap.actual is not None:
        parts.append(texts("book-carried"))
    if since.missing and gap.actual is not None:
        parts.append(texts("book-missing" if gap.unit is None else "book-missing-own"))
    if gap.incomplete and gap.actual is not None:
        parts.append(texts("book-incomplete"))
    if gap.target.clause:
        parts.append(texts("book-clause", clause=gap.target.clause))
    return "；".join(parts)


def _marks(sheet: Sheet, gaps: Sequence[Gap]) -> None:
    texts = sheet.paper.texts
    sheet.note(texts("book-how"))
    if any(map(within_one, gaps)):
        sheet.note(texts("book-within-note"))
    if any(gap.incomplete for gap in gaps):
        sheet.note(texts("book-incomplete-note"))


def _counts(sheet: Sheet, a: Assessment) -> None:
    """How many targets stand in each class, by scope."""
    texts, bands = sheet.paper.texts, a.plan.file.bands
    statuses = ["done", "on_schedule", "slightly_behind", *(band.status for band in bands), "not_reported"]
    sheet.section(texts("book-counts"))
    sheet.heads(["", *(status_name(status, bands, texts) for status in statuses), texts("book-sum")], repeat=False)
    for scope in ("city", "district", "department"):
        counts = Counter(gap.status for gap in of_scope(a, scope))
        sheet.text(0, texts(f"scope-{scope}"))
        for column, status in enumerate(statuses, 1):
            sheet.number(column, counts[status], "0")
        ends = address(sheet.row, 1), address(sheet.row, len(statuses))
        sheet.formula(len(statuses) + 1, f"=SUM({ends[0]}:{ends[1]})", sum(counts.values()), "0", bold=True)
        sheet.next()


def _silent(sheet: Sheet, a: Assessment) -> None:
    """Who is missing, carried, in part or late, by name."""
    texts = sheet.paper.texts
    sheet.section(texts("book-reporting", received=a.received, expected=len(a.units)))
    said = False
    for status in ("missing", "carried", "partial", "late"):
        names = "、".join(texts.words(state.unit.name) for state in a.units if state.status == status)
        if names:
            sheet.note(f"{texts(f'submission-{status}')}：{names}")
            said = True
    if not said:
        sheet.note(texts("book-all-in"))


def _chart(sheet: Sheet, first: int, last: int, texts: Messages) -> None:
    """Attainment and schedule of each target side by side, as shares of the target."""
    helper = len(_COLUMNS) + 2  # beyond the printed columns: the schedule as a share of the target
    share = sheet.paper.format(num_format="0.0%", font_color="#808080")
    sheet.page.write_string(first - 1, helper, texts("book-schedule-rate"), share)
    for row in range(first, last + 1):
        due, target = address(row, 5), address(row, 2)
        values = sheet.page.table[row]
        result = values[5].number / values[2].number
        sheet.page.write_formula(row, helper, f"={due}/{target}", share, result)
    chart = sheet.paper.book.add_chart({"type": "column"})
    for column, head, colour in ((4, "book-attainment", "#4472C4"), (helper, "book-schedule-rate", "#BFBFBF")):
        chart.add_series(
            {
                "name": texts(head),
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, column, last, column],
                "fill": {"color": colour},
                "data_labels": {"value": True, "num_format": "0%", "font": {"size": 8}},
            }
        )
    chart.set_title({"name": texts("book-chart"), "name_font": {"size": 12}})
    chart.set_y_axis({"num_format": "0%", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E0E0E0"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 1110, "height": 330})
    sheet.page.insert_chart(sheet.row + 1, 0, chart, {"object_position": 2})
    sheet.row += 19


def districts(paper: Paper, a: Assessment) -> None:
    """One matrix of units and indicators with totals, then a block of all figures per unit."""
    texts = paper.texts
    grid = matrix(a, "district")
    count = max(len(grid.indicators), 1)
    widths = (16, *([9, 9, 17] * count), *([10] * max(0, len(_COLUMNS) - 1 - 3 * count)))
    sheet = paper.sheet(texts("book-districts"), texts("scope-district"), widths)
    if not grid.units:
        sheet.note(texts("book-nothing-owed"))
        sheet.finish()
        return
    _matrix_heads(sheet, grid.indicators)
    first = sheet.row
    for unit, cells in zip(grid.units, grid.cells, strict=True):
        name = texts.words(unit.name)
        sheet.text(0, name, bold=True)
        for i, gap in enumerate(cells):
            _matrix_cell(sheet, a, gap, 1 + 3 * i)
        sheet.next([name])
    _matrix_total(sheet, grid.cells, first, texts)
    sheet.note(texts("book-total-note"))
    if any(map(within_one, of_scope(a, "district"))):
        sheet.note(texts("book-within-note"))
    _city_net(sheet, a, grid.indicators)
    sheet.finish()
    _blocks(paper, a)


def _matrix_heads(sheet: Sheet, indicators: Sequence[Indicator]) -> None:
    texts = sheet.paper.texts
    style = sheet.paper.format(
        font_name="黑体", bold=True, border=1, bg_color="#D9E1F2", align="center", text_wrap=True
    )
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


def _matrix_cell(sheet: Sheet, a: Assessment, gap: Gap | None, column: int) -> None:
    texts = sheet.paper.texts
    if gap is None:
        for offset in range(3):
            sheet.text(column + offset, "—", align="center")
        return
    _, by, form = measure(gap.indicator)
    marked = form + ('"*"' if gap.incomplete else "") + ('"°"' if any(stale(a, gap)) else "")
    sheet.number(column, scaled(gap.actual, by), marked, blank=texts("status-not_reported"))
    sheet.number(column + 1, scaled(gap.target.value, by), form)
    sheet.text(column + 2, status_word(gap, a, texts), fill=status_colour(gap, a), align="center")


def _matrix_total(sheet: Sheet, cells: Sequence[Sequence[Gap | None]], first: int, texts: Messages) -> None:
    sheet.text(0, texts("book-sum"), bold=True)
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
        sheet.note(texts("book-net", figures="、".join(parts)))


def _blocks(paper: Paper, a: Assessment) -> None:
    """A sheet of blocks: every district's figures in full."""
    texts = paper.texts
    sheet = paper.sheet(texts("book-blocks"), texts("book-blocks-title"), _WIDTHS)
    sheet.heads([texts(f"book-{name}") for name in _COLUMNS])
    unit = None
    for gap in of_scope(a, "district"):
        if gap.unit is not unit and gap.unit is not None:
            unit = gap.unit
            sheet.section(texts.words(unit.name))
        _figures(sheet, a, gap, texts.words(gap.indicator.name))
    _marks(sheet, of_scope(a, "district"))
    sheet.finish()


def departments(paper: Paper, a: Assessment) -> None:
    """Every department: quotas in full, and duties without a number by status, progress and evidence."""
    texts = paper.texts
    sheet = paper.sheet(texts("book-departments"), texts("scope-department"), (20, 9, 26, 10, 10, 10, 16, 36))
    heads = ("who", "clause-head", "owes", "target", "actual", "attainment", "status", "evidence")
    sheet.heads([texts(f"book-{head}") for head in heads])
    for line in department_rows(a):
        name = texts.words(line.unit.name)
        for gap in line.gaps:
            _quota(sheet, a, gap, name)
        for state in line.duties:
            _duty(sheet, state, name)
        if not line.gaps and not line.duties:
            for column, word in enumerate((name, line.unit.clause or "", "—", "—", "—", "—", "—", "")):
                sheet.text(column, word)
            sheet.next([name])
    if any(map(within_one, of_scope(a, "department"))):
        sheet.note(texts("book-within-note"))
    sheet.finish()


def _quota(sheet: Sheet, a: Assessment, gap: Gap, name: str) -> None:
    texts = sheet.paper.texts
    unit, by, form = measure(gap.indicator)
    owes = f"{texts.words(gap.indicator.name)}（{unit}）"
    remark = _remark(gap, a, texts)
    actual = scaled(gap.actual, by)
    sheet.text(0, name)
    sheet.text(1, gap.target.clause or "", align="center")
    sheet.text(2, owes)
    sheet.number(3, scaled(gap.target.value, by), form)
    sheet.number(4, actual, form, blank=texts("status-not_reported"))
    d, t = address(sheet.row, 4), address(sheet.row, 3)
    rate = "" if actual is None else float(actual) / float(Fraction(gap.target.value) / by)
    sheet.formula(5, f'=IF(ISNUMBER({d}),{d}/{t},"")', rate, "0.0%")
    sheet.text(6, status_word(gap, a, texts), fill=status_colour(gap, a), align="center")
    sheet.text(7, remark)
    sheet.next([name, "", owes, "", "", "", "", remark])


def _duty(sheet: Sheet, state: Any, name: str) -> None:
    texts = sheet.paper.texts
    duty = texts.words(state.duty.name)
    owes = texts("screen-duty", duty=duty, measure=state.duty.measure) if state.duty.measure else duty
    evidence = "；".join(part for r in state.reports for part in (r.evidence, r.remark) if part)
    colour = {"silent": "yellow", "done": "green"}.get(state.status, "plain")
    sheet.text(0, name)
    sheet.text(1, state.duty.clause or "", align="center")
    sheet.text(2, owes)
    sheet.text(3, "—", align="right")
    sheet.number(4, state.progress_total, "#,##0.##")
    sheet.text(5, "—", align="right")
    sheet.text(6, texts(f"duty-{state.status}"), fill=colour, align="center")
    sheet.text(7, evidence)
    sheet.next([name, "", owes, "", "", "", "", evidence])
