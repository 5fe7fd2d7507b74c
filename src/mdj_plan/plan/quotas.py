"""The quota table: what each unit owes, as CSV or a workbook (contract 1, "The quota table")."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from mdj_plan.names import Words, folded, listed, nearest
from mdj_plan.period import Period
from mdj_plan.plan.indicators import indicator_ids
from mdj_plan.plan.model import Source
from mdj_plan.plan.problems import Problem
from mdj_plan.plan.versions import Stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from mdj_plan.plan.model import PlanFile
    from mdj_plan.plan.units import Directory

_COLUMNS = {
    "责任单位": "unit",
    "指标": "indicator",
    "目标": "value",
    "基数": "baseline",
    "完成时限": "due",
    "调整自": "since",
    "依据": "clause",
    "备注": "note",
}
_IGNORED = {"序号"}


@dataclass(frozen=True, slots=True)
class _Grid:
    """The table as text: `rows` of stripped cells, in the sheet `sheet` (None for CSV) of `file`."""

    file: str
    sheet: str | None
    rows: Sequence[Sequence[str]]

    def at(self, row: int, column: int) -> str:
        return f"{_letters(column)}{row + 1}"


def read_quotas(path: Path, file: PlanFile, directory: Directory) -> tuple[tuple[Stated, ...], list[Problem]]:
    """Every quota as stated, a group's row once for each of its units; and every mistake found. May raise OSError."""
    try:
        grid = _grid(path)
    except FileNotFoundError:
        return (), [Problem("quotas-not-found", str(path))]
    except ValueError as error:
        return (), [Problem("quotas-unreadable", path.name, found=str(error))]
    start = next((i for i, row in enumerate(grid.rows) if len({"责任单位", "指标", "目标"} & set(row)) >= 2), None)
    if start is None:
        return (), [Problem("quotas-no-header", path.name)]
    reader = _Reader(grid, start, file, directory)
    return tuple(reader.stated()), reader.problems


class _Reader:
    """Walks the rows below the header; keeps what is wrong as it goes."""

    def __init__(self, grid: _Grid, start: int, file: PlanFile, directory: Directory) -> None:
        self.grid, self.start, self.file, self.directory = grid, start, file, directory
        self.problems: list[Problem] = []
        self.columns: dict[str, int] = {}
        self.milestones: list[tuple[int, Period]] = []
        self.indicators = indicator_ids(file.indicators)
        self.units: dict[str, list[str]] = {}
        for unit in file.units:
            self.units.setdefault(unit.group or "", []).append(unit.id)
        self.groups = {folded(group): group for group in self.units if group}
        for named in file.groups:
            self.groups |= {folded(name): named.id for name in (named.name.en, named.name.zh, named.id) if name}
        for column, header in enumerate(grid.rows[start]):
            self._header(column, header)
        for header, name in _COLUMNS.items():
            if name in {"unit", "indicator", "value"} and name not in self.columns:
                self._report("quotas-missing-column", start, 0, expected=header)

    def _header(self, column: int, header: str) -> None:
        if not header or header in _IGNORED:
            return
        period = _milestone(header)
        name = _COLUMNS.get(header)
        if period is not None and any(period == other for _, other in self.milestones):
            self._report("quotas-repeated-column", self.start, column, found=header)
        elif period is not None:
            self.milestones.append((column, period))
        elif name is None:
            known = [*_COLUMNS, "2017", "2018Q2"]
            expected = listed(known)
            self._report("quotas-unknown-column", self.start, column, found=header, expected=expected)
        elif name in self.columns:
            self._report("quotas-repeated-column", self.start, column, found=header)
        else:
            self.columns[name] = column

    def stated(self) -> Iterator[Stated]:
        """What each row says of each of its units; rows with mistakes yield none."""
        if self.problems:
            return
        for row in range(self.start + 1, len(self.grid.rows)):
            if any(self.grid.rows[row]):
                yield from self._row(row)

    def _row(self, row: int) -> Iterator[Stated]:
        before = len(self.problems)
        width = len(self.grid.rows[self.start])
        for column in range(width, len(self.grid.rows[row])):
            if found := self._cell(row, column):
                expected = Words("空白：表头没有这一列", "nothing: the header has no such column")
                self._report("quotas-wrong-value", row, column, found=found, expected=expected)
        units, group = self._units(row)
        indicator = self._indicator(row)
        value = self._number(row, self.columns["value"], above_zero=True)
        baseline = self._number(row, self.columns.get("baseline"))
        due, since = self._quarter(row, "due"), self._quarter(row, "since")
        milestones = self._milestones(row)
        if len(self.problems) > before or value is None:
            return
        source = Source(self.grid.file, self.grid.sheet, self.grid.at(row, self.columns["value"]))
        clause, note, refuse = self._text(row, "clause"), self._text(row, "note"), self._refusal(row)
        for unit in units:
            yield Stated(unit, group, indicator, since, value, due, baseline, milestones, clause, note, source, refuse)

    def _refusal(self, row: int) -> Callable[[str | Period, str, Words | str], Problem]:
        """How a row is objected to once all rows are known, at the cell of what is wrong."""

        def refuse(place: str | Period, found: str, expected: Words | str) -> Problem:
            if isinstance(place, Period):
                column = next(column for column, period in self.milestones if period == place)
            else:
                column = self.columns.get("since" if place == "from" else place, self.columns["value"])
            where = self.grid.at(row, column)
            return Problem("quotas-wrong-value", self.grid.file, where, found=found, expected=expected)

        return refuse

    def _text(self, row: int, name: str) -> str | None:
        return self._cell(row, self.columns.get(name)) or None

    def _cell(self, row: int, column: int | None) -> str:
        cells = self.grid.rows[row]
        return cells[column] if column is not None and column < len(cells) else ""

    def _units(self, row: int) -> tuple[list[str], str | None]:
        """The units of a row, and the group that it names."""
        name = self._cell(row, self.columns["unit"])
        reporter = self.directory.find(name)
        if reporter is not None and reporter.member is None:
            return [reporter.unit], None
        group = self.groups.get(folded(name)) if name else None
        if group is not None:
            return self.units.get(group, []), group
        known = [u.name.zh for u in self.file.units] + [g.name.zh for g in self.file.groups]
        self._wrong(row, "unit", nearest(name, known) or listed(known[:30]))
        return [], None

    def _indicator(self, row: int) -> str:
        name = self._cell(row, self.columns["indicator"])
        found = self.indicators.get(folded(name)) if name else None
        if found is None:
            known = [indicator.name.zh for indicator in self.file.indicators]
            self._wrong(row, "indicator", nearest(name, known) or listed(known[:30]))
        return found or ""

    def _number(self, row: int, column: int | None, *, above_zero: bool = False) -> Decimal | None:
        """A number ≥ 0, None for a blank; a target must be stated and above 0."""
        text = unicodedata.normalize("NFKC", self._cell(row, column)).replace(",", "").strip()
        if not text and not above_zero:
            return None
        try:
            number = Decimal(text)
            if number.is_finite() and number >= 0 and abs(number.adjusted()) < 30 and (number or not above_zero):
                return number
        except InvalidOperation:
            pass
        at = column if column is not None else 0
        expected = (
            Words("大于 0 的数", "a number above 0") if above_zero else Words("不小于 0 的数", "a number, 0 or more")
        )
        self._report("quotas-wrong-value", row, at, found=self._cell(row, column), expected=expected)
        return None

    def _quarter(self, row: int, name: str) -> Period | None:
        text = self._cell(row, self.columns.get(name))
        period = _milestone(text) if text else None
        if text and period is None:
            self._wrong(row, name, Words("季度，如 2019Q4", "a quarter such as 2019Q4"))
        return period

    def _milestones(self, row: int) -> dict[Period, Decimal]:
        found = {period: self._number(row, column) for column, period in self.milestones}
        return {period: number for period, number in found.items() if number is not None}

    def _wrong(self, row: int, name: str, expected: Words | str) -> None:
        column = self.columns.get(name, 0)
        self._report("quotas-wrong-value", row, column, found=self._cell(row, column), expected=expected)

    def _report(self, key: str, row: int, column: int, **args: Words | str) -> None:
        where = self.grid.at(row, column)
        self.problems.append(Problem(key, self.grid.file, where, **args))


def _milestone(header: str) -> Period | None:
    """``2017`` (the end of that year) or ``2018Q2``; None for anything else."""
    text = unicodedata.normalize("NFKC", header).strip().removesuffix("年")
    if len(text) == 4 and text.isascii() and text.isdigit():
        return Period(int(text), 4)
    try:
        return Period.parse(text)
    except ValueError:
        return None


def _grid(path: Path) -> _Grid:
    """The first sheet, or the text in UTF-8 or GB18030. Raises OSError, or ValueError for what is no table."""
    data = path.read_bytes()
    if data.startswith(b"PK"):
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            name = book.sheet_names[0]
            cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        except (CalamineError, IndexError) as error:
            raise ValueError(str(error)) from error
        return _Grid(path.name, name, [[_typed(cell) for cell in row] for row in cells])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    rows = csv.reader(io.StringIO(text, newline=""))
    return _Grid(path.name, None, [[cell.strip() for cell in row] for row in rows])


def _typed(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _letters(column: int) -> str:
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)
