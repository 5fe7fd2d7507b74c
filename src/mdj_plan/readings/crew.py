"""Those who read for a run: as many processes as there are cores, each reading file after file.

One that dies, hangs or grows is told as what happened to the file it read, and another takes its place.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, NamedTuple, Self

from mdj_plan.intake.given import UNSTATED
from mdj_plan.readings import wire
from mdj_plan.readings.bounds import bounds_of
from mdj_plan.readings.wire import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from socket import socket
    from subprocess import Popen

    from mdj_plan.intake.given import Given
    from mdj_plan.intake.reader import Reader

_STARTS_WITHIN = 60
"""Seconds in which a reader that is started anew must have understood the plan."""


class Ended(NamedTuple):
    """Why a file has not been read: its reader `died`, was too `slow`, `grew`, or `failed` (`where` says at what)."""

    how: str
    where: str = ""


Answer = bytes | Ended
"""A submission as bytes, or why there is none."""


class Crew:
    """At most `most` readers, started when there is something to read. Use it in a with-statement: it ends them."""

    def __init__(self, reader: Callable[[], Reader], plan: Callable[[], bytes], most: int | None = None) -> None:
        self._reader, self._plan = reader, plan
        self._most = most or _cores()
        self._hands: list[_Hand] = []
        self._asked: dict[int, tuple[_Hand, float]] = {}
        self.alone = False
        """Whether no reader could be started: the run has to read by itself."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.end(at_once=any(hand is busy for busy, _ in self._asked.values()))
        self._hands, self._asked = [], {}

    def ask(self, number: int, data: bytes, file: str, given: Given = UNSTATED) -> Iterator[tuple[int, Answer]]:
        """Have a file read, told by its number, with what the office says of it.

        Gives the answers that came before a reader was free for it.

        Where nobody can read (`alone`) the file has not been taken.
        """
        while (hand := self._free()) is None and not self.alone:
            yield from self._wait()
        if hand is None:
            return
        self._asked[number] = (hand, time.monotonic() + bounds_of(len(data)).wall)
        with contextlib.suppress(OSError):  # it has gone: `_wait` finds out
            wire.send(hand.way, Message(wire.FILE, f"{file}{given}", data))

    def rest(self) -> Iterator[tuple[int, Answer]]:
        """The answers that are still to come."""
        while self._asked:
            yield from self._wait()

    def _free(self) -> _Hand | None:
        busy = [hand for hand, _ in self._asked.values()]
        for hand in self._hands:
            if hand not in busy:
                return hand
        if len(self._hands) >= self._most:
            return None
        try:
            hand = _forked(self._reader(), self._hands) if _may_fork() else _spawned(self._plan())
        except OSError:  # the system has no process left for us
            self.alone = not self._hands
            self._most = len(self._hands)
            return None
        self._hands.append(hand)
        return hand

    def _wait(self) -> list[tuple[int, Answer]]:
        """The answers of those readers who are ready, and of those whose time is up."""
        import selectors

        with selectors.DefaultSelector() as ready:
            for number, (hand, _) in self._asked.items():
                ready.register(hand.way, selectors.EVENT_READ, number)
            earliest = min(until for _, until in self._asked.values())
            found = [key.data for key, _ in ready.select(max(0.0, earliest - time.monotonic()))]
        late = [n for n, (_, until) in self._asked.items() if n not in found and until <= time.monotonic()]
        return [*((n, self._answer(n)) for n in found), *((n, self._hung(n)) for n in late)]

    def _answer(self, number: int) -> Answer:
        hand, _ = self._asked.pop(number)
        try:
            answer = wire.receive(hand.way)
        except OSError:
            answer = None
        if answer is None or answer.kind in wire.TIRED:
            self._hands.remove(hand)
        if answer is None:
            return Ended(hand.ended())
        if answer.kind in wire.TIRED:
            hand.end()
        if answer.kind == wire.FAILED:
            return Ended("failed", answer.text)
        return Ended("grew") if answer.kind == wire.GREW else answer.content

    def _hung(self, number: int) -> Answer:
        hand, _ = self._asked.pop(number)
        self._hands.remove(hand)
        hand.end(at_once=True)
        return Ended("slow")


class _Hand:
    """One reader: its process, and the way to it."""

    def __init__(self, way: socket, pid: int, started: Popen[bytes] | None = None) -> None:
        self.way, self._pid, self._started = way, pid, started

    def end(self, *, at_once: bool = False) -> int:
        """Let it go, or make it; its exit code, negative for a signal."""
        self.way.close()
        if at_once:
            with contextlib.suppress(OSError):
                self._started.kill() if self._started else os.kill(self._pid, signal.SIGKILL)
        if self._started:
            return self._started.wait()
        with contextlib.suppress(ChildProcessError):  # somebody else has waited for all children
            return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        return 0

    def ended(self) -> str:
        """How it ended by itself."""
        code = -self.end()
        if code == getattr(signal, "SIGXCPU", None):
            return "slow"
        return "grew" if code == getattr(signal, "SIGKILL", None) else "died"  # the system kills what grows


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _may_fork() -> bool:
    """Whether this process may be split: only where it has one thread, and on systems whose libraries bear it."""
    try:
        return sys.platform.startswith("linux") and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - counted only
    except OSError:
        return False


def _forked(reader: Reader, others: list[_Hand]) -> _Hand:
    """A reader split from this process: it starts in a thousandth of a second, with all that is loaded here."""
    from socket import socketpair

    from mdj_plan.readings import child

    ours, theirs = socketpair()
    try:
        pid = os.fork()
    except OSError:
        ours.close()
        theirs.close()
        raise
    if pid == 0:
        child.forked(theirs, reader, [ours, *(hand.way for hand in others)])
    theirs.close()
    return _Hand(ours, pid)


def _spawned(plan: bytes) -> _Hand:
    """A reader started anew. Raises OSError where it cannot be started or does not understand the plan."""
    import subprocess
    from socket import socketpair

    ours, theirs = socketpair()
    try:
        windows = sys.platform == "win32"
        code = (
            "import sys; sys.path[:] = sys.argv[2:]; from mdj_plan.readings.child import spawned; spawned(sys.argv[1])"
        )
        started = subprocess.Popen(  # noqa: S603 - this very Python and this very program
            [sys.executable or "python", "-c", code, str(theirs.fileno()), *sys.path],
            stdin=subprocess.PIPE if windows else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=() if windows else [theirs.fileno()],
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        hand = _Hand(ours, started.pid, started)
        if sys.platform == "win32" and started.stdin is not None:
            started.stdin.write(theirs.share(started.pid))
            started.stdin.close()
        theirs.close()
        ours.settimeout(_STARTS_WITHIN)
        wire.send(ours, Message(wire.PLAN, content=plan))
        understood = wire.receive(ours)
        ours.settimeout(None)
    except (OSError, subprocess.SubprocessError) as error:
        ours.close()
        theirs.close()
        raise OSError(str(error)) from error
    if understood is None:
        hand.end(at_once=True)
        raise OSError("a reader did not start")
    return hand
