"""Make the example data: returns of 21 units and six quarters, wholly invented, the same bytes every time.

    python -m scripts.make_example_data data

Every facility's name begins with 示例, every file says 示例数据, and the organisation part of every credit code begins
with MAXX. The folder is left alone when it holds returns that are not of this making.
"""

from __future__ import annotations

import argparse
import hashlib
import posixpath
import sys
from pathlib import Path

from mdj_plan.plan.load import load_plan

from .example_closed import edition_bytes
from .example_files import receipts_bytes, register_bytes, return_bytes
from .example_returns import Return, returns
from .example_story import CLOSED, CLOSED_AT

ROOT = Path(__file__).resolve().parents[1]
PLAN = ROOT / "config" / "targets.yaml"
MADE_FOLDERS = ("submissions", "returned", "closed")


def files() -> dict[str, bytes]:
    """Every file of the example data by its path below the data folder."""
    made = [(ret, return_bytes(ret)) for ret in returns(load_plan(PLAN))]
    then = _on_file([(ret, data) for ret, data in made if ret.received < CLOSED_AT])
    closed = edition_bytes(PLAN.parent, ROOT / "data" / "quotas.csv", then)
    return {**_on_file(made), f"closed/{CLOSED}.json": closed}


def _on_file(made: list[tuple[Return, bytes]]) -> dict[str, bytes]:
    """Returns with their receipts, and the register."""
    return {
        **{posixpath.normpath(f"submissions/{ret.file}"): data for ret, data in made},
        "receipts.csv": receipts_bytes((ret, hashlib.sha256(data).hexdigest()) for ret, data in made),
        "register.csv": register_bytes(),
    }


def strangers(folder: Path, made: dict[str, bytes]) -> list[str]:
    """Files below the folders that are not of this making: somebody's, or left over from an earlier story."""
    found = (path for name in MADE_FOLDERS for path in sorted((folder / name).rglob("*")) if path.is_file())
    below = (path.relative_to(folder).as_posix() for path in found)
    return [path for path in below if path not in made]


def main(arguments: list[str] | None = None) -> int:
    """Write the files below the folder named; 1 without writing anything when it holds others' files."""
    parser = argparse.ArgumentParser(prog="python -m scripts.make_example_data", description="Make the example data.")
    parser.add_argument("folder", type=Path, help="the data folder, e.g. data")
    folder: Path = parser.parse_args(arguments).folder
    made = files()
    if other := strangers(folder, made):
        print(f"{folder}: {other[0]} is not of this making; nothing written", file=sys.stderr)
        return 1
    for name, data in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print(f"{len(made) - 3} example returns with receipts, register and a closed period written to {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
