"""The program against the second calculation, figure by figure.

``python -m tests.oracle.test_agreement SEED…`` prints where the worlds of these seeds disagree, and keeps their files.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mdj_plan.cli.app import run
from tests.oracle.archive import write_world
from tests.oracle.calculation import Record, report
from tests.oracle.draw import draw_world
from tests.oracle.world import World, month_written, written

SEEDS = range(int(os.environ.get("MDJ_PLAN_SEEDS", "25")))
KEYS = {
    "gaps": ("scope", "unit", "indicator"),
    "duties": ("unit", "duty"),
    "submissions": ("unit",),
    "overlaps": ("name", "kind", "claimed_by"),
}


def run_check(plan: Path, options: list[str]) -> dict[str, Any]:
    """What ``mdj-plan check --format json`` says; numbers exactly as written."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    args = ["check", "--plan", str(plan), *options, "--format", "json", "--fail-on", "never", "--lang", "zh"]
    said = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        code = run(args)
    assert code == 0, f"exit code {code}: {args}\n{said.getvalue()}"
    out.seek(0)
    found: dict[str, Any] = json.loads(out.read(), parse_float=Decimal, parse_int=Decimal)
    return found


def checked(world: World, folder: Path) -> dict[str, Any]:
    options = ["--period", written(world.period)]
    options += [] if world.as_of is None else ["--as-of", month_written(world.as_of)]
    return run_check(write_world(world, folder), options)


def disagreements(expected: Mapping[str, Any], got: Mapping[str, Any]) -> list[str]:
    """Every difference in rows, their order, their keys and values: part, row, key, expected, got."""
    found = []
    for part, keys in KEYS.items():
        ours, theirs = (_by_keys(report[part], keys) for report in (expected, got))
        found += [f"{part} {name}: expected, not there" for name in ours if name not in theirs]
        found += [f"{part} {name}: there, not expected" for name in theirs if name not in ours]
        both = [name for name in ours if name in theirs]
        if both != [name for name in theirs if name in ours]:
            found.append(f"{part}: order {both}, got {[name for name in theirs if name in ours]}")
        for name in both:
            one, other = ours[name], theirs[name]
            found += [
                f"{part} {name} {key}: expected {one.get(key, '—')!s}, got {other.get(key, '—')!s}"
                for key in {**one, **other}
                if one.get(key, "—") != other.get(key, "—")
            ]
    return found


def _by_keys(rows: list[Record], keys: tuple[str, ...]) -> dict[str, Record]:
    named = {" ".join(str(row[key]) for key in keys): row for row in rows}
    assert len(named) == len(rows), f"rows are not told apart by {keys}"
    return named


def disagreements_of(seed: int, folder: Path) -> list[str]:
    world = draw_world(seed)
    return disagreements(report(world), checked(world, folder))


@pytest.mark.parametrize("seed", SEEDS)
def test_random_worlds_agree(seed: int, tmp_path: Path) -> None:
    found = disagreements_of(seed, tmp_path)
    assert not found, "\n".join([f"seed {seed}:", *found])


def main() -> int:
    failed = 0
    for seed in map(int, sys.argv[1:]):
        folder = Path(tempfile.mkdtemp(prefix=f"world-{seed}-"))
        found = disagreements_of(seed, folder)
        failed += bool(found)
        sys.stdout.write("\n".join([f"seed {seed} in {folder}: {len(found)} disagreements", *found]) + "\n")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
