"""Texts made of runs that look different: digits raised or lowered, and parts struck out, stand marked in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple
from mdj_plan.sheets.values.footnotes import lowered, raised, struck_out

if TYPE_CHECKING:
    from collections.abc import Sequence


class Run(NamedTuple):
    """A piece of text that looks alike: raised above the line (1), lowered (-1) or neither; struck through or not."""

    words: str
    shift: int = 0
    struck: bool = False


class Text(NamedTuple):
    """A text, and whether all of it is struck through."""

    words: str
    struck: bool = False


def joined(runs: Sequence[Run]) -> Text:
    """The text of some runs. Where all of it is raised, or struck through, none of it stands out."""
    filled = [run for run in runs if run.words.strip()]
    struck = bool(filled) and all(run.struck for run in filled)
    apart = len({run.shift for run in filled}) > 1
    return Text("".join(_marked(run, shifted=apart, out=run.struck and not struck) for run in runs), struck)


def _marked(run: Run, *, shifted: bool, out: bool) -> str:
    text = run.words
    if shifted and run.shift:
        text = raised(text) if run.shift > 0 else lowered(text)
    return struck_out(text) if out else text
