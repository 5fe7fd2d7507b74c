"""Filing a return: its bytes unchanged into the archive as the next version, and its receipt, together or not at all.

Killed at any moment, nothing is lost or half filed. What is about to happen is first written to a journal; then the
file is moved into place and the receipt appended, two calls in a row; then the journal goes. Whoever comes next and
finds a journal finishes what it says (`recover`). One at a time: a lock file beside the receipts.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import os
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from filelock import FileLock

from mdj_plan.archive.receipts import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path, PurePath

    from mdj_plan.intake.submission import Submission
    from mdj_plan.plan.model import Plan

JOURNAL = ".receive-journal.json"
_LOCK = ".receive.lock"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of receipts.csv (contract 1); `file` is relative to the submissions folder."""

    received_at: str
    unit: str
    member: str
    period: str
    version: int
    file: str
    sha256: str
    original_name: str
    errors: int
    warnings: int

    def line(self) -> bytes:
        """The line as it is appended, with its line end."""
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerow([getattr(self, name) for name in COLUMNS])
        return out.getvalue().encode("utf-8")


@contextmanager
def filing(plan: Plan) -> Iterator[None]:
    """Hold the archive for writing: waits for another that files, and finishes what a killed one began."""
    plan.receipts.parent.mkdir(parents=True, exist_ok=True)
    plan.submissions.mkdir(parents=True, exist_ok=True)
    with FileLock(plan.receipts.parent / _LOCK):  # the file stays: to take it away would let two in at once
        recover(plan)
        yield


def already_filed(plan: Plan, sha256: str) -> str | None:
    """The file under which the same bytes are on file by the receipts; None where they are not."""
    for row in _rows(plan.receipts):
        if row.get("sha256", "").lower() == sha256 and (plan.submissions / row.get("file", "")).is_file():
            return row["file"]
    return None


def next_version(plan: Plan, submission: Submission, on_file: int) -> int:
    """One more than the highest version on file (`on_file`) or ever receipted for the unit, member and period."""
    receipted = [
        int(row["version"])
        for row in _rows(plan.receipts)
        if (row.get("unit"), row.get("member") or None, row.get("period"))
        == (submission.unit, submission.member, str(submission.period))
        and row.get("version", "").isdigit()
    ]
    return max([on_file, *receipted]) + 1


def place_of(submission: Submission, version: int, suffix: str) -> str:
    """``2018Q2/dongan.v2.xlsx``; a member's return bears the member's name, by which it is known again."""
    return f"{submission.period}/{submission.member or submission.unit}.v{version}{suffix}"


def put_on_file(
    plan: Plan, submission: Submission, data: bytes, original: PurePath, version: int, counts: tuple[int, int]
) -> Entry:
    """File `data` and its receipt. Call within `filing`. Raises OSError, with nothing filed."""
    file = place_of(submission, version, original.suffix.lower())
    target = plan.submissions / file
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        raise FileExistsError(17, os.strerror(17), str(target))
    entry = Entry(
        received_at=dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        unit=submission.unit or "",
        member=submission.member or "",
        period=str(submission.period),
        version=version,
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        original_name=original.name,
        errors=counts[0],
        warnings=counts[1],
    )
    incoming = target.with_name(f".incoming-{os.getpid()}-{target.name}")
    try:
        _write_through(incoming, data)
    except OSError as error:  # told of the file that was to be, not of its passing name
        incoming.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(target)) from error
    _start_receipts(plan.receipts)
    _write_journal(plan, entry, incoming)
    _finish(plan, entry, incoming)
    return entry


def recover(plan: Plan) -> None:
    """Finish what a killed run wrote down but did not do, and clear away what it had not yet written down."""
    journal = plan.receipts.parent / JOURNAL
    if journal.is_file():
        try:
            noted = json.loads(journal.read_text("utf-8"))
            entry, incoming = Entry(**noted["entry"]), plan.submissions / noted["incoming"]
        except (ValueError, KeyError, TypeError):
            journal.unlink()
        else:
            _finish(plan, entry, incoming)
    for left in plan.submissions.glob("*/.incoming-*"):
        left.unlink(missing_ok=True)


def _finish(plan: Plan, entry: Entry, incoming: Path) -> None:
    """Move the file into place and append its receipt; each only if it has not been done. Then the journal may go."""
    target = plan.submissions / entry.file
    _mend_last_line(plan.receipts)
    done = any(row.get("file") == entry.file for row in _rows(plan.receipts))
    with plan.receipts.open("ab", buffering=0) as receipts:
        if not target.exists():
            if not incoming.exists():  # nothing was ever placed: there is nothing to give a receipt for
                (plan.receipts.parent / JOURNAL).unlink(missing_ok=True)
                return
            incoming.rename(target)
        if not done:
            receipts.write(entry.line())
            os.fsync(receipts.fileno())
    (plan.receipts.parent / JOURNAL).unlink(missing_ok=True)


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _write_journal(plan: Plan, entry: Entry, incoming: Path) -> None:
    journal = plan.receipts.parent / JOURNAL
    noted = {"entry": asdict(entry), "incoming": incoming.relative_to(plan.submissions).as_posix()}
    temporary = journal.with_suffix(".tmp")
    _write_through(temporary, json.dumps(noted, ensure_ascii=False).encode("utf-8"))
    temporary.replace(journal)


def _start_receipts(path: Path) -> None:
    """A receipts file begins with its header, written whole before anything is filed."""
    if path.exists() and path.stat().st_size:
        return
    temporary = path.with_name(f".{path.name}.tmp")
    _write_through(temporary, ("\ufeff" + ",".join(COLUMNS) + "\n").encode("utf-8"))
    temporary.replace(path)


def _mend_last_line(path: Path) -> None:
    """Cut off a line that a killed run wrote only in part; a last line without its end that is whole gets one."""
    data = path.read_bytes()
    if not data or data.endswith(b"\n"):
        return
    head, _, tail = data.rpartition(b"\n")
    whole = len(next(csv.reader([tail.decode("utf-8", "replace")]), [])) == len(COLUMNS)
    with path.open("r+b") as file:
        if whole:
            file.seek(0, os.SEEK_END)
            file.write(b"\n")
        else:
            file.truncate(len(head) + 1)


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        text = path.read_text("utf-8-sig", errors="replace")
    except FileNotFoundError:
        return []
    return [{k: v or "" for k, v in row.items() if k} for row in csv.DictReader(io.StringIO(text))]
