"""Processes split from a run: what they hear, and what the run hears after."""

from __future__ import annotations

import signal
import sys

import pytest

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
