"""Marks that stand beside a figure and are none of its digits: footnotes (20¹, 20①, 10*), and what was struck out."""

from __future__ import annotations

import re

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉"
STRUCK = "\u0336"
"""Follows a character that is struck through where the rest of its cell is not."""
_MARK = (
    f"(?<=[0-9０-９.家户人个㎡²米元万亩])(?:[{_RAISED}{_LOWERED}①-⑳⑴-⒇*＊※†‡#]+|"
    r"[\[［][0-9]{1,2}[\]］]|[(（]注?[0-9①-⑳]{0,2}[)）])$"
)
_OUT = re.compile(f"(?:.{STRUCK})+")
_AS_RAISED = str.maketrans("0123456789", _RAISED)
_AS_LOWERED = str.maketrans("0123456789", _LOWERED)


def raised(text: str) -> str:
    """The text with its digits raised: 1 → ¹."""
    return text.translate(_AS_RAISED)


def lowered(text: str) -> str:
    """The text with its digits lowered: 1 → ₁."""
    return text.translate(_AS_LOWERED)


def struck_out(text: str) -> str:
    """The text with every character struck through."""
    return "".join(c + STRUCK for c in text)


def unmarked(text: str) -> str:
    """The text without footnote marks at its end and without what is struck out: 20① → 20, 2̶0̶25 → 25."""
    text = _OUT.sub("", text) if STRUCK in text else text
    return re.sub(_MARK, "", text.strip())
