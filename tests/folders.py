"""The folder of a plan, written from texts: what most tests begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def lay_out(
    folder: Path, plan: str, quotas: str | None = None, returns: Mapping[str, str | bytes] | None = None, **tables: str
) -> Path:
    """Write the plan, its quotas, `returns` by their names below the submissions, and further tables of the data folder
    by theirs, without .csv. The plan's path; what is there already stays, unless it bears one of these names.
    """
    files: dict[str, str | bytes] = {"config/targets.yaml": plan}
    if quotas is not None:
        files["data/quotas.csv"] = quotas
    files |= {f"data/submissions/{name}": text for name, text in (returns or {}).items()}
    files |= {f"data/{name}.csv": text for name, text in tables.items()}
    (folder / "data/submissions").mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder / "config/targets.yaml"
