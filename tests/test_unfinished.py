"""What is written under a passing name: a dead process's goes, a living one's stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mdj_plan.unfinished import clear_unfinished, runs, unfinished

HERE = unfinished(Path()).name.split("-")[2]


def dead() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def named(machine: str, process: int) -> str:
    return f".mdj-plan-{machine}-{process}.tmp"


@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot be asked whether it lives")
def test_by_who_wrote_it(tmp_path: Path) -> None:
    ours, gone = unfinished(tmp_path).name, named(HERE, dead())
    living, elsewhere = named(HERE, os.getppid()), named("0" * 8, dead())
    for name in (ours, gone, living, elsewhere, ".mdj-plan-pack", ".mdj-plan-x.tmp", named(HERE, 10**9)):
        (tmp_path / name).write_bytes(b"half")
    clear_unfinished(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {living, elsewhere, ".mdj-plan-pack", ".mdj-plan-x.tmp"}


def test_of_another_machine_after_a_day(tmp_path: Path) -> None:
    old = tmp_path / named("0" * 8, 7)
    old.write_bytes(b"half")
    os.utime(old, (0, 0))
    clear_unfinished(tmp_path)
    assert not old.exists()


def test_folders_go_and_what_a_link_leads_to_stays(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "a.xlsx").write_bytes(b"whole")
    unfinished(tmp_path).symlink_to(kept, target_is_directory=True)
    clear_unfinished(tmp_path)
    unfinished(tmp_path).mkdir()
    (unfinished(tmp_path) / "a.xlsx").write_bytes(b"half")
    clear_unfinished(tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["kept", "a.xlsx"]


def test_a_folder_that_is_not_there_has_nothing_to_clear(tmp_path: Path) -> None:
    clear_unfinished(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot be asked whether it lives")
def test_a_process_of_somebody_else_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(process: int, signal: int) -> None:
        raise PermissionError(process, signal)

    monkeypatch.setattr(os, "kill", denied)
    assert runs(1)
