"""A submission as bytes and back, exactly: its rows column by column, everything else as records.

The first line is JSON and says all but the findings and what stands in the rows. Each of the next ones holds some of
the findings, each further one some columns of a table: those are understood when one of them is first asked for. Of the
sheets only what stands in the cells of the rows is kept, and only where the value does not say it already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from mdj_plan import findings, names, period
from mdj_plan.fields import DUTY_FIELDS
from mdj_plan.intake import submission
from mdj_plan.intake.claims import Claims, Origin, Rows
from mdj_plan.intake.layout import entry
from mdj_plan.intake.shown import shown
from mdj_plan.kept.broken import Broken
from mdj_plan.kept.plain import Plain, is_record, understood, written
from mdj_plan.sheets.cells import as_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mdj_plan.fields import Field
    from mdj_plan.intake.claims import DutyReport
    from mdj_plan.intake.submission import Submission

_Each = TypeVar("_Each")
_MODULES = (submission, entry, findings, names, period)
_RECORDS = Plain(cls for module in _MODULES for cls in vars(module).values() if is_record(cls))
_OFTEN = 4
_LONG = 64
"""A column of so many rows is written as its distinct values where each of them stands so often."""
_NOT_OURS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""What is raised where somebody else has written a line."""
_AT_ONCE = 2**15
"""So many values become bytes in one go, one line."""
_FINDING = 32
"""So many values a finding is counted for."""
_ALWAYS = frozenset({"name", "kind", "state", "region", "department", "new_graduates"})
"""What a run asks of every return, also of earlier quarters: a line apart."""


def encode(read: Submission) -> bytes:
    """The submission as lines of JSON. Columns become bytes some at a time: long ones are never all held twice."""
    frame = _RECORDS.write(read._replace(claims=(), duties=(), findings=()))  # type: ignore[arg-type] # rows are written apart
    findings = [written(list(map(_RECORDS.write, some))) for some in _some(read.findings, _FINDING)]
    lines: list[bytes] = []
    claims = [_table(table, lines) for table in read.claims.tables]
    duties = [_table(table, lines) for table in _tables(read.duties)]
    return b"\n".join([written([frame, len(findings), claims, duties]), *findings, *lines])


def decode(data: bytes, fields: Mapping[str, Field]) -> Submission:
    """The submission again; `fields` are the columns of the plan's returns.

    Raises ValueError, TypeError, LookupError or AttributeError for what `encode` never wrote. Columns are understood
    when they are first asked for, and raise Broken.
    """
    first, *rest = data.split(b"\n")
    lines = iter(rest)
    frame, told, claims, duties = understood(first)
    read: Submission = _RECORDS.read(frame)
    return read._replace(
        findings=tuple([_RECORDS.read(each) for _ in range(told) for each in understood(next(lines, b""))]),
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
    stated = [name for name, column in columns.items() if list(column) != nothing]
    in_lines = [
        *_some([n for n in stated if n in _ALWAYS], count),
        *_some([n for n in stated if n not in _ALWAYS], count),
    ]
    kinds = {name: table.columns.fields[name].type for name in stated}
    lines += (written({name: _column(kinds[name], columns[name]) for name in some}) for some in in_lines)
    typed = {name: _column("text", told) for name in origin.columns if _says_more(told := _typed(table, name))}
    lines.append(_mapping(typed, count))
    return {
        "file": origin.file,
        "sheet": origin.sheet,
        "columns": dict(origin.columns),
        "rows": list(table.rows),
        "flaws": {str(at): sorted(flaw) for at, flaw in table.flaws.items() if flaw},
        "lines": in_lines,
    }


def _some(each: Iterable[_Each], count: int) -> Iterator[list[_Each]]:
    """Columns of `count` rows, or other things of so many values, as many at a time as become bytes in one go."""
    left = iter(each)
    while some := list(islice(left, _AT_ONCE // max(1, count) + 1)):
        yield some


def _mapping(told: Mapping[str, Any], count: int) -> bytes:
    """An object of JSON, written some columns at a time."""
    return b"{%b}" % b",".join(written({name: told[name] for name in some})[1:-1] for some in _some(told, count))


def _cells(table: Rows, column: int) -> Sequence[Any]:
    """What stands in a column of the sheet in the table's rows."""
    sheet = table.origin.rows
    try:
        return list(map(itemgetter(column), map(sheet.__getitem__, table.rows)))
    except IndexError:  # some rows end before it
        rows = (sheet[row] if row < len(sheet) else () for row in table.rows)
        return [cells[column] if column < len(cells) else None for cells in rows]


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
            line = self._lines[name]
            try:
                self._understand(line)
                return self._understood[name]
            except _NOT_OURS as error:
                raise Broken from error
        return self._understood[name]

    def _understand(self, line: bytes) -> None:
        for name, told in understood(line).items():
            column = _values(*told)
            if len(column) != self._count:
                raise ValueError("columns differ in length")
            self._understood[name] = column
            self._lines[name] = b""

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


_WRITTEN: Mapping[str, Callable[[Any], Any]] = {"number": str, "date": dt.date.isoformat}
_READ: Mapping[str, Callable[[Any], Any]] = {"number": Decimal, "date": dt.date.fromisoformat, "choices": tuple}
"""What JSON does not know, by the types that fields declare."""


def _column(kind: str, values: Sequence[Any]) -> list[Any]:
    """A column's declared type, and its values: each one, or each that there is and which of them stands where."""
    if len(values) < _LONG or kind == "whole":
        return [kind, _told(kind, values)]
    distinct = dict.fromkeys(values)
    if len(distinct) * _OFTEN > len(values):
        return [kind, _told(kind, values)]
    places = {value: place for place, value in enumerate(distinct)}
    return [kind, _told(kind, list(distinct)), list(map(places.__getitem__, values))]


def _told(kind: str, values: Sequence[Any]) -> Sequence[Any]:
    """Values of a type as JSON knows them."""
    write = _WRITTEN.get(kind)
    return values if write is None else [None if value is None else write(value) for value in values]


def _values(kind: str, told: list[Any], places: list[int] | None = None) -> list[Any]:
    values = told
    if kind in _READ:
        read = _READ[kind]
        values = [None if value is None else read(value) for value in told]
    return values if places is None else list(map(values.__getitem__, places))


def _at(column: list[Any], row: int) -> Any:
    """What a column that was written so has at a row."""
    _, told, *places = column
    return told[places[0][row]] if places else told[row]


def _typed(table: Rows, name: str) -> Sequence[str | None]:
    """What stands in the cells of a column where the values do not say it."""
    typed = table.typed.get(name)
    if typed is not None:
        return typed
    values = table.columns.told.get(name) or (None,) * len(table.rows)
    cells = zip(values, _cells(table, table.origin.columns[name]), strict=True)
    return [None if (typed := as_typed(cell)) == shown(value) else typed for value, cell in cells]


def _says_more(typed: Sequence[str | None]) -> bool:
    """Whether anything stands in a column's cells that the values do not say."""
    return typed.count(None) < len(typed)


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
        try:
            typed = _at(self._said[name], at) if name in self._said else None
        except _NOT_OURS as error:
            raise Broken from error
        if typed is not None:
            return str(typed)
        return shown(self._values[name][at] if name in self._values else None)


class _Line(Sequence[str]):
    """One row of them; a cell is looked up when it is asked for."""

    __slots__ = ("_at", "_cells")

    def __init__(self, cells: _Cells, at: int) -> None:
        self._cells, self._at = cells, at

    def __len__(self) -> int:
        return self._cells.width

    def __getitem__(self, column: Any) -> Any:
        return self._cells.cell(self._at, column)
