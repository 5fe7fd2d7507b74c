"""The screen: headings, paragraphs and tables by rich, on a terminal or piped.

On a terminal: its width (or ``COLUMNS``), colour unless ``NO_COLOR``. Piped: 120 cells, no colour, plain ASCII rules
and bars, the same on every machine. Text is never read as markup.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mdj_plan.reports.screen.ruled import print_table
from mdj_plan.reports.screen.styled import joined, set_in_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from mdj_plan.messages import Messages
    from mdj_plan.reports.screen.ruled import Column
    from mdj_plan.reports.screen.styled import Cell, Part

PIPED_WIDTH = 120
_MOST_NAMES = 10
"""Units named one by one: nobody reads fifty."""
_STYLES = {"green": "green", "yellow": "yellow", "red": "bold red", "grey": "bright_black", "plain": ""}


@dataclass(frozen=True)
class Screen:
    """Where a report is shown, and in which language. `plain` where the output is no terminal."""

    console: Console
    texts: Messages
    plain: bool

    @property
    def width(self) -> int:
        """Cells in a line."""
        return self.console.width

    @property
    def bar_glyphs(self) -> str:
        """The filled cell, the empty cell and the mark of a bar; each takes one cell."""
        return "#.|" if self.plain else "█░│"

    def blank(self) -> None:
        """An empty line."""
        self.console.print()

    def heading(self, text: str) -> None:
        """A section's heading, after an empty line."""
        self.blank()
        self.line((text, "bold"))

    def line(self, *parts: Part, indent: int = 0, hanging: int = 0) -> None:
        """A paragraph of parts put together; later lines are indented by `hanging` more. Style goes by part."""
        text = joined(*parts)
        lines = set_in_lines(text, self.width, indent, hanging)
        for each in lines:
            self.console.print(each, soft_wrap=True)

    def prose(self, lines: Iterable[str]) -> None:
        """Lines with their own margins: on a terminal broken where they are too long, piped as they are, for `grep`."""
        for each in lines:
            if self.plain:
                self.console.print(joined(each), soft_wrap=True)
            else:
                margin = len(each) - len(each.lstrip(" "))
                self.line(each[margin:], indent=margin, hanging=2)

    def command(self, said: str, command: str, *, indent: int = 2) -> None:
        """What a command is good for, and the command: never broken, so that it can be copied; by itself if long."""
        if self.cells(said, command) + indent <= self.width:
            self.line(f"{said}{command}", indent=indent)
            return
        self.line(said.rstrip(), indent=indent, hanging=2)
        self.unbroken(command, indent=indent + 2)

    def unbroken(self, text: str, *, indent: int = 0) -> None:
        """A line that is never broken, so that what stands in it can be copied."""
        self.console.print(" " * indent, joined(text), sep="", soft_wrap=True)

    def listed(self, words: Iterable[str]) -> str:
        """Several names in a row, joined as the language joins them."""
        return ("、" if self.texts.language == "zh" else ", ").join(words)

    def some(self, units: Sequence[str]) -> str:
        """Units in a row where a line only tells of them; of very many the first, and how many there are."""
        if len(units) <= _MOST_NAMES:
            return self.listed(units)
        return self.texts("screen-and-more", names=self.listed(units[:_MOST_NAMES]), n=len(units))

    def cells(self, *parts: Part) -> int:
        """How many cells parts put together take."""
        return joined(*parts).cell_len

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
        """A table as wide as its content, at most as wide as the screen; long texts are wrapped in their columns."""
        print_table(self.console, columns, rows, plain=self.plain)


def open_screen(texts: Messages) -> Screen:
    """The screen of this process: the standard output."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    console = Console(
        file=sys.stdout,
        force_terminal=terminal,
        color_system="auto" if terminal else None,
        width=None if terminal else PIPED_WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    return Screen(console, texts, plain=not terminal)


def style_of(colour: str) -> str:
    """The style of a colour of the plan's bands; none for a colour that terminals do not know."""
    from rich.color import Color, ColorParseError

    if colour in _STYLES:
        return _STYLES[colour]
    try:
        Color.parse(colour)
    except ColorParseError:
        return ""
    return colour
