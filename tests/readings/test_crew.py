"""Files that end their reader: each is told as what happened, and those beside it are read."""

from __future__ import annotations

import faulthandler
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mdj_plan.intake.handed import Opened
from mdj_plan.intake.submission import Submission
from mdj_plan.plan.load import load_plan
from mdj_plan.readings import child, crew, hands
from mdj_plan.readings.bounds import MEGABYTE, Bounds, bounds_of
from mdj_plan.readings.crew import Crew, Ended
from mdj_plan.readings.desk import Desk
from mdj_plan.readings.written import decode

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is bound on Linux alone")


class Reader:
    """Reads by doing what the file says."""

    def read(self, data: bytes, file: str) -> Submission:
        what = data.decode()
        if what == "abort":
            faulthandler.disable()
            os.abort()
        if what == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if what == "spin":
            while True:
                pass
        if what == "sleep":
            time.sleep(60)
        if what == "grow":
            return Submission(file, sha256="x" * 10**10)
        if what == "leave":
            os._exit(0)
        if what == "raise":
            raise IndexError("beyond the end")
        if what == "speak":
            os.write(1, b"spoken")
            os.write(2, b"panicked")
        return Submission(file, sha256=f"{what} by {os.getpid()}")

    def read_all(self, returns: list[Opened]) -> list[Submission]:
        return [self.read(data, file) for data, file, _ in returns]


def never() -> bytes:
    raise AssertionError("no reader is started anew here")


@pytest.fixture(autouse=True)
def _split(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests may have started threads in this process; none of them does anything now."""
    monkeypatch.setattr(hands, "may_split", lambda: sys.platform.startswith("linux"))


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (child, crew, hands):
        monkeypatch.setattr(module, "bounds_of", lambda _: Bounds(1, 256 * MEGABYTE))
    monkeypatch.setattr(Bounds, "wall", property(lambda _: 3.0))


def results(files: list[str], most: int = 2, together: int = 1) -> list[Any]:
    reader: Any = Reader()
    found: dict[int, Any] = {}
    opened = {number: Opened(what.encode(), f"{number}.csv") for number, what in enumerate(files)}
    with Crew(lambda: reader, never, most) as readers:
        for start in range(0, len(files), together):
            found.update(readers.ask({n: opened[n] for n in range(start, min(start + together, len(files)))}))
        found.update(readers.rest())
    return [
        decode(found[n], {}).sha256.split(" by ")[0] if isinstance(found[n], bytes) else found[n]
        for n in range(len(files))
    ]


@linux
@pytest.mark.parametrize("together", [1, 3])
@pytest.mark.parametrize(
    ("what", "ended"),
    [
        ("abort", Ended("died")),
        ("leave", Ended("died")),
        ("killed", Ended("grew")),
        ("spin", Ended("slow")),
        ("sleep", Ended("slow")),
        ("grow", Ended("grew")),
        ("raise", Ended("failed", "IndexError, test_crew.py:50")),
    ],
)
def test_a_file_that_ends_its_reader_is_told_and_the_others_are_read(
    short: None, what: str, ended: Ended, together: int
) -> None:
    assert results(["a", what, "b", "c"], together=together) == ["a", ended, "b", "c"]


@linux
def test_each_of_those_read_together_may_end_its_reader(short: None) -> None:
    assert results(["abort", "a", "raise", "leave"], together=4) == [
        Ended("died"),
        "a",
        Ended("failed", "IndexError, test_crew.py:50"),
        Ended("died"),
    ]


@linux
def test_files_of_a_reader_that_ended_died_too_where_no_other_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    split = hands.split
    left = [split]

    def one(*asked: Any) -> hands.Hand:
        if not left:
            raise OSError(11, "Resource temporarily unavailable")
        return left.pop()(*asked)

    monkeypatch.setattr(hands, "split", one)
    assert results(["a", "abort"], together=2) == [Ended("died")] * 2


@linux
def test_every_file_may_end_its_reader(short: None) -> None:
    assert results(["abort"] * 5 + ["a"], most=1) == [Ended("died")] * 5 + ["a"]


@linux
def test_what_a_reader_says_reaches_nobody(short: None, capfd: pytest.CaptureFixture[str]) -> None:
    assert results(["speak", "abort"]) == ["speak", Ended("died")]
    assert capfd.readouterr() == ("", "")


@linux
def test_readers_serve_many_files_and_end_with_the_run() -> None:
    reader: Any = Reader()
    found: dict[int, Any] = {}
    with Crew(lambda: reader, never, 2) as readers:
        for number in range(40):
            found.update(readers.ask({number: Opened(b"a", "a.csv")}))
        found.update(readers.rest())
    pids = {int(decode(answer, {}).sha256.rpartition(" ")[2]) for answer in found.values()}
    assert len(pids) <= 2
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@linux
@pytest.mark.parametrize(("size", "readers"), [(1000, 1), (MEGABYTE, 2)])
def test_another_reader_is_started_where_there_is_enough_to_read(
    monkeypatch: pytest.MonkeyPatch, size: int, readers: int
) -> None:
    monkeypatch.setattr(crew, "_PATIENCE", 60.0)  # and not because nobody was free for a moment
    reader: Any = Reader()
    found: dict[int, Any] = {}
    with Crew(lambda: reader, never, 2) as readers_:
        for number in range(12):
            found.update(readers_.ask({number: Opened(b"a" * size, "a.csv")}))
        found.update(readers_.rest())
    assert len({decode(answer, {}).sha256.rpartition(" ")[2] for answer in found.values()}) == readers


@linux
def test_an_interrupted_run_ends_its_readers_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    end = hands.Hand.end

    def watched(hand: hands.Hand, *, at_once: bool = False) -> int:
        codes.append(end(hand, at_once=at_once))
        return codes[-1]

    monkeypatch.setattr(hands.Hand, "end", watched)
    reader: Any = Reader()
    with Crew(lambda: reader, never, 2) as readers:
        list(readers.ask({0: Opened(b"sleep", "a.csv")}))
    assert codes == [-signal.SIGKILL]  # who sleeps for a minute is not waited for


@pytest.fixture
def started_anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    started: list[int] = []
    spawned = hands.started

    def counted(plan: bytes) -> Any:
        started.append(1)
        return spawned(plan)

    monkeypatch.setattr(hands, "may_split", lambda: False)
    monkeypatch.setattr(hands, "started", counted)
    return started


def test_readers_that_are_started_anew_read_the_same(started_anew: list[int]) -> None:
    plan = load_plan(Path("config/targets.yaml"))
    data, file = next((p.read_bytes(), p.name) for p in sorted(plan.submissions.rglob("*.xlsx")))
    with Desk(plan, most=1) as desk:
        apart = [desk.read_bytes(data, file) for _ in range(2)]
        here = desk.reader.read(data, file)
    assert apart == [here, here]
    assert started_anew == [1]


def test_where_no_process_can_be_started_the_run_reads_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: object) -> Any:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(hands, "split", none_left)
    monkeypatch.setattr(hands, "started", none_left)
    plan = load_plan(Path("config/targets.yaml"))
    data = b"\xef\xbb\xbf" + "填报单位,东安区,,报告期,2018年第二季度\n载体名称,载体类型\n示例甲孵化器,孵化器\n".encode()
    with Desk(plan) as desk:
        assert len(desk.read_bytes(data, "东安区_2018Q2.csv").claims) == 1
        assert desk.alone


@pytest.mark.parametrize("executable", ["", "/nowhere/python"])
def test_nor_is_a_python_that_cannot_be_found_in_the_way(monkeypatch: pytest.MonkeyPatch, executable: str) -> None:
    monkeypatch.setattr(hands, "may_split", lambda: False)
    monkeypatch.setattr("sys.executable", executable)
    monkeypatch.setenv("PATH", "")
    with Desk(load_plan(Path("config/targets.yaml"))) as desk:
        assert desk.read_bytes(b"", "a.csv").findings[0].variant == "empty"
        assert desk.alone


@pytest.mark.parametrize(
    ("size", "bounds"),
    [
        (0, Bounds(8, 384 * MEGABYTE)),
        (MEGABYTE, Bounds(16, 432 * MEGABYTE)),
        (256 * MEGABYTE, Bounds(60, 1024 * MEGABYTE)),
    ],
)
def test_bounds_grow_with_the_file_to_a_minute_and_a_gigabyte(size: int, bounds: Bounds) -> None:
    assert bounds_of(size) == bounds


@linux
@pytest.mark.parametrize(
    ("work", "given"),
    [
        (lambda: b"copy", b"copy"),
        (lambda: b"x" * 10**10, None),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), None),
        (lambda: time.sleep(60), None),
        (lambda: 1 / 0, None),
    ],
)
def test_work_on_one_file_is_done_apart_too(short: None, work: Any, given: bytes | None) -> None:
    assert hands.apart(work, 0) == given


CLOSED: list[tuple[str, Callable[[], None]]] = [("stdin", lambda: os.close(0)), ("all", lambda: os.closerange(0, 3))]


@linux
@pytest.mark.parametrize(("name", "close"), CLOSED, ids=[name for name, _ in CLOSED])
def test_readers_work_where_the_run_was_started_without_input_or_output(
    tmp_path: Path, name: str, close: Callable[[], None]
) -> None:
    told = tmp_path / "told"
    script = (
        "import sys; from pathlib import Path; from mdj_plan.plan.load import load_plan; from mdj_plan.readings.desk import Desk\n"
        "desk = Desk(load_plan(Path('config/targets.yaml')))\n"
        "with desk: read = desk.read_bytes(b'', 'a.csv')\n"
        "Path(sys.argv[1]).write_text(f'{read.findings[0].code} {desk.alone}')"
    )
    subprocess.run([sys.executable, "-c", script, str(told)], check=True, preexec_fn=close)
    assert told.read_text() == "F103 False"
