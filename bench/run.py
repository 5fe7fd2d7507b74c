"""Speed, as ratios to floors measured in the same run. ``python bench/run.py [--quick]``; nothing is timed in a test.

Every figure is a whole process with those it starts, start-up included, run in turn with its floor; the median of the
ratios of processor seconds counts. What is kept between runs lies in a folder of the benchmark's own: a figure says how
much of it is taken away before each run (nothing, the readings of one quarter, of all).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from multiprocessing import Process
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from bench.synthesis import NARROW, write_archive, write_correction, write_csv, write_workbook  # noqa: E402 - the line above makes it importable

FLOORS = {
    "typer alone": """
import typer
app = typer.Typer(rich_markup_mode=None)
@app.command()
def one(name: str = "x") -> None: ...
@app.command()
def two(name: str = "x") -> None: ...
app(args=["--help"])
""",
    "calamine only": """
import sys
from pathlib import Path
from python_calamine import CalamineWorkbook
for path in sorted(Path(sys.argv[1]).rglob("*.xlsx")):
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
""",
    "pandas and a model a row": """
import sys
from decimal import Decimal
from pathlib import Path
import pandas as pd
from pydantic import BaseModel
class Row(BaseModel):
    name: str
    code: str | None
    kind: str
    level: str | None
    document: str | None
    demonstration: str | None
    field: str | None
    founded: str | None
    state: str | None
    area: float | None
    tenants: int | None
    new: int | None
    total: int | None
    figures: list[float | None]
for path in sorted(Path(sys.argv[1]).rglob("*.xlsx")):
    frame = pd.read_excel(path, header=2)
    frame = frame.astype(object).where(frame.notna(), None)
    for r in frame.to_dict("records"):
        if r["载体类型"]:
            Row(name=r["载体名称"], code=r["统一社会信用代码"], kind=r["载体类型"], level=r["级别"],
                document=r["认定文号"], demonstration=r["示范类型"], field=r["专业领域"],
                founded=r["成立日期"], state=r["运营状态"], area=r["孵化面积（平方米）"],
                tenants=r["在孵企业数（户）"], new=r["本季新增毕业企业（户）"], total=r["累计毕业企业（户）"],
                figures=[v for k, v in r.items() if k.endswith(("（人）", "（个）", "（场次）", "（万元）"))])
""",
    "csv and a model a row": """
import csv, sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from pydantic import BaseModel
class Row(BaseModel):
    number: int
    name: str
    code: str
    kind: str
    level: str
    document: str
    demonstration: str
    region: str
    department: str
    field: str
    founded: date
    state: str
    area: Decimal
    tenant_area: Decimal
    tenants: int
    new: int
    total: int
    fund: Decimal
    staff: int
    professional: int
    mentors: int
    funded: int
    patents: int
    ip: int
    workplaces: int
    teams: int
    firms: int
    cases: int
    events: int
    note: str
names = list(Row.model_fields)
rows = []
for path in sorted(Path(sys.argv[1]).rglob("*.csv")):
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        for _ in range(3):
            next(reader)
        for r in reader:
            rows.append(Row(**dict(zip(names, r))))
print(len(rows))
""",
}

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Compiled once, as an installed program is; what is kept lies in a folder of the benchmark's own."""


def timed(command: list[str], new: str = "nothing") -> tuple[float, int]:
    """Seconds of the processor and peak memory (KiB) of a whole process; `new` is what it has to read again."""
    forget(new)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = usage.ru_utime + usage.ru_stime
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        raise SystemExit((process.stderr.read() if process.stderr else b"").decode())
    if process.stderr:
        process.stderr.close()
    process.returncode = 0
    return seconds, usage.ru_maxrss


def forget(new: str) -> None:
    """Take away what was kept: of nothing, of one folder of returns, of all returns."""
    kept = sorted(Path(ENVIRONMENT["XDG_CACHE_HOME"]).rglob("*.readings"))
    for path in {"nothing": [], "a quarter": kept[:1], "all": kept}[new]:
        path.unlink()


def compare(
    label: str,
    ours: list[str],
    floor: str | list[str],
    folder: str,
    runs: int,
    bound: float | None,
    new: str = "nothing",
    beside: str = "",
) -> None:
    """Run both in turn and print the median ratio beside its bound; a floor of ours reads everything again, or what
    `beside` says.
    """
    baseline = [sys.executable, "-c", FLOORS[floor], folder] if isinstance(floor, str) else floor
    forget("all")
    timed(ours), timed(baseline)
    whole = beside or ("nothing" if isinstance(floor, str) else "all")
    pairs = [(timed(ours, new), timed(baseline, whole)) for _ in range(runs)]
    ratio = statistics.median(a[0] / b[0] for a, b in pairs)
    own = statistics.median(a[0] for a, _ in pairs)
    base = statistics.median(b[0] for _, b in pairs)
    memory = max(a[1] for a, _ in pairs) / 1024
    verdict = "" if bound is None else f"(bound {bound:4.1f}) {'ok' if ratio <= bound else 'OVER'}"
    print(
        f"{label:<46}{own:8.2f} s{base:8.2f} s  × {ratio:5.2f}  {verdict:<18}{memory:6.0f} MB",
        flush=True,
    )


def main() -> None:
    """Make the data, measure, print one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the large file, fewer runs")
    parser.add_argument("--only", default="", help="only figures whose label contains this")
    options = parser.parse_args()
    scale, runs = (10, 3) if options.quick else (1, 5)
    folder = Path(tempfile.mkdtemp(prefix="mdj-plan-bench-"))
    ENVIRONMENT["XDG_CACHE_HOME"] = str(folder / "cache")
    tool = [sys.executable, "-m", "mdj_plan"]
    try:
        print(f"{'':<46}{'ours':>10}{'floor':>10}")
        plans = {name: make(folder / name) for name in ("archive", "narrow", "workbook", "csv")}
        writer = Process(target=write_returns, args=(folder, 500_000 // scale))  # its memory must not count as ours
        writer.start()
        writer.join()

        plans["closed"] = publish(tool, folder / "archive", folder / "closed")

        def check(name: str) -> list[str]:
            return [*tool, "check", "--plan", str(plans[name]), "--format", "json", "--fail-on", "never"]

        one = next((plans["archive"].parents[1] / "data" / "submissions").rglob("*.xlsx"), Path())
        validate = [*tool, "validate", str(one), "--plan", str(plans["archive"]), "--fail-on", "never"]
        trend = [*tool, "trend", "--plan", str(plans["archive"]), "--format", "json"]
        every, kept = [*check("archive"), "--all-periods"], ("nothing", "nothing")
        figures: tuple[tuple[Any, ...], ...] = (
            ("--help / Typer alone", [*tool, "--help"], "typer alone", "archive", 1.1),
            ("--version / Typer alone", [*tool, "--version"], "typer alone", "archive", 1.6),
            ("check, 252 kept / calamine", check("archive"), "calamine only", "archive", 1.5),
            ("check, 21 of 252 new / calamine", check("archive"), "calamine only", "archive", 2.2, "a quarter"),
            ("check, 252 new / calamine", check("archive"), "calamine only", "archive", 4.0, "all"),
            ("check, 252 new / pandas + models", check("archive"), "pandas and a model a row", "archive", 0.2, "all"),
            ("validate of one beside 252 / check of 252 new", validate, check("archive"), "archive", 0.4),
            ("check, ten quarters closed / none", check("closed"), check("archive"), "archive", 2.0, *kept),
            ("trend, 12 quarters / check --all-periods", trend, every, "archive", 1.2, *kept),
            ("check, 13 columns, 252 new / calamine", check("narrow"), "calamine only", "narrow", None, "all"),
            ("check, 20 000 rows xlsx kept / calamine", check("workbook"), "calamine only", "workbook", 0.8),
            ("check, 20 000 rows xlsx new / calamine", check("workbook"), "calamine only", "workbook", 2.5, "all"),
            ("check, 500 000 rows csv new / csv + models", check("csv"), "csv and a model a row", "csv", 1.0, "all"),
            (
                "export .xlsx / calamine",
                [*tool, "export", "--plan", str(plans["archive"]), "-o", str(folder / "out.xlsx")],
                "calamine only",
                "archive",
                9.0,
            ),
        )
        for label, ours, floor, name, bound, *new in figures:
            if options.only in label:
                compare(label, ours, floor, str(folder / name / "data" / "submissions"), runs, bound, *new)
    finally:
        shutil.rmtree(folder)


def write_returns(folder: Path, lines: int) -> None:
    """The returns of every plan folder; the CSV with so many lines."""
    rng = random.Random(2017)
    write_archive(folder / "archive" / "data" / "submissions", rng)
    write_archive(folder / "narrow" / "data" / "submissions", rng, NARROW)
    write_workbook(folder / "workbook" / "data" / "submissions", 20_000, rng)
    write_csv(folder / "csv" / "data" / "submissions", lines, rng)


def publish(tool: list[str], archive: Path, folder: Path) -> Path:
    """A copy of an archive with its first ten quarters closed, and a return of the first one corrected since."""
    shutil.copytree(archive, folder)
    plan = folder / "config" / "targets.yaml"
    quarters = sorted(path.name for path in (folder / "data" / "submissions").iterdir())
    for quarter in quarters[:10]:
        timed([*tool, "close", quarter, "--accept-errors", "--plan", str(plan)])
    write_correction(folder / "data" / "submissions", random.Random(2018))
    return plan


def make(folder: Path) -> Path:
    """A plan folder with the shipped plan and quotas, and no returns yet."""
    (folder / "config").mkdir(parents=True)
    (folder / "data" / "submissions").mkdir(parents=True)
    shutil.copy(ROOT / "config" / "targets.yaml", folder / "config")
    shutil.copy(ROOT / "data" / "quotas.csv", folder / "data")
    return folder / "config" / "targets.yaml"


if __name__ == "__main__":
    main()
