"""Papers and copies of a run that is killed: what was there is there, or the new ones whole; the next run clears up."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.world import built

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
SETTING = {**os.environ, "PYTHONPATH": str(Path("src").resolve()), "MDJ_PLAN_LANG": "en", "MDJ_PLAN_NO_CACHE": "1"}
TOOL = [sys.executable, "-m", "mdj_plan"]


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def left_over(folder: Path) -> list[str]:
    """What stands anywhere under a passing name."""
    return [path.name for path in folder.rglob(".*") if not path.name.endswith((".lock", "-pack", ".gitkeep"))]


def made(folder: Path, words: list[str]) -> dict[str, bytes]:
    """What the command puts into pack/, where it is not killed."""
    (folder / "pack").mkdir(exist_ok=True)
    subprocess.run(words, cwd=folder, env=SETTING, check=True, capture_output=True, timeout=120)
    return {name: data for name, data in contents(folder / "pack").items() if not name.endswith(".tmp")}


@pytest.mark.parametrize("command", ["export -o pack/", "export -o pack/a.xlsx"])
def test_a_paper_is_the_old_one_or_the_new_one(tmp_path: Path, command: str) -> None:
    folder = built(tmp_path)
    words, began = [*TOOL, *command.split()], time.monotonic()
    old = made(folder, words)
    took = time.monotonic() - began
    plan = folder / "config" / "targets.yaml"
    plan.write_text(plan.read_text("utf-8").replace("示例计划", "示例新计划"), "utf-8")
    (folder / "pack").rename(folder / "old")
    new, before = made(folder, words), contents(folder / "data")
    shutil.rmtree(folder / "pack")
    (folder / "old").rename(folder / "pack")
    moments = random.Random(2)
    for _ in range(8):
        process = subprocess.Popen(words, cwd=folder, env=SETTING, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(took * moments.uniform(0.3, 1.05))
        process.kill()
        process.wait()
        now = {name: data for name, data in contents(folder / "pack").items() if not name.endswith(".tmp")}
        assert now in (old, new)
    assert made(folder, words) == new
    assert contents(folder / "data") == before
    assert left_over(folder) == []


KILLED = """
import os, runpy, signal, stat, sys

def killed(descriptor):
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.kill(os.getpid(), signal.SIGKILL)

os.fsync = killed
sys.argv[0] = "mdj-plan"
runpy.run_module("mdj_plan", run_name="__main__")
"""
COMMANDS = [
    "export -o out/a.xlsx",
    "export -o out/a.html --letters out/letters",
    "export -o out/pack/",
    "template --all --period 2021Q3 -o out/",
    "validate data/submissions/2021Q2 --annotate out/",
    "accept V115 --unit east --until 2021Q4 --reason 示例 --by 示例",
    "actions add --id 1 --unit east --text 示例 --due 2021-07-01",
    "receive inbox/",
    "close 2021Q1 --accept-errors",
    "init out/city --lang en",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_what_a_killed_run_began_is_gone_after_the_next(tmp_path: Path, command: str) -> None:
    folder, words = built(tmp_path), command.split()
    (folder / "out").mkdir()
    (folder / "inbox").mkdir()
    late = min((folder / "data/submissions/2021Q2").iterdir())
    late.rename(folder / "inbox" / late.name)
    before = contents(folder)
    dead = subprocess.run(
        [sys.executable, "-c", KILLED, *words], cwd=folder, env=SETTING, check=False, capture_output=True, timeout=120
    )
    assert dead.returncode == -signal.SIGKILL, dead.stderr
    assert left_over(folder) != []
    assert {name: data for name, data in contents(folder).items() if name in before} == before
    subprocess.run([*TOOL, *words], cwd=folder, env=SETTING, check=False, capture_output=True, timeout=120)
    assert left_over(folder) == []
