"""Processes split from a run: what they hear, and what the run hears after."""

from __future__ import annotations

import signal
import sys

import pytest

from mdj_plan.readings import hands
from mdj_plan.readings.hands import apart

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there a run is split"),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]


def blocked() -> bytes:
    """What this process does not hear."""
    return b" ".join(
        sorted(signal.Signals(held).name.encode() for held in signal.pthread_sigmask(signal.SIG_BLOCK, []))
    )


def test_an_interrupt_is_not_heard_by_a_reader_even_while_it_is_split() -> None:
    assert (apart(blocked, 1), blocked()) == (b"SIGINT", b"")


def test_work_that_fails_gives_nothing_also_where_no_process_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "may_split", lambda: False)
    assert apart(lambda: b"copy", 1) == b"copy"
    assert apart(lambda: b"%d" % (1 // 0), 1) is None
