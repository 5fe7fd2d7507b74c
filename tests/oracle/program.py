"""Asks the program: writes a story's files state by state, closes its periods on the way, and runs commands."""

from __future__ import annotations

import contextlib
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from mdj_plan.cli.app import run
from tests.oracle.archive import write_world
from tests.oracle.closing import Edition
from tests.oracle.story import Story
from tests.oracle.world import World, month_written, written


def enact(story: Story, folder: Path) -> Path:
    """Writes the states of the story one after the other and closes what it closes; the plan's path."""
    before: World | None = None
    for edition in story.editions:
        if edition.then is not before:
            plan = write_world(edition.then, folder, before)
            before = edition.then
        close(plan, edition)
    return write_world(story.world, folder, before)


def close(plan: Path, edition: Edition) -> None:
    options = ["close", written(edition.period), "--accept-errors"]
    options += ["--again"] if edition.number > 1 else []
    options += ["--note", edition.note] if edition.note else []
    options += [] if edition.as_of is None else ["--as-of", month_written(edition.as_of)]
    said(plan, options)


def closed_file(plan: Path, edition: Edition) -> dict[str, Any]:
    """What `close` has kept."""
    number = "" if edition.number == 1 else f".{edition.number}"
    return _read(
        (plan.parent.parent / "data" / "closed" / f"{written(edition.period)}{number}.json").read_text("utf-8")
    )


def ask(plan: Path, world: World, command: str, *options: str) -> dict[str, Any]:
    """What a command says in JSON of the world's period; numbers exactly as written."""
    asked = [command, *options, "--period", written(world.period), "--format", "json"]
    asked += (
        ["--as-of", month_written(world.as_of)] if world.as_of is not None and command in {"check", "actions"} else []
    )
    return _read(said(plan, asked + (["--fail-on", "never"] if command == "check" else [])))


def said(plan: Path, options: list[str]) -> str:
    """What goes to stdout; it must succeed."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    noise = io.StringIO()
    args = [*options, "--plan", str(plan), "--lang", "zh"]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(noise):
        code = run(args)
    assert code == 0, f"exit code {code}: {args}\n{noise.getvalue()}"
    out.seek(0)
    return out.read()


def _read(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    return found
