"""A plan founded: a table read or the example taken, the folder written (contract 6.5)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from mdj_plan.founding.breakdown import Breakdown, read_breakdown
from mdj_plan.founding.draft import Draft, draft
from mdj_plan.founding.folder import put_folder, refuse_unless_empty
from mdj_plan.founding.span import Span, span
from mdj_plan.founding.writing import files_of
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    import datetime as dt

    from mdj_plan.period import Period

_HERE = Path(__file__).parent


class SpanError(Exception):
    """The plan would end before it starts."""

    def __init__(self, asked: Span) -> None:
        super().__init__(asked)
        self.asked = asked


class Founded(NamedTuple):
    """What was read, and the plan that was made of it; `table` None: the example."""

    table: Breakdown | None
    draft: Draft


def found(
    folder: Path,
    table: Path | None = None,
    *,
    start: Period | None = None,
    end: Period | None = None,
    today: dt.date,
    language: str,
) -> Founded:
    """Write a plan folder that passes `plan` and `template --all` at once, of a breakdown table or as an example.

    Raises NotEmptyError, NoBreakdownError, SpanError, OSError; PlanError where what a table says cannot stand side by
    side in one plan (two units of one name). Then nothing is written.
    """
    refuse_unless_empty(folder)
    read = read_breakdown(table) if table is not None else None
    when = span(read, start, end, today)
    if when.end < when.start:
        raise SpanError(when)
    made = _example(when) if read is None else draft(read, when)
    put_folder(folder, files_of(made, language), _look_over)
    return Founded(read, made)


def _example(when: Span) -> Draft:
    english = tomllib.loads((_HERE / "example.toml").read_text("utf-8"))
    return draft(read_breakdown(_HERE / "example.csv"), when, english)


def _look_over(folder: Path) -> None:
    """The plan loads, its criteria too: nobody is handed a folder that the next command refuses."""
    from mdj_plan.plan.read_criteria import read_criteria
    from mdj_plan.plan.validate import validated

    read_criteria(validated(folder / "config" / "targets.yaml"))
