"""The same bytes come out of a run, whether what it reads was kept or not: random worlds, the gallery, the example."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gallery.examples import EXAMPLES, clean
from tests.oracle.parts import Trial
from tests.oracle.program import said
from tests.readings.test_desk import laid_out

COMMANDS = (
    ("check", "--all-periods", "--format", "json", "--fail-on", "never"),
    ("check", "--format", "table", "--fail-on", "never"),
    ("status", "--all-periods", "--format", "json"),
)


def assert_the_same(plan: Path) -> None:
    for command in COMMANDS:
        read = said(plan, [*command, "--no-cache"])
        kept = [said(plan, list(command)) for _ in range(2)]  # the first of them keeps what it has read
        assert kept == [read, read], command


@pytest.mark.parametrize("seed", range(3))
def test_of_random_worlds(seed: int, tmp_path: Path) -> None:
    assert_the_same(Trial(seed, tmp_path).plan)


@pytest.mark.parametrize("number", range(0, len(EXAMPLES), 12))
def test_of_the_gallery(number: int, tmp_path: Path) -> None:
    files = clean()
    EXAMPLES[number].change(files)
    assert_the_same(laid_out(tmp_path, files).path)


def test_of_the_shipped_example() -> None:
    assert_the_same(Path("config/targets.yaml"))
