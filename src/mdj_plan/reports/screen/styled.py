"""Texts put together of parts, each with its style, and broken into lines with the styles on their characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.screen.lines import wrapped
from mdj_plan.text import visible

if TYPE_CHECKING:
    from rich.text import Text

Styled = tuple[str, str]
"""A text and its style."""
Part = str | Styled
Cell = Part | list[Part]
"""What stands in a table's cell: a text, or several put together."""


def joined(*parts: Part) -> Text:
    """Parts as one text; nothing in them is read as markup or obeyed by a terminal."""
    from rich.text import Text

    text = Text()
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        text.append(visible(words), style or None)
    return text


def text_of(cell: Cell) -> Text:
    """What stands in a cell, as one text."""
    return joined(*cell) if isinstance(cell, list) else joined(cell)


def set_in_lines(text: Text, width: int, indent: int, hanging: int) -> list[Text]:
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
