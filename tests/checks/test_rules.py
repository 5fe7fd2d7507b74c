"""The list of rules: every code that a rule may raise is in the catalogue, and what cannot run follows from the list."""

from __future__ import annotations

from mdj_plan.checks.rules import RULES, unable
from mdj_plan.findings import CATALOGUE


def test_a_rule_raises_codes_of_the_catalogue() -> None:
    assert {code for check in RULES for code in check.codes} <= set(CATALOGUE)


def test_what_cannot_run_without_an_earlier_return() -> None:
    assert unable("earlier return") == ("S105", "X104", "X105", "X106", "X107", "X108", "X112")


def test_a_code_that_another_rule_still_may_raise_can_run() -> None:
    assert {"X109", "X110"} <= set(unable("return"))
    assert {"X109", "X110", "S101"}.isdisjoint(unable("earlier return"))
