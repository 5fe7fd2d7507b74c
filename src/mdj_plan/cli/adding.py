"""A row more in one of the office's own tables: judged as the table would be, then written whole or not at all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mdj_plan.links import real
from mdj_plan.text import legible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from mdj_plan.findings import Finding
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Plan


def add_row(
    plan: Plan,
    table: Path,
    heads: Sequence[str],
    row: Mapping[str, str],
    wrong: Callable[[bytes, str], Iterable[Finding]],
    texts: Messages,
) -> int:
    """Append a row by head; `wrong` says what would be wrong with it in the table of those bytes and name.

    Nobody else files or appends meanwhile. Exit code 2, with the reasons, where something is wrong. Raises UsageError
    where nothing can be appended, BusyError where another run does not end.
    """
    from mdj_plan.archive.lock import alone
    from mdj_plan.disk import existing, make_folder, replace_whole
    from mdj_plan.unfinished import clear_unfinished

    row = {head: legible(cell) for head, cell in row.items()}  # typed where the system speaks no UTF-8
    make_folder(plan.receipts.parent)
    with alone(plan.receipts.parent):
        path = real(existing(table) or table)
        clear_unfinished(path.parent)
        data = _with_row(path, heads, row)
        objections = list(wrong(data, path.name))
        if not objections:
            replace_whole(path, data)
    for found in objections:
        hint = texts.hint(found) if found.variant not in _ON_FILE else ""
        print(f"{texts.message(found)} {hint}".rstrip(), file=sys.stderr)
    print(texts("row-not-added" if objections else "row-added", path=str(path)), file=sys.stderr)
    return 2 if objections else 0


_ON_FILE = frozenset(("", "never", "value"))
"""The variants whose hint is about a row that stands in the table; here it is not written."""


def _with_row(path: Path, heads: Sequence[str], row: Mapping[str, str]) -> bytes:
    """What the table is to hold. Raises UsageError where a row cannot be appended to it, or somebody has it open."""
    from mdj_plan.archive.appending import NotAppendableError, appended
    from mdj_plan.reports.files import is_open
    from mdj_plan.usage import UsageError

    if path.suffix.lower() != ".csv":
        raise UsageError("table-not-text", path=str(path))
    if is_open(path):
        raise UsageError("table-open", path=str(path))
    try:
        return appended(path.read_bytes() if path.exists() else b"", heads, row)
    except NotAppendableError as error:
        raise UsageError("table-lacks-column", path=str(path), column=error.what) from error
