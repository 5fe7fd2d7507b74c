"""The workbook's trends: each city target by quarter, actual beside schedule, and a chart of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.tables.trend import TRENDS
from mdj_plan.reports.tables.values import told
from mdj_plan.reports.workbook.tables import add_sheet

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.reports.workbook.sheet import Paper, Sheet


def trends(paper: Paper, a: Assessment) -> None:
    """Each city target by quarter, actual beside schedule; and a page of charts, which none of them is cut by."""
    texts, table = paper.texts, TRENDS.of(a)
    sheet, first = add_sheet(paper, table)
    if not table.rows:
        return
    page = paper.sheet(texts("book-trend-charts"), table.title(texts), [11] * 14)
    page.page.fit_to_pages(1, 1)
    names = [told(row["owed"], texts) for row in table.rows[::2]]
    for i, name in enumerate(names):
        _trend_chart(page, sheet.name, name, (first - 1, first + 2 * i, len(table.columns) - 2), i)
    page.row += 14 * -(-len(names) // 3)
    page.finish()


def _trend_chart(sheet: Sheet, source: str, name: str, cells: tuple[int, int, int], place: int) -> None:
    """A chart of two rows of the sheet `source`; `cells`: the heading's row, the actuals' row, how many periods."""
    texts = sheet.paper.texts
    head, row, periods = cells
    chart = sheet.paper.book.add_chart({"type": "line"})
    for offset, word, colour in ((0, "head-actual", "#4472C4"), (1, "head-schedule", "#A6A6A6")):
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
