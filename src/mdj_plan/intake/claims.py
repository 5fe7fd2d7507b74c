"""The rows of a return, each value with its address: claims of facilities and reports of duties (`fields`).

What was read of a table is kept column by column (`Rows`); a claim is a view of one place in its columns, and `Claims`
are many of them: who looks at every row looks at columns, and asks for the few claims that matter.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate, chain, groupby, repeat
from operator import attrgetter, eq, itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from mdj_plan.fields import DUTY_FIELDS, FIELDS
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import as_typed, place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

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
    `typed` says what stands in a field's cells where the values do not say it (0500 for 500, a listed word), None where
    they do; of a field that it does not name nothing is known.
    Frozen but for the columns that are fetched when they are first asked for.
    """

    __slots__ = ("_made", "columns", "flaws", "origin", "rows", "typed")

    def __init__(
        self,
        origin: Origin,
        rows: Sequence[int],
        columns: Mapping[str, Sequence[Value]],
        flaws: Mapping[int, frozenset[str]],
        fields: Mapping[str, Field],
        typed: Mapping[str, Sequence[str | None]] = MappingProxyType({}),
    ) -> None:
        self.origin, self.rows, self.flaws, self.typed = origin, rows, flaws, typed
        self.columns = _Columns(columns, len(rows), fields)
        self._made: dict[int, Claim] = {}

    def claim(self, at: int) -> Claim:
        """The row at a place as a claim, always the same one."""
        found = self._made.get(at)
        if found is None:
            found = self._made[at] = Claim(self, at)
        return found

    def claims(self) -> Claims:
        """Every row as a claim."""
        return Claims([(self, range(len(self.rows)))])

    def duties(self) -> list[DutyReport]:
        """Every row as a report of a duty."""
        return [DutyReport(self, at) for at in range(len(self.rows))]

    def told_anew(self, *, origin: Origin | None = None, values: Mapping[str, Value] | None = None) -> Rows:
        """The same rows with another origin, or with one value for all of them in some columns."""
        same = {name: [value] * len(self.rows) for name, value in (values or {}).items()}
        columns = {**self.columns.told, **same}
        return Rows(origin or self.origin, self.rows, columns, self.flaws, self.columns.fields)

    def stated(self, at: int, values: Mapping[str, Value]) -> Rows:
        """One row alone, with other values in some columns."""
        columns = {name: (values.get(name, column[at]),) for name, column in self.columns.told.items()}
        flaws = {0: self.flaws[at]} if at in self.flaws else {}
        made = {name: (value,) for name, value in values.items()}
        return Rows(self.origin, (self.rows[at],), columns | made, flaws, self.columns.fields)


class _Columns(dict[str, "Sequence[Value]"]):
    """Columns by field id, each fetched from what was `told` of the table when it is first asked for.

    A field without a column states nothing in any row. KeyError for what is no field.
    """

    __slots__ = ("count", "fields", "nothing", "told")

    def __init__(self, told: Mapping[str, Sequence[Value]], count: int, fields: Mapping[str, Field]) -> None:
        super().__init__()
        self.told, self.count, self.fields = told, count, fields
        self.nothing: Sequence[Value] = ()

    def __missing__(self, name: str) -> Sequence[Value]:
        column = self.told.get(name)
        if column is None:
            if name not in self.fields:
                raise KeyError(name)
            column = self.nothing = self.nothing or (None,) * self.count
        self[name] = column
        return column


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
    def place(self) -> int:
        """Its place among them."""
        return self._place

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
        stated = {name: column[self._place] for name, column in self._columns.told.items()}
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


class Claims(Sequence[Claim]):
    """Claims in order, of one table or of several. Columns are there at once; a claim is made when it is asked for.

    A place counts from 0 across all of them.
    """

    __slots__ = ("_ends", "_parts")

    def __init__(self, parts: Iterable[tuple[Rows, Sequence[int]]] = ()) -> None:
        """Rows, and the places of those that are meant: a range stands for all."""
        self._parts = [(rows, places) for rows, places in parts if places]
        self._ends = list(accumulate(len(places) for _, places in self._parts))

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> Claims:
        """Claims as such a sequence."""
        runs = groupby(claims, key=attrgetter("of"))
        return cls((rows, [claim.place for claim in run]) for rows, run in runs)

    @classmethod
    def joined(cls, several: Iterable[Claims]) -> Claims:
        """One sequence after another."""
        return cls(part for claims in several for part in claims._parts)

    @property
    def tables(self) -> list[Rows]:
        """The tables that they came from, each once."""
        return list({id(rows): rows for rows, _ in self._parts}.values())

    def column(self, field: str) -> Sequence[Any]:
        """The values of a field, one a claim: None is blank, or unusable. Not to be changed."""
        columns = [_taken(rows.columns[field], places) for rows, places in self._parts]
        return columns[0] if len(columns) == 1 else list(chain.from_iterable(columns))

    def each(self, *fields: str) -> Iterator[tuple[Any, ...]]:
        """The values of several fields, a tuple a claim."""
        return zip(*map(self.column, fields), strict=True) if fields else repeat((), len(self))

    def flawed(self, field: str) -> set[int]:
        """The places whose cell of a field is unusable."""
        found: set[int] = set()
        for (rows, places), end in zip(self._parts, self._ends, strict=True):
            if any(field in flaws for flaws in rows.flaws.values()):
                start = end - len(places)
                found |= {start + i for i, at in enumerate(places) if field in rows.flaws.get(at, _NOTHING)}
        return found

    def silent(self, field: str) -> list[int]:
        """The places where a field states nothing: it is blank, or unusable."""
        column = self.column(field)
        return [at for at, value in enumerate(column) if value is None] if None in column else []

    def blank(self, field: str) -> list[int]:
        """The places where nothing stands of a field, not even something that cannot be used."""
        silent = self.silent(field)
        flawed = self.flawed(field) if silent else ()
        return [at for at in silent if at not in flawed] if flawed else silent

    def having(self, field: str) -> Claims:
        """Those of tables that have a column of a field."""
        return Claims(part for part in self._parts if field in part[0].origin.columns)

    def lacking(self, field: str) -> Claims:
        """Those of tables that have none."""
        return Claims(part for part in self._parts if field not in part[0].origin.columns)

    def picked(self, places: Iterable[int]) -> Claims:
        """Those at some places."""
        if len(self._parts) == 1:
            ((rows, known),) = self._parts
            return Claims([(rows, [known[at] for at in places])])
        flat = [(rows, at) for rows, known in self._parts for at in known]
        runs = groupby((flat[at] for at in places), key=itemgetter(0))
        return Claims((rows, [at for _, at in run]) for rows, run in runs)

    def without(self, places: Collection[int]) -> Claims:
        """Those at all other places; the very same where there are none to leave out."""
        return self.picked(at for at in range(len(self)) if at not in places) if places else self

    def retold(self, tell: Callable[[Rows], Rows]) -> Claims:
        """The same rows of tables told anew, each table once."""
        told = {id(rows): tell(rows) for rows in self.tables}
        return Claims((told[id(rows)], places) for rows, places in self._parts)

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[Claim]:
        return chain.from_iterable(map(rows.claim, places) for rows, places in self._parts)

    @overload
    def __getitem__(self, at: int) -> Claim: ...
    @overload
    def __getitem__(self, at: slice) -> Claims: ...
    def __getitem__(self, at: int | slice) -> Claim | Claims:
        """The claim at a place, or those at some. Raises IndexError."""
        places = range(len(self))[at]
        if isinstance(places, range):
            return self.picked(places)
        part = bisect_right(self._ends, places)
        rows, known = self._parts[part]
        return rows.claim(known[places - self._ends[part]])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Claims) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}.of({list(self)})"


NO_CLAIMS = Claims()


def _taken(column: Sequence[Any], places: Sequence[int]) -> Sequence[Any]:
    """A column's values at some places; a range stands for all."""
    return column if isinstance(places, range) else list(map(column.__getitem__, places))


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
