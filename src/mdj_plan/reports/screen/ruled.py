"""A table by rich: how wide its columns are, which of them stand side by side, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mdj_plan.records import NamedTuple
from mdj_plan.reports.screen.lines import even_width, longest_piece
from mdj_plan.reports.screen.styled import joined, set_in_lines, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.measure import Measurement
    from rich.segment import Segment
    from rich.table import Table
    from rich.text import Text

    from mdj_plan.reports.screen.styled import Cell

_GAP = 2
"""Cells between columns."""
_HEAD = 10
"""Cells that a heading takes before it is broken rather than its column moved to another table."""
_WORD = 20
"""Cells up to which a word is kept whole where columns get narrow."""
_RULED = "    \n    \n ─  \n    \n    \n    \n    \n    \n"
_DASHED = "    \n    \n -  \n    \n    \n    \n    \n    \n"


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, how it is set, and the narrowest it may become (0: as wide as its content)."""

    heading: str
    justify: str = "left"
    narrowest: int = 0


def print_table(console: Console, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, plain: bool) -> None:
    """A table as wide as its content, at most as wide as the screen; `plain`: its rules are ASCII."""
    from rich.segment import Segment, Segments

    texts = [[text_of(cell) for cell in row] for row in rows]
    measured = [_measured(column, [row[i] for row in texts]) for i, column in enumerate(columns)]
    table = _table(columns, _widths(measured, console.width - _GAP * (len(columns) - 1)), plain=plain)
    for row in texts:
        table.add_row(*map(_Wrapped, row))
    for line in console.render_lines(table, console.options.update(width=console.width), pad=False):
        console.print(Segments([*_without_tail(line), Segment.line()]), end="", soft_wrap=True)


def _table(columns: Sequence[Column], widths: Sequence[int], *, plain: bool) -> Table:
    from rich.box import Box
    from rich.table import Table

    table = Table(
        box=Box(_DASHED if plain else _RULED, ascii=plain),
        show_edge=False,
        pad_edge=False,
        padding=(0, _GAP - 1, 0, 0),
        header_style="bold",
        border_style="bright_black",
    )
    for column, width in zip(columns, widths, strict=True):
        settings: dict[str, Any] = {"justify": column.justify, "width": width}
        table.add_column(_Wrapped(joined(column.heading), even=True), **settings)
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
        yield from set_in_lines(self._text[margin:], width, kept, 0)


class _Measured(NamedTuple):
    """The cells that a column takes: as wished, with its heading broken, and at least."""

    wished: int
    broken: int
    least: int


def _measured(column: Column, cells: Sequence[Text]) -> _Measured:
    head = joined(column.heading)
    widest = max((cell.cell_len for cell in cells), default=0)
    least = _least(column, head.plain, [cell.plain for cell in cells], widest)
    return _Measured(max(widest, head.cell_len), max(widest, min(_HEAD, head.cell_len)), least)


def _least(column: Column, head: str, cells: Sequence[str], widest: int) -> int:
    """The narrowest a column should become: no word of its heading is cut, nor a figure, nor a usual word."""
    inside = widest
    if column.narrowest:
        words = min(_WORD, max(map(longest_piece, cells), default=0))
        inside = min(widest, max(column.narrowest, words))
    return max(inside, longest_piece(head))


def fitting(
    width: int, columns: Sequence[Column], cells: Sequence[Sequence[Cell]], *, even: bool = False
) -> list[tuple[int, int]]:
    """Which columns (from, to) stand side by side, beside the first one, which is in every table.

    As many as the width holds in their order; `even`: about as many in each table. `cells` are given by column.
    """
    least = []
    for column, drawn in zip(columns, cells, strict=True):
        head = min(_HEAD, joined(column.heading).cell_len)
        least.append(max(head, _measured(column, list(map(text_of, drawn))).least) + _GAP)
    room = width + _GAP - least[0]
    found = _filled(least, room, len(least))
    size = -(-(len(least) - 1) // len(found)) if found else 0
    evenly = _filled(least, room, size)
    return evenly if even and len(evenly) == len(found) else found


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


def _widths(columns: Sequence[_Measured], room: int) -> list[int]:
    """The widths of columns: as wished where there is room, else the widest give way, headings and then texts broken.

    Where even that is too much, they give way further: text is broken more often, but never cut off.
    """
    found = [column.wished for column in columns]
    for floors in ([c.broken for c in columns], [c.least for c in columns], [2] * len(found)):
        while sum(found) > room:
            width, i = max(((w, i) for i, w in enumerate(found) if w > floors[i]), default=(0, 0))
            if not width:
                break
            found[i] -= 1
    return found


def _without_tail(line: list[Segment]) -> list[Segment]:
    """Segments of a line without the spaces that fill it up."""
    from rich.segment import Segment

    kept = list(line) if any(segment.text.strip() for segment in line) else []
    while kept and not kept[-1].text.strip(" "):
        kept.pop()
    if kept:
        kept[-1] = Segment(kept[-1].text.rstrip(" "), kept[-1].style)
    return kept
