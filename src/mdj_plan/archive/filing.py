"""Filing a return: its bytes unchanged into the archive as the next version, and its receipt, together or not at all.

What is sent back is kept in the same way, among the returned. Killed at any moment, on a disk that is full or fails,
nothing is lost or half filed. What is about to happen is first written to a journal; then the file is moved into place
and the receipt appended; then the journal goes. Where a step fails, the ones before it are undone. Whoever comes next
and finds a journal finishes what it says (`recover`), before anything is read. One at a time (`lock`).
"""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from mdj_plan import disk
from mdj_plan.archive.lock import alone
from mdj_plan.archive.places import RETURNED_FOLDER, place_of, place_of_returned, suffix_of
from mdj_plan.archive.receipts import COLUMNS, Receipt, Receipts, read_receipts, whole_lines
from mdj_plan.archive.states import FILED, RETURNED
from mdj_plan.records import NamedTuple
from mdj_plan.unfinished import clear_unfinished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mdj_plan.intake.submission import Submission
    from mdj_plan.plan.model import Plan
    from mdj_plan.plan.units import Directory

JOURNAL = ".receive-journal.json"
_INCOMING = ".incoming-"
_HEAD = ("\ufeff" + ",".join(COLUMNS) + "\n").encode("utf-8")


@dataclass(frozen=True, slots=True)
class Item:
    """A return to be kept: the way to its bytes and their digest, the name it came under, how much was found wrong,
    what the office supplied.
    """

    submission: Submission
    read: Callable[[], bytes]
    sha256: str
    original: str
    errors: int
    warnings: int
    received: dt.datetime | None = None
    given: str | None = None


class Mended(NamedTuple):
    """What `recover` found and put right: the beginning of a receipt that was cut off, a return filed to its end, and
    the old receipts kept beside those that were written anew. Each None where there was none.
    """

    cut: str | None = None
    finished: str | None = None
    kept: Path | None = None


class Kept(NamedTuple):
    """A return that is kept now, and what went wrong when all was done: clearing up, which the next run does again."""

    receipt: Receipt
    trouble: OSError | None = None


@contextmanager
def filing(plan: Plan) -> Iterator[Mended]:
    """Hold the archive for writing: waits for another that files, and finishes what a killed one began."""
    disk.make_folder(plan.receipts.parent)
    disk.make_folder(plan.submissions)
    with alone(plan.receipts.parent):
        yield recover(plan)


def next_version(receipts: Receipts, submission: Submission, on_file: int) -> int:
    """One more than the highest version on file (`on_file`) or ever receipted for the unit, member and period."""
    same = receipts.of(submission.unit, submission.member, submission.period)
    return max([on_file, *(receipt.version or 0 for receipt in same if receipt.filed)]) + 1


def put_on_file(plan: Plan, directory: Directory, item: Item, version: int) -> Kept:
    """File a return as a version and write its receipt. Call within `filing`. Raises OSError, with nothing filed."""
    place = place_of(plan, directory, item.submission, version, suffix_of(item.original))
    return _keep(plan, item, place, version)


def put_among_returned(plan: Plan, directory: Directory, item: Item) -> Kept:
    """Keep a return that is sent back, with a receipt of the attempt. Call within `filing`. Raises OSError."""
    suffix, attempt = suffix_of(item.original), 1
    folder = returned_folder(plan)
    while (folder / (place := place_of_returned(plan, directory, item.submission, attempt, suffix))).exists():
        attempt += 1
    relative = os.path.relpath(folder / place, plan.submissions)
    return _keep(plan, item, PurePath(relative).as_posix(), None)


def returned_folder(plan: Plan) -> Path:
    """Where the bytes of returns that were sent back lie."""
    return plan.data / RETURNED_FOLDER


def _keep(plan: Plan, item: Item, file: str, version: int | None) -> Kept:
    target = plan.submissions / file
    disk.make_folder(target.parent)
    if target.exists():
        raise FileExistsError(17, os.strerror(17), str(target))
    data, receipt = _unchanged(item), _receipt(item, file, version)
    incoming = target.with_name(f"{_INCOMING}{os.getpid()}-{target.name}")
    try:
        disk.write_new(incoming, data)
    except OSError as error:  # told of the file that was to be, not of its passing name
        raise OSError(error.errno, error.strerror, str(target)) from error
    try:
        _start_receipts(plan.receipts)
        _write_journal(plan, receipt, incoming)
    except OSError:
        _clear(incoming, plan.receipts.parent / JOURNAL)
        raise
    _finish(plan, receipt, incoming)
    return Kept(receipt, _cleared(plan.receipts.parent / JOURNAL))


def _unchanged(item: Item) -> bytes:
    """The bytes that were judged. Raises OSError where the file has changed since."""
    data = item.read()
    if hashlib.sha256(data).hexdigest() != item.sha256:
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), item.original)
    return data


def _receipt(item: Item, file: str, version: int | None) -> Receipt:
    s = item.submission
    return Receipt(
        row=0,
        received_at=item.received or dt.datetime.now().astimezone().replace(microsecond=0),
        file=file,
        sha256=item.sha256,
        unit=s.unit,
        member=s.member,
        period=s.period,
        version=version,
        original_name=item.original,
        errors=item.errors,
        warnings=item.warnings,
        state=FILED if version is not None else RETURNED,
        given=item.given,
    )


def recover(plan: Plan) -> Mended:
    """Finish what a killed run wrote down but did not do, and clear away what it had not yet written down."""
    mended = Mended(*_mend_receipts(plan.receipts))
    journal = plan.receipts.parent / JOURNAL
    if journal.is_file():
        noted = _noted(plan, journal)
        if noted is not None and _finish(plan, *noted):
            mended = mended._replace(finished=noted[0].file)
        disk.remove(journal)
    for folder in (plan.submissions, returned_folder(plan)):
        for left in (*folder.glob(f"{_INCOMING}*"), *folder.glob(f"*/{_INCOMING}*")):
            disk.remove(left)
    clear_unfinished(plan.receipts.parent)
    return mended


def _finish(plan: Plan, receipt: Receipt, incoming: Path) -> bool:
    """Move the file into place and append its receipt, each only if it has not been done; both, or neither is left.

    Whether there was anything to finish. Raises OSError, with both undone as far as the disk allows; what is not
    undone then is finished by the next run, whose journal it is.
    """
    target = plan.submissions / receipt.file
    moved = not target.exists()
    if moved and not incoming.exists():  # nothing was ever placed: there is nothing to give a receipt for
        return False
    done = any((row.file, row.sha256) == (receipt.file, receipt.sha256) for row in read_receipts(plan.receipts).rows)
    try:
        if moved:
            disk.move(incoming, target)
        if not done:
            disk.append(plan.receipts, receipt.line())
    except OSError:
        if not done and _undone(plan, target):
            _clear(incoming, plan.receipts.parent / JOURNAL)
        raise
    return moved or not done


def _undone(plan: Plan, target: Path) -> bool:
    """Take back a file that got no receipt; whether it is gone, and the receipts are as they were."""
    try:
        _mend_receipts(plan.receipts)
        disk.remove(target)
    except OSError:
        return False
    return True


def _clear(*paths: Path) -> None:
    """Take away what nobody needs any more; what stays is cleared by the next run."""
    for path in paths:
        _cleared(path)


def _cleared(path: Path) -> OSError | None:
    try:
        disk.remove(path)
    except OSError as error:
        return error
    return None


def _write_journal(plan: Plan, receipt: Receipt, incoming: Path) -> None:
    noted = {"receipt": _as_text(receipt), "incoming": os.path.relpath(incoming, plan.submissions)}
    disk.replace_whole(plan.receipts.parent / JOURNAL, json.dumps(noted, ensure_ascii=True).encode("ascii"))


def _as_text(receipt: Receipt) -> str:
    """A receipt as the file that it would be alone, so that it is read back by the one reader of receipts."""
    return (_HEAD + receipt.line()).decode("utf-8")


def _noted(plan: Plan, journal: Path) -> tuple[Receipt, Path] | None:
    """What a journal says; None for one that is none of ours."""
    from mdj_plan.archive.receipts import receipts_of
    from mdj_plan.plan.problems import PlanError

    try:
        noted = json.loads(journal.read_text("utf-8"))
        (receipt,) = receipts_of(noted["receipt"].encode("utf-8"), journal.name).rows
        return receipt, plan.submissions / noted["incoming"]
    except (ValueError, KeyError, TypeError, AttributeError, PlanError):
        return None


def _start_receipts(path: Path) -> None:
    """A receipts file begins with its header, written whole before anything is filed."""
    if not path.exists() or not path.stat().st_size:
        disk.replace_whole(path, _HEAD)


def _mend_receipts(path: Path) -> tuple[str | None, str | None, Path | None]:
    """Receipts to which a line can be appended: no half line at the end, our columns, UTF-8.

    Raises PlanError for receipts that cannot be read, with each line at fault: then nothing is filed.
    """
    if not path.exists():
        return None, None, None
    data = path.read_bytes()
    whole, tail = whole_lines(data)
    if tail:
        disk.cut(path, len(whole))
    elif data.startswith(_HEAD[:-1]) and not data.endswith(b"\n"):
        disk.append(path, b"\n")
    kept = None
    if whole.strip() and not _is_ours(whole):
        kept = _written_anew(path, whole)
    return tail.decode("utf-8", "replace") or None, None, kept


def _is_ours(data: bytes) -> bool:
    """Whether the receipts are in our columns and encoding, so that a line can be appended to them."""
    head = data.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].strip().decode("utf-8", "replace")
    if head != ",".join(COLUMNS):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _written_anew(path: Path, data: bytes) -> Path:
    """Receipts of an older version, or as a spreadsheet saved them, in our own form; the old ones stay beside them."""
    receipts = read_receipts(path)
    kept = path.with_name(f"{path.stem}.{hashlib.sha256(data).hexdigest()[:8]}.old{path.suffix}")
    if not kept.exists():
        disk.write_new(kept, data)
    lines = (replace(receipt, state=receipt.state or FILED).line() for receipt in receipts.rows)
    disk.replace_whole(path, _HEAD + b"".join(lines))
    return kept
