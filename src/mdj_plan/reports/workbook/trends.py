"""The workbook's trends: each city target by quarter, actual beside schedule, and a chart of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.measures import measure, scaled
from mdj_plan.reports.views import of_scope, trend

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment
    from mdj_plan.reports.workbook.sheet import Paper, Sheet


def trends(paper: Paper, a: Assessment) -> None:
    """Each city target by quarter, actual beside schedule, with a chart."""
    texts = paper.texts
    city = of_scope(a, "city")
    ways = [(gap, trend(a, gap)) for gap in city]
    periods = [str(point.period) for point in ways[0][1]] if ways else []
    sheet = paper.sheet(texts("book-trends"), texts("book-trends-title"), (24, 12, *[10] * max(len(periods), 10)))
    if not ways:
        sheet.note(texts("book-nothing-owed"))
        sheet.finish()
        return
    sheet.heads([texts("book-indicator"), "", *periods])
    charts = []
    for gap, points in ways:
        unit, by, form = measure(gap.indicator)
        name = f"{texts.words(gap.indicator.name)}（{unit}）"
        sheet.text(0, name)
        sheet.text(1, texts("book-actual"))
        for column, point in enumerate(points, 2):
            sheet.number(column, scaled(point.actual, by), form)
        sheet.next()
        sheet.text(0, "")
        sheet.text(1, texts("book-schedule"))
        for column, point in enumerate(points, 2):
            sheet.number(column, scaled(point.schedule, by), form if form != "#,##0" else "#,##0.0")
        sheet.next()
        charts.append((name, sheet.row - 2))
    sheet.finish()
    head = sheet.row - 2 * len(charts) - 1
    page = paper.sheet(texts("book-trend-charts"), texts("book-trends-title"), [11] * 14)
    page.page.fit_to_pages(1, 1)  # a chart is never cut by the end of a page
    for i, (name, row) in enumerate(charts):
        _trend_chart(page, sheet.name, name, (head, row, len(periods)), i)
    page.row += 14 * -(-len(charts) // 3)
    page.finish()


def _trend_chart(sheet: Sheet, source: str, name: str, cells: tuple[int, int, int], place: int) -> None:
    """A chart of two rows of the sheet `source`; `cells`: the heading's row, the actuals' row, how many periods."""
    texts = sheet.paper.texts
    head, row, periods = cells
    chart = sheet.paper.book.add_chart({"type": "line"})
    for offset, word, colour in ((0, "book-actual", "#4472C4"), (1, "book-schedule", "#A6A6A6")):
        line = {"color": colour, "width": 2.0, "dash_type": "solid" if offset == 0 else "dash"}
        chart.add_series(
            {
                "name": texts(word),
                "categories": [source, head, 2, head, 1 + periods],
                "values": [source, row + offset, 2, row + offset, 1 + periods],
                "line": line,
                "marker": {"type": "circle" if offset == 0 else "none", "size": 4},
            }
        )
    chart.set_title({"name": name, "name_font": {"size": 10}})
    chart.set_legend({"position": "bottom", "font": {"size": 8}})
    chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E8E8E8"}}})
    chart.set_size({"width": 330, "height": 260})
    sheet.page.insert_chart(
        sheet.row + 14 * (place // 3), 0, chart, {"x_offset": 340 * (place % 3), "object_position": 2}
    )
