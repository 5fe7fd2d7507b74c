"""The processes that a run has at hand: split from it, or started anew, each with a way to it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from typing import TYPE_CHECKING

from mdj_plan.readings import wire
from mdj_plan.readings.bounds import bounds_of
from mdj_plan.readings.wire import Message

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket
    from subprocess import Popen

_STARTS_WITHIN = 60
"""Seconds in which a reader that is started anew must have understood the plan."""


class Hand:
    """One process, and the way to it."""

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


def may_split() -> bool:
    """Whether this process may be split: only where it has one thread, and on systems whose libraries bear it."""
    try:
        return sys.platform.startswith("linux") and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - counted only
    except OSError:
        return False


def split(work: Callable[[socket], None], others: list[socket]) -> Hand:
    """A process split from this one, with all that is loaded here, that does some work and ends. Raises OSError.

    `others` are the ways to those who were split before: it must not hold them open.
    """
    from socket import socketpair

    ours, theirs = socketpair()
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # an interrupt is the run's alone to tell
    try:
        pid = os.fork()
    except OSError:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)
        ours.close()
        theirs.close()
        raise
    if pid == 0:
        code = 1
        try:
            for way in (ours, *others):
                way.close()  # else those at the other ends would not see the run end
            work(theirs)
            code = 0
        finally:
            os._exit(code)  # nothing of the run's may be flushed or cleaned up twice
    signal.pthread_sigmask(signal.SIG_SETMASK, heard)
    theirs.close()
    return Hand(ours, pid)


def apart(work: Callable[[], bytes], size: int) -> bytes | None:
    """What work on a file of `size` bytes gives, done in a process of its own within the bounds of such a file.

    None where it failed or went beyond them. Where this process cannot be split the work is done here.
    """
    from mdj_plan.readings import child

    try:
        hand = split(lambda run: child.once(run, work, size), []) if may_split() else None
    except OSError:
        hand = None
    if hand is None:
        with contextlib.suppress(Exception):  # as in a process of its own
            return work()
        return None
    answer = None
    ready, _, _ = select.select([hand.way], [], [], bounds_of(size).wall)
    if ready:
        with contextlib.suppress(OSError):
            answer = wire.receive(hand.way)
    hand.end(at_once=not ready)
    return answer.content if answer is not None and answer.kind == wire.READ else None


def started(plan: bytes) -> Hand:
    """A reader started anew. Raises OSError where it cannot be started or does not understand the plan."""
    import subprocess
    from socket import socketpair

    ours, theirs = socketpair()
    try:
        windows = sys.platform == "win32"
        code = (
            "import sys; sys.path[:] = sys.argv[2:]; from mdj_plan.readings.child import spawned; spawned(sys.argv[1])"
        )
        process = subprocess.Popen(  # noqa: S603 - this very Python and this very program
            [sys.executable or "python", "-c", code, str(theirs.fileno()), *sys.path],
            stdin=subprocess.PIPE if windows else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=() if windows else [theirs.fileno()],
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        hand = Hand(ours, process.pid, process)
        if sys.platform == "win32" and process.stdin is not None:
            process.stdin.write(theirs.share(process.pid))
            process.stdin.close()
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
