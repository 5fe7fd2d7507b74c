"""Names of the copies of one run: none replaces another, nor a file that is no copy as we have written it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mdj_plan.links import real
from mdj_plan.reports.returned.copies import is_copy

if TYPE_CHECKING:
    from collections.abc import Iterable


class Names:
    """Gives each copy a name that is free in a folder (None: in one that is made anew)."""

    def __init__(self, folder: Path | None = None, inputs: Iterable[Path] = ()) -> None:
        self._folder, self._taken = folder, set[str]()
        self._inputs = {real(path) for path in inputs}

    def free(self, name: str) -> str:
        """The name, or with a number behind it."""
        path, number = Path(name), 2
        while name in self._taken or self._is_anothers(name):
            name = f"{path.stem}-{number}{path.suffix}"
            number += 1
        self._taken.add(name)
        return name

    def _is_anothers(self, name: str) -> bool:
        if self._folder is None or not (self._folder / name).exists():
            return False
        return real(self._folder / name) in self._inputs or not is_copy(self._folder / name)
