"""A reader in a process of its own: reads one file after another, each within its bounds, and says what it read.

What a file does to it, it does to this process alone: the run asks another one for the next file.
"""

from __future__ import annotations

import contextlib
import gc
import mmap
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from mdj_plan.intake.given import Given
from mdj_plan.intake.handed import Opened
from mdj_plan.intake.reader import Reader
from mdj_plan.plan import kept
from mdj_plan.readings import wire
from mdj_plan.readings.bounds import MEGABYTE, Bounds, bounds_of
from mdj_plan.readings.wire import Message
from mdj_plan.readings.written import encode

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket

_GROWN = 192 * MEGABYTE
"""A reader that holds so much more than at first makes room for a new one."""
_BETWEEN_SWEEPS = 64


def serve(run: socket, reader: Reader) -> None:
    """Read what the run asks for, until it asks no more."""
    _serve(_alone(run), reader)


def once(run: socket, work: Callable[[], bytes], size: int) -> None:
    """Do some work on a file of so many bytes within its bounds, and hand over what it gave."""
    run = _alone(run)
    _bind(bounds_of(size), _Held())
    wire.send(run, Message(wire.READ, content=work()))


def spawned(number: str) -> None:
    """Be a reader in this process, which the run has started: the plan comes first."""
    import socket as sockets

    if sys.platform == "win32":
        run = sockets.fromshare(sys.stdin.buffer.read())
    else:
        run = sockets.socket(fileno=int(number))
    run = _alone(run)
    told = wire.receive(run)
    if told is not None:
        reader = Reader.of(kept.plan_of(told.content))
        wire.send(run, Message(wire.READY))
        _serve(run, reader)


def _alone(run: socket) -> socket:
    """No terminal, no input and output, no interrupts: all that is this process's own is the way to the run."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run ends its readers
    ways = [run]
    while ways[-1].fileno() <= 2:  # the run was started with its input or output closed
        ways.append(ways[-1].dup())
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    for low in ways[:-1]:
        low.detach()  # what it stood for is nothing now
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return ways[-1]


def _serve(run: socket, reader: Reader) -> None:
    gc.disable()
    gc.freeze()
    held = _Held()
    start = held.resident
    count = 0
    while asked := _asked(run):
        _bind(bounds_of(sum(len(each.content) for each in asked)), held)
        *answers, last = _read(reader, asked)
        count += len(asked)
        if count >= _BETWEEN_SWEEPS:
            gc.collect()
            count = 0
        if last.kind == wire.READ and held.resident > start + _GROWN:
            last = last._replace(kind=wire.LAST)
        for answer in (*answers, last):
            wire.send(run, answer)
        if last.kind in wire.TIRED:
            return


def _asked(run: socket) -> list[Message]:
    """The files that the run asks for together; none when it asks no more."""
    asked: list[Message] = []
    while (each := wire.receive(run)) is not None:
        asked.append(each)
        if each.kind != wire.MORE:
            return asked
    return []


def _read(reader: Reader, asked: list[Message]) -> list[Message]:
    """The files as they were read, or why they were not."""
    try:
        read = reader.read_all([_opened(each) for each in asked])
        return [Message(wire.READ, content=encode(each)) for each in read]
    except MemoryError:
        return [Message(wire.GREW)]
    except Exception as error:  # noqa: BLE001 - a defect of ours in one file must not hide the others; the run tells it
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return [Message(wire.FAILED, f"{type(error).__name__}, {Path(frame.filename).name}:{frame.lineno}")]


def _opened(asked: Message) -> Opened:
    """The file that is asked for, with its path and what the office says of it."""
    file, mark, given = asked.text.partition("\0")
    return Opened(asked.content, file, Given.heard(mark + given))


class _Held:
    """Bytes of memory that this process holds, asked before and after each file; 0 where the system does not say."""

    def __init__(self) -> None:
        self._said = -1
        with contextlib.suppress(OSError):
            self._said = os.open("/proc/self/statm", os.O_RDONLY)

    def _told(self, place: int) -> int:
        return int(os.pread(self._said, 64, 0).split()[place]) * mmap.PAGESIZE if self._said >= 0 else 0

    @property
    def reserved(self) -> int:
        """What it has asked for."""
        return self._told(0)

    @property
    def resident(self) -> int:
        """What lies in the memory of the machine."""
        return self._told(1)


def _bind(bounds: Bounds, held: _Held) -> None:
    """Bind this process to what the next file may ask for, beyond what it has used and holds; where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + 1 + bounds.seconds
        _limit(resource.RLIMIT_CPU, seconds)
        if held.reserved:
            _limit(resource.RLIMIT_AS, held.reserved + bounds.memory)


def _limit(kind: int, wanted: int) -> None:
    import resource

    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
