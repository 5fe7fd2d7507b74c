"""What came and is not settled: which of several files holds, whose one is, or for when, the office has still to say.

`receive` writes it anew each time: what is settled since goes, and with the last line the file. It is no receipt: the
files themselves stay where the office has them.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated

from mdj_plan import disk
from mdj_plan.names import Words, listed
from mdj_plan.period import Period  # noqa: TC001 - what reads the table resolves the annotations
from mdj_plan.plan.problems import PlanError, Problem
from mdj_plan.sheets.tables.columns import Column, Kind
from mdj_plan.sheets.tables.guard import guarded
from mdj_plan.sheets.tables.kinds import MOMENT, QUARTER, TEXT, VERBATIM

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mdj_plan.archive.attempts import By
    from mdj_plan.archive.receipts import Receipts
    from mdj_plan.intake.submission import Submission
    from mdj_plan.sheets.cells import Cell
    from mdj_plan.sheets.values.reading import Reading

REASONS = ("rival", "unit", "period", "unreadable", "other")
"""Several files came; whose it is, or for when, is not certain; it cannot be opened where it lies; it was on file
before, for another period."""


def _why(raw: Cell) -> Reading:
    from mdj_plan.sheets.values.reading import Reading, refused, squeezed

    word = squeezed(raw).casefold()
    return Reading(word) if word in REASONS else refused("V106")


WHY = Kind(_why, Words("、".join(REASONS), listed(REASONS).en))


@dataclass(frozen=True, slots=True)
class Question:
    """One line: a file of a reporter for a period, and what has to be answered first. `row` counts from 0.

    `stated` is the period that the file is for, where that is another.
    """

    row: int
    received_at: Annotated[dt.datetime, Column(("received_at",), MOMENT, required=True, needed=True)]
    unit: Annotated[str, Column(("unit",), TEXT, required=True, needed=True)]
    period: Annotated[Period, Column(("period",), QUARTER, required=True, needed=True)]
    why: Annotated[str, Column(("why",), WHY, required=True, needed=True)]
    member: Annotated[str | None, Column(("member",), VERBATIM)] = None
    sha256: Annotated[str | None, Column(("sha256",), TEXT)] = None
    original_name: Annotated[str | None, Column(("original_name",), VERBATIM)] = None
    stated: Annotated[Period | None, Column(("stated",), QUARTER)] = None

    @property
    def by(self) -> By:
        """The reporter: unit and member."""
        return self.unit, self.member


_COLUMNS = tuple(field.name for field in fields(Question))[1:]


def read_pending(path: Path) -> tuple[Question, ...]:
    """Every line; none where there is no file. Raises PlanError with each line that cannot be read, or OSError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    from mdj_plan.sheets.tables.table import parse_table

    table = parse_table(data, path.name, Question)
    if table.slips:
        raise PlanError(map(Problem.of, table.slips))
    return tuple(table.rows)


def by_reporter(
    rows: Iterable[Question], counting: Mapping[By, Mapping[Period, Submission]]
) -> dict[tuple[By, Period], Question]:
    """The last line of each reporter and period for which nothing counts yet."""
    return {(each.by, each.period): each for each in rows if each.period not in counting.get(each.by, {})}


def keep_pending(
    path: Path, now: Iterable[Question], receipts: Receipts, counting: Mapping[By, Mapping[Period, Submission]]
) -> None:
    """Write down what is open after a delivery. Call within `filing`. Raises OSError, with the old lines still there.

    A line goes when something counts for its reporter and period, or another attempt has its receipt since that day. A
    file that is handed in again came when it came first.
    """
    before = read_pending(path)
    first = {(each.by, each.period, each.sha256): each for each in reversed(before)}
    came = [first.get((each.by, each.period, each.sha256), each) if each.sha256 else each for each in now]
    again, answered = set(map(_which, came)), _answered(receipts)
    left = [
        each
        for each in by_reporter(before, counting).values()
        if _which(each) not in again and answered[each.by, each.period] < each.received_at.date()
    ]
    rows = (*left, *by_reporter(came, counting).values())
    if rows:
        disk.replace_whole(path, _written(rows))
    elif before:
        disk.remove(path)


def _which(question: Question) -> object:
    """What tells its file from others: the bytes, else whose it is; those of two that cannot be opened may differ."""
    return question.sha256 or (question.by, question.period)


def _answered(receipts: Receipts) -> Mapping[tuple[By, Period], dt.date]:
    """The day of the last receipt of each reporter and period; the first day there is where there is no receipt."""
    last: dict[tuple[By, Period], dt.date] = defaultdict(lambda: dt.date.min)
    for receipt in receipts.rows:
        if receipt.unit is not None and receipt.period is not None:
            key = (receipt.unit, receipt.member), receipt.period
            last[key] = max(last[key], receipt.received_at.date())
    return last


def _written(rows: Iterable[Question]) -> bytes:
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(_COLUMNS)
    for each in rows:
        cells = (getattr(each, name) for name in _COLUMNS)
        lines.writerow(["" if cell is None else guarded(_said(cell)) for cell in cells])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "backslashreplace")


def _said(cell: object) -> str:
    return cell.isoformat(timespec="seconds") if isinstance(cell, dt.datetime) else str(cell)
