"""Those who read for a run: as many processes as there are cores, each reading file after file.

One that dies, hangs or grows is told as what happened to the file it read, and another takes its place.
"""

from __future__ import annotations

import contextlib
import math
import os
import select
import time
from typing import TYPE_CHECKING, Self

from mdj_plan.intake.given import UNSTATED
from mdj_plan.readings import hands, wire
from mdj_plan.readings.bounds import MEGABYTE, bounds_of
from mdj_plan.readings.wire import Message
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mdj_plan.intake.given import Given
    from mdj_plan.intake.reader import Reader
    from mdj_plan.readings.hands import Hand

_WORTH = 4 * MEGABYTE
_PATIENCE = 0.05
"""So many bytes (a second of reading) are worth the start of another reader, which learns again what the first has
learned, and so many seconds in which nobody was free."""


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
        self._hands: list[Hand] = []
        self._asked: dict[int, tuple[Hand, float]] = {}
        self._given, self._impatient = 0, False
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
        self._given += len(data)
        while (hand := self._free()) is None and not self.alone:
            yield from self._wait(_PATIENCE)
        if hand is None:
            return
        self._asked[number] = (hand, time.monotonic() + bounds_of(len(data)).wall)
        with contextlib.suppress(OSError):  # it has gone: `_wait` finds out
            wire.send(hand.way, Message(wire.FILE, f"{file}{given}", data))

    def rest(self) -> Iterator[tuple[int, Answer]]:
        """The answers that are still to come."""
        while self._asked:
            yield from self._wait()

    def _free(self) -> Hand | None:
        busy = [hand for hand, _ in self._asked.values()]
        for hand in self._hands:
            if hand not in busy:
                return hand
        if len(self._hands) >= self._most or (self._given < len(self._hands) * _WORTH and not self._impatient):
            return None
        try:
            hand = self._start()
        except OSError:  # the system has no process left for us
            self.alone = not self._hands
            self._most = len(self._hands)
            return None
        self._hands.append(hand)
        return hand

    def _start(self) -> Hand:
        """One more reader. Raises OSError where the system has no process left."""
        if not hands.may_split():
            return hands.started(self._plan())
        from mdj_plan.readings import child  # with all that reads: not where everything is kept

        reader, others = self._reader(), [hand.way for hand in self._hands]
        return hands.split(lambda run: child.serve(run, reader), others)

    def _wait(self, patience: float = math.inf) -> list[tuple[int, Answer]]:
        """The answers of those readers who are ready, and of those whose time is up; none when patience is."""
        numbers = {hand.way: number for number, (hand, _) in self._asked.items()}
        earliest = min(until for _, until in self._asked.values())
        ready, _, _ = select.select(numbers, [], [], min(patience, max(0.0, earliest - time.monotonic())))
        found = [numbers[way] for way in ready]
        self._impatient = not found
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


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
