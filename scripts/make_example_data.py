"""Make the example returns under data/: 21 units, six quarters, wholly invented, the same bytes every time.

    python -m scripts.make_example_data data

Every facility's name begins with 示例, every file says 示例数据, and the organisation part of every credit code begins
with MAXX. The folder is left alone when it holds returns that are not of this making.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from mdj_plan.plan.load import load_plan

from .example_files import receipts_bytes, register_bytes, return_bytes
from .example_returns import returns

PLAN = Path(__file__).resolve().parents[1] / "config" / "targets.yaml"


def files() -> dict[str, bytes]:
    """Every file of the example data by its path below the data folder."""
    made = [(ret, return_bytes(ret)) for ret in returns(load_plan(PLAN))]
    found = {f"submissions/{ret.file}": data for ret, data in made}
    found["receipts.csv"] = receipts_bytes((ret, hashlib.sha256(data).hexdigest()) for ret, data in made)
    found["register.csv"] = register_bytes()
    return found


def strangers(folder: Path, made: dict[str, bytes]) -> list[str]:
    """Returns below the folder that are not of this making: somebody's, or left over from an earlier story."""
    below = (path.relative_to(folder).as_posix() for path in sorted(folder.glob("submissions/**/*")) if path.is_file())
    return [path for path in below if path not in made]


def main(arguments: list[str] | None = None) -> int:
    """Write the files below the folder named; 1 without writing anything when it holds other returns."""
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
    print(f"{len(made) - 2} example returns with receipts and register written to {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
