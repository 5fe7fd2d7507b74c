"""Text in a table of the office that a spreadsheet could run: an apostrophe stands guard before it."""

from __future__ import annotations


def guarded(text: str) -> str:
    """Text that a spreadsheet would take for a formula, with an apostrophe before it; `unguarded` takes it off again.

    Text that begins with an apostrophe gets one too, so that it is read back as it was.
    """
    return "'" + text if text[:1] in _FORMULA else text


def unguarded(text: str) -> str:
    """What was guarded, as it was."""
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA and text[1:] else text


_FORMULA = frozenset("=+-@\t\r\n'＝＋－＠")
