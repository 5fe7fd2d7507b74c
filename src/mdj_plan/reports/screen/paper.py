"""The screen: headings, paragraphs and tables by rich, on a terminal or piped.

On a terminal: its width (or ``COLUMNS``), colour unless ``NO_COLOR``. Piped: 120 cells, no colour, plain ASCII rules
and bars, the same on every machine. Text is never read as markup.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mdj_plan.reports.screen.lines import even_width, longest_piece, wrapped
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

    from mdj_plan.messages import Messages

PIPED_WIDTH = 120
_GAP = 2
"""Cells between columns."""
_HEAD = 10
"""Cells that a heading takes before it is broken rather than its column moved to another table."""
_MOST_NAMES = 10
"""Units named one by one: nobody reads fifty."""
_STYLES = {"green": "green", "yellow": "yellow", "red": "bold red", "grey": "bright_black", "plain": ""}
_RULED = "    \n    \n ─  \n    \n    \n    \n    \n    \n"
_DASHED = "    \n    \n -  \n    \n    \n    \n    \n    \n"


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, how it is set, and the narrowest it may become (0: as wide as its content)."""

    heading: str
    justify: str = "left"
    narrowest: int = 0


Styled = tuple[str, str]
"""A text and its style."""
Part = str | Styled
Cell = Part | list[Part]
"""What stands in a table's cell: a text, or several put together."""


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
        lines = _set(text, self.width, indent, hanging)
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

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, indent: int = 0) -> None:
        """A table as wide as its content, at most as wide as the screen; long texts are wrapped in their columns."""
        from rich.segment import Segment, Segments

        texts = [[_text(cell) for cell in row] for row in rows]
        heads = [joined(column.heading) for column in columns]
        widest = [max((row[i].cell_len for row in texts), default=0) for i in range(len(columns))]
        wished = [max(wide, head.cell_len) for wide, head in zip(widest, heads, strict=True)]
        least = [
            _least(column, head.plain, [row[i].plain for row in texts], widest[i])
            for i, (column, head) in enumerate(zip(columns, heads, strict=True))
        ]
        room = self.width - indent - _GAP * (len(columns) - 1)
        broken = [max(wide, min(_HEAD, head.cell_len)) for wide, head in zip(widest, heads, strict=True)]
        table = self._table(columns, heads, _widths(wished, (broken, least), room))
        for row in texts:
            table.add_row(*map(_Wrapped, row))
        options = self.console.options.update(width=self.width - indent)
        for line in self.console.render_lines(table, options, pad=False):
            kept = [] if not any(segment.text.strip() for segment in line) else _without_tail(line)
            margin = [Segment(" " * indent)] if indent else []
            self.console.print(Segments([*margin, *kept, Segment.line()]), end="", soft_wrap=True)

    def _table(self, columns: Sequence[Column], heads: Sequence[Text], widths: Sequence[int]) -> Table:
        from rich.box import Box
        from rich.table import Table

        table = Table(
            box=Box(_DASHED if self.plain else _RULED, ascii=self.plain),
            show_edge=False,
            pad_edge=False,
            padding=(0, _GAP - 1, 0, 0),
            header_style="bold",
            border_style="bright_black",
        )
        for column, head, width in zip(columns, heads, widths, strict=True):
            settings: dict[str, Any] = {"justify": column.justify, "width": width}
            table.add_column(_Wrapped(head, even=True), **settings)
        return table


class _Wrapped:
    """A text in a cell, broken as paragraphs are (`wrapped`), where rich would cut Chinese anywhere.

    `even`: before a measure unit in brackets where that does, else into lines of about the same length, as headings
    are, lest one character stand alone.
    """

    def __init__(self, text: Text, *, even: bool = False) -> None:
        self._text, self._even = text, even

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        from rich.measure import Measurement

        return Measurement(min(2, self._text.cell_len), self._text.cell_len)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self._text.cell_len <= options.max_width:
            yield self._text
            return
        measure = self._text.plain.find("（" if "（" in self._text.plain else " (")
        if self._even and measure > 0:
            parts = [self._text[:measure], self._text[measure:]]
            if all(part.cell_len <= options.max_width for part in parts):
                yield from parts
                return
        margin = len(self._text.plain) - len(self._text.plain.lstrip(" "))
        kept = margin if margin < options.max_width // 2 else 0
        width = even_width(self._text.plain, options.max_width) if self._even else options.max_width
        yield from _set(self._text[margin:], width, kept, 0)


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


def joined(*parts: Part) -> Text:
    """Parts as one text; nothing in them is read as markup or obeyed by a terminal."""
    from rich.text import Text

    text = Text()
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        text.append(visible(words), style or None)
    return text


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


def _set(text: Text, width: int, indent: int, hanging: int) -> list[Text]:
    """A text in lines: `wrapped` says where to break, the styles stay on their characters."""
    from rich.text import Text

    plain = text.plain
    first = wrapped(plain, width - indent)[0]
    rest = plain[len(first) :].strip()
    lines = [first, *(wrapped(rest, width - indent - hanging) if rest else [])]
    found, at = [], 0
    for i, line in enumerate(lines):
        at = plain.index(line, at)
        found.append(Text(" " * (indent + (hanging if i else 0))) + text[at : at + len(line)])
        at += len(line)
    return found


_WORD = 20
"""Cells up to which a word is kept whole where columns get narrow."""


def _least(column: Column, head: str, cells: Sequence[str], widest: int) -> int:
    """The narrowest a column should become: no word of its heading is cut, nor a figure, nor a usual word."""
    inside = widest
    if column.narrowest:
        words = min(_WORD, max(map(longest_piece, cells), default=0))
        inside = min(widest, max(column.narrowest, words))
    return max(inside, longest_piece(head))


def fitting(
    screen: Screen, columns: Sequence[Column], cells: Sequence[Sequence[Cell]], *, even: bool = False
) -> list[tuple[int, int]]:
    """Which columns (from, to) stand side by side, beside the first one, which is in every table.

    As many as the width holds in their order; `even`: about as many in each table. `cells` are given by column.
    """
    least = []
    for column, drawn in zip(columns, cells, strict=True):
        texts = [_text(cell) for cell in drawn]
        widest = max((text.cell_len for text in texts), default=0)
        plain = [text.plain for text in texts]
        head = min(_HEAD, joined(column.heading).cell_len)
        least.append(max(head, _least(column, column.heading, plain, widest)) + _GAP)
    room = screen.width + _GAP - least[0]
    found = _filled(least, room, len(least))
    size = -(-(len(least) - 1) // len(found)) if found else 0
    return _filled(least, room, size) if even and len(_filled(least, room, size)) == len(found) else found


def _filled(least: Sequence[int], room: int, most: int) -> list[tuple[int, int]]:
    """Columns from the second on in runs that fit, none longer than `most`; one that never fits stands alone."""
    found: list[tuple[int, int]] = []
    start, used = 1, 0
    for i, width in enumerate(least[1:], 1):
        if i > start and (used + width > room or i - start >= most):
            found.append((start, i))
            start, used = i, 0
        used += width
    return [*found, (start, len(least))] if len(least) > 1 else [(1, 1)]


def _text(cell: Cell) -> Text:
    return joined(*cell) if isinstance(cell, list) else joined(cell)


def _widths(wished: Sequence[int], least: Sequence[Sequence[int]], room: int) -> list[int]:
    """The widths of columns: as wished where there is room, else the widest give way, down to each `least` in turn.

    Where even that is too much, they give way further: text is broken more often, but never cut off.
    """
    found = list(wished)
    for floors in (*least, [2] * len(found)):
        while sum(found) > room:
            width, i = max(((w, i) for i, w in enumerate(found) if w > floors[i]), default=(0, 0))
            if not width:
                break
            found[i] -= 1
    return found


def _without_tail(line: list[Any]) -> list[Any]:
    """Segments of a line without the spaces that fill it up."""
    from rich.segment import Segment

    kept = list(line)
    while kept and not kept[-1].text.strip(" "):
        kept.pop()
    if kept:
        kept[-1] = Segment(kept[-1].text.rstrip(" "), kept[-1].style)
    return kept
