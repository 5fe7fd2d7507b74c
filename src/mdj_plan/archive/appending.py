"""A row more in one of the office's own text tables: decisions, exceptions. What is there stays, byte by byte."""

from __future__ import annotations

import contextlib
import csv
import io
from typing import TYPE_CHECKING

from mdj_plan.sheets.formats.delimited import delimiter

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

    The columns are those of the table itself, in its encoding, with its delimiter and its line ends.

    Raises NotAppendableError.
    """
    if not data.strip(_BOM + b" \r\n\t"):
        return _BOM + "".join((_line(heads, "\r\n"), _line([row.get(head, "") for head in heads], "\r\n"))).encode()
    text, encoding = _decoded(data, heads)
    mark = delimiter(text)
    end = "\r\n" if "\r\n" in text else "\n"
    columns = _columns(text, heads, mark)
    missing = [head for head in row if row[head] and head not in columns]
    if missing:
        raise NotAppendableError(missing[0])
    more = _line([row.get(column, "") for column in columns], end, mark)
    return data + ("" if text.endswith(("\n", "\r")) else end).encode(encoding) + more.encode(encoding)


def _decoded(data: bytes, heads: Sequence[str]) -> tuple[str, str]:
    """The table's text and its encoding, as spreadsheets and editors save text. Raises NotAppendableError."""
    for bom, encoding in ((_BOM, "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"", "utf-8")):
        if data.startswith(bom):
            with contextlib.suppress(UnicodeDecodeError):
                return data.removeprefix(bom).decode(encoding), encoding
    try:
        return data.decode("gb18030"), "gb18030"
    except UnicodeDecodeError:
        raise NotAppendableError(heads[0]) from None


def _columns(text: str, heads: Sequence[str], mark: str) -> list[str]:
    """The header: the first line in which two of the heads stand. Raises NotAppendableError without one."""
    for cells in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
        found = [cell.strip() for cell in cells]
        if len(set(found) & set(heads)) > 1:
            return found
    raise NotAppendableError(heads[0])


def _line(cells: Sequence[str], end: str, mark: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark, lineterminator=end).writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(text: str) -> str:
    """On one line, and nothing that a spreadsheet would run."""
    line = " ".join(text.split())
    return "'" + line if line[:1] in {"=", "+", "-", "@", "＝", "＋", "－", "＠"} else line
