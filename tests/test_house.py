"""The house itself: arrows point down only, heavy imports stay out of start-up, names say what is inside."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mdj_plan.cli.app import COMMANDS
from mdj_plan.measure.actuals import Measure

SOURCE = Path("src/mdj_plan")
FLOORS = (
    ("period", "names", "text", "measures", "rounding", "unfinished", "records"),
    ("findings", "fields", "marks"),
    ("messages", "kept", "usage"),
    ("sheets",),
    ("plan",),
    ("founding",),
    ("intake",),
    ("readings",),
    ("archive",),
    ("measure",),
    ("checks",),
    ("assessment", "assess", "trial", "sent_back"),
    ("outcome", "delivery"),
    ("tally",),
    ("run",),
    ("reports",),
    ("frames",),
    ("cli",),
)
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.stem not in {"__init__", "__main__"})


def room(module: str) -> str:
    return module.removeprefix("mdj_plan.").split(".")[0]


def level(module: str) -> int:
    return LEVEL.get(room(module), 0)


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.startswith("mdj_plan.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_arrows_point_down(path: Path) -> None:
    here = level(".".join(("mdj_plan", *path.relative_to(SOURCE).with_suffix("").parts)))
    upward = {name for name in imported(path) if level(name) > here}
    assert upward == set()


INNER = {
    "sheets": (("cells",), ("values",), ("formats",), ("remarks",), ("tables",)),
    "intake": (
        ("layout",),
        ("claims",),
        ("given",),
        ("submission", "whose"),
        ("door",),
        ("parse", "formatting"),
        ("rows",),
        ("handed",),
        ("reader",),
    ),
    "kept": (("plain", "program", "shelf"),),
    "readings": (
        ("bounds", "wire", "pack"),
        ("needs", "written"),
        ("child",),
        ("hands",),
        ("crew",),
        ("desk",),
    ),
    "archive": (
        ("states", "actions", "admission", "appending", "editions", "inbox", "recalled"),
        ("receipts",),
        ("register_table",),
        ("identities", "exceptions"),
        ("attempts", "lock", "places", "actions_table", "exceptions_table"),
        ("pending",),
        ("dossier", "holdings"),
        ("aside", "closing", "current", "ledger", "filing"),
        ("supersession",),
    ),
    "reports": (
        ("figures", "files", "measures", "rates", "undated", "widths", "wording"),
        ("views", "narrowed", "filed"),
        ("tables",),
        ("commands", "happened", "restated"),
        ("data", "steps"),
        ("screen", "page", "workbook", "document", "blank", "returned"),
        ("pack",),
    ),
}
INSIDE = [path for path in MODULES if path.relative_to(SOURCE).parts[0] in INNER]


@pytest.mark.parametrize("path", INSIDE, ids=lambda path: str(path.relative_to(SOURCE)))
def test_arrows_point_down_inside_the_large_rooms(path: Path) -> None:
    outer, here = path.relative_to(SOURCE).with_suffix("").parts[:2]
    level = {room: level for level, rooms in enumerate(INNER[outer]) for room in rooms}
    within = {name.split(".")[2] for name in imported(path) if name.startswith(f"mdj_plan.{outer}.")}
    upward = {name for name in within if level.get(name, 0) > level.get(here, len(INNER[outer]))}  # unlisted: above all
    assert not upward, f"{path} uses {upward}, which INNER of this file has above it"


COMPUTED_BELOW = ("mdj_plan.measure.actuals", "mdj_plan.archive.ledger")
REPORTS = [path for path in MODULES if path.relative_to(SOURCE).parts[0] == "reports"]


def at_run_time(path: Path) -> set[str]:
    """The modules that a module imports when it runs, not only for its types."""
    tree = ast.parse(path.read_text("utf-8"))
    typing = {id(n) for part in ast.walk(tree) if isinstance(part, ast.If) and "TYPE_CHECKING" in ast.unparse(part.test)
              for n in ast.walk(part)}  # fmt: skip
    return {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module and id(n) not in typing}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_report_computes_nothing(path: Path) -> None:
    wrong = at_run_time(path) & set(COMPUTED_BELOW)
    assert wrong == set(), f"{path} computes with {wrong}: let assess or measure do it, and read it from the Assessment"


def works_figures_out(name: str) -> bool:
    """Whether what is imported is a function that is handed what figures are worked out with."""
    module, _, own = name.rpartition(".")
    found = getattr(importlib.import_module(module), own, None)
    return inspect.isfunction(found) and bool({*found.__annotations__.values()} & {"Measure", "Ledger", "Case"})


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_report_asks_the_assessment_and_never_what_it_was_worked_out_with(path: Path) -> None:
    """Neither `a.measure.actual(…)` nor a function that is handed the Measure: what is asked for has a name there."""
    inside = {name for name in dir(Measure) if not name.startswith("_")}
    asked = {
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)
        if node.value.attr == "measure" and node.attr in inside
    }
    below = {name for name in imported(path) if room(name) in {"measure", "archive", "checks"}}
    wrong = asked | set(filter(works_figures_out, below))
    assert wrong == set(), f"{path} works out {wrong}: let the Assessment say it (docs/decisions/0015)"


ROUND_SCALE_OR_DRAW = {
    *("figures", "rates", "tables/values"),  # decimals, and the unit in which a figure is shown
    *("page/charts", "screen/chart"),  # bars and lines as long as their figures
    *("workbook/cells", "workbook/sheet", "workbook/tables"),  # numbers as a spreadsheet holds them, and live sums
}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_report_divides_only_where_it_rounds_scales_or_draws(path: Path) -> None:
    divides = "fractions" in at_run_time(path)
    here = path.relative_to(SOURCE / "reports").with_suffix("").as_posix()
    assert not divides or here in ROUND_SCALE_OR_DRAW, f"{path}: a ratio is a figure, and belongs to measure"


def test_no_module_is_a_drawer_for_everything() -> None:
    vague = {"utils", "util", "common", "helpers", "misc", "constants"}
    assert {path.stem for path in MODULES} & vague == set()


def test_no_file_needs_itself() -> None:
    """Not even by an import inside a function: two files that need each other are one, or hide a third."""
    names = {"mdj_plan." + ".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in MODULES}
    needs = {
        name: {other for found in imported(path) for other in (found, found.rpartition(".")[0]) if other in names}
        for name, path in names.items()
    }
    while free := [name for name, others in needs.items() if not others & needs.keys()]:
        for name in free:
            del needs[name]
    assert needs.keys() == set(), "these files, or some of them, need each other in a circle: move what both need"


def test_named_tuples_are_those_that_cost_a_start_little() -> None:
    """`typing.NamedTuple` compiles every annotation, and there are a hundred classes; only type variables need it."""
    typed = {
        path.name
        for path in MODULES
        if re.search(r"^ *from typing import .*NamedTuple", path.read_text("utf-8"), re.MULTILINE)
    }
    assert typed == {"records.py", "table.py"}, "take NamedTuple from mdj_plan.records"


def test_every_module_is_used() -> None:
    """But for commands, which are loaded by their name, and what people and scripts start."""
    names = {"mdj_plan." + ".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in MODULES}
    needed = {other for path in MODULES for found in imported(path) for other in (found, found.rpartition(".")[0])}
    entries = {
        "mdj_plan.__main__",
        "mdj_plan.cli.app",
        "mdj_plan.frames",
        *(f"mdj_plan.cli.{name}" for name in COMMANDS),
    }
    idle = sorted(name for name in names - needed - entries if not name.endswith("__init__"))
    assert not idle, f"nothing asks for {idle}: call it where the others of its kind are called (docs/add-a-*.md)"


HEAVY = ("pandas", "numpy", "openpyxl", "pydantic", "rich.table", "ruamel", "docx", "xlsxwriter", "jinja2", "stdnum")


def loaded(*arguments: str) -> set[str]:
    code = (
        "import sys\nsys.argv = ['mdj-plan', *sys.argv[1:]]\n"
        "from mdj_plan.cli.app import run\nrun(sys.argv[1:])\n"
        f"print('LOADED', *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(done.stdout.rsplit("LOADED", 1)[1].split())


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("check", "--help")])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert loaded(*arguments) == set()


def test_help_loads_nothing_of_a_run() -> None:
    code = (
        "import sys\nfrom mdj_plan.cli.app import run\nrun(['--version'])\n"
        "print('LOADED', *[name for name in sys.modules if name.startswith('mdj_plan.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found = {room(name) for name in done.stdout.rsplit("LOADED", 1)[1].split()}
    assert found & {"run", "plan", "intake", "archive", "measure", "assess", "reports"} == set()


def test_help_lists_the_commands_without_loading_them() -> None:
    code = "import sys\nfrom mdj_plan.cli.app import run\nrun(['--help'])\nprint('LOADED', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    page, _, names = done.stdout.rpartition("LOADED")
    assert all(f"\n  {name} " in page for name in COMMANDS)
    assert {f"mdj_plan.cli.{name}" for name in COMMANDS} & set(names.split()) == set()


def test_a_run_with_nothing_new_validates_nothing() -> None:
    loaded("check", "--format", "json")  # keeps the plan and what was read of its returns
    assert loaded("check", "--format", "json") & {"pydantic", "ruamel"} == set()


NOT_WHERE_EVERYTHING_IS_KEPT = (
    *("pydantic", "ruamel", "python_calamine", "tomllib", "zipfile", "csv", "socket", "rich"),
    *("mdj_plan.intake.reader", "mdj_plan.intake.layout.cover", "mdj_plan.sheets.formats", "mdj_plan.sheets.tables"),
    *("mdj_plan.plan.validate", "mdj_plan.plan.yaml", "mdj_plan.readings.crew", "mdj_plan.readings.child"),
    *("mdj_plan.archive.receipts", "mdj_plan.archive.register_table", "mdj_plan.archive.unzipped"),
    *("mdj_plan.reports.tables", "mdj_plan.reports.views", "mdj_plan.reports.screen"),
)
"""What a check for scripts has no use for where nothing is new and the office keeps no tables: each costs its start."""


def test_a_run_where_everything_is_kept_loads_no_more_than_it_needs(tmp_path: Path) -> None:
    plan = tmp_path / "config" / "targets.yaml"
    shutil.copytree("config", tmp_path / "config")
    shutil.copytree("data/submissions", tmp_path / "data" / "submissions")
    shutil.copy("data/quotas.csv", tmp_path / "data")
    code = (
        f"import sys\nfrom mdj_plan.cli.app import run\nrun(['check', '--format', 'json', '--plan', {str(plan)!r}])\n"
        "print('LOADED', *sys.modules)"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found = set(done.stdout.rsplit("LOADED", 1)[1].split())
    assert "mdj_plan.assess" in found
    assert found & set(NOT_WHERE_EVERYTHING_IS_KEPT) == set()


def test_check_needs_neither_pandas_nor_openpyxl() -> None:
    assert loaded("check", "--format", "json") & {"pandas", "numpy", "openpyxl", "xlsxwriter", "docx"} == set()


def test_a_command_does_not_load_the_others() -> None:
    code = "import sys\nfrom mdj_plan.cli.app import run\nrun(['status', '--help'])\nprint('LOADED', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found = {name for name in COMMANDS if f"mdj_plan.cli.{name}" in done.stdout.rsplit("LOADED", 1)[1].split()}
    assert found == {"status"}
