"""The list of rules: every code that a rule may raise is in the catalogue, and what cannot run follows from the list."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path
from types import ModuleType

from mdj_plan import checks
from mdj_plan.checks import rules
from mdj_plan.checks.check import Check
from mdj_plan.checks.rules import RULES, unable
from mdj_plan.findings import CATALOGUE


def functions() -> dict[str, tuple[ModuleType, object]]:
    """Every public function of the room that takes a case and gives findings, by its place."""
    found: dict[str, tuple[ModuleType, object]] = {}
    for info in pkgutil.iter_modules(checks.__path__):
        module = importlib.import_module(f"mdj_plan.checks.{info.name}")
        for name, each in vars(module).items():
            here = inspect.isfunction(each) and each.__module__ == module.__name__ and not name.startswith("_")
            if here and each.__annotations__ == {"case": "Case", "return": "Iterator[Finding]"}:
                found[f"checks/{info.name}.py: {name}"] = (module, each)
    return found


def rows() -> list[Check]:
    """The rows at the end of every family's file, also those whose code the catalogue does not know."""
    families = [module for module in vars(rules).values() if isinstance(module, ModuleType)]
    return [check for family in families for check in vars(family).get("RULES", ())]


def test_every_rule_is_listed() -> None:
    listed = {check.run for check in (*RULES, *rows())}
    forgotten = [place for place, (_, each) in functions().items() if each not in listed]
    assert not forgotten, (
        f"{', '.join(forgotten)} takes a case and is never run: add Check((code,), function, needs) to the RULES at the "
        "end of its file, and a new file to _FAMILIES in checks/rules.py"
    )
    assert len(functions()) > 20


def test_a_rule_raises_codes_of_the_catalogue() -> None:
    unknown = {code: check.run.__name__ for check in rows() for code in check.codes if code not in CATALOGUE}
    assert not unknown, f"these codes have no line in CATALOGUE (findings.py), with name, severity and stage: {unknown}"


def test_a_limit_is_named_in_the_catalogue() -> None:
    asked = re.findall(
        r'limit\("(\w+)", "(\w+)"\)', "".join(path.read_text("utf-8") for path in Path("src").rglob("*.py"))
    )
    unknown = [f"{code} {name}" for code, name in asked if code in CATALOGUE and name not in CATALOGUE[code].limits]
    assert not unknown, f"{unknown}: add name=default to the code's line in CATALOGUE (findings.py)"
    assert ("X107", "over") in asked


def test_what_cannot_run_without_an_earlier_return() -> None:
    told = unable("earlier return")
    assert {"S105", "X104", "X105", "X106", "X107", "X108", "X112"} <= set(told)
    assert [code for code in CATALOGUE if code in told] == list(told)  # in the order in which they are known


def test_a_code_that_another_rule_still_may_raise_can_run() -> None:
    assert {"X109", "X110"} <= set(unable("return"))
    assert {"X109", "X110", "S101"}.isdisjoint(unable("earlier return"))
