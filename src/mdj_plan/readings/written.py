"""A submission as bytes and back, exactly: its rows column by column, everything else as records.

Of the sheets only what stands in the cells of the rows is kept, and only where the value does not say it already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mdj_plan import findings, names, period
from mdj_plan.fields import DUTY_FIELDS
from mdj_plan.intake import submission
from mdj_plan.intake.cells import as_typed
from mdj_plan.intake.claims import Origin, Rows
from mdj_plan.intake.layout import cover
from mdj_plan.kept.plain import Plain, is_record, understood, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mdj_plan.fields import Field
    from mdj_plan.intake.claims import Claim, DutyReport
    from mdj_plan.intake.submission import Submission

_MODULES = (submission, cover, findings, names, period)
_RECORDS = Plain(cls for module in _MODULES for cls in vars(module).values() if is_record(cls))
_NUMBERS = frozenset({int, Decimal})
_EXACT = 1e15
"""Numbers below it are shown in full."""
_ODD = "?"
"""The kind of a column whose values differ in kind: each is written by itself."""


def encode(read: Submission) -> bytes:
    """The submission as JSON."""
    frame = _RECORDS.write(read._replace(claims=(), duties=()))
    return written([frame, _tables(read.claims), _tables(read.duties)])


def decode(data: bytes, fields: Mapping[str, Field]) -> Submission:
    """The submission again; `fields` are the columns of the plan's returns.

    Raises ValueError, TypeError, KeyError or AttributeError for what `encode` never wrote.
    """
    frame, claims, duties = understood(data)
    read: Submission = _RECORDS.read(frame)
    return read._replace(
        claims=tuple(claim for table in claims for claim in _rows(table, fields).claims()),
        duties=tuple(duty for table in duties for duty in _rows(table, DUTY_FIELDS).duties()),
    )


def _tables(rows: Iterable[Claim | DutyReport]) -> list[dict[str, Any]]:
    """The tables that the rows came from."""
    return [_table(table) for table in {id(row.of): row.of for row in rows}.values()]


def _table(table: Rows) -> dict[str, Any]:
    columns, empty = table.columns, [None] * len(table.rows)
    return {
        "file": table.origin.file,
        "sheet": table.origin.sheet,
        "columns": dict(table.origin.columns),
        "rows": list(table.rows),
        "flaws": {at: sorted(flaw) for at, flaw in table.flaws.items() if flaw},
        "values": {name: _column(values) for name, values in columns.items() if any(v is not None for v in values)},
        "typed": {name: _typed(table, c, columns.get(name) or empty) for name, c in table.origin.columns.items()},
    }


def _rows(told: Mapping[str, Any], fields: Mapping[str, Field]) -> Rows:
    rows = told["rows"]
    values = {name: _values(*column) for name, column in told["values"].items()}
    if any(len(column) != len(rows) for column in values.values()):
        raise ValueError("columns differ in length")
    cells = _Cells(rows, told["columns"], values, told["typed"])
    flaws = {int(at): frozenset(flaw) for at, flaw in told["flaws"].items()}
    return Rows(Origin(told["file"], told["sheet"], told["columns"], cells), rows, values, flaws, fields)


_WRITE: Mapping[type, tuple[str, Callable[[Any], Any]]] = {
    str: ("", str),
    int: ("", int),
    Decimal: ("D", str),
    dt.date: ("d", dt.date.isoformat),
    tuple: ("t", list),
}
_READ: Mapping[str, Callable[[Any], Any]] = {"D": Decimal, "d": dt.date.fromisoformat, "t": tuple, _ODD: _RECORDS.read}


def _column(values: Sequence[Any]) -> list[Any]:
    """The kind of a column's values, and the values."""
    kinds = set(map(type, values)) - {type(None)}
    marks = {_WRITE[kind][0] if kind in _WRITE else _ODD for kind in kinds}
    if marks == {""}:
        return ["", list(values)]
    if len(kinds) > 1 or _ODD in marks:
        return [_ODD, list(map(_RECORDS.write, values))]
    mark, write = _WRITE[next(iter(kinds))]
    return [mark, [None if value is None else write(value) for value in values]]


def _values(mark: str, told: list[Any]) -> list[Any]:
    if not mark:
        return told
    read = _READ[mark]
    return [None if value is None else read(value) for value in told]


def _typed(table: Rows, column: int, values: Sequence[Any]) -> list[Any]:
    """What stands in a column's cells where the values do not say it: of each value, and of odd cells by themselves."""
    unlike = {}
    sheet = table.origin.rows
    for at, (row, value) in enumerate(zip(table.rows, values, strict=True)):
        cells = sheet[row] if row < len(sheet) else ()
        cell = cells[column] if column < len(cells) else None
        if cell is value or (type(cell) is float and type(value) in _NUMBERS and cell == float(value) < _EXACT):
            continue  # the most of them, told at once
        typed = as_typed(cell)
        if typed != _shown(value):
            unlike[at] = typed
    if not unlike:
        return [[], {}]
    alike = {value for at, value in enumerate(values) if at not in unlike}
    said = {values[at]: typed for at, typed in unlike.items() if values[at] not in alike}
    odd = {at: typed for at, typed in unlike.items() if said.get(values[at]) != typed}
    return [[[_RECORDS.write(value), typed] for value, typed in said.items()], odd]


def _shown(value: Any) -> str:
    """What stands in a cell of that value, as a rule."""
    return as_typed(float(value)) if type(value) is Decimal else as_typed(value)


class _Cells(Sequence[Sequence[str]]):
    """The rows of a sheet as far as they are kept: what was typed in a table's cells, looked up when asked."""

    def __init__(
        self,
        rows: list[int],
        columns: Mapping[str, int],
        values: Mapping[str, list[Any]],
        typed: Mapping[str, list[Any]],
    ) -> None:
        self._rows, self._columns, self._values, self._said = rows, columns, values, typed
        self._places: dict[int, int] = {}

    def __len__(self) -> int:
        return max(self._rows, default=-1) + 1

    def __getitem__(self, row: Any) -> Any:
        if not self._places:
            self._places = {row: at for at, row in enumerate(self._rows)}
        if row not in self._places:
            return ()
        cells = [""] * (max(self._columns.values(), default=-1) + 1)
        for name, column in self._columns.items():
            cells[column] = self._typed(name, self._places[row])
        return cells

    def _typed(self, name: str, at: int) -> str:
        said, odd = self._said[name]
        if str(at) in odd:
            return str(odd[str(at)])
        value = self._values[name][at] if name in self._values else None
        return next((str(typed) for told, typed in said if _RECORDS.read(told) == value), _shown(value))
