"""Receipts: what was received when, and what was sent back (contract 1, receipts.csv). Append-only."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from mdj_plan.archive.states import FILED, RETURNED
from mdj_plan.period import Period
from mdj_plan.phrases import phrase
from mdj_plan.plan.problems import PlanError, Problem
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.tables.columns import Column, Kind
from mdj_plan.sheets.tables.guard import guarded, unguarded
from mdj_plan.sheets.tables.kinds import MOMENT, QUARTER, TEXT, VERBATIM, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mdj_plan.sheets.cells import Cell
    from mdj_plan.sheets.values.reading import Reading

COLUMNS = (
    "received_at",
    "unit",
    "member",
    "period",
    "version",
    "file",
    "sha256",
    "original_name",
    "errors",
    "warnings",
    "state",
    "given",
)
_BEGINS_LIKE_ONE = re.compile(r"\ufeff?[12](?:[0-9]{0,3}|[0-9]{3}-[0-9T:+.-]*)")
_GIVEN = re.compile(r"(unit|period|received)=(\S+)")


def _state(raw: Cell) -> Reading:
    from mdj_plan.sheets.values.reading import BLANK, Reading, blank, refused, squeezed

    if blank(raw):
        return BLANK
    word = squeezed(raw).casefold()
    return Reading(word) if word in {FILED, RETURNED} else refused("V106")


STATE = Kind(_state, phrase("filed-or-returned"))


@dataclass(frozen=True, slots=True)
class Receipt:
    """One line. `file` is relative to the submissions folder, with forward slashes; `received_at` has its offset where
    it was written with one. `version` is None, and the file lies among the returned, where `state` is returned; `given`
    says what the office supplied: ``unit=dongan period=2018Q3 received=2018-10-10``. `row` counts from 0.
    """

    row: int
    received_at: Annotated[dt.datetime, Column(("received_at",), MOMENT, required=True, needed=True)]
    file: Annotated[str, Column(("file",), VERBATIM, required=True, needed=True)]
    sha256: Annotated[str | None, Column(("sha256",), TEXT, needed=True)] = None
    unit: Annotated[str | None, Column(("unit",), TEXT)] = None
    member: Annotated[str | None, Column(("member",), VERBATIM)] = None
    period: Annotated[Period | None, Column(("period",), QUARTER)] = None
    version: Annotated[int | None, Column(("version",), WHOLE)] = None
    original_name: Annotated[str | None, Column(("original_name",), VERBATIM)] = None
    errors: Annotated[int | None, Column(("errors",), WHOLE)] = None
    warnings: Annotated[int | None, Column(("warnings",), WHOLE)] = None
    state: Annotated[str | None, Column(("state",), STATE)] = None
    given: Annotated[str | None, Column(("given",), TEXT)] = None

    @property
    def filed(self) -> bool:
        """Whether the return is on file; else it was sent back."""
        return self.state != RETURNED

    @property
    def supplied(self) -> dict[str, str]:
        """What the office supplied, by what it is: unit, period, received."""
        return dict(_GIVEN.findall(self.given or ""))

    def day(self, timezone: str | None) -> dt.date:
        """The day of receipt; with a time zone (IANA name) that zone's day, without one the day as written."""
        if timezone is None or self.received_at.tzinfo is None:
            return self.received_at.date()
        return self.received_at.astimezone(_zone(timezone)).date()

    def line(self) -> bytes:
        """The line as it is appended, with its line end: nothing in it that a spreadsheet could run."""
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerow([_written(getattr(self, name)) for name in COLUMNS])
        return out.getvalue().encode("utf-8", "backslashreplace")


class Receipts(NamedTuple):
    """Every receipt, in the file's order."""

    rows: tuple[Receipt, ...] = ()

    def by_file(self) -> dict[str, Receipt]:
        """The last receipt of each file on file."""
        return {receipt.file: receipt for receipt in self.rows if receipt.filed}

    def of(self, unit: str | None, member: str | None, period: Period | None) -> tuple[Receipt, ...]:
        """Every attempt of a reporter for a period, filed or sent back."""
        return tuple(r for r in self.rows if (r.unit, r.member, r.period) == (unit, member, period))


def read_receipts(path: Path) -> Receipts:
    """The receipts; none where there is no file. Raises PlanError with every line that cannot be read, or OSError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Receipts()
    return receipts_of(data, path.name)


def receipts_of(data: bytes, name: str) -> Receipts:
    """The receipts in a file's bytes; a last line that a killed run or a full disk cut off is none."""
    whole = whole_lines(data)[0]
    written = as_written(whole)
    if written is not None:
        return Receipts(written)
    from mdj_plan.sheets.tables.table import parse_table  # not for what this program wrote itself

    table = parse_table(whole, name, Receipt)
    if table.slips:
        raise PlanError(map(Problem.of, table.slips))
    return Receipts(tuple(map(_plain, table.rows)))


def _plain(receipt: Receipt) -> Receipt:
    """The receipt in our own spelling: forward slashes, digests in lower case."""
    from dataclasses import replace

    return replace(receipt, file=receipt.file.replace("\\", "/"), sha256=(receipt.sha256 or "").lower())


def as_written(data: bytes) -> tuple[Receipt, ...] | None:
    """Receipts in the form in which `Receipt.line` writes them; None where anything is in another one.

    Every run reads them: what this program wrote itself needs no other door, and no pydantic for it.
    """
    try:
        rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        head = tuple(next(rows, ()))
        if head not in {COLUMNS, COLUMNS[:-2]}:
            return None
        return tuple(_directly(number, head, cells) for number, cells in enumerate(rows, 1) if any(cells))
    except (ValueError, KeyError, csv.Error):
        return None


def _directly(row: int, head: tuple[str, ...], cells: list[str]) -> Receipt:
    """A line of ours as a receipt. Raises ValueError or KeyError for one that is not."""
    said = {name: cell or None for name, cell in zip(head, cells, strict=True)}
    at = said["received_at"] or ""
    plain = (said["unit"], said["sha256"], said.get("given"))
    if at[10:11] != "T" or any(cell and not (cell.isprintable() and cell == cell.strip()) for cell in plain):
        raise ValueError(at)
    return Receipt(
        row=row,
        received_at=dt.datetime.fromisoformat(at),
        file=unguarded(said["file"] or _nothing()).replace("\\", "/"),
        sha256=(said["sha256"] or "").lower(),
        unit=said["unit"],
        member=_unguarded(said["member"]),
        period=Period.parse(said["period"]) if said["period"] else None,
        version=_count(said["version"]),
        original_name=_unguarded(said["original_name"]),
        errors=_count(said["errors"]),
        warnings=_count(said["warnings"]),
        state={None: None, FILED: FILED, RETURNED: RETURNED}[said.get("state")],
        given=said.get("given"),
    )


def _nothing() -> str:
    raise ValueError("a receipt without a file")


def _unguarded(cell: str | None) -> str | None:
    return cell if cell is None else unguarded(cell) or None


def _count(cell: str | None) -> int | None:
    if cell is not None and not (cell.isascii() and cell.isdigit()):
        raise ValueError(cell)
    return None if cell is None else int(cell)


def whole_lines(data: bytes) -> tuple[bytes, bytes]:
    """The lines that are whole, and the beginning of a receipt that was cut off behind them (b"" where there is none).

    A last line that begins like no receipt is somebody else's: it stays, and is told when it is read.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # a spreadsheet saved it whole, in UTF-16
        return data, b""
    end = _end_of_records(data)
    tail = data[end:]
    if tail.endswith(b"\0") and b"\0" not in data[:end]:  # the power failed while it was written
        return data[:end], tail
    text = tail.decode("utf-8", "replace")
    cells = next(csv.reader(io.StringIO(text, newline="")), [])
    if not tail.strip() or not _BEGINS_LIKE_ONE.fullmatch(cells[0] if cells else ""):
        return data, b""
    columns = data[:end].partition(b"\n")[0].count(b",") + 1
    stated = len(cells) >= len(COLUMNS) - 1 and cells[len(COLUMNS) - 2] in {FILED, RETURNED}
    whole = bool(end) and (len(cells) >= columns or stated) and text.count('"') % 2 == 0
    return (data, b"") if whole else (data[:end], tail)


def _end_of_records(data: bytes) -> int:
    """Behind the last line end that stands in no quoted cell."""
    quoted, end = False, 0
    for mark in re.finditer(rb'["\n]', data):
        if mark[0] == b'"':
            quoted = not quoted
        elif not quoted:
            end = mark.end()
    return end


def _written(value: object) -> str:
    if value is None:
        return ""
    return guarded(value.isoformat(timespec="seconds") if isinstance(value, dt.datetime) else str(value))


@functools.cache
def _zone(name: str) -> dt.tzinfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def given(supplied: Iterable[tuple[str, str | None]]) -> str | None:
    """What the office supplied, as one text for a receipt; None where it supplied nothing."""
    return " ".join(f"{name}={value}" for name, value in supplied if value) or None
