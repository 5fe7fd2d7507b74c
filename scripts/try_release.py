"""Try an installed mdj-plan as a user has it: every command on a copy of the example, outside the checkout.

`PYTHON scripts/try_release.py WHEEL`, where PYTHON is that of the environment the wheel was installed into. It fails
where a file of the checkout's package is not in the wheel, a command cannot run, or a result is missing or empty.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
RETURN = "data/submissions/2018Q2/西安区_2018Q2.xlsx"
RUNS: dict[str, tuple[str, ...]] = {
    "check": ("check", "check --format json", "check --period 2018Q1 --lang en"),
    "export": ("export -o pack/", "export -o one.docx --unit xian", "export -o one.html", "export -o one.csv"),
    "plan": ("plan", "plan --format json"),
    "status": ("status --all-periods",),
    "facilities": ("facilities", "facilities --format csv"),
    "trend": ("trend", "trend --format csv"),
    "changes": ("changes",),
    "validate": (f"validate {RETURN} --annotate marked/",),
    "receive": (f"receive {RETURN} --dry-run",),
    "template": ("template --all -o blank/",),
    "close": ("close 2018Q1 --accept-errors --again",),
    "actions": ("actions", "actions add --id 例1 --text 核对 --unit xian --due 2019-01-31"),
    "candidates": ("candidates",),
    "accept": ("accept X107 --unit xian --until 2018Q4 --reason 已核实",),
    "init": ("init elsewhere",),
    "explain": ("explain", "explain V102", "explain incubators --unit xian"),
}
"""What is run of each command, in this order. Exit code 1 is a finding of the example; any other is wrong."""
MADE = ("pack/汇总.xlsx", "pack/通报.docx", "pack/报告.html", "pack/数据.json", "one.docx", "one.html", "one.csv")


def main(wheel: Path) -> int:
    """Exit code 0 where everything runs; else 1, with what did not."""
    wrong = [f"not in the wheel: {name}" for name in missing(wheel)]
    with tempfile.TemporaryDirectory() as folder:
        for part in ("config", "data"):
            shutil.copytree(ROOT / part, Path(folder) / part)
        listed = commands(folder)
        wrong += [f"no run of it here: {name}" for name in sorted(listed - set(RUNS))]
        for name in (each for each in RUNS if each in listed):
            wrong += [said for line in RUNS[name] if (said := objection(folder, line))]
        wrong += [f"not made: {name}" for name in MADE if not _written(Path(folder) / name)]
    print(*(wrong or [f"{wheel.name}: {len(listed)} commands run outside the checkout"]), sep="\n")
    return 1 if wrong else 0


def missing(wheel: Path) -> list[str]:
    """What the checkout has of the package and the wheel has not."""
    listed = subprocess.run(["git", "ls-files", "-z", "src/mdj_plan"], cwd=ROOT, check=True, capture_output=True)
    names = {name.removeprefix("src/") for name in listed.stdout.decode("utf-8").split("\0") if name}
    with zipfile.ZipFile(wheel) as packed:
        return sorted(names - set(packed.namelist()))


def commands(folder: str) -> set[str]:
    """The commands that the installed program's help lists."""
    lines = program(folder, "--help").stdout.partition("Commands:")[2].splitlines()
    return {line.split()[0] for line in lines if line[:2] == "  " and line[2:3].strip()}


def objection(folder: str, line: str) -> str:
    """What went wrong with a command; blank where nothing did."""
    done = program(folder, line)
    print(f"{done.returncode}  mdj-plan {line}", flush=True)
    bad = done.returncode not in {0, 1} or "Traceback" in done.stderr
    return f"mdj-plan {line}: exit code {done.returncode}\n{done.stderr}" if bad else ""


def program(folder: str, line: str) -> subprocess.CompletedProcess[str]:
    """Run the installed console script in the folder, with nothing of the checkout in sight."""
    script = Path(sys.executable).with_name("mdj-plan.exe" if os.name == "nt" else "mdj-plan")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "MDJ_PLAN"))}
    surroundings = {**kept, "MDJ_PLAN_LANG": "en", "MDJ_PLAN_NO_CACHE": "1", "PYTHONUTF8": "1"}
    return subprocess.run(
        [str(script), *line.split()],
        cwd=folder,
        env=surroundings,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def _written(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
