"""What makes a plan unusable: every mistake of one run, each with its place (exit code 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.findings import Argument, Finding
    from mdj_plan.messages import Messages
    from mdj_plan.sheets.tables.table import Slip


class Problem:
    """One mistake: its message key, file, place (``line:column`` or a cell), and what fills the message."""

    __slots__ = ("args", "at", "file", "finding", "name")

    def __init__(self, name: str, file: str, at: str = "", /, **args: Argument) -> None:
        self.name, self.file, self.at, self.args = name, file, at, args
        self.finding: Finding | None = None

    @classmethod
    def of(cls, slip: Slip) -> Problem:
        """A mistake in a table of the office, which makes what leans on the table unusable; its place is the cell."""
        at = slip.at
        where = "!".join(part for part in (at.sheet, at.cell) if part)
        found = cls(slip.name, at.file or "", where, **dict(slip.args))
        found.finding = slip.finding
        return found

    def sentence(self, texts: Messages) -> str:
        """``file:line:column: what stands there, what was expected``."""
        where = f"{self.file}:{self.at}" if self.at else self.file
        if self.finding is not None:
            return f"{where}: {texts.message(self.finding)} {texts.hint(self.finding)}"
        return f"{where}: {texts(self.name, **self.args)}"

    def __repr__(self) -> str:
        return f"Problem({self.name!r}, {self.file!r}, {self.at!r}, {self.args!r})"


class PlanError(Exception):
    """The plan cannot be used; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.file}:{p.at} {p.name} {p.args}" for p in self.problems))
