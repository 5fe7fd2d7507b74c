"""The workbook's overview: the city's targets, how many stand where, who is out; and a target's row on any sheet."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.findings import Severity
from mdj_plan.intake.cells import address
from mdj_plan.reports.measures import measure, scaled
from mdj_plan.reports.views import (
    count_word,
    of_scope,
    stale,
    status_colour,
    status_colours,
    status_name,
    status_word,
    within_one,
)
from mdj_plan.reports.widths import fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mdj_plan.assess import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.messages import Messages
    from mdj_plan.reports.workbook.sheet import Paper, Sheet

COLUMNS = (
    "number",
    "who",
    "indicator",
    "unit",
    "owed",
    "reached",
    "attainment",
    "schedule",
    "lag",
    "gap",
    "needed",
    "forecast",
    "status",
    "remark",
)
_RATE = COLUMNS.index("attainment")


def owner(gap: Gap, texts: Messages) -> str:
    """Whose target it is, by name."""
    return texts("city") if gap.unit is None else texts.words(gap.unit.name)


def widths(gaps: Sequence[Gap], a: Assessment, texts: Messages) -> list[float]:
    """The widths of `COLUMNS`: names and statuses on one line where that is not too wide."""
    who = fitted((owner(gap, texts) for gap in gaps), 12, 24)
    name = fitted((texts.words(gap.indicator.name) for gap in gaps), 20, 34)
    status = fitted((status_word(gap, a, texts) for gap in gaps), 12, 22)
    remark = fitted((_remark(gap, a, texts) for gap in gaps), 20, 46)
    bys = [measure(gap.indicator)[1] for gap in gaps]
    wide = figure_width(
        (
            scaled(each, by)
            for gap, by in zip(gaps, bys, strict=True)
            for each in (gap.target.value, gap.actual, gap.forecast)
        ),
        10,
    )
    return [6, who, name, 10, wide, wide, 10, wide, 11, wide, max(wide, 12), wide, status, remark]


def figure_width(values: Iterable[Fraction | None], least: float) -> float:
    """The width of a column that shows each of some figures and not ####."""
    return fitted((f"{float(value):,.2f}" for value in values if value is not None), least, 24)


def overview(paper: Paper, a: Assessment) -> None:
    """The city's targets; counts by status; who is missing or late."""
    texts, head = paper.texts, a.plan.file.plan
    city = of_scope(a, "city")
    dated = texts("book-of", period=str(a.period), as_of=str(a.as_of))
    subtitle = f"{head.document}  {dated}" if head.document else dated
    sheet = paper.sheet(texts("book-overview"), texts.words(head.title), widths(city, a, texts), subtitle=subtitle)
    found = texts("book-listed").join(count_word(texts, severity, a.count(severity)) for severity in Severity)
    sheet.section(texts("book-in-short", expected=len(a.units), received=a.received, found=found))
    first = figures(sheet, a, city, filtered=False)
    sheet.row += 1
    _counts(sheet, a)
    sheet.row += 1
    _silent(sheet, a)
    sheet.finish()
    if city:
        _chart(paper, city, sheet.name, first)


def figures(sheet: Sheet, a: Assessment, gaps: Sequence[Gap], *, filtered: bool) -> int:
    """Targets in full, one row each, with the notes that they need; the first one's row."""
    texts = sheet.paper.texts
    sheet.colours = status_colours(a, texts)
    sheet.heads([texts(f"book-{name}") for name in COLUMNS], fixed=3, filtered=filtered)
    first = sheet.row
    for number, gap in enumerate(gaps, 1):
        sheet.count(0, number)
        _figures(sheet, a, gap)
    sheet.note(texts("book-how"))
    footnotes(sheet, gaps)
    if any(gap.incomplete for gap in gaps):
        sheet.note(texts("book-incomplete-note"))
    return first


def footnotes(sheet: Sheet, gaps: Iterable[Gap]) -> None:
    """Why a target short of its schedule may be on schedule, where there is one."""
    if any(map(within_one, gaps)):
        sheet.note(sheet.paper.texts("book-within-note"))


def _figures(sheet: Sheet, a: Assessment, gap: Gap) -> None:
    """One target's row: figures as numbers, rates and differences as formulas over them."""
    texts = sheet.paper.texts
    unit, by, form = measure(gap.indicator)
    loose = form if form != "#,##0" else "#,##0.0"
    target, actual, due = (Fraction(gap.target.value) / by, scaled(gap.actual, by), Fraction(gap.schedule) / by)
    sheet.text(1, owner(gap, texts))
    sheet.text(2, texts.words(gap.indicator.name))
    sheet.text(3, unit, align="center")
    sheet.number(4, target, form)
    sheet.number(5, actual, form, blank=texts("status-not_reported"))
    t, d, s = (address(sheet.row, column) for column in (4, 5, 7))
    rate = "" if actual is None else float(actual) / float(target)
    lag = "" if actual is None else (float(due) - float(actual)) / float(target) * 100
    left = "" if actual is None else float(target) - float(actual)
    sheet.formula(_RATE, f'=IF(ISNUMBER({d}),{d}/{t},"")', rate, "0.0%")
    sheet.number(7, due, loose)
    sheet.formula(8, f'=IF(ISNUMBER({d}),({s}-{d})/{t}*100,"")', lag, "0.0")
    sheet.formula(9, f'=IF(ISNUMBER({d}),{t}-{d},"")', left, form)
    sheet.number(10, scaled(gap.needed_per_quarter, by), form)
    sheet.number(11, scaled(gap.forecast, by), loose)
    sheet.status(12, status_word(gap, a, texts), status_colour(gap, a))
    sheet.text(13, _remark(gap, a, texts))
    sheet.next()


def _remark(gap: Gap, a: Assessment, texts: Messages) -> str:
    clause = [texts("book-clause", clause=gap.target.clause)] if gap.target.clause else []
    return texts("book-then").join([*remarks(gap, a, texts), *clause])


def remarks(gap: Gap, a: Assessment, texts: Messages) -> list[str]:
    """What must be known of a figure: carried, missing, incomplete."""
    if gap.actual is None:
        return []
    since = stale(a, gap)
    missing = "book-missing" if gap.unit is None else "book-missing-own"
    said = ((since.carried, "book-carried"), (since.missing, missing), (gap.incomplete, "book-incomplete"))
    return [texts(key) for holds, key in said if holds]


def _counts(sheet: Sheet, a: Assessment) -> None:
    """How many targets stand in each class, by scope."""
    texts, bands = sheet.paper.texts, a.plan.file.bands
    statuses = ["done", "on_schedule", "slightly_behind", *(band.status for band in bands), "not_reported"]
    sheet.section(texts("book-counts"))
    words = ["", *(status_name(status, bands, texts) for status in statuses), texts("book-sum")]
    sheet.heads(words, first=2, repeat=False)
    for scope in ("city", "district", "department"):
        counts = Counter(gap.status for gap in of_scope(a, scope))
        sheet.text(2, texts(f"scope-{scope}"))
        for column, status in enumerate(statuses, 3):
            sheet.number(column, counts[status], "0")
        ends = address(sheet.row, 3), address(sheet.row, len(statuses) + 2)
        sheet.formula(len(statuses) + 3, f"=SUM({ends[0]}:{ends[1]})", sum(counts.values()), "0", bold=True)
        sheet.next()


def _silent(sheet: Sheet, a: Assessment) -> None:
    """Who is missing, carried, in part or late, by name."""
    texts = sheet.paper.texts
    sheet.section(texts("book-reporting", received=a.received, expected=len(a.units)))
    said = False
    for status in ("missing", "carried", "partial", "late"):
        names = texts("book-listed").join(_named(state, texts) for state in a.units if state.status == status)
        if names:
            sheet.note(texts(f"book-{status}-units", units=names))
            said = True
    if not said:
        sheet.note(texts("book-all-in"))


def _named(state: UnitState, texts: Messages) -> str:
    """The unit, with the period that is carried or the days it is late by."""
    name = texts.words(state.unit.name)
    if state.status == "carried":
        return texts("book-carried-one", unit=name, period=str(state.return_period))
    if state.status == "late" and state.received is not None:
        return texts("book-late-one", unit=name, days=(state.received - state.due).days)
    return name


def _chart(paper: Paper, city: Sequence[Gap], source: str, row: int) -> None:
    """A page of its own, so that no chart is cut: each target's rate beside its schedule, as shares of the target.

    The figures stand on the sheet `source` from `row` down.
    """
    texts = paper.texts
    names = [texts.words(gap.indicator.name) for gap in city]
    sheet = paper.sheet(
        texts("book-overview-chart"), texts("book-chart"), [fitted(names, 18, 34), 11, 11, 2, *[11] * 9]
    )
    sheet.page.fit_to_pages(1, 1)
    sheet.heads([texts("book-indicator"), texts("book-attainment"), texts("book-schedule-rate")], repeat=False)
    first = sheet.row
    for at, (gap, name) in enumerate(zip(city, names, strict=True), row):
        target, actual, due, rate = (f"'{source}'!{address(at, column)}" for column in (4, 5, 7, _RATE))
        sheet.text(0, name)
        done = "" if gap.attainment is None else float(gap.attainment)
        sheet.formula(1, f'=IF(ISNUMBER({actual}),{rate},"")', done, "0.0%")
        sheet.formula(2, f"={due}/{target}", float(Fraction(gap.schedule) / Fraction(gap.target.value)), "0.0%")
        sheet.next()
    chart = paper.book.add_chart({"type": "bar"})
    for column, head, colour in ((1, "book-attainment", "#4472C4"), (2, "book-schedule-rate", "#BFBFBF")):
        chart.add_series(
            {
                "name": texts(head),
                "categories": [sheet.name, first, 0, sheet.row - 1, 0],
                "values": [sheet.name, first, column, sheet.row - 1, column],
                "fill": {"color": colour},
                "data_labels": {"value": True, "num_format": "0%", "font": {"size": 8}},
            }
        )
    chart.set_title({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "0%", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E0E0E0"}}})
    chart.set_legend({"position": "bottom"})
    height = 80 + 40 * len(city)
    chart.set_size({"width": 730, "height": height})
    sheet.page.insert_chart(first - 1, 4, chart, {"object_position": 2})
    sheet.row = max(sheet.row, first + height // 20)
    sheet.finish()
