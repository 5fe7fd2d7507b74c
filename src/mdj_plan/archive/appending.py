"""A row more in one of the office's own text tables: decisions, exceptions. What is there stays, byte by byte."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BOM = b"\xef\xbb\xbf"


class NotAppendableError(Exception):
    """The table lacks a column, or is in no encoding in which the row can be written; says which."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def appended(data: bytes, heads: Sequence[str], row: Mapping[str, str]) -> bytes:
    """The table with a row more, below its last line; a table with these heads where there is none yet.

    The columns are those of the table itself, in its encoding and with its line ends. Raises NotAppendableError.
    """
    if not data.strip(_BOM + b" \r\n\t"):
        return _BOM + "".join((_line(heads, "\r\n"), _line([row.get(head, "") for head in heads], "\r\n"))).encode()
    encoding = "utf-8" if _is_utf8(data) else "gb18030"
    text = data.removeprefix(_BOM).decode(encoding)
    end = "\r\n" if "\r\n" in text else "\n"
    columns = _columns(text, heads)
    missing = [head for head in row if row[head] and head not in columns]
    if missing:
        raise NotAppendableError(missing[0])
    more = _line([row.get(column, "") for column in columns], end)
    return data + (b"" if text.endswith(("\n", "\r")) else end.encode()) + more.encode(encoding)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _columns(text: str, heads: Sequence[str]) -> list[str]:
    """The header: the first line in which two of the heads stand. Raises NotAppendableError without one."""
    for cells in csv.reader(io.StringIO(text, newline="")):
        found = [cell.strip() for cell in cells]
        if len(set(found) & set(heads)) > 1:
            return found
    raise NotAppendableError(heads[0])


def _line(cells: Sequence[str], end: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end).writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(text: str) -> str:
    """On one line, and nothing that a spreadsheet would run."""
    line = " ".join(text.split())
    return "'" + line if line[:1] in {"=", "+", "-", "@", "＝", "＋", "－", "＠"} else line
