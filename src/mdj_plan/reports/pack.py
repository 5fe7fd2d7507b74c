"""The pack for the meeting: everything in one folder, put in place at once or not at all (contract 6.6)."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from mdj_plan.disk import write_new
from mdj_plan.reports.data.whole import as_json
from mdj_plan.trial import Trial
from mdj_plan.unfinished import clear_unfinished, unfinished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages

_MANIFEST = ".mdj-plan-pack"
"""Names the files of a pack, one a line: what the next one may replace."""
_EXCHANGE, _CWD = 2, -100


class NotAPackError(Exception):
    """The folder holds files that no pack has put there; `names` are some of them."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        super().__init__(folder, names)
        self.folder, self.names = folder, names


def parts(a: Assessment, texts: Messages) -> Iterator[tuple[str, bytes]]:
    """Each file of the pack, as it is made: its path within the folder and its bytes."""
    from mdj_plan.reports.document.document import build as circular
    from mdj_plan.reports.document.letters import letters
    from mdj_plan.reports.page.page import build as page
    from mdj_plan.reports.workbook.workbook import build as workbook

    yield f"{texts('pack-book')}.xlsx", workbook(a, texts)
    yield f"{texts('pack-circular')}.docx", circular(a, texts)
    yield f"{texts('pack-page')}.html", page(a, texts)
    yield f"{texts('pack-data')}.json", as_json(a, texts).encode("utf-8")
    for name, data in letters(a, texts):
        yield f"{texts('pack-letters')}/{name}", data
    for name, data in _copies(a, texts):
        yield f"{texts('pack-returned')}/{name}", data


def _copies(a: Assessment, texts: Messages) -> Iterator[tuple[str, bytes]]:
    """The marked copies of the period's returns that have errors or warnings, on file and sent back."""
    from mdj_plan.reports.returned.back import Back, is_due_back
    from mdj_plan.reports.returned.copies import annotated
    from mdj_plan.reports.returned.names import Names

    names = Names()
    for submission in a.archive.submissions:
        trial = Trial(submission, tuple(f for f in a.findings if f.at.file == submission.file), 0, 0)
        if a.period not in submission.periods or not is_due_back(trial):
            continue
        number = 1 + a.archive.times_returned((submission.unit or "", submission.member), a.period)
        back = Back(a.plan, trial, PurePosixPath(submission.file).name, number)
        copy = annotated(_bytes(a.plan.submissions / submission.file), back, texts)
        yield names.free(copy.name), copy.data
    for each in a.returned:
        back = Back(a.plan, each.trial, each.name, each.number)
        copy = annotated(_bytes(each.path), back, texts)
        yield names.free(copy.name), copy.data


def _bytes(path: Path) -> bytes:
    """What is in a file on file; nothing where it cannot be opened, as its finding says."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def write_pack(a: Assessment, texts: Messages, folder: Path, told: Callable[[str], None]) -> int:
    """Make the pack and put it in the place of the folder; how many files. `told` is called with each file's name.

    Raises NotAPackError where the folder holds anything else than an earlier pack; OSError.
    """
    folder = folder.absolute()
    _clear(folder)
    _refuse_others(folder)
    made = unfinished(folder.parent)
    made.mkdir(parents=True)
    try:
        names = _written(a, texts, made, told)
        _put(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return len(names)


def _written(a: Assessment, texts: Messages, made: Path, told: Callable[[str], None]) -> list[str]:
    names = []
    for name, data in parts(a, texts):
        told(name)
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, data)
        names.append(name)
    (made / _MANIFEST).write_text("".join(f"{name}\n" for name in names), "utf-8")
    return names


def _refuse_others(folder: Path) -> None:
    if not folder.exists():
        return
    listed = folder / _MANIFEST
    known = {*listed.read_text("utf-8").splitlines(), _MANIFEST} if listed.is_file() else set()
    there = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if not path.is_dir()]
    others = [name for name in there if name not in known]
    if others:
        raise NotAPackError(folder, others[:3])


def _clear(folder: Path) -> None:
    """What runs that were killed have left beside the folder or in it; a pack that one had moved aside is put back."""
    clear_unfinished(folder.parent)
    old = _aside(folder)
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    clear_unfinished(folder)


def _put(made: Path, folder: Path) -> None:
    """The new folder into the place of the old one: exchanged in one step where the system can."""
    if not folder.exists():
        made.rename(folder)
    elif not _exchanged(made, folder):
        old = _aside(folder)
        folder.rename(old)
        made.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def _aside(folder: Path) -> Path:
    """Where a pack stands while another takes its place."""
    return folder.with_name(f".{folder.name}.mdj-plan-old.tmp")


def _exchanged(made: Path, folder: Path) -> bool:
    """Exchange two folders by renameat2; False where there is no such call."""
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
    call = getattr(library, "renameat2", None)
    return call is not None and call(_CWD, os.fsencode(made), _CWD, os.fsencode(folder), _EXCHANGE) == 0
