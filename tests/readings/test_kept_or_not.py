"""The same bytes come out of a run, whether what it reads was kept or not: random worlds, the gallery, the example."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mdj_plan.kept.shelf import Shelf
from mdj_plan.plan.load import load_plan
from mdj_plan.readings.needs import needs_digest
from mdj_plan.readings.pack import Pack
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


@pytest.mark.parametrize("line", [b'"area_m2":["number",["1200"]]', b'"area_m2":["number",["x","y"]]', b"no json"])
def test_where_somebody_has_written_a_column_with_a_right_checksum(
    line: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = laid_out(tmp_path, clean()).path
    command = [*COMMANDS[0]]
    read = said(plan, [*command, "--no-cache"])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("MDJ_PLAN_NO_CACHE", raising=False)
    assert said(plan, command) == read
    shelf = Shelf.of_user()
    for pack in (tmp_path / "cache").rglob("*.readings"):
        content = shelf.take(pack.name, needs_digest(load_plan(plan)))
        assert content is not None
        kept, forged = Pack(content), Pack()
        for key, _ in json.loads(content.split(b"\n")[0]):
            forged.put(key, re.sub(rb'"area_m2":\["number",\[[^\]]*\]\]', line, kept.get(key) or b""))
        shelf.put(pack.name, needs_digest(load_plan(plan)), forged.written())
    assert said(plan, command) == read
