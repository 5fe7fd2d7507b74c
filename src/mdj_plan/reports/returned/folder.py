"""The folder of marked copies: of each return that is to go back one is written, and those of earlier runs go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mdj_plan.outcome import Verdict
from mdj_plan.readings.desk import bounded
from mdj_plan.records import NamedTuple
from mdj_plan.reports.files import OpenElsewhereError, write_whole
from mdj_plan.reports.returned.back import Back, is_due_back
from mdj_plan.reports.returned.copies import annotated
from mdj_plan.reports.returned.names import Names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.delivery import Reception
    from mdj_plan.messages import Messages
    from mdj_plan.outcome import Outcome
    from mdj_plan.reports.returned.copies import Copy

MOST_COPIES = 150
"""Marked copies that are made of what lies in archives: more are files made to harm, not an office's post."""


class Placed(NamedTuple):
    """What was written where (each copy without its bytes), the names of what was cleared away, and of how many more
    returns there is no copy.
    """

    copies: tuple[tuple[Path, Back, Copy], ...]
    cleared: tuple[str, ...]
    left: int


def place_copies(judged: Sequence[Outcome], reception: Reception, folder: Path, texts: Messages) -> Placed:
    """Write the copies of the returns judged. Raises OSError.

    Copies that an earlier run has made of the same returns are cleared away, unless somebody has saved them since.
    """
    names = Names(folder, (path for each in judged if (path := each.read.handed.path) is not None))
    folder.mkdir(parents=True, exist_ok=True)
    cleared = dict.fromkeys(_cleared(judged, reception, names, texts))
    due, left = _due_back(judged)
    copies = []
    for back, copy in _copies(due, reception, texts):
        path = _written(folder / names.free(copy.name), copy.data)
        cleared.pop(path.name, None)
        copies.append((path, back, copy._replace(data=b"")))
    return Placed(tuple(copies), tuple(cleared), left)


def _cleared(judged: Sequence[Outcome], reception: Reception, names: Names, texts: Messages) -> Iterator[str]:
    """Clear away the earlier copies of the returns judged; their names."""
    for one in judged:
        if one.trial is not None:
            for path in list(names.earlier(_back(one, reception).stem(texts))):
                path.unlink(missing_ok=True)
                yield path.name


def _written(path: Path, data: bytes) -> Path:
    """Where a copy was written: beside the one that is open in an office program."""
    try:
        write_whole(path, data)
    except OpenElsewhereError as error:
        return error.saved
    return path


def _due_back(judged: Sequence[Outcome]) -> tuple[list[Outcome], int]:
    """Those in which anything is wrong or doubtful; how many more archives hold than copies are made of."""
    due, members = [], 0
    for one in judged:
        if one.verdict is Verdict.NO_RETURN or one.trial is None or not is_due_back(one.trial):
            continue
        members += one.read.handed.path is None
        if one.read.handed.path is not None or members <= MOST_COPIES:
            due.append(one)
    return due, max(0, members - MOST_COPIES)


def _copies(judged: Sequence[Outcome], reception: Reception, texts: Messages) -> Iterator[tuple[Back, Copy]]:
    """The copy of each return."""
    for one in judged:
        back, data = _back(one, reception), bounded(one.read.handed)
        yield back, annotated(data if isinstance(data, bytes) else b"", back, texts)


def _back(one: Outcome, reception: Reception) -> Back:
    """A return as it goes back: for the how manieth time the receipts tell, but for the very file's own."""
    assert one.trial is not None  # noqa: S101 - what was not judged is not sent back
    s = one.trial.submission
    attempts = reception.receipts.of(s.unit, s.member, s.period) if s.unit and s.period else ()
    number = 1 + sum(not each.filed and each.sha256 != s.sha256 for each in attempts)
    return Back(reception.plan, one.trial, Path(one.read.handed.file).name, number)
