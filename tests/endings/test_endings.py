"""How a run ends where its surroundings are odd: the right exit code and at most one line, never a traceback."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.folders import lay_out
from tests.gallery.examples import PLAN, QUOTAS, clean

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors and signals of POSIX")
CHECK = ("check", "--fail-on", "never")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lay_out(tmp_path, PLAN, QUOTAS, clean())
    return tmp_path


def ended(folder: Path, arguments: tuple[str, ...], redirected: str = "", **more: str | None) -> tuple[int, str, str]:
    """Exit code, output and error output of the tool in a shell, whose streams are led elsewhere."""
    setting = {**os.environ, "PYTHONPATH": str(Path("src").resolve()), "MDJ_PLAN_LANG": "en"} | more
    command = f'"$0" -m mdj_plan "$@" {redirected}'
    done = subprocess.run(
        ["/bin/sh", "-c", command, sys.executable, *arguments],
        cwd=folder,
        env={name: value for name, value in setting.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


CLOSED = "The result cannot be written: the output is closed\n"


@pytest.mark.parametrize("arguments", [CHECK, ("plan", "--format", "json"), ("--help",), ("explain", "V103")])
@pytest.mark.parametrize(
    ("redirected", "code", "error"),
    [
        (">&-", 2, CLOSED),
        (">/dev/full", 2, "The result cannot be written: the disk is full\n"),
        (">&- 2>&-", 2, ""),
        (">&- 2>&- <&-", 2, ""),
        ("2>&-", 0, ""),
        ("2>/dev/full", 0, ""),
        ("<&-", 0, ""),
    ],
)
def test_streams_may_be_closed_or_full(
    folder: Path, arguments: tuple[str, ...], redirected: str, code: int, error: str
) -> None:
    found, _, said = ended(folder, arguments, redirected)
    assert (found, said) == (code, error)


def test_what_needs_no_output_misses_none(folder: Path) -> None:
    assert ended(folder, ("export", "-o", "out.csv"), ">&- 2>&-")[0] == 0
    assert (folder / "out.csv").read_bytes()


def test_nothing_else_is_written_where_a_stream_was_closed(folder: Path) -> None:
    assert ended(folder, ("export", "-o", "out.json"), ">&- 2>&- <&-")[0] == 0
    assert ended(folder, ("export", "-o", "other.json"))[0] == 0
    assert (folder / "out.json").read_bytes() == (folder / "other.json").read_bytes()


def test_a_message_that_cannot_be_said_does_not_change_the_exit_code(folder: Path) -> None:
    for redirected in ("", "2>&-", "2>/dev/full"):
        assert ended(folder, ("status", "--plan", "nowhere.yaml"), redirected)[0] == 2


def test_a_reader_that_has_enough_is_no_trouble(folder: Path) -> None:
    code, _, said = ended(folder, CHECK, "| head -c 1 >/dev/null")
    assert (code, said) == (0, "")


def test_an_interrupt_ends_the_run_and_its_readers_with_one_line(folder: Path) -> None:
    many = folder / "data" / "submissions" / "2021Q1"
    for number in range(400):
        shutil.copy(many / "东示区_2021Q1.csv", many / f"东示区_2021Q1.v{number + 2}.csv")
    process = subprocess.Popen(
        [sys.executable, "-m", "mdj_plan", *CHECK, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path("src").resolve()), "MDJ_PLAN_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    until = time.monotonic() + 60
    while (
        process.poll() is None and time.monotonic() < until and not (children.exists() and children.read_text().strip())
    ):
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to the readers too
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) in [(130, "Interrupted.\n"), (0, "")]  # 0: it was quicker
    assert _gone(process.pid)


def _gone(group: int) -> bool:
    """Whether nobody of a group of processes is left, soon: whoever has lost its parent is buried by the system."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


ODD: list[dict[str, Any]] = [
    {"HOME": None, "XDG_CACHE_HOME": None},
    {"HOME": "/nonexistent", "XDG_CACHE_HOME": None},
    {"HOME": "/proc", "XDG_CACHE_HOME": None},
    {"XDG_CACHE_HOME": "/dev/null"},
    {"XDG_CACHE_HOME": "relative"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
    {"TMPDIR": "/nonexistent", "TMP": "/nonexistent", "TEMP": "/nonexistent"},
    {"MDJ_PLAN_NO_CACHE": "1"},
    {"TERM": "dumb", "COLUMNS": "0"},
    {"TZ": "Nowhere/Else"},
    {"PYTHONWARNINGS": "error"},
]


@pytest.mark.parametrize("more", ODD, ids=[" ".join(f"{k}={v}" for k, v in each.items()) for each in ODD])
def test_odd_surroundings_change_nothing(folder: Path, more: dict[str, Any]) -> None:
    plain = ended(folder, (*CHECK, "--format", "json"))
    assert plain[0] == 0
    for _ in range(2):
        assert ended(folder, (*CHECK, "--format", "json"), **more) == plain


def test_a_folder_that_cannot_be_written_is_read_all_the_same(folder: Path) -> None:
    plain = ended(folder, (*CHECK, "--format", "json"))
    for path in (folder, folder / "data", folder / "config"):
        path.chmod(0o500)
    assert ended(folder, (*CHECK, "--format", "json"), HOME=str(folder), XDG_CACHE_HOME=None) == plain
    for path in (folder, folder / "data", folder / "config"):
        path.chmod(0o700)


CLOCK = """
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
extern int __clock_gettime(clockid_t, struct timespec *);
static time_t at(void) { return atoll(getenv("TOLD_CLOCK")); }
time_t time(time_t *t) { if (t) *t = at(); return at(); }
int gettimeofday(struct timeval *t, void *z) { t->tv_sec = at(); t->tv_usec = 0; return 0; }
int clock_gettime(clockid_t c, struct timespec *t) {
  if (c != CLOCK_REALTIME) return __clock_gettime(c, t);
  t->tv_sec = at(); t->tv_nsec = 0; return 0;
}
"""


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that tells programs another time."""
    if shutil.which("gcc") is None or not sys.platform.startswith("linux"):
        pytest.skip("no compiler for the clock")
    source = tmp_path_factory.mktemp("clock") / "clock.c"
    source.write_text(CLOCK)
    made = source.with_suffix(".so")
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", str(made), str(source)], check=True, capture_output=True)
    return made


@pytest.mark.parametrize("told", ["0", "4102444800", "7258118400"], ids=["1970", "2100", "2200"])
def test_the_clock_may_say_anything(folder: Path, clock: Path, told: str) -> None:
    wrong = {"LD_PRELOAD": str(clock), "TOLD_CLOCK": told}
    for arguments in (
        (*CHECK, "--format", "json"),
        ("export", "-o", "out.xlsx"),
        ("export", "-o", "out.docx"),
        ("template", "--all", "-o", "blank"),
        ("validate", "data/submissions/2021Q2", "--annotate", "marked", "--fail-on", "never"),
    ):
        right, _, _ = ended(folder, (*arguments, *(("--force",) if "template" in arguments else ())))
        code, _, said = ended(folder, (*arguments, *(("--force",) if "template" in arguments else ())), **wrong)
        assert code == right == 0, said
    ended(folder, ("export", "-o", "same.docx"))
    assert (folder / "same.docx").read_bytes() == (folder / "out.docx").read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ("accept", "X107", "--until", "2021Q4", "--reason", "已核实"),
        ("actions", "add", "--id", "1", "--text", "核对", "--unit", "east", "--due", "2021-12-31"),
        ("close", "2021Q1", "--accept-errors", "--note", "已公布"),
        ("status", "--unit", "东示区", "--format", "csv"),
    ],
)
def test_what_is_typed_is_written_where_the_system_speaks_no_utf_8(folder: Path, arguments: tuple[str, ...]) -> None:
    code, _, error = ended(folder, arguments, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (code, "Traceback" in error) == (0, False)
    files = [path for path in (folder / "data").rglob("*") if path.suffix in {".csv", ".json"}]
    written = "".join(path.read_text("utf-8-sig") for path in files if "submissions" not in path.parts)
    assert "status" in arguments or any(word in written for word in ("已核实", "核对", "已公布"))
