"""A criteria file read (contract 6.2): every mistake at once, with its place, or the sets of criteria."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mdj_plan.names import folded
from mdj_plan.phrases import phrase
from mdj_plan.plan.criteria import CriteriaFile, Criterion
from mdj_plan.plan.door import admitted
from mdj_plan.plan.indicators import indicator_ids
from mdj_plan.plan.problems import PlanError, Problem
from mdj_plan.plan.refusals import repeated, unknown, wrong
from mdj_plan.plan.yaml import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mdj_plan.plan.criteria import CriteriaSet, Measured
    from mdj_plan.plan.model import Plan
    from mdj_plan.plan.yaml import Document, KeyPath


def read_criteria(plan: Plan) -> tuple[CriteriaSet, ...]:
    """The sets of criteria that the plan names, as written; none where it names no file.

    Raises PlanError with every mistake: of form, of names, and a file that is not there.
    """
    if plan.criteria is None:
        return ()
    try:
        document = read_yaml(plan.criteria).within("sets")
    except OSError as error:
        found = error.strerror or str(error)
        raise PlanError([Problem("criteria-unreadable", plan.criteria.name, found=found)]) from error
    file, rest, mistakes, gone = admitted(document, CriteriaFile)
    beyond = () if file is None else _crossed(file, plan, rest)
    problems = [*document.problems, *mistakes, *(p for p in beyond if p.args.get("found") not in gone)]
    if problems:
        raise PlanError(problems)
    known = indicator_ids(plan.file.indicators)
    return tuple(replace(each, counts_for=known.get(folded(each.counts_for or ""))) for each in file.sets)


def _crossed(file: CriteriaFile, plan: Plan, document: Document) -> Iterator[Problem]:
    yield from _repeated(file.sets, document, ("sets",))
    known = indicator_ids(plan.file.indicators)
    for i, each in enumerate(file.sets):
        path: KeyPath = ("sets", i)
        if each.counts_for is not None and folded(each.counts_for) not in known:
            yield unknown(document, (*path, "counts_for"), each.counts_for, plan.indicators)
        if each.from_ and each.until and each.until < each.from_:
            yield wrong(document, (*path, "until"), str(each.until), f"≥ {each.from_}")
        yield from _repeated(each.criteria, document, (*path, "criteria"))
        for n, criterion in enumerate(each.criteria):
            yield from _criterion(criterion, plan, document, (*path, "criteria", n))


def _repeated(entries: Iterable[CriteriaSet | Criterion], document: Document, path: KeyPath) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for i, entry in enumerate(entries):
        first = seen.setdefault(entry.id, i)
        if first != i:
            yield repeated(document, (*path, i, "id"), entry.id, (*path, first, "id"))


def _criterion(criterion: Criterion, plan: Plan, document: Document, path: KeyPath) -> Iterator[Problem]:
    if not criterion.any:
        yield from _measured(criterion, criterion.id, plan, document, path)
        return
    if criterion.of or criterion.months_since or criterion.at_least is not None:
        expected = phrase("nothing-beside-any")
        yield wrong(document, path, criterion.id, expected)
    for n, alternative in enumerate(criterion.any):
        yield from _measured(alternative, criterion.id, plan, document, (*path, "any", n))


def _measured(measured: Measured, name: str, plan: Plan, document: Document, path: KeyPath) -> Iterator[Problem]:
    """What is measured must be one thing, of the right type, and have a threshold."""
    if (measured.of is None) == (measured.months_since is None):
        yield wrong(document, path, name, phrase("one-test-of-a-criterion"))
    if measured.at_least is None:
        yield Problem("plan-missing-key", document.name, document.cell(path), key="at_least")
    if measured.of is None and (measured.per or measured.over):
        yield wrong(document, path, name, phrase("per-and-over-beside-of"))
    yield from _of_wrong_type(measured, plan, document, path)


def _of_wrong_type(measured: Measured, plan: Plan, document: Document, path: KeyPath) -> Iterator[Problem]:
    """Columns that the return has not, or that are not of the type which can be measured."""
    numeric = [field.id for field in plan.fields.values() if field.numeric]
    dates = [field.id for field in plan.fields.values() if field.type == "date"]
    for key, field, allowed in (
        ("of", measured.of, numeric),
        ("per", measured.per, numeric),
        ("months_since", measured.months_since, dates),
    ):
        if field is not None and field not in allowed:
            yield unknown(document, (*path, key), field, allowed)
