"""Receipts: what was received when (contract 1, receipts.csv). Append-only; written by `receive`."""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.names import listed
from mdj_plan.plan.problems import PlanError, Problem

if TYPE_CHECKING:
    from pathlib import Path

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
)


class Receipt(NamedTuple):
    """One line: `file` is relative to the submissions folder, `received_at` has its offset."""

    received_at: dt.datetime
    file: str
    sha256: str


def read_receipts(path: Path) -> dict[str, Receipt]:
    """The last receipt of each file. Raises PlanError with every line that cannot be read, or OSError."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise PlanError([Problem("receipts-unreadable", path.name, found=str(error))]) from error
    receipts: dict[str, Receipt] = {}
    problems = []
    rows = csv.reader(text.splitlines())
    header = next(rows, [])
    missing = [name for name in ("received_at", "file", "sha256") if name not in header]
    if header and missing:
        raise PlanError([Problem("receipts-missing-column", path.name, "1:1", expected=listed(missing))])
    for line, cells in enumerate(rows, 2):
        if not any(cells):
            continue
        row = dict(zip(header, cells, strict=False))
        try:
            at = dt.datetime.fromisoformat(row.get("received_at", "").strip())
        except ValueError:
            found = row.get("received_at", "")
            problems.append(Problem("receipts-wrong-time", path.name, f"{line}:1", found=found))
            continue
        file = row.get("file", "").replace("\\", "/")
        receipts[file] = Receipt(at, file, row.get("sha256", "").lower())
    if problems:
        raise PlanError(problems)
    return receipts
