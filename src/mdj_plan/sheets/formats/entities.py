"""Characters that XML does not let stand for themselves; the standard library's own knows them beside the network."""

from __future__ import annotations

_STAND_FOR = (("&gt;", ">"), ("&lt;", "<"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
"""Each entity and its character; the last is the one by which the others are written."""


def resolved(text: str) -> str:
    """XML text as it reads: what its entities stand for."""
    if "&" in text:
        for entity, character in _STAND_FOR:
            text = text.replace(entity, character)
    return text


def escaped(text: str) -> str:
    """Text as XML writes it between tags; XML makes a line break of a bare carriage return."""
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;").replace("\r", "&#13;")
