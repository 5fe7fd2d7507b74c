"""Rows as CSV: nothing in them that a spreadsheet could run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def as_csv(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV text: UTF-8 BOM, CRLF; blank for null; text that could run as a formula gets an apostrophe."""
    import csv  # JSON, which lists the same rows, has no use for them
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_csv_cell(row[name]) for name in names])
    return "\ufeff" + out.getvalue()


def _csv_cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return value
    return harmless(visible(str(value)))


def harmless(text: str) -> str:
    """Text that a spreadsheet would take for a formula, with an apostrophe before it."""
    return "'" + text if text[:1] in {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} else text
