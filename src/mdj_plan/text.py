"""Text that came from outside, made safe to show: nothing in a return may steer a terminal or hide on a line."""

from __future__ import annotations

import unicodedata


def visible(text: str) -> str:
    """The text on one line: control and direction characters become ``␦``, line breaks and tabs a space."""
    if text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character in "\n\r\t\v\f\u2028\u2029\x85":
        return " "
    return "␦" if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} else character
