"""Message catalogues as they lie in `locale/`: TOML of one simple form, which is read here without a TOML library.

A line is blank, a comment, a heading ``[V103]`` or ``key = "text"``. Every run, a page of help too, needs a thousand
such lines: a library reads them in 10 ms, this in one. A test holds that both read the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Entries = dict[str, str]
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", '"': '"', "\\": "\\"}


def texts_in(file: Path) -> Entries:
    """The texts of a catalogue by key. Raises ValueError for a line of another form."""
    return tables_in(file)[""]


def tables_in(file: Path) -> dict[str, Entries]:
    """The texts of a catalogue by heading and key; those above the first heading stand under "". Raises ValueError."""
    entries: Entries = {}
    found = {"": entries}
    for number, line in enumerate(file.read_text("utf-8").split("\n"), 1):
        key, stated, text = line.partition(' = "')
        if stated and text.endswith('"'):
            entries[key] = _ESCAPED.sub(_plain, text[:-1]) if "\\" in text else text[:-1]
        elif line.startswith("["):
            entries = found.setdefault(line[1:-1], {})
        elif line and not line.startswith("#"):
            raise ValueError(f"{file.name}:{number}: {line}")
    return found


def _plain(escaped: re.Match[str]) -> str:
    try:
        return _MEANT[escaped[1]]
    except KeyError:
        raise ValueError(escaped[0]) from None
