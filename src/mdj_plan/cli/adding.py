"""A row more in one of the office's own tables: judged as the table would be, then written whole or not at all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from mdj_plan.findings import Finding
    from mdj_plan.messages import Messages


def add_row(
    table: Path,
    heads: Sequence[str],
    row: Mapping[str, str],
    wrong: Callable[[bytes, str], Iterable[Finding]],
    texts: Messages,
) -> int:
    """Append a row by head; `wrong` says what would be wrong with it in the table of those bytes and name.

    Exit code 2, with the reasons, where something is. Raises UsageError where nothing can be appended.
    """
    from mdj_plan.archive.appending import NotAppendableError, appended
    from mdj_plan.archive.dossier import existing
    from mdj_plan.reports.files import write_whole
    from mdj_plan.run import UsageError

    path = existing(table) or table
    if path.suffix.lower() != ".csv":
        raise UsageError("table-not-text", path=str(path))
    before = path.read_bytes() if path.exists() else b""
    try:
        data = appended(before, heads, row)
    except NotAppendableError as error:
        raise UsageError("table-lacks-column", path=str(path), column=error.what) from error
    objections = list(wrong(data, path.name))
    for found in objections:
        print(f"{texts.message(found)} {texts.hint(found)}", file=sys.stderr)
    if objections:
        return 2
    write_whole(path, data)
    print(texts("row-added", path=str(path)), file=sys.stderr)
    return 0
