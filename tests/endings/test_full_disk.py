"""A disk that is really full: one clear line and exit code 2; what was there stays, and with room again the work is done."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.folders import lay_out
from tests.gallery.examples import PLAN, QUOTAS, clean

SETTING = {**os.environ, "PYTHONPATH": str(Path("src").resolve()), "MDJ_PLAN_LANG": "en", "MDJ_PLAN_NO_CACHE": "1"}
ROOM = 1 << 20


def mounted(place: Path) -> bool:
    """Whether a small file system of its own lies there now: root may mount one on Linux, unless it is forbidden."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    made = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "none", str(place)]
    return subprocess.run(made, check=False, capture_output=True).returncode == 0


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A plan folder with two quarters' returns on a file system of 1 MB; one more return lies in its inbox."""
    if not mounted(tmp_path):
        pytest.skip("needs root on Linux, and leave to mount a tmpfs")
    try:
        lay_out(tmp_path, PLAN, QUOTAS, clean())
        (tmp_path / "inbox").mkdir()
        late = min((tmp_path / "data/submissions" / "2021Q2").iterdir())
        late.rename(tmp_path / "inbox" / late.name)
        yield tmp_path
    finally:
        subprocess.run(["umount", "-l", str(tmp_path)], check=True)


def program(folder: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "mdj_plan", *arguments],
        cwd=folder, env=SETTING, check=False, capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    return done.returncode, done.stderr


def fill(folder: Path, left: int) -> Path:
    """Leave that many bytes, in whole pages as the system gives them."""
    ballast = folder / "ballast"
    free = os.statvfs(folder)
    ballast.write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - left))
    return ballast


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"ballast", ".receive.lock"}
    }


@pytest.mark.parametrize("left", [0, 4096, 8192, 12288])
@pytest.mark.parametrize(
    "command",
    [
        "receive inbox --accept-errors",
        "close 2021Q1 --accept-errors",
        "export -o a.xlsx",
        "export -o pack/",
        "accept X104 --until 2021Q4 --reason known",
        "validate inbox --annotate marked",
    ],
)
def test_with_no_room_nothing_is_half_done(small: Path, command: str, left: int) -> None:
    before = contents(small)
    ballast = fill(small, left)
    code, said = program(small, *command.split())
    after = contents(small)
    assert {name: after.get(name) for name in before} == before
    assert code in {0, 1, 2}, said
    assert "Traceback" not in said
    if code == 2:
        assert "the disk is full" in said, said
        assert set(after) - set(before) <= {"data/receipts.csv"}, said
    ballast.unlink()
    if code == 2:
        code, said = program(small, *command.split())
        assert code in {0, 1}, said
    left_over = [name for name in contents(small) if ".tmp" in name or ".incoming" in name or "journal" in name]
    assert left_over == []
