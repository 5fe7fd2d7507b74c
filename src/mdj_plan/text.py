"""Text that came from outside, made safe to show: nothing in a return may steer a terminal or hide on a line."""

from __future__ import annotations

import os
import unicodedata

_SPACES = frozenset("\t\n\r\v\f\x85\u2028\u2029")
_CONTROL_PICTURES = 0x2400


def visible(text: str) -> str:
    """The text on one line without anything a terminal would act on.

    Line breaks and tabs become spaces, other control characters their pictures (␛), invisible format characters
    (also those that turn the writing direction) go, and what cannot be written as UTF-8 becomes ``?``.
    """
    if text.isprintable():
        return text
    return "".join(map(_harmless, text))


def _harmless(char: str) -> str:
    if char in _SPACES:
        return " "
    kind = unicodedata.category(char)
    if kind == "Cc":
        return chr(_CONTROL_PICTURES + ord(char)) if ord(char) < 0x20 else "␡" if ord(char) == 0x7F else "?"
    if kind == "Cf":
        return ""
    return "?" if kind in {"Cs", "Cn", "Co"} else char


def legible(name: str) -> str:
    """A file's name or path, fit to be written as UTF-8: a part that is no UTF-8 is read as GBK, or as best it can."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return "/".join(map(_decoded, name.split("/")))
    return name


def _decoded(part: str) -> str:
    try:
        raw = os.fsencode(part)
    except UnicodeError:  # half a character that stands for no byte
        return part.encode("utf-8", "replace").decode("utf-8")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeError:
            continue
    return raw.decode("utf-8", "replace")
