"""Names of the copies of one run: none replaces another, nor a file that is no copy as we have written it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mdj_plan.links import real
from mdj_plan.reports.files import is_open
from mdj_plan.reports.returned.copies import is_copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Names:
    """Gives each copy a name that is free in a folder (None: in one that is made anew); finds those of earlier runs."""

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

    def earlier(self, stem: str) -> Iterator[Path]:
        """Copies of an earlier run whose names begin with a stem, as we have written them; none that is open in an
        office program or was handed in.
        """
        for path in sorted(self._folder.glob("*.xls[xm]")) if self._folder is not None else ():
            ours = path.name.startswith(f"{stem}_") and path.name not in self._taken
            if ours and not is_open(path) and not self._is_anothers(path.name):
                yield path

    def _is_anothers(self, name: str) -> bool:
        if self._folder is None or not (self._folder / name).exists():
            return False
        return real(self._folder / name) in self._inputs or not is_copy(self._folder / name)
