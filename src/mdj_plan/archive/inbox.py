"""What a user hands over: files, folders and zip archives of returns, one by one, each with its bytes.

What is no plain file (a pipe, a device, a socket) is handed over as what cannot be read, like a damaged archive.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from mdj_plan.intake.handed import LARGEST, Handed, NotRead, ignorable, too_large
from mdj_plan.sheets.cells import Fault
from mdj_plan.text import legible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mdj_plan.archive.unzipped import Member, Shelf
    from mdj_plan.plan.units import Directory


def handed_over(paths: Iterable[Path], directory: Directory | None = None) -> Iterator[Handed]:
    """Every return below the given files and folders, in order. Raises FileNotFoundError for what is not there.

    With a `directory` of units the folders in which a given path lies may say whose it is too, and for when.
    """
    yield from _told_apart(_handed_over(paths, directory, _Archives()))


def _handed_over(paths: Iterable[Path], directory: Directory | None, archives: _Archives) -> Iterator[Handed]:
    for path in paths:
        if path.is_dir():
            above = _telling(path, directory)
            for below in sorted(files_below(path)):
                yield from _opened(path / below, above + below, archives)
        elif path.exists():
            yield from _opened(path, _telling(path.parent, directory) + path.name, archives)
        else:
            raise FileNotFoundError(2, "No such file or directory", str(path))


class _Archives:
    """The archives among what is handed over; what opens them is loaded for the first."""

    def __init__(self) -> None:
        self._shelf: Shelf | None = None

    def members(self, path: Path) -> list[Member] | None:
        """Every member that may be a return; None where the file is no archive of returns."""
        from mdj_plan.archive.unzipped import Shelf, members

        self._shelf = self._shelf or Shelf()
        return members(path, self._shelf)


def _telling(folder: Path, directory: Directory | None) -> str:
    """The last folders of a path, as far as each of them names a quarter or a unit: ``2017Q2/东安区/``."""
    told: list[str] = []
    for name in reversed(folder.absolute().parts) if directory is not None else ():
        unit = directory is not None and not name.isascii() and directory.find(name) is not None  # /media is no unit
        if not unit and not _names_quarter(name):
            break
        told.insert(0, f"{name}/")
    return "".join(told)


def _names_quarter(name: str) -> bool:
    from mdj_plan.period import Period
    from mdj_plan.sheets.values.periods import find_period, period

    return isinstance(find_period(name), Period) or period(name) is not None


def files_below(folder: Path) -> Iterator[str]:
    """Every file that may be a return, by its path from there, with slashes; without lock files and hidden ones.

    Raises OSError for a closed folder.
    """

    def closed(error: OSError) -> None:
        raise error

    walked: set[str] = set()
    for parent, folders, names in os.walk(folder, onerror=closed, followlinks=True):
        here = os.path.realpath(parent)
        if here in walked:  # a link that leads to where it lies, or to what has been walked already
            folders.clear()
            continue
        walked.add(here)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        way = Path(parent).relative_to(folder).as_posix()
        yield from (name if way == "." else f"{way}/{name}" for name in names if not ignorable(name))


def _opened(path: Path, file: str, archives: _Archives) -> Iterator[Handed]:
    """A file, or what an archive holds."""
    shown, file = legible(str(path)), legible(file)
    if not path.is_file() and path.exists():
        yield Handed(shown, file, path, _refusing(Fault("F103", variant="special")))
        return
    inside = archives.members(path) if path.suffix.lower() == ".zip" else None
    if not inside:
        yield Handed(shown, file, path, _reading(path))
        return
    for member in inside:
        yield Handed(f"{shown} › {member.name}", f"{file}/{member.name}", None, member.read)


def _reading(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > LARGEST:
                raise NotRead(too_large())
            return file.read()

    return read


def _refusing(fault: Fault) -> Callable[[], bytes]:
    def read() -> bytes:
        raise NotRead(fault)

    return read


def _told_apart(everything: Iterable[Handed]) -> Iterator[Handed]:
    """Files whose names read the same, or that an archive holds twice, are two files."""
    seen: Counter[str] = Counter()
    for handed in everything:
        seen[handed.file] += 1
        again = seen[handed.file]
        yield handed if again == 1 else handed._replace(file=_numbered(handed.file, again))


def _numbered(file: str, number: int) -> str:
    name = PurePosixPath(file)
    return str(name.with_name(f"{name.stem} ({number}){name.suffix}"))
