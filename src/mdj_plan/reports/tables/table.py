"""A table, declared once: its columns, its rows as a function, and the media that show it (docs/add-a-table.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from mdj_plan.records import NamedTuple
from mdj_plan.reports.tables.values import Below, Said, Status, Text, Value, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mdj_plan.messages import Messages

Medium = Literal["screen", "book", "page", "paper", "data"]
"""The monthly screen, a sheet of the workbook, a section of the page, an annex of the circular, JSON and CSV."""
Kind = Literal[
    "text", "cell", "code", "number", "count", "percent", "points", "date", "status", "standing", "bar", "hash"
]
"""How a column is set. `cell` is where something stands in a return, `code` a word without spaces; `standing` is a
figure against its target; a `bar` is drawn by the media that can, a `hash` set small.
"""
EVERYWHERE: frozenset[Medium] = frozenset({"screen", "book", "page", "paper", "data"})
PEOPLE: frozenset[Medium] = EVERYWHERE - {"data"}
DATA: frozenset[Medium] = frozenset({"data"})
ON_PAPER: frozenset[Medium] = frozenset({"book", "paper"})
ON_GLASS: frozenset[Medium] = frozenset({"screen", "page"})

FIGURES: frozenset[Kind] = frozenset({"number", "percent", "points", "standing"})
"""Kinds set to the right and never broken."""

Source = TypeVar("Source")
Row = dict[str, Value]
"""Values by column; a key that is not there is blank. `unit`, `indicator`, `status` are ids where a row has them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `key` names its value in a row and in JSON; its heading is `head-<head>` of the catalogues.

    `least` and `most` bound its width in characters (0: by its kind); `blank` stands where the value is unknown;
    `formula` is what a spreadsheet works out of the same row's columns (``{actual}/{target}``); `total`: its sum stands
    below, where there is `of` that of the rows alone in which another column says this; `quiet`: a value equal to the
    row's above is not repeated on the screen; `about` is the id of the indicator that a whole column is about; a
    column that is not `printed` stands on the sheet, after all that are, and on no page.
    """

    key: str
    kind: Kind = "text"
    head: Text = ""
    media: frozenset[Medium] = EVERYWHERE
    least: float = 0
    most: float = 0
    blank: Text = "—"
    formula: str = ""
    total: bool = False
    of: tuple[str, Text] | None = None
    quiet: bool = False
    about: str = ""
    printed: bool = True

    @property
    def heading(self) -> Text:
        """Its heading: of the catalogues (`head` is a key), or words of the plan."""
        head = self.head or self.key
        return said(f"head-{head}") if type(head) is str else head


class Note(NamedTuple):
    """A line below (or above) a table, and the media that show it."""

    text: Text
    media: frozenset[Medium] = EVERYWHERE


class Filled(NamedTuple):
    """A table with its rows, as every medium draws it."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    lead: tuple[Note, ...]
    notes: tuple[Note, ...]
    states: tuple[Status, ...]
    fixed: int
    listed: bool

    @property
    def title(self) -> Said:
        """Its title; the catalogue may say in it how many rows (`n`) there are."""
        return said(f"table-{self.name}", n=len(self.rows))

    @property
    def tab(self) -> Callable[[Messages], str]:
        """Its short title: `tab-<name>` of the catalogue, else its title."""
        own, title = f"tab-{self.name}", self.title
        return lambda texts: texts(own) if texts.has(own) else title(texts)

    @property
    def empty(self) -> Callable[[Messages], str]:
        """What is said where there is no row: `none-<name>` of the catalogue, else that there is none."""
        own = f"none-{self.name}"
        return lambda texts: texts(own if texts.has(own) else "none")

    def on(self, medium: Medium) -> tuple[Column, ...]:
        """The columns that a medium shows."""
        return tuple(column for column in self.columns if medium in column.media)

    def numbered(self) -> Iterator[tuple[int | None, Row]]:
        """The rows with their numbers; what is set in below another has none."""
        number = 0
        for row in self.rows:
            below = any(isinstance(value, Below) for value in row.values())
            number += not below
            yield None if below else number, row

    def said_above(self, medium: Medium) -> tuple[Text, ...]:
        """What a medium says above the table."""
        return tuple(note.text for note in self.lead if medium in note.media)

    def said_below(self, medium: Medium) -> tuple[Text, ...]:
        """What a medium says below the table."""
        return tuple(note.text for note in self.notes if medium in note.media)


def _nothing(source: object, rows: tuple[Row, ...] = ()) -> tuple[()]:  # noqa: ARG001 - as what a table may declare
    return ()


@dataclass(frozen=True, slots=True)
class Table(Generic[Source]):
    """A table of an assessment (or of the plan), by the name that its words have in the catalogues.

    `table-<name>` is its title; optional are `tab-<name>`, a sheet's short title, and `none-<name>`, said of no rows.

    `columns` may depend on what is shown, as units by indicator do. `media` show it by themselves; any other may draw
    it where it is asked to. `fixed`: so many columns stay in sight. `listed`: a list that can be filtered and sorted.
    `optional`: left out where it has no row. `lead` stands above it, `notes` below. `states` are all that a status of
    it may be, so that a word corrected by hand is coloured too.
    """

    name: str
    columns: tuple[Column, ...] | Callable[[Source], tuple[Column, ...]]
    rows: Callable[[Source], Iterable[Row]]
    media: frozenset[Medium] = frozenset({"book", "page"})
    lead: Callable[[Source], Iterable[Note]] = _nothing
    notes: Callable[[Source, tuple[Row, ...]], Iterable[Note]] = _nothing
    states: Callable[[Source], Iterable[Status]] = _nothing
    fixed: int = 2
    listed: bool = True
    optional: bool = False

    def of(self, source: Source) -> Filled:
        """The table of an assessment."""
        columns = self.columns if isinstance(self.columns, tuple) else self.columns(source)
        rows = tuple(self.rows(source))
        lead, notes, states = self.lead(source), self.notes(source, rows), self.states(source)
        return Filled(
            self.name, columns, rows, tuple(lead), tuple(notes), tuple(states), fixed=self.fixed, listed=self.listed
        )
