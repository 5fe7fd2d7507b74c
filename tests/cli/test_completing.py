"""What a shell is told may stand next: it says what stands there by its environment, not by arguments."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def offered(words: str, at: int) -> list[str]:
    asked = {"_MDJ_PLAN_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(at)}
    command = [sys.executable, "-m", "mdj_plan"]
    done = subprocess.run(command, env=os.environ | asked, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "at", "offer"),
    [
        pytest.param("mdj-plan ch", 1, ["check", "changes"], id="commands"),
        pytest.param("mdj-plan check --by", 2, ["--by"], id="options of a command"),
        pytest.param("mdj-plan check --by ", 3, ["unit", "indicator"], id="what an option takes"),
        pytest.param("mdj-plan check --unit dong", 3, ["dongan", "dongning"], id="units of the plan"),
    ],
)
def test_what_may_stand_next(words: str, at: int, offer: list[str]) -> None:
    assert offered(words, at) == offer
