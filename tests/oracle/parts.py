"""The parts of the contract that the second calculation answers for, each as expected and as the program says."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.oracle.actions import Actions
from tests.oracle.archive import write_world
from tests.oracle.calculation import Calculation
from tests.oracle.candidates import Candidates
from tests.oracle.changes import Changes
from tests.oracle.closing import late_returns, latest, restatements
from tests.oracle.compare import differences
from tests.oracle.draw_exemptions import draw_exemptions
from tests.oracle.exceptions import OF_EXCEPTIONS, Exceptions
from tests.oracle.program import ask, closed_file, enact
from tests.oracle.scores import scores
from tests.oracle.story import Story, draw_story
from tests.oracle.submissions import Record
from tests.oracle.trend import trend
from tests.oracle.world import World, last_day, written

Answer = tuple[Any, Any]


@dataclass
class Trial:
    """One seed's story, written to a folder, and what the program says of it."""

    seed: int
    folder: Path

    @cached_property
    def story(self) -> Story:
        return draw_story(self.seed)

    @cached_property
    def plan(self) -> Path:
        return enact(self.story, self.folder)

    @cached_property
    def check(self) -> Record:
        """With the findings of all periods; before there were exceptions."""
        return ask(self.plan, self.story.world, "check", "--all-periods")

    @cached_property
    def excepted(self) -> World:
        """The world with exceptions drawn for what was found in it."""
        rng = random.Random(self.seed + 2)
        drawn = draw_exemptions(rng, self.story.world, self.check["findings"])
        return replace(self.story.world, office=replace(self.story.world.office, exemptions=drawn))

    @cached_property
    def checked_again(self) -> Record:
        write_world(self.excepted, self.folder, self.story.world)
        return ask(self.plan, self.excepted, "check", "--all-periods")

    @property
    def rng(self) -> random.Random:
        """What is asked of the commands."""
        return random.Random(self.seed + 3)


def figures(trial: Trial) -> Iterator[Answer]:
    report = Calculation(trial.story.world).report()
    yield report, {key: trial.check[key] for key in report}


def closings(trial: Trial) -> Iterator[Answer]:
    """What each closing has kept."""
    for edition in trial.story.editions:
        kept = closed_file(trial.plan, edition)
        ours = {**edition.report, **edition.head, "returns": edition.returns()}
        theirs = {key: kept[key] for key in ours}
        theirs["returns"] = [{key: row[key] for key in ("unit", "member", "period", "file")} for row in kept["returns"]]
        yield ours, theirs


def restated(trial: Trial) -> Iterator[Answer]:
    story, check = trial.story, trial.check
    theirs = [{key: value for key, value in row.items() if key != "closed_at"} for row in check["restatements"]]
    yield {"restatements": restatements(story.world, story.editions)}, {"restatements": theirs}
    head = next((one.head for one in latest(story.editions) if one.period == story.world.period), None)
    closed = check["closed"] and {key: check["closed"][key] for key in ("edition", "as_of", "note")}
    yield {"closed": head}, {"closed": closed}
    late = [one for one in check["findings"] if one["code"] == "S109"]
    places = sorted((one["unit"], one["period"], one["file"]) for one in late)
    yield {"S109": sorted(late_returns(story.world, story.editions))}, {"S109": places}


def trends(trial: Trial) -> Iterator[Answer]:
    world, rng = trial.story.world, trial.rng
    first = rng.randint(world.start, world.period) if rng.random() < 0.4 else None
    unit = rng.choice(world.participants).id if rng.random() < 0.3 else None
    options = ["--from", written(first)] if first else []
    options += ["--unit", unit] if unit else []
    indicator = rng.choice(world.indicators).id if rng.random() < 0.2 else None
    options += ["--indicator", indicator] if indicator else []
    rows = ask(trial.plan, world, "trend", *options)["rows"]
    ours = trend(world, latest(trial.story.editions), first, unit)
    yield {"trend": [one for one in ours if indicator in {None, one["indicator"]}]}, {"trend": rows}


def exceptions(trial: Trial) -> Iterator[Answer]:
    world, again = trial.excepted, trial.checked_again
    ours = Exceptions(world, trial.check["findings"])
    listed = [one for one in again["findings"] if one["code"] not in OF_EXCEPTIONS]
    yield (
        {"accepted": [_told(one, ours.accepted(one)) for one in trial.check["findings"]]},
        {"accepted": [_told(one, one["accepted"]) for one in listed]},
    )
    objections = [one for one in again["findings"] if one["code"] in OF_EXCEPTIONS]
    lines = sorted((one["code"], int(one["cell"][1:])) for one in objections)
    yield {"objections": sorted(ours.objections())}, {"objections": lines}
    summary = {"accepted": again["summary"]["accepted"], **again["summary"]["findings"]}
    yield {"summary": ours.summary()}, {"summary": summary}


def _told(finding: Record, accepted: Record | None) -> Record:
    where = ("code", "severity", "unit", "period", "file", "cell", "facility", "field")
    return {**{key: finding[key] for key in where}, "accepted": accepted}


def changes(trial: Trial) -> Iterator[Answer]:
    world, rng = trial.story.world, trial.rng
    since = world.period - rng.choice([1, 1, 2, 4])
    since = max(since, world.start) if world.period > world.start else since
    options = ["--since", written(since)] if since != world.period - 1 else []
    report = ask(trial.plan, world, "changes", *options)
    report["events"] = report.pop("rows")
    ours = Changes(world, since).report()
    yield ours, {key: report[key] for key in ours}


def decisions(trial: Trial) -> Iterator[Answer]:
    world, rng = trial.story.world, trial.rng
    ours = Actions(world)
    yield {"actions": ours.rows}, {"actions": trial.check["actions"]}
    for code, lines in (("P109", ours.overdue), ("P110", ours.unusable)):
        found = [one for one in trial.check["findings"] if one["code"] == code]
        yield {code: sorted(lines.elements())}, {code: sorted(int(one["cell"][1:]) for one in found)}
    day = last_day(world.period) + dt.timedelta(days=rng.randint(-60, 60))
    report = ask(trial.plan, world, "actions", "--on", str(day))
    yield {"on": str(day), "actions": Actions(world, day).rows}, {"on": report["on"], "actions": report["rows"]}
    unit = rng.choice(world.participants).id
    rows = ask(trial.plan, world, "actions", "--unit", unit)["rows"]
    yield {"actions": [row for row in ours.rows if row["unit"] == unit]}, {"actions": rows}


def candidates(trial: Trial) -> Iterator[Answer]:
    report = ask(trial.plan, trial.story.world, "candidates")
    report["candidates"] = report.pop("rows")
    ours = Candidates(trial.story.world).report()
    yield ours, {key: report[key] for key in ours}


def scored(trial: Trial) -> Iterator[Answer]:
    again = trial.checked_again
    ours = {"scores": scores(trial.excepted, again["findings"])}
    yield ours, {"scores": again["scores"]}
    plain = ask(trial.plan, trial.excepted, "check")  # the findings of the period alone
    yield ours, {"scores": plain["scores"]}
    accepted = [bool(Exceptions(trial.excepted, []).accepted(one)) for one in plain["findings"]]
    yield {"accepted": sum(accepted)}, {"accepted": plain["summary"]["accepted"]}


PARTS: dict[str, Callable[[Trial], Iterator[Answer]]] = {
    "figures": figures,
    "closings": closings,
    "restatements": restated,
    "trend": trends,
    "changes": changes,
    "actions": decisions,
    "candidates": candidates,
    "exceptions": exceptions,
    "scores": scored,
}


def disagreements(trial: Trial, part: str) -> list[str]:
    """Where the part of the program's report differs from ours."""
    return [line for ours, theirs in PARTS[part](trial) for line in differences(ours, theirs, part)]
