"""A return is filed with its receipt, or not at all, whatever a disk does and wherever a run is killed (issue: faults).

`disk` makes every change by one system call; here each of them fails in turn, or is the last one of its run.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from mdj_plan import disk
from mdj_plan.archive import filing
from mdj_plan.archive.receipts import read_receipts
from mdj_plan.cli.app import run
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


ACCEPT = ["accept", "X104", "--unit", "东区", "--until", "2021Q4", "--reason", "已核实"]
ADD = ["actions", "add", "--id", "2", "--text", "核对", "--unit", "east", "--due", "2021-12-31"]
TABLES = {
    "exceptions.csv": (ACCEPT, "规则,理由,有效至,单位\nX104,旧,2021Q3,\n"),
    "actions.csv": (ADD, "编号,事项,责任单位,完成时限\n1,旧,东区,2021-12-31\n"),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("kind", ["refused", "torn", "killed"])
@pytest.mark.parametrize("there", [True, False])
def test_whatever_call_fails_a_row_is_appended_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str, *, there: bool
) -> None:
    plan = load_plan(write(tmp_path))
    words, text = TABLES[name]
    table = plan.data / name
    command = [*words, "--plan", str(plan.path)]
    assert run(command) == 0
    fresh = table.read_bytes()
    table.write_text(text, "utf-8")
    assert run(command) == 0
    longer = table.read_bytes()
    before, after = (text.encode(), longer) if there else (None, fresh)
    for n in range(1, 60):
        table.unlink()
        if before is not None:
            table.write_bytes(before)
        faulty, code = Faulty(n, kind), None
        with monkeypatch.context() as patch:
            patch.setattr(disk, "os", faulty)
            with contextlib.suppress(Killed):
                code = run(command)
        now = table.read_bytes() if table.exists() else None
        assert now in {before, after}, f"call {n}, {faulty.last}"
        assert now == after or code != 0, f"call {n}, {faulty.last}: told as appended, and lost"
        if not faulty.last:
            break
        assert run(command) in {0, 2}  # a decision of that number may be there
        assert left_over(plan) == [], f"call {n}, {faulty.last}"
    else:
        pytest.fail("the calls have no end")


def test_rows_that_are_appended_at_once_all_arrive(tmp_path: Path) -> None:
    plan = load_plan(write(tmp_path))
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "mdj_plan", *ACCEPT, "--facility", f"示例{n}", "--plan", str(plan.path)]
        )
        for n in range(4)
    ]
    assert [each.wait(60) for each in started] == [0] * 4
    rows = plan.exceptions.read_text("utf-8-sig").splitlines()
    assert sorted(row.split(",")[2] for row in rows[1:]) == ["示例0", "示例1", "示例2", "示例3"]


def test_a_table_that_is_a_link_stays_one(tmp_path: Path) -> None:
    plan = load_plan(write(tmp_path))
    real = tmp_path / "elsewhere.csv"
    real.write_text(TABLES["exceptions.csv"][1], "utf-8")
    plan.exceptions.symlink_to(real)
    assert run([*ACCEPT, "--plan", str(plan.path)]) == 0
    assert plan.exceptions.is_symlink()
    assert len(real.read_text("utf-8").splitlines()) == 3


def test_nothing_is_appended_to_a_table_that_is_open_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = load_plan(write(tmp_path))
    plan.exceptions.write_text(TABLES["exceptions.csv"][1], "utf-8")
    (plan.data / ".~lock.exceptions.csv#").write_text("")
    assert run([*ACCEPT, "--plan", str(plan.path), "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        f"{plan.exceptions} is open in another program; close it there and try again. Nothing was appended.\n"
    )
    assert plan.exceptions.read_text("utf-8") == TABLES["exceptions.csv"][1]


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
