"""Random plans and returns: what `check` says and what a second, independent calculation says must be one."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from mdj_plan.messages import messages
from mdj_plan.period import Month, Period
from mdj_plan.plan.load import load_plan
from mdj_plan.reports.data import document
from mdj_plan.run import run
from tests.agreement.oracle import Oracle
from tests.agreement.world import make_world, shown, write

SEEDS = range(int(os.environ.get("MDJ_PLAN_SEEDS", "40")))


def said(path: Path, period: tuple[int, int], as_of: tuple[int, int]) -> dict[str, Any]:
    assessment = run(load_plan(path), period=Period(*period), as_of=Month(*as_of))
    found: dict[str, Any] = json.loads(json.dumps(document(assessment, messages("zh"))))
    return found


def differences(seed: int, folder: Path) -> list[str]:
    world = make_world(seed)
    got = said(write(world, folder), world.period, world.as_of)
    oracle = Oracle(world)
    found = []
    owed = oracle.owed()
    pairs = [(row["unit"], row["indicator"]) for row in owed]
    if [(g["unit"], g["indicator"]) for g in got["gaps"]] != pairs:
        found.append(f"rows: expected {pairs}")
    for row, gap in zip(owed, got["gaps"], strict=False):
        expected = oracle.gap(row)
        found += [
            f"{shown(world.period)} {gap['unit']} {gap['indicator']} {key}: expected {value!r}, got {gap[key]!r}"
            for key, value in expected.items()
            if gap[key] != value
        ]
    if got["duties"] != oracle.duties():
        found.append(f"duties: expected {oracle.duties()}, got {got['duties']}")
    for expected, submission in zip(oracle.submissions(), got["submissions"], strict=True):
        found += [
            f"{submission['unit']} {key}: expected {value!r}, got {submission[key]!r}"
            for key, value in expected.items()
            if submission[key] != value
        ]
    overlaps = sorted((o["kind"], sorted(o["claimed_by"]), sorted(o["credited_to"])) for o in got["overlaps"])
    if overlaps != oracle.overlaps():
        found.append(f"overlaps: expected {oracle.overlaps()}, got {overlaps}")
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_agrees(seed: int, tmp_path: Path) -> None:
    assert differences(seed, tmp_path / "world") == []


if __name__ == "__main__":
    import tempfile

    print("\n".join(differences(int(sys.argv[1]), Path(tempfile.mkdtemp()) / "world")))
