"""How work grows with units, indicators and quarters. ``python bench/growth.py [--whole]``; nothing is timed in a test.

Each step doubles the number of units. Beside the processor's seconds stands the exponent of the last doubling: 1 is
linear, 2 quadratic; what a run of one unit costs is taken off before. The largest step is a quarter of the whole,
or (`--whole`) the whole: 5 000 units × 50 indicators in one quarter, 2 900 units × 28 quarters.
"""

from __future__ import annotations

import argparse
import math
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bench.run import ENVIRONMENT, timed  # noqa: E402 - the line above makes it importable
from mdj_plan.period import Period, span  # noqa: E402 - likewise

if TYPE_CHECKING:
    from collections.abc import Sequence

TOOL = [sys.executable, "-m", "mdj_plan"]
START = Period(2014, 1)


def main() -> None:
    """Make the plans, measure, print one line a figure and step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--whole", action="store_true", help="up to the whole size, not a quarter of it")
    parser.add_argument("--only", default="", help="only figures whose label contains this")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="mdj-plan-growth-"))
    ENVIRONMENT["XDG_CACHE_HOME"] = str(folder / "cache")
    last = 1 if options.whole else 4
    try:
        for label, units, indicators, quarters, commands in (
            ("50 indicators", 5_000, 50, 1, ("plan", "check", "check as JSON", "export .html", "export .xlsx")),
            ("28 quarters", 2_900, 3, 28, ("check new", "check as JSON")),
        ):
            steps = [units // (last * 4), units // (last * 2), units // last]
            plans = [write(folder / f"{label} {n}", n, indicators, quarters) for n in (1, *steps)]
            for command in commands:
                if options.only in f"{label}: {command}":
                    grown(f"{label}: {command}", command, plans, steps)
    finally:
        shutil.rmtree(folder)


def grown(label: str, command: str, plans: Sequence[Path], steps: Sequence[int]) -> None:
    """Run a command on plans of growing size, and say how its seconds grow."""
    (nothing, _), *seconds = (least(command, plan) for plan in plans)
    worked = [max(each - nothing, 0.01) for each, _ in seconds]
    for units, (taken, memory), before, work in zip(steps, seconds, (None, *worked), worked, strict=False):
        exponent = "" if before is None else f"exponent {math.log2(work / before):5.2f}"
        print(f"{label:<30}{units:7} units{taken:9.2f} s{memory / 1024:8.0f} MB  {exponent}", flush=True)


def least(command: str, plan: Path) -> tuple[float, int]:
    """The lesser seconds and memory of two runs; what is kept was kept before, but for `check new`."""
    what = {"check new": "check --format json", "check as JSON": "check --format json"}.get(command, command).split()
    if what[0] == "export":
        what = ["export", "-o", str(plan.parent / f"out{what[1]}")]
    asked = [*TOOL, *what, "--plan", str(plan), *(["--fail-on", "never"] if what[0] == "check" else [])]
    if command != "check new":
        timed(asked)
    return min(timed(asked, "all" if command == "check new" else "nothing") for _ in range(2))


def write(folder: Path, units: int, indicators: int, quarters: int) -> Path:
    """A plan with so many districts, each with a quota for every indicator and a return of two rows a quarter."""
    periods, end = span(START, START.shift(27)), START.shift(27)
    (folder / "data" / "submissions").mkdir(parents=True)
    (folder / "config").mkdir()
    plan = folder / "config" / "targets.yaml"
    what = "unit: 家, count: facilities, where: {field: 领域"
    every = range(indicators)
    listed = {
        "units": [f"{{id: u{n}, kind: district, name: 示例第{n}区}}" for n in range(units)],
        "indicators": [f"{{id: i{n}, name: 指标{n}, {what}{n}}}}}" for n in every],
        "targets": [f"{{indicator: i{n}, value: {9 * units}, due: {end}, clause: 一}}" for n in every],
    }
    plan.write_text(
        "schema: 1\n"
        f"plan: {{id: growth, title: 示例, document: 示例, start: {START}, end: {end}}}\n"
        "quotas: ../data/quotas.csv\nsubmissions: ../data/submissions\ndue_days: 15\n"
        + "".join(f"{key}:\n" + "".join(f"  - {each}\n" for each in rows) for key, rows in listed.items()),
        "utf-8",
    )
    quotas = (f"示例第{unit}区,i{n},{unit % 9 + 1},一\n" for unit in range(units) for n in range(indicators))
    (folder / "data" / "quotas.csv").write_text("责任单位,指标,目标,依据\n" + "".join(quotas), "utf-8")
    for period in periods[:quarters]:
        below = folder / "data" / "submissions" / str(period)
        below.mkdir()
        for unit in range(units):
            rows = (f"示例{unit}之{n},孵化器,运营,{1000 + unit},{unit % 30},领域{n}\n" for n in range(2))
            text = "载体名称,载体类型,运营状态,孵化面积,在孵企业数,专业领域\n" + "".join(rows)
            (below / f"示例第{unit}区_{period}.csv").write_text(text, "utf-8")
    return plan


if __name__ == "__main__":
    main()
