"""The rows of a return, each value with its address: claims of facilities and reports of duties (`fields`).

What was read of a table is kept column by column (`Rows`); a claim is a view of one place in its columns.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from mdj_plan.fields import DUTY_FIELDS, FIELDS
from mdj_plan.sheets.cells import as_typed, place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mdj_plan.fields import Field
    from mdj_plan.findings import Location
    from mdj_plan.sheets.cells import Cell

_AnyRow = TypeVar("_AnyRow", bound="_Row")
_NOTHING: frozenset[str] = frozenset()
Value = str | int | Decimal | dt.date | tuple[str, ...] | None


class Origin(NamedTuple):
    """The table that rows came from: file (relative to the submissions folder), sheet, column of each field.

    `rows` are the sheet's, as they were read: what was typed is looked up there by the few findings that show it.
    """

    file: str
    sheet: str | None
    columns: Mapping[str, int]
    rows: Sequence[Sequence[Cell]] = ()

    def at(self, row: int, field: str) -> Location:
        """The cell of a field in a row counted from 0; without a cell where the table lacks the column."""
        return place(self.file, self.sheet, row, self.columns.get(field, -1))

    def typed(self, row: int, field: str) -> str:
        """What stands in that cell, as a person sees it; "" where it is empty or part of a merged range."""
        column = self.columns.get(field)
        if column is None:
            return ""
        cells = self.rows[row] if row < len(self.rows) else ()
        return as_typed(cells[column]) if column < len(cells) else ""


class Rows:
    """A table's body as it was read, column by column.

    `rows` are the sheet's row numbers, counted from 0; `columns` the values of each field that has a column, as long as
    `rows`; `flaws` the unusable fields of a row, by its place among them. `fields` are the ids that may be asked for.
    Frozen but for the columns of nothing that are put in when they are first asked for.
    """

    __slots__ = ("columns", "flaws", "origin", "rows")

    def __init__(
        self,
        origin: Origin,
        rows: Sequence[int],
        columns: Mapping[str, Sequence[Value]],
        flaws: Mapping[int, frozenset[str]],
        fields: Mapping[str, Field],
    ) -> None:
        self.origin, self.rows, self.flaws = origin, rows, flaws
        self.columns = _Columns(columns, len(rows), fields)

    def claims(self) -> list[Claim]:
        """Every row as a claim."""
        return [Claim(self, at) for at in range(len(self.rows))]

    def duties(self) -> list[DutyReport]:
        """Every row as a report of a duty."""
        return [DutyReport(self, at) for at in range(len(self.rows))]

    def told_anew(self, *, origin: Origin | None = None, values: Mapping[str, Value] | None = None) -> Rows:
        """The same rows with another origin, or with one value for all of them in some columns."""
        same = {name: [value] * len(self.rows) for name, value in (values or {}).items()}
        columns = {**self.columns, **same}
        return Rows(origin or self.origin, self.rows, columns, self.flaws, self.columns.fields)

    def stated(self, at: int, values: Mapping[str, Value]) -> Rows:
        """One row alone, with other values in some columns."""
        columns = {name: (values.get(name, column[at]),) for name, column in self.columns.items()}
        flaws = {0: self.flaws[at]} if at in self.flaws else {}
        made = {name: (value,) for name, value in values.items()}
        return Rows(self.origin, (self.rows[at],), columns | made, flaws, self.columns.fields)


class _Columns(dict[str, "Sequence[Value]"]):
    """Columns by field id; a field without a column states nothing in any row. KeyError for what is no field."""

    __slots__ = ("count", "fields", "nothing")

    def __init__(self, columns: Mapping[str, Sequence[Value]], count: int, fields: Mapping[str, Field]) -> None:
        super().__init__(columns)
        self.count, self.fields = count, fields
        self.nothing: Sequence[Value] = ()

    def __missing__(self, name: str) -> Sequence[Value]:
        if name not in self.fields:
            raise KeyError(name)
        self.nothing = self.nothing or (None,) * self.count
        self[name] = self.nothing
        return self.nothing


class _Row:
    """One row of a table, as a view of its columns: every field is an attribute, and `value` takes its id."""

    __slots__ = ("_columns", "_place", "_rows")

    def __init__(self, rows: Rows, place: int) -> None:
        self._rows, self._columns, self._place = rows, rows.columns, place

    @property
    def of(self) -> Rows:
        """The rows that it is one of."""
        return self._rows

    @property
    def origin(self) -> Origin:
        """The table that it came from."""
        return self._rows.origin

    @property
    def row(self) -> int:
        """The sheet's row, counted from 0."""
        return self._rows.rows[self._place]

    @property
    def flaws(self) -> frozenset[str]:
        """The fields whose cells are unusable: their None does not mean blank."""
        return self._rows.flaws.get(self._place, _NOTHING)

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields that may be asked for, by id."""
        return self._columns.fields

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """A column of the plan's own, as the template's are asked for."""
            try:
                return self.value(name)
            except KeyError:
                raise AttributeError(name) from None

    def value(self, field: str) -> Any:
        """The value of a field, of the template's or of the plan's own columns; None is blank, or unusable."""
        return self._columns[field][self._place]

    def values(self, fields: Iterable[str]) -> tuple[Any, ...]:
        """The values of several fields."""
        columns, place = self._columns, self._place
        return tuple([columns[field][place] for field in fields])

    def at(self, field: str) -> Location:
        """The address of a field's cell."""
        return self.origin.at(self.row, field)

    def typed(self, field: str) -> str:
        """What stands in a field's cell, as a person sees it: 1.2万, 同上, 无."""
        return self.origin.typed(self.row, field)

    def told_as(self, rows: Rows) -> Self:
        """The same row as one of other rows told anew."""
        return type(self)(rows, self._place)

    def stating(self, **values: Value) -> Self:
        """The row with other values in some fields."""
        return type(self)(self._rows.stated(self._place, values), 0)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Row) or type(other) is not type(self):
            return NotImplemented
        same = self.row == other.row and self.flaws == other.flaws and self.origin[:3] == other.origin[:3]
        return same and all(self.value(name) == other.value(name) for name in self._columns.fields)

    def __hash__(self) -> int:
        return hash((self.origin.file, self.origin.sheet, self.row))

    def __repr__(self) -> str:
        stated = {name: column[self._place] for name, column in self._columns.items()}
        return f"{type(self).__name__}({self.origin.file!r}, {self.row}, {stated})"


def _attributes(fields: Iterable[str]) -> dict[str, property]:
    """A property for each field: what stands in its column."""

    def of(name: str) -> property:
        return property(lambda row: row._columns[name][row._place])

    return {name: of(name) for name in fields}


if TYPE_CHECKING:
    from mdj_plan.fields import DutyRow as _DutyFields
    from mdj_plan.fields import FacilityRow as _FacilityFields
else:
    _FacilityFields = type("_FacilityFields", (), {"__slots__": (), **_attributes(FIELDS)})
    _DutyFields = type("_DutyFields", (), {"__slots__": (), **_attributes(DUTY_FIELDS)})


class Claim(_Row, _FacilityFields):
    """One row of facilities (`fields.FacilityRow`): "this facility counts for me"."""

    __slots__ = ()

    @property
    def usable(self) -> bool:
        """Whether the row has a name, a kind and a state that can be used (contract 2); a blank state can."""
        return self.name is not None and self.kind is not None and "state" not in self.flaws


class DutyReport(_Row, _DutyFields):
    """One row of duties (`fields.DutyRow`)."""

    __slots__ = ()


def retold(rows: Iterable[_AnyRow], tell: Callable[[Rows], Rows]) -> tuple[_AnyRow, ...]:
    """Rows as those of their tables told anew, each table once."""
    made: dict[int, Rows] = {}
    found = []
    for row in rows:
        key = id(row.of)
        if key not in made:
            made[key] = tell(row.of)
        found.append(row.told_as(made[key]))
    return tuple(found)
