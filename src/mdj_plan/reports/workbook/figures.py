"""The workbook's overview: the city's targets with a chart, how many stand where, who is out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.findings import Severity
from mdj_plan.intake.cells import address
from mdj_plan.reports.tables.counts import COUNTS
from mdj_plan.reports.tables.targets import CITY
from mdj_plan.reports.views import count_word, of_scope
from mdj_plan.reports.widths import fitted
from mdj_plan.reports.workbook.tables import places_of, widths_of, write_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.assess import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.messages import Messages
    from mdj_plan.reports.workbook.sheet import Paper, Sheet


def overview(paper: Paper, a: Assessment) -> None:
    """The city's targets; counts by status; who is missing or late."""
    texts, head = paper.texts, a.plan.file.plan
    dated = texts("book-of", period=str(a.period), as_of=str(a.as_of))
    subtitle = f"{head.document}  {dated}" if head.document else dated
    table = CITY.of(a)
    places = places_of(table)
    widths = widths_of(table, places, texts)
    sheet = paper.sheet(texts("book-overview"), texts.words(head.title), widths, subtitle=subtitle)
    found = texts("book-listed").join(count_word(texts, severity, a.count(severity)) for severity in Severity)
    sheet.section(texts("book-in-short", expected=len(a.units), received=a.received, found=found))
    first = write_table(sheet, table, places)
    sheet.row += 1
    counts = COUNTS.of(a)
    sheet.section(counts.title(texts))
    write_table(sheet, counts, places_of(counts), start=1, own=False)
    sheet.row += 1
    _silent(sheet, a)
    sheet.finish()
    if table.rows:
        _chart(paper, of_scope(a, "city"), sheet.name, first, [place.column.key for place in places])


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
    if state.days_late:
        return texts("book-late-one", unit=name, days=state.days_late)
    return name


def _chart(paper: Paper, city: Sequence[Gap], source: str, row: int, keys: Sequence[str]) -> None:
    """A page of its own, so that no chart is cut: each target's rate beside its schedule, as shares of the target.

    The figures stand on the sheet `source` from `row` down, in the columns `keys`.
    """
    texts = paper.texts
    names = [texts.words(gap.indicator.name) for gap in city]
    sheet = paper.sheet(
        texts("book-overview-chart"), texts("book-chart"), [fitted(names, 18, 34), 11, 11, 2, *[11] * 9]
    )
    sheet.page.fit_to_pages(1, 1)
    sheet.heads([texts("head-indicator"), texts("head-attainment"), texts("head-schedule_rate")], repeat=False)
    first = sheet.row
    for at, (gap, name) in enumerate(zip(city, names, strict=True), row):
        actual, rate, due = (
            f"'{source}'!{address(at, keys.index(key))}" for key in ("actual", "attainment", "schedule_rate")
        )
        sheet.text(0, name)
        done = "" if gap.attainment is None else float(gap.attainment)
        sheet.formula(1, f'=IF(ISNUMBER({actual}),{rate},"")', done, "0.0%")
        sheet.formula(2, f"={due}", float(gap.schedule / Fraction(gap.target.value)), "0.0%")
        sheet.next()
    chart = paper.book.add_chart({"type": "bar"})
    for column, head, colour in ((1, "head-attainment", "#4472C4"), (2, "head-schedule_rate", "#BFBFBF")):
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
