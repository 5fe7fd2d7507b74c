"""The program against the second calculation, figure by figure, over sections 2, 3, 5 and 6 of the contract.

``MDJ_PLAN_SEEDS`` says how many worlds (a second each).
``python -m tests.oracle.test_agreement SEED|FIRST-LAST…`` prints where the worlds of these seeds disagree, part by part,
and keeps the files of those that do.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.oracle.parts import PARTS, Trial, disagreements

SEEDS = range(int(os.environ.get("MDJ_PLAN_SEEDS", "12")))


@pytest.mark.parametrize("seed", SEEDS)
def test_random_worlds_agree(seed: int, tmp_path: Path) -> None:
    trial = Trial(seed, tmp_path)
    found = [line for part in PARTS for line in disagreements(trial, part)]
    assert not found, "\n".join([f"seed {seed}: {found[0]}", *found[1:]])


def _found(trial: Trial, part: str) -> list[str]:
    """The disagreements; that the program stops is one too."""
    try:
        return disagreements(trial, part)
    except AssertionError as error:
        return [f"{part}: {error}"]


def _seeds(words: list[str]) -> Iterator[int]:
    for word in words:
        first, _, last = word.partition("-")
        yield from range(int(first), int(last or first) + 1)


def main() -> int:
    agreed: Counter[str] = Counter()
    seeds = list(_seeds(sys.argv[1:]))
    for seed in seeds:
        trial = Trial(seed, Path(tempfile.mkdtemp(prefix=f"world-{seed}-")))
        found = {part: _found(trial, part) for part in PARTS}
        agreed.update(part for part, lines in found.items() if not lines)
        for lines in found.values():
            sys.stdout.writelines(f"seed {seed} {line}\n" for line in lines)
        if not any(found.values()):
            shutil.rmtree(trial.folder)
    sys.stdout.writelines(f"{part}: {agreed[part]} of {len(seeds)} worlds agree\n" for part in PARTS)
    return bool(any(agreed[part] < len(seeds) for part in PARTS))


if __name__ == "__main__":
    sys.exit(main())
