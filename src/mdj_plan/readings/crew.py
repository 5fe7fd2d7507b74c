"""Those who read for a run: as many processes as there are cores, each reading file after file.

Small files are read several at a time. Where that ends badly each of them is read again by itself: a reader that dies,
hangs or grows is told as what happened to the one file it read, and another takes its place.
"""

from __future__ import annotations

import contextlib
import math
import os
import select
import time
from typing import TYPE_CHECKING, Self

from mdj_plan.readings import hands, wire
from mdj_plan.readings.bounds import MEGABYTE, bounds_of
from mdj_plan.readings.wire import Message
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from mdj_plan.intake.handed import Opened
    from mdj_plan.intake.reader import Reader
    from mdj_plan.readings.hands import Hand

_WORTH = 4 * MEGABYTE
_PATIENCE = 0.05
"""So many bytes (a second of reading) are worth the start of another reader, which learns again what the first has
learned, and so many seconds a file in which nobody was free for it."""


class Ended(NamedTuple):
    """Why a file has not been read: its reader `died`, was too `slow`, `grew`, or `failed` (`where` says at what)."""

    how: str
    where: str = ""


Answer = bytes | Ended
"""A submission as bytes, or why there is none."""


class _Asked(NamedTuple):
    """What a reader has been asked for, and the time by which it has to answer."""

    files: dict[int, Opened]
    until: float


class Crew:
    """At most `most` readers, started when there is something to read. Use it in a with-statement: it ends them."""

    def __init__(self, reader: Callable[[], Reader], plan: Callable[[], bytes], most: int | None = None) -> None:
        self._reader, self._plan = reader, plan
        self._most = most or _cores()
        self._hands: list[Hand] = []
        self._asked: dict[Hand, _Asked] = {}
        self._again: dict[int, Opened] = {}
        self._given, self._impatient = 0, False
        self.alone = False
        """Whether no reader could be started: the run has to read by itself."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.end(at_once=hand in self._asked)
        self._hands, self._asked = [], {}

    def ask(self, files: dict[int, Opened]) -> Iterator[tuple[int, Answer]]:
        """Have some files read together, told by their numbers. Gives the answers that came before a reader was free.

        Where nobody can read (`alone`) the files have not been taken.
        """
        size = sum(len(each.data) for each in files.values())
        self._given += size
        while (hand := self._free()) is None and not self.alone:
            yield from self._wait(_PATIENCE * len(files))
        if hand is None:
            return
        self._asked[hand] = _Asked(files, time.monotonic() + bounds_of(size).wall)
        with contextlib.suppress(OSError):  # it has gone: `_wait` finds out
            for left, each in enumerate(files.values(), 1 - len(files)):
                wire.send(hand.way, Message(wire.MORE if left else wire.FILE, f"{each.file}{each.given}", each.data))

    def rest(self) -> Iterator[tuple[int, Answer]]:
        """The answers that are still to come. Where nobody can read any more, files that were to be read again died."""
        while self._asked or self._again:
            if self._again:
                number, each = self._again.popitem()
                yield from self.ask({number: each})
                if self.alone:
                    yield number, Ended("died")
            else:
                yield from self._wait()

    def _free(self) -> Hand | None:
        for hand in self._hands:
            if hand not in self._asked:
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
        busy = {hand.way: hand for hand in self._asked}
        earliest = min(asked.until for asked in self._asked.values())
        ready, _, _ = select.select(busy, [], [], min(patience, max(0.0, earliest - time.monotonic())))
        found = [busy[way] for way in ready]
        self._impatient = not found
        late = [hand for hand, asked in self._asked.items() if hand not in found and asked.until <= time.monotonic()]
        return [each for hand in found for each in self._answers(hand)] + [
            each for hand in late for each in self._hung(hand)
        ]

    def _answers(self, hand: Hand) -> list[tuple[int, Answer]]:
        """What a reader says of the files that it was asked for."""
        files = self._asked.pop(hand).files
        answers: dict[int, Answer] = {}
        for number in files:
            answer = self._answer(hand)
            if isinstance(answer, Ended):
                return [*answers.items(), *self._ended(files, answer, answers)]
            answers[number] = answer
        return list(answers.items())

    def _answer(self, hand: Hand) -> Answer:
        """The next thing that a reader says."""
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

    def _hung(self, hand: Hand) -> list[tuple[int, Answer]]:
        files = self._asked.pop(hand).files
        self._hands.remove(hand)
        hand.end(at_once=True)
        return self._ended(files, Ended("slow"))

    def _ended(
        self, files: dict[int, Opened], ended: Ended, answered: Collection[int] = ()
    ) -> list[tuple[int, Answer]]:
        """How it ended for a file that was read alone. Of several nobody knows whose fault it was: those that have not
        been answered are read again.
        """
        if len(files) == 1:
            return [(number, ended) for number in files]
        self._again |= {number: each for number, each in files.items() if number not in answered}
        return []


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
