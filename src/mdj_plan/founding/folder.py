"""A plan folder put in place: whole, or not at all."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from mdj_plan.disk import write_new
from mdj_plan.links import real
from mdj_plan.unfinished import clear_unfinished, unfinished

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_LAST = "config"
"""What makes a folder a plan; moved in when everything else is there."""


class NotEmptyError(Exception):
    """The folder holds something already; `name` is the first of it, "" where the path is no folder."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        self.folder, self.name = folder, name


def refuse_unless_empty(folder: Path) -> None:
    """Raises NotEmptyError where a plan must not be written, OSError where that cannot be known."""
    if folder.is_dir():
        there = sorted(path.name for path in folder.iterdir())
        if there:
            raise NotEmptyError(folder, there[0])
    elif folder.exists() or folder.is_symlink():
        raise NotEmptyError(folder, "")


def put_folder(folder: Path, files: Mapping[str, bytes], looked_over: Callable[[Path], None]) -> None:
    """Write the files beside the folder, have them looked over (which may raise), then move them into its place.

    Raises NotEmptyError, OSError; then nothing is left.
    """
    refuse_unless_empty(folder)
    folder = real(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    clear_unfinished(folder.parent)
    made = unfinished(folder.parent)
    try:
        _write(made, files)
        looked_over(made)
        _move(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _write(made: Path, files: Mapping[str, bytes]) -> None:
    made.mkdir()
    for name, data in files.items():
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, data)


def _move(made: Path, folder: Path) -> None:
    """In one step, or into an empty folder that is there (somebody may be standing in it) part by part."""
    if not folder.exists():
        made.rename(folder)
        return
    names = sorted((path.name for path in made.iterdir()), key=lambda name: name == _LAST)
    try:
        for name in names:
            (made / name).rename(folder / name)
    except OSError:
        for name in names:
            if (folder / name).exists():
                (folder / name).rename(made / name)
        raise
