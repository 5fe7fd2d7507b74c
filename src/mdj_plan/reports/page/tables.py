"""A declared table as a section of the page, in both languages; `page_table.html.j2` writes what is chosen here."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from mdj_plan.names import Words
from mdj_plan.period import Month, Period
from mdj_plan.records import NamedTuple
from mdj_plan.reports.page.charts import Bullet, bullet
from mdj_plan.reports.page.colours import Colour, colour
from mdj_plan.reports.tables.table import FIGURES
from mdj_plan.reports.tables.values import (
    Amount,
    Bar,
    Below,
    Joined,
    Points,
    Rate,
    Shortfall,
    Standing,
    Status,
    exact,
    told,
    worded,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mdj_plan.reports.page.bilingual import Bilingual
    from mdj_plan.reports.tables.table import Column, Filled, Row
    from mdj_plan.reports.tables.values import Text, Value

_CLASSES = {"cell": "cells", "code": "short", "date": "short", "hash": "hash", "count": "n"}


class Head(NamedTuple):
    """A column's heading: its words, its class, and the indicator that it is about ("": none)."""

    words: Words
    css: str
    indicator: str


class Cell(NamedTuple):
    """A cell. `link` leads to the evidence of its figure; `sort` is what it is sorted by (None: as it reads).

    `typed` says that somebody wrote it in Chinese; `chip` is the status with its colour; `lines` are several texts;
    `unseen` is for those who do not see what a dash means.
    """

    words: Words | None
    css: str = ""
    sort: object = None
    link: str = ""
    typed: bool = False
    chip: tuple[Words, Colour] | None = None
    lines: tuple[Words, ...] = ()
    bullet: Bullet | None = None
    unseen: Words | None = None
    attributes: tuple[tuple[str, str], ...] = ()


class Line(NamedTuple):
    """A row with the ids by which the page's filter finds it."""

    attributes: tuple[tuple[str, str], ...]
    cells: tuple[Cell, ...]


class Section(NamedTuple):
    """A table as the template writes it."""

    name: str
    title: Words
    short: Words
    empty: Words
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    lead: tuple[Words, ...]
    notes: tuple[Words, ...]
    listed: bool


def section(table: Filled, say: Bilingual, links: Mapping[int, str]) -> Section:
    """The table in both languages; `links` are the anchors of targets' evidence, by the gap's identity."""
    columns = _status_in_sight(table.on("page"))
    drawn = _Drawn(say, links)
    return Section(
        table.name,
        drawn.words(table.title),
        drawn.words(table.tab),
        drawn.words(table.empty),
        tuple(Head(drawn.words(column.heading), _css(column), column.about) for column in columns),
        tuple(drawn.line(row, columns) for row in table.rows),
        tuple(map(drawn.words, table.said_above("page"))),
        tuple(map(drawn.words, table.said_below("page"))),
        table.listed,
    )


def _status_in_sight(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with the status right beside the figure that it judges, so that a narrow page shows both."""
    kinds = [column.kind for column in columns]
    if "standing" not in kinds or "status" not in kinds:
        return tuple(columns)
    at, status = kinds.index("standing"), columns[kinds.index("status")]
    rest = [column for column in columns if column is not status]
    return (*rest[: at + 1], status, *rest[at + 1 :])


def _css(column: Column) -> str:
    if column.kind == "bar":
        return "still"
    if column.kind == "standing":
        return "" if column.about else "n"
    return "n" if column.kind in FIGURES else _CLASSES.get(column.kind, "")


def _ids(row: Row) -> Iterator[tuple[str, str]]:
    """What the page's filter looks at: ids of unit, indicator and status; and the scope of a target."""
    for name in ("scope", "unit", "indicator"):
        value = row.get(name, 0)
        if value is None or isinstance(value, str):
            yield f"data-{name}", value or ""
    status = row.get("status")
    if isinstance(status, Status):
        yield "data-status", status.id


class _Drawn:
    """How values become cells, in both languages."""

    def __init__(self, say: Bilingual, links: Mapping[int, str]) -> None:
        self.say, self.links = say, links

    def words(self, text: Text) -> Words:
        """A text in both languages."""
        if isinstance(text, Words):
            return Words(text.in_language("zh"), text.in_language("en"))
        return Words(text, text) if isinstance(text, str) else self.say.each(lambda texts: worded(text, texts))

    def line(self, row: Row, columns: Sequence[Column]) -> Line:
        """A row with what is looked up in it."""
        return Line((*_ids(row), *self.figure(row)), tuple(self.cell(column, row) for column in columns))

    def figure(self, row: Row) -> Iterator[tuple[str, str]]:
        """The anchor of the evidence of a row about one target."""
        actual = row.get("actual")
        if isinstance(actual, Amount) and id(actual.gap) in self.links:
            yield "data-figure", self.links[id(actual.gap)]

    def cell(self, column: Column, row: Row) -> Cell:
        """A cell as its value is."""
        value, css = row.get(column.key), _css(column)
        match value:
            case Status():
                chip = (self.words(value.word), colour(value.colour))
                return Cell(None, css, value.rank, chip=chip) if column.kind == "status" else Cell(chip[0], css)
            case Standing():
                return self._standing(column, value)
            case None if column.kind == "standing":
                ids = (("data-indicator", column.about),) if column.about else ()
                return Cell(Words("—"), css, "", unseen=self.say("page-not-owed"), attributes=ids)
            case Bar():
                return Cell(None, "bullet", bullet=bullet(value))
            case Joined():
                return self._joined(value, css)
            case Below():
                return Cell(self.words(value.name), "member", typed=isinstance(value.name, str))
            case str():
                return Cell(Words(value, value), css, typed=not value.isascii())
            case _:
                return self._figure(column, value, css)

    def _figure(self, column: Column, value: Value, css: str) -> Cell:
        words = self.say.each(lambda texts: told(value, texts, column.blank))
        sort = None
        if isinstance(value, Amount | Shortfall | Rate | Points | int | None) and column.kind in {*FIGURES, "count"}:
            sort = exact(value, self.say.texts)
            sort = "" if sort is None else sort
        elif isinstance(value, Period | Month | dt.date):
            sort = str(value)
        link = self.links.get(id(value.gap), "") if isinstance(value, Amount) and column.key == "actual" else ""
        key = (("data-key", column.key),) if column.kind in FIGURES else ()
        return Cell(words, css, sort, link, attributes=key)

    def _standing(self, column: Column, value: Standing) -> Cell:
        gap, texts = value.actual.gap, self.say.texts
        figures = told(value._replace(status=None), texts)
        rate = "" if gap is None or gap.attainment is None else exact(Rate(gap.attainment), texts)
        link = self.links.get(id(gap), "")
        chip = None if value.status is None else (self.words(value.status.word), colour(value.status.colour))
        ids = () if value.status is None else (("data-indicator", column.about), ("data-status", value.status.id))
        return Cell(Words(figures, figures), "cell" if chip else "n", rate, link, chip=chip, attributes=ids)

    def _joined(self, value: Joined, css: str) -> Cell:
        if not value.by:
            return Cell(None, css, typed=True, lines=tuple(map(self.words, value.parts)))
        return Cell(self.say.each(lambda texts: told(value, texts)), css)
