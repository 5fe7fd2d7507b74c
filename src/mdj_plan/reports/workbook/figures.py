"""The workbook's overview: the city's targets with a chart, how many stand where, who is out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.happened import happened
from mdj_plan.reports.restated import restated
from mdj_plan.reports.tables.counts import COUNTS
from mdj_plan.reports.tables.edition import edition_of
from mdj_plan.reports.tables.targets import CITY
from mdj_plan.reports.views import count_word, counts_of_data, of_scope
from mdj_plan.reports.wording import month, quarter
from mdj_plan.reports.workbook.tables import paged, places_of, write_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.messages import Messages
    from mdj_plan.reports.workbook.sheet import Paper, Sheet

_WITH_CHART = 12
"""So many targets leave room for the chart on their page."""


def overview(paper: Paper, a: Assessment) -> None:
    """The city's targets; counts by status; who is missing or late."""
    texts, head = paper.texts, a.plan.file.plan
    subtitle = f"{head.document}  {dated(a, texts)}" if head.document else dated(a, texts)
    table = CITY.of(a)
    places = places_of(table)
    widths = paged(table, places, texts)
    title = texts("book-title", period=quarter(a.period, texts.language))
    sheet = paper.sheet(texts("book-overview"), title, widths, subtitle=f"{texts.words(head.title)}  {subtitle}")
    sheet.section(texts("book-in-short", expected=len(a.units), received=a.received, found=_found(a, texts)))
    first = write_table(sheet, table, places)
    sheet.row += 1
    if table.rows:
        _chart(sheet, of_scope(a, "city"), first, [place.column.key for place in places])
    sheet.new_page()
    counts = COUNTS.of(a)
    sheet.section(counts.title(texts))
    write_table(sheet, counts, places_of(counts), start=1, own=False)
    sheet.row += 1
    _story(sheet, a)
    _silent(sheet, a)
    sheet.finish()


def _found(a: Assessment, texts: Messages) -> str:
    """How many findings of each severity there are, as on the screen; those that the office has accepted apart."""
    said = [count_word(texts, severity, n) for severity, n in counts_of_data(a).items()]
    if a.accepted:
        said.append(texts("count-accepted", n=len(a.accepted), until=str(a.accepted_until)))
    return texts("book-listed").join(said)


def dated(a: Assessment, texts: Messages) -> str:
    """Period and as-of, and whether what stands there is a draft or an edition: as every sheet bears it."""
    period, as_of = quarter(a.period, texts.language), month(a.as_of, texts.language)
    return f"{texts('book-of', period=period, as_of=as_of)}  {edition_of(a)(texts)}"


def _story(sheet: Sheet, a: Assessment) -> None:
    """In sentences: what happened to facilities since the quarter before, which published figures were corrected."""
    texts = sheet.paper.texts
    events = happened(a.changes, texts)
    told = [*([texts("story-happened", told=events)] if events else []), *restated(a, texts)]
    if told:
        sheet.section(texts("story"))
        for sentence in told:
            sheet.note(sentence)
        sheet.row += 1


def _silent(sheet: Sheet, a: Assessment) -> None:
    """Who is missing, carried, sent back, in question, in part or late, or sent what cannot be used, by name."""
    texts = sheet.paper.texts
    sheet.section(texts("book-reporting", received=a.received, expected=len(a.units)))
    said = False
    for status in ("missing", "carried", "returned", "pending", "unusable", "partial", "late"):
        names = texts("book-listed").join(_named(state, texts) for state in a.units if _reported(a, state) == status)
        if names:
            sheet.note(texts(f"book-{status}-units", units=names))
            said = True
    if not said:
        sheet.note(texts("book-all-in"))


def _reported(a: Assessment, state: UnitState) -> str:
    """How a unit has reported; one whose file came and cannot be used is not called silent."""
    return "unusable" if state.standing == "missing" and state.unit.id in a.unusable else state.standing


def _named(state: UnitState, texts: Messages) -> str:
    """The unit, with the period that is carried or the days it is late by."""
    name = texts.words(state.unit.name)
    if state.pending is not None:
        why = texts(f"tally-why-{state.pending.why}", period=str(state.pending.stated))
        return texts("tally-asked", name=name, why=why)
    if state.status in {"carried", "returned"} and state.return_period is not None:
        return texts("book-carried-one", unit=name, period=str(state.return_period))
    if state.days_late:
        return texts("book-late-one", unit=name, days=state.days_late)
    return name


def _chart(sheet: Sheet, city: Sequence[Gap], row: int, keys: Sequence[str]) -> None:
    """Each target's rate beside its schedule, as shares of the target, on the first page below the table.

    The figures stand on the sheet itself, from `row` down, in the columns `keys`.
    """
    texts, name = sheet.paper.texts, sheet.name
    last = row + len(city) - 1
    names = keys.index("owed")
    chart = sheet.paper.book.add_chart({"type": "bar"})
    for key, colour in (("attainment", "#4472C4"), ("schedule_rate", "#BFBFBF")):
        column = keys.index(key)
        chart.add_series(
            {
                "name": texts(f"head-{key}"),
                "categories": [name, row, names, last, names],
                "values": [name, row, column, last, column],
                "fill": {"color": colour},
                "data_labels": {"value": True, "num_format": "0%", "font": {"size": 9}},
            }
        )
    chart.set_title({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "0%", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E0E0E0"}}})
    chart.set_legend({"position": "bottom"})
    if len(city) > _WITH_CHART:
        sheet.new_page()
    height = max(560 - 26 * len(city), 260)  # what the table leaves of the first page
    chart.set_size({"width": 940, "height": height})
    sheet.page.insert_chart(sheet.row, 1, chart, {"object_position": 2})
    sheet.row += height // 20 + 1
