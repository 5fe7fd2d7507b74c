"""A run that is killed while it closes a period: its edition is there whole, or not at all, and the next run closes it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from mdj_plan import disk
from mdj_plan.archive.closing import write_edition
from tests.archive.test_faults import Faulty
from tests.cli.world import built

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
SETTING = {**os.environ, "PYTHONPATH": str(Path("src").resolve()), "MDJ_PLAN_LANG": "en", "MDJ_PLAN_NO_CACHE": "1"}
CLOSE = [sys.executable, "-m", "mdj_plan", "close", "2021Q1", "--accept-errors"]
KILLED_AT_A_CALL = """
import os, signal, sys
from pathlib import Path
from mdj_plan import disk
from mdj_plan.archive.closing import write_edition

class Deadly:
    left = int(sys.argv[1])
    def __getattr__(self, name):
        call = getattr(os, name)
        def counted(*given, **more):
            Deadly.left -= 1
            if Deadly.left == 0:
                if name == "write":
                    call(given[0], bytes(given[1])[: len(given[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **more)
        return counted if callable(call) and name in sys.argv[3].split() else call

disk.os = Deadly()
write_edition(Path(sys.argv[2]), "the whole of it" * 1000)
"""
CALLS = "mkdir open write fsync close link replace unlink"


def test_at_each_system_call(tmp_path: Path) -> None:
    path = tmp_path / "closed" / "2021Q1.json"
    states = []
    for n in range(1, 40):
        done = subprocess.run(
            [sys.executable, "-c", KILLED_AT_A_CALL, str(n), str(path), CALLS], env=SETTING, check=False, timeout=60
        )
        states.append(path.exists())
        assert not path.exists() or path.read_text("utf-8") == "the whole of it" * 1000, f"call {n}"
        path.unlink(missing_ok=True)
        if done.returncode == 0:
            break
    assert done.returncode == 0, "the calls have no end"
    assert (states[0], states[-1]) == (False, True)
    assert sorted(states) == states, "once it has its name it keeps it"
    assert [each.name for each in path.parent.iterdir()] == []  # what was left is cleared up


def test_a_disk_that_refuses_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(1, 40):
        path = tmp_path / str(n) / "2021Q1.json"
        faulty = Faulty(n, "refused")
        with monkeypatch.context() as patch:
            patch.setattr(disk, "os", faulty)
            with suppress(OSError):
                write_edition(path, "the whole of it" * 1000)
        assert not path.exists() or path.read_text("utf-8") == "the whole of it" * 1000, faulty.last
        if not faulty.last:
            break
    assert path.exists()


def test_at_any_moment(tmp_path: Path) -> None:
    folder = built(tmp_path)
    path = folder / "data" / "closed" / "2021Q1.json"
    began = time.monotonic()
    subprocess.run(CLOSE, cwd=folder, env=SETTING, check=True, capture_output=True, timeout=120)
    whole, took = json.loads(path.read_bytes()), time.monotonic() - began
    moments = random.Random(1)
    for _ in range(12):
        path.unlink(missing_ok=True)
        process = subprocess.Popen(CLOSE, cwd=folder, env=SETTING, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(took * moments.uniform(0.3, 1.05))
        process.kill()
        process.wait()
        if path.exists():
            assert json.loads(path.read_bytes()) | {"closed_at": ""} == whole | {"closed_at": ""}
    path.unlink(missing_ok=True)
    subprocess.run(CLOSE, cwd=folder, env=SETTING, check=True, capture_output=True, timeout=120)
    assert [each.name for each in path.parent.iterdir()] == ["2021Q1.json"]
