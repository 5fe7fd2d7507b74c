"""A return is filed with its receipt, or not at all, whatever a disk does and wherever a run is killed (issue: faults).

`archive.disk` makes every change by one system call; here each of them fails in turn, or is the last one of its run.
"""

from __future__ import annotations

import errno
import hashlib
import os
import types
from pathlib import Path
from typing import Any

import pytest

from mdj_plan.archive import disk, filing
from mdj_plan.archive.receipts import read_receipts
from mdj_plan.intake.submission import Submission
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.model import Plan
from mdj_plan.plan.units import Directory
from tests.plan.test_load import write

CALLS = ("open", "write", "fsync", "close", "replace", "unlink", "mkdir", "ftruncate", "lseek")
DATA = "填报单位,东区\n".encode() * 40


class Killed(BaseException):
    """The run ends here: nothing is caught, nothing cleared up."""


class Faulty(types.SimpleNamespace):
    """`os`, whose n-th call of those above fails; `kind`: refused, torn (a part is written first) or killed."""

    def __init__(self, n: int, kind: str) -> None:
        super().__init__(**{name: getattr(os, name) for name in dir(os)})
        self.left, self.kind, self.last = n, kind, ""
        for name in CALLS:
            setattr(self, name, self._counted(name))

    def _counted(self, name: str) -> Any:
        call = getattr(os, name)

        def counted(*args: Any, **more: Any) -> Any:
            self.left -= 1
            if self.left:
                return call(*args, **more)
            self.last = name
            if name == "write" and self.kind != "refused":
                call(args[0], bytes(args[1])[: len(args[1]) // 2])
            if name == "close":
                call(*args)  # what is closed is closed, whatever it says
            if self.kind == "killed":
                raise Killed
            raise OSError(errno.ENOSPC if name in {"write", "fsync", "open"} else errno.EIO, "refused")

        return counted


def plan_in(folder: Path) -> Plan:
    """A plan with one return on file, its receipt written by us."""
    plan = load_plan(write(folder))
    with filing.filing(plan):
        filing.put_on_file(plan, Directory(plan.file), item("东区", b"first"), 1)
    return plan


def item(unit: str, data: bytes) -> filing.Item:
    submission = Submission("in.csv", unit={"东区": "east", "西区": "west"}[unit], period=Period(2021, 2))
    return filing.Item(submission, lambda: data, hashlib.sha256(data).hexdigest(), "东区.csv", 0, 0)


def on_file(plan: Plan) -> dict[str, bytes]:
    below = (path for path in plan.submissions.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(plan.submissions).as_posix(): path.read_bytes() for path in below}


def receipted(plan: Plan) -> list[str]:
    return [row.file for row in read_receipts(plan.receipts).rows]


def left_over(plan: Plan) -> list[str]:
    return [p.name for p in plan.data.rglob(".*") if p.is_file() and "lock" not in p.name]


def attempt(plan: Plan, monkeypatch: pytest.MonkeyPatch, n: int, kind: str, *, returned: bool) -> tuple[bool, str]:
    """File a return whose n-th system call goes wrong: whether it was said to be filed, and at which call it was."""
    faulty = Faulty(n, kind)
    told = False
    with monkeypatch.context() as patch:
        patch.setattr(disk, "os", faulty)
        try:
            with filing.filing(plan):
                directory = Directory(plan.file)
                if returned:
                    filing.put_among_returned(plan, directory, item("西区", DATA))
                else:
                    filing.put_on_file(plan, directory, item("西区", DATA), 1)
                told = True
        except (OSError, Killed):
            pass
    return told, faulty.last


@pytest.mark.parametrize("returned", [False, True])
@pytest.mark.parametrize("kind", ["refused", "torn", "killed"])
def test_whatever_call_fails_a_return_is_filed_with_its_receipt_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, *, returned: bool
) -> None:
    seen = set()
    for n in range(1, 200):
        folder = tmp_path / str(n)
        folder.mkdir()
        plan = plan_in(folder)
        before = plan.receipts.read_bytes()
        told, at = attempt(plan, monkeypatch, n, kind, returned=returned)
        seen.add(at)
        assert plan.receipts.read_bytes().startswith(before), f"call {n}, {at}: earlier receipts are touched"
        assert set(on_file(plan).values()) <= {b"first", DATA}, f"call {n}, {at}: half a return is on file"
        with filing.filing(plan):  # the next run finds the disk in order
            pass
        files = [name for name in receipted(plan) if not name.endswith("东区_2021Q2.v1.csv")]
        kept = [name for name in files if (plan.submissions / name).is_file()]
        assert files == kept, f"call {n}, {at}: a receipt without its file"
        assert len(files) <= 1, f"call {n}, {at}: kept twice"
        assert bool(files) or not told, f"call {n}, {at}: told as filed, and lost"
        if not returned:
            assert (DATA in on_file(plan).values()) == bool(files), f"call {n}, {at}: a file without its receipt"
        assert left_over(plan) == [], f"call {n}, {at}"
        if not at:
            break
    else:
        pytest.fail("the calls have no end")
    assert {"open", "write", "fsync", "replace", "unlink", "close"} <= seen


def test_a_lock_that_a_killed_run_left_on_a_share_without_locks_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import filelock

    from mdj_plan.archive import lock

    def none(self: object, *args: object, **more: object) -> None:
        raise OSError(errno.ENOLCK, "no locks here")

    monkeypatch.setattr(filelock.FileLock, "acquire", none)
    (tmp_path / ".receive.marker.lock").write_text("999999999 " + __import__("socket").gethostname())
    with lock.alone(tmp_path):
        assert (tmp_path / ".receive.marker.lock").read_text().startswith(str(os.getpid()))
        monkeypatch.setattr(lock, "_PATIENCE", 0.2)
        with pytest.raises(lock.BusyError, match=str(os.getpid())), lock.alone(tmp_path):
            pass
    assert not (tmp_path / ".receive.marker.lock").exists()
