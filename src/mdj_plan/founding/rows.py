"""The rows of a breakdown table, one after the other: whose each is, and the figures it states, with their cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdj_plan.founding.heads import Heading, Role, heading, heads_a_column, role_of
from mdj_plan.founding.labels import Label, Sort, label
from mdj_plan.measures import Unit, scale, unit
from mdj_plan.plan.quotas import amount
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Cell, as_typed
from mdj_plan.sheets.tables.parsers import quarter
from mdj_plan.sheets.tables.words import is_note
from mdj_plan.sheets.values.reading import blank, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from mdj_plan.findings import Argument
    from mdj_plan.founding.grid import Spot
    from mdj_plan.founding.known import Known
    from mdj_plan.founding.layout import Layout
    from mdj_plan.period import Period


class Doubt(NamedTuple):
    """What was not understood, or only by an assumption: the key of its message, its place, what fills the message."""

    name: str
    spot: Spot
    args: tuple[tuple[str, Argument], ...] = ()


class Entry(NamedTuple):
    """One figure as stated. `known` None: nobody knows the indicator, which the table calls `phrase`.

    `amount` is in the measure unit of a known indicator; None for one that is not known (`typed` says what stands
    there). `period` None: at the end. `role` is FIGURE, BASELINE or TOTAL; `growth` what is new,
    in its year or in all. `due` None: not stated.
    """

    phrase: str
    known: Known | None
    role: Role
    period: Period | None
    growth: bool
    amount: Decimal | None
    typed: str
    measure: Unit | None
    spot: Spot
    due: Period | None = None


class Row(NamedTuple):
    """A row: its first cell and what it says, the section that it stands in, its figures.

    `note` is about what is owed, `about` (of a wide table) about who owes it.
    """

    spot: Spot
    typed: str
    label: Label
    section: str
    entries: tuple[Entry, ...] = ()
    clause: str | None = None
    note: str | None = None
    about: str | None = None


class RowReader:
    """Reads the rows of a layout; keeps what it doubts as it goes."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.grid = layout, layout.grid
        self.doubts: list[Doubt] = []
        self._section = ""
        self._above: dict[int, tuple[str, int]] = {}
        self._joint: set[Spot] = set()
        self._told: set[str] = set()

    def rows(self) -> Iterator[Row]:
        """Every row below the headings that says something, from the top down."""
        for row in range(self.layout.bottom + 1, self.layout.end):
            if self.grid.texts(row) and not self._is_heading(row):
                yield self._row(row)

    def _is_heading(self, row: int) -> bool:
        """Whether the headings stand there once more, as on the next page."""
        if role_of(self.grid.text(row, self.layout.unit)) is not Role.UNIT:
            return False
        told = {text for path in self.layout.paths.values() for text in path}
        return all(self.grid.text(row, column) in {"", *told} for column in self.layout.figures)

    def _row(self, row: int) -> Row:
        spot, typed = self._first(row)
        across = self._across(row)
        figures = self._states(row) and not across
        said = label(typed, figures=figures, across=across)
        if self._is_aside(row, typed, said, figures=figures):
            said = Label(Sort.ASIDE)
        if said.sort is Sort.SECTION:
            self._section = said.name
        found = Row(spot, typed, said, self._section)
        if said.sort in {Sort.SECTION, Sort.ASIDE}:
            return found
        note, wide = self._text_of(row, Role.NOTE), self.layout.indicator is None
        return found._replace(
            entries=() if across else tuple(self._entries(row)),
            clause=self._text_of(row, Role.CLAUSE),
            note=None if wide else note,
            about=note if wide else None,
        )

    def _is_aside(self, row: int, typed: str, said: Label, *, figures: bool) -> bool:
        """Whether a row is about nobody: a column's heading in a table turned round, a note without a figure."""
        if said.sort is Sort.UNIT and heads_a_column(typed):
            return True
        noted = is_note([cell for column in range(self.grid.width) if not blank(cell := self.grid.raw(row, column))])
        return noted and not (figures and any(map(str.isdigit, self._typed(row))))

    def _first(self, row: int) -> tuple[Spot, str]:
        """The cell that says whose the row is: that of the units, where it is blank one left of it (合计 under 序号).

        In a long table whose first row alone names the unit, as text files have it, that of the row above.
        """
        unit_column = self.layout.unit
        for column in (unit_column, *range(unit_column)):
            text = self.grid.text(row, column)
            if text and not (column != unit_column and text.isdigit()):
                self._above[unit_column] = (text, row)
                return self.grid.spot(row, column), text
        above = self._above.get(unit_column)
        if above is not None and self.layout.indicator is not None and self._states(row):
            return self.grid.spot(above[1], unit_column), above[0]
        return self.grid.spot(row, unit_column), next(iter(self.grid.texts(row)), "")

    def _across(self, row: int) -> bool:
        held = self.grid.merged(row, self.layout.unit)
        return held is not None and any(held.left <= column <= held.right for column in self.layout.figures)

    def _typed(self, row: int) -> str:
        """All that the figures of a row say."""
        return "".join(self.grid.text(row, column) for column in self.layout.figures)

    def _states(self, row: int) -> bool:
        return any(not blank(self.grid.raw(row, column)) for column in self.layout.figures)

    def _entries(self, row: int) -> Iterator[Entry]:
        for column in self.layout.figures:
            raw = self.grid.raw(row, column)
            spot = self.grid.spot(row, column)
            said = self._said(row, column)
            if (flaw := self.grid.flaw(row, column)) is not None:
                self._doubt("founding-flawed", spot, found=flaw)
            elif not blank(raw) and said is not None and not self._is_joint(row, column):
                entry = self._entry(raw, spot, said)
                if entry is not None:
                    yield entry._replace(due=self._due(row, entry.phrase))

    def _said(self, row: int, column: int) -> Heading | None:
        """What the figure in a cell is: as its column's headings say, in a long table as its row does."""
        here = self.layout.headings[column]
        if self.layout.indicator is None:
            return here if here.phrase else self._of_title(here)
        named = self._carried(row, self.layout.indicator)
        of_row = heading([named]) if named else None
        if of_row is None or not of_row.phrase:
            return None
        told = self.grid.text(row, self.layout.measure) if self.layout.measure is not None else ""
        return here._replace(
            phrase=of_row.phrase,
            found=of_row.found,
            period=here.period or of_row.period,
            measure=unit(squeezed(told)) or of_row.measure or here.measure,
            yearly=here.yearly or of_row.yearly,
        )

    def _of_title(self, here: Heading) -> Heading | None:
        """A column that names no indicator, in a table whose title does."""
        subject = self.layout.subject
        return None if subject is None else here._replace(phrase=subject.known.name.zh, found=subject)

    def _carried(self, row: int, column: int) -> str:
        """What a cell says, or where it is blank the one above it."""
        if text := self.grid.text(row, column):
            self._above[column] = (text, row)
        return self._above.get(column, ("", 0))[0]

    def _is_joint(self, row: int, column: int) -> bool:
        """Whether a figure stands in a cell merged over several: nobody can say how much of it is whose."""
        held = self.grid.merged(row, column)
        if held is None:
            return False
        spot = self.grid.spot(held.top, held.left)
        if spot not in self._joint:
            self._joint.add(spot)
            self._doubt("founding-joint", spot, found=self.grid.text(row, column))
        return True

    def _entry(self, raw: Cell, spot: Spot, said: Heading) -> Entry | None:
        known, measure = self._measured(said)
        typed = as_typed(raw).strip()
        entry = Entry(said.phrase, known, said.role, said.period, said.growth, None, typed, measure, spot)
        if known is None:
            return entry
        figure = amount(raw, known.unit, measure, floor=True)
        if figure is None:
            self._doubt("founding-no-number", spot, found=as_typed(raw), indicator=known.name)
            return None
        self._assumed(known, measure, typed, spot)
        return entry._replace(amount=figure)

    def _measured(self, said: Heading) -> tuple[Known | None, Unit | None]:
        """The indicator of a figure and its measure unit; 孵化面积（亩）is not the area that we know."""
        if said.found is None:
            return None, said.measure
        known = said.found.known
        measure = said.measure or self._measure_above(known)
        fits = measure is None or scale(measure, _base(known)) is not None
        return (known if fits else None), measure

    def _assumed(self, known: Known, measure: Unit | None, typed: str, spot: Spot) -> None:
        """An area without its measure unit, told once."""
        bare = known.unit == "㎡" and measure is None and re.search(r"[^0-9.,]", typed) is None
        if bare and known.id not in self._told:
            self._told.add(known.id)
            self._doubt("founding-no-measure", spot, indicator=known.name)

    def _measure_above(self, known: Known) -> Unit | None:
        own = _base(known)
        return next((each for each in self.layout.measures if scale(each, own) is not None and each.base), None)

    def _due(self, row: int, phrase: str) -> Period | None:
        """When a figure is due: as the indicator's own column says, else the table's."""
        columns = {h.phrase: c for c, h in self.layout.headings.items() if h.role is Role.DUE}
        column = columns.get(phrase, columns.get(""))
        if column is None or blank(raw := self.grid.raw(row, column)):
            return None
        found: Period | None = quarter(raw).value
        if found is None:
            self._doubt("founding-no-quarter", self.grid.spot(row, column), found=as_typed(raw))
        return found

    def _text_of(self, row: int, role: Role) -> str | None:
        column = self.layout.of_role(role)
        return (self.grid.text(row, column) or None) if column is not None else None

    def _doubt(self, name: str, spot: Spot, **args: Argument) -> None:
        self.doubts.append(Doubt(name, spot, tuple(args.items())))


def _base(known: Known) -> str:
    """The measure unit of an indicator by its own word."""
    return known.unit.replace("㎡", "平方米")
