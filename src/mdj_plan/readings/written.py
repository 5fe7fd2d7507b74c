"""A submission as bytes and back, exactly: its rows column by column, everything else as records.

The first line is JSON and says all but what stands in the rows, each further one some columns of a table: those are
understood when one of them is first asked for. Of the sheets only what stands in the cells of the rows is kept, and
only where the value does not say it already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

from mdj_plan import findings, names, period
from mdj_plan.fields import DUTY_FIELDS
from mdj_plan.intake import submission
from mdj_plan.intake.claims import Claims, Origin, Rows
from mdj_plan.intake.layout import cover
from mdj_plan.kept.plain import Plain, is_record, understood, written
from mdj_plan.sheets.cells import as_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from mdj_plan.fields import Field
    from mdj_plan.intake.claims import DutyReport
    from mdj_plan.intake.submission import Submission

_MODULES = (submission, cover, findings, names, period)
_RECORDS = Plain(cls for module in _MODULES for cls in vars(module).values() if is_record(cls))
_NUMBERS = frozenset({int, Decimal})
_EXACT = 1e15
"""Numbers below it are shown in full."""
_OFTEN = 4
"""A column is written as its distinct values where each of them stands so often."""
_AT_ONCE = 2**15
"""So many values become bytes in one go, one line."""
_ALWAYS = frozenset({"name", "kind", "state", "region", "department", "new_graduates"})
"""What a run asks of every return, also of earlier quarters: a line apart."""
_ODD = "?"
"""The kind of a column whose values differ in kind: each is written by itself."""


def encode(read: Submission) -> bytes:
    """The submission as lines of JSON. Columns become bytes some at a time: long ones are never all held twice."""
    frame = _RECORDS.write(read._replace(claims=(), duties=()))  # type: ignore[arg-type] # rows are written apart
    lines: list[bytes] = []
    claims = [_table(table, lines) for table in read.claims.tables]
    duties = [_table(table, lines) for table in _tables(read.duties)]
    return b"\n".join([written([frame, claims, duties]), *lines])


def decode(data: bytes, fields: Mapping[str, Field]) -> Submission:
    """The submission again; `fields` are the columns of the plan's returns.

    Raises ValueError, TypeError, KeyError or AttributeError for what `encode` never wrote; so do the columns, when they
    are first asked for.
    """
    first, *rest = data.split(b"\n")
    lines = iter(rest)
    frame, claims, duties = understood(first)
    read: Submission = _RECORDS.read(frame)
    return read._replace(
        claims=Claims.joined([_rows(head, lines, fields).claims() for head in claims]),
        duties=tuple([duty for head in duties for duty in _rows(head, lines, DUTY_FIELDS).duties()]),
    )


def _tables(rows: Iterable[DutyReport]) -> Iterable[Rows]:
    """The tables that the rows came from."""
    return {id(row.of): row.of for row in rows}.values()


def _table(table: Rows, lines: list[bytes]) -> dict[str, Any]:
    """What is said of a table in the first line; its columns, and what was typed in them, are added to the lines."""
    columns, origin, count = table.columns.told, table.origin, len(table.rows)
    nothing = [None] * count
    stated = [name for name, column in columns.items() if column.count(None) < count]
    in_lines = [
        *_some([n for n in stated if n in _ALWAYS], count),
        *_some([n for n in stated if n not in _ALWAYS], count),
    ]
    lines += (written({name: _column(columns[name]) for name in some}) for some in in_lines)
    typed = ((name, _typed(columns.get(name) or nothing, cells)) for name, cells in _cells(table))
    lines.append(_mapping({name: more for name, more in typed if more is not None}, count))
    return {
        "file": origin.file,
        "sheet": origin.sheet,
        "columns": dict(origin.columns),
        "rows": list(table.rows),
        "flaws": {at: sorted(flaw) for at, flaw in table.flaws.items() if flaw},
        "lines": in_lines,
    }


def _some(names: Iterable[str], count: int) -> Iterator[list[str]]:
    """Names of columns of `count` rows, so many at a time as become bytes in one go."""
    left = iter(names)
    while some := list(islice(left, _AT_ONCE // max(1, count) + 1)):
        yield some


def _mapping(told: Mapping[str, Any], count: int) -> bytes:
    """An object of JSON, written some columns at a time."""
    return b"{%b}" % b",".join(written({name: told[name] for name in some})[1:-1] for some in _some(told, count))


def _cells(table: Rows) -> Iterator[tuple[str, Sequence[Any]]]:
    """What stands in the cells of the table's rows, field by field."""
    sheet = table.origin.rows
    rows = [sheet[row] if row < len(sheet) else () for row in table.rows]
    whole = len(set(map(len, rows))) == 1
    upright: list[Sequence[Any]] = list(zip(*rows, strict=True)) if whole else list(zip_longest(*rows))
    for name, at in table.origin.columns.items():
        yield name, upright[at] if at < len(upright) else (None,) * len(rows)
        if at < len(upright):
            upright[at] = ()  # no longer needed


def _rows(head: Mapping[str, Any], lines: Iterator[bytes], fields: Mapping[str, Field]) -> Rows:
    rows, line_of = head["rows"], {}
    for some in head["lines"]:
        line_of.update(dict.fromkeys(some, next(lines, b"")))
    values = _Values(line_of, len(rows))
    cells = _Cells(rows, head["columns"], values, next(lines, b""))
    flaws = {int(at): frozenset(flaw) for at, flaw in head["flaws"].items()}
    return Rows(Origin(head["file"], head["sheet"], head["columns"], cells), rows, values, flaws, fields)


class _Values(Mapping[str, Sequence[Any]]):
    """The columns of a table by field; a line of them is understood when one of it is first asked for."""

    __slots__ = ("_count", "_lines", "_understood")

    def __init__(self, lines: dict[str, bytes], count: int) -> None:
        self._lines, self._count = lines, count
        self._understood: dict[str, Sequence[Any]] = {}

    def __getitem__(self, name: str) -> Sequence[Any]:
        if name not in self._understood:
            for each, column in understood(self._lines[name]).items():
                self._understood[each] = _values(*column)
                self._lines[each] = b""
        column = self._understood[name]
        if len(column) != self._count:
            raise ValueError("columns differ in length")
        return column

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


_KINDS: Mapping[type, str] = {str: "", int: "", Decimal: "D", dt.date: "d", tuple: "t"}
_WRITTEN: Mapping[str, Callable[[Any], Any]] = {"D": str, "d": dt.date.isoformat}
_READ: Mapping[str, Callable[[Any], Any]] = {"D": Decimal, "d": dt.date.fromisoformat, "t": tuple, _ODD: _RECORDS.read}


def _column(values: Sequence[Any]) -> list[Any]:
    """The kind of a column's values, and the values: each one, or each that there is and which of them stands where."""
    kinds = set(map(type, values)) - {type(None)}
    marks = {_KINDS.get(kind, _ODD) for kind in kinds}
    if _ODD in marks or (len(kinds) > 1 and marks != {""}):
        return [_ODD, list(map(_RECORDS.write, values))]
    (mark,) = marks
    told = list(values)
    if mark in _WRITTEN:
        write = _WRITTEN[mark]
        told = [None if value is None else write(value) for value in values]
    distinct = dict.fromkeys(told)
    if len(distinct) * _OFTEN > len(told):
        return [mark, told]
    places = {value: place for place, value in enumerate(distinct)}
    return [mark, list(distinct), list(map(places.__getitem__, told))]


def _values(mark: str, told: list[Any], places: list[int] | None = None) -> list[Any]:
    values = told
    if mark:
        read = _READ[mark]
        values = [None if value is None else read(value) for value in told]
    return values if places is None else list(map(values.__getitem__, places))


def _typed(values: Sequence[Any], cells: Sequence[Any]) -> list[Any] | None:
    """What stands in a column's cells where the values do not say it: of each value, and of odd cells by themselves.

    None where they say it all.
    """
    if _say_all(values, cells):
        return None
    distinct = _pairs(values, cells)
    more = {(value, cell): as_typed(cell) for value, cell in distinct if _says_more(value, cell)}
    if not more:
        return None
    ways: dict[Any, set[str | None]] = {}
    for pair in distinct:
        ways.setdefault(pair[0], set()).add(more.get(pair))
    several = {value for value, typed in ways.items() if len(typed) > 1}
    said = {value: typed for (value, _), typed in more.items() if value not in several}
    odd = {}
    if several:
        pairs = enumerate(zip(values, cells, strict=True))
        odd = {at: more[pair] for at, pair in pairs if pair[0] in several and pair in more}
    return [[[_RECORDS.write(value), typed] for value, typed in said.items()], odd]


def _say_all(values: Sequence[Any], cells: Sequence[Any]) -> bool:
    """Whether a column's values plainly are what stands in its cells: as most do, and told without looking at each."""
    typed = list(cells)
    if set(map(type, typed)) == {float}:
        if max(typed) >= _EXACT or min(typed) <= -_EXACT:
            return False
        return {int, Decimal}.issuperset(map(type, values)) and list(map(float, values)) == typed
    return list(values) == typed and float not in set(map(type, typed))


def _pairs(values: Sequence[Any], cells: Sequence[Any]) -> Collection[tuple[Any, Any]]:
    """Each value with each cell that it stands for: as a rule a cell stands for one value, wherever it is."""
    read = dict(zip(cells, values, strict=True))
    if list(map(read.__getitem__, cells)) == list(values):
        return [(value, cell) for cell, value in read.items()]
    return set(zip(values, cells, strict=True))


def _says_more(value: Any, cell: Any) -> bool:
    """Whether what stands in a cell is not what is shown of its value as a rule."""
    if cell is value or (type(cell) is float and type(value) in _NUMBERS and cell == float(value) < _EXACT):
        return False  # the most of them
    typed: bool = as_typed(cell) != _shown(value)
    return typed


def _shown(value: Any) -> str:
    """What stands in a cell of that value, as a rule."""
    return as_typed(float(value)) if type(value) is Decimal else as_typed(value)


_NOTHING_MORE: list[Any] = [[], {}]


class _Cells(Sequence[Sequence[str]]):
    """The rows of a sheet as far as they are kept: what was typed in a table's cells, looked up when asked."""

    def __init__(
        self,
        rows: list[int],
        columns: Mapping[str, int],
        values: Mapping[str, Sequence[Any]],
        typed: bytes,
    ) -> None:
        self._rows, self._values, self._line = rows, values, typed
        self._names = {column: name for name, column in columns.items()}
        self._width = max(self._names, default=-1) + 1
        self._length = max(rows, default=-1) + 1
        self._places: dict[int, int] = {}

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, row: Any) -> Any:
        if not self._places:
            self._places = {row: at for at, row in enumerate(self._rows)}
        return _Line(self, self._places[row]) if row in self._places else ()

    def cell(self, at: int, column: int) -> str:
        """What was typed in a column of the row at a place; "" in columns that are none of the table's."""
        if not 0 <= column < self._width:
            raise IndexError(column)
        name = self._names.get(column)
        return "" if name is None else self._typed(name, at)

    @property
    def width(self) -> int:
        """How many columns the table reaches over."""
        return self._width

    @cached_property
    def _said(self) -> Mapping[str, list[Any]]:
        said: dict[str, list[Any]] = understood(self._line)
        return said

    def _typed(self, name: str, at: int) -> str:
        said, odd = self._said.get(name, _NOTHING_MORE)
        if str(at) in odd:
            return str(odd[str(at)])
        value = self._values[name][at] if name in self._values else None
        return next((str(typed) for told, typed in said if _RECORDS.read(told) == value), _shown(value))


class _Line(Sequence[str]):
    """One row of them; a cell is looked up when it is asked for."""

    __slots__ = ("_at", "_cells")

    def __init__(self, cells: _Cells, at: int) -> None:
        self._cells, self._at = cells, at

    def __len__(self) -> int:
        return self._cells.width

    def __getitem__(self, column: Any) -> Any:
        return self._cells.cell(self._at, column)
