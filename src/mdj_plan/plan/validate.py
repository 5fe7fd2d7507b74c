"""Every mistake in the plan's files at once, or the `Plan` that they state (contract 1)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mdj_plan.links import real
from mdj_plan.names import folded
from mdj_plan.plan.columns import columns_of
from mdj_plan.plan.crossed import crossed
from mdj_plan.plan.door import admitted
from mdj_plan.plan.entries import PlanFile
from mdj_plan.plan.indicators import indicator_ids
from mdj_plan.plan.model import Plan
from mdj_plan.plan.problems import PlanError
from mdj_plan.plan.quotas import Quotas, read_quotas
from mdj_plan.plan.synonyms import Wordlist, read_synonyms
from mdj_plan.plan.units import Directory
from mdj_plan.plan.versions import city_targets, versions
from mdj_plan.plan.yaml import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.plan.problems import Problem
    from mdj_plan.plan.versions import Versions
    from mdj_plan.plan.yaml import Document


def validated(path: Path) -> Plan:
    """The plan of a file and its quota table. Raises PlanError with all problems found, OSError if unreadable."""
    document = read_yaml(path)
    if document.data is None and document.problems:
        raise PlanError(document.problems)
    file, rest, mistakes, gone = admitted(document, PlanFile)
    problems = [*document.problems, *mistakes]
    if file is None:
        raise PlanError(problems)
    quotas, words = _quotas(path, file), _synonyms(path, file)
    found, beyond = _beyond(file, rest, quotas)
    problems += [problem for problem in beyond if problem.args.get("found") not in gone]
    problems += words.problems
    if problems:
        raise PlanError(problems)
    originals, revisions = tuple(found.originals), tuple(found.revisions)
    return Plan(_with_ids(file), real(path), originals, tuple(found.repeated), revisions, quotas.totals, words.synonyms)


def _beyond(file: PlanFile, document: Document, quotas: Quotas) -> tuple[Versions, list[Problem]]:
    """The targets, and what is wrong across entries and in the quota table."""
    found = versions((*city_targets(file, document), *quotas.stated), file.plan)
    return found, [*crossed(file, document), *quotas.problems, *found.problems]


def _quotas(path: Path, file: PlanFile) -> Quotas:
    """The quota table of a plan file; none where it names none."""
    if file.quotas is None:
        return Quotas()
    return read_quotas(_beside(path, file.quotas), file, Directory(file))


def _synonyms(path: Path, file: PlanFile) -> Wordlist:
    """The further header words of a plan file; none where it names no table of them."""
    if file.headers is None:
        return Wordlist({})
    return read_synonyms(_beside(path, file.headers), columns_of(file.fields))


def _beside(path: Path, named: str) -> Path:
    """A file that the plan names, from the folder in which the plan itself lies."""
    return real(real(path).parent / named)


def _with_ids(file: PlanFile) -> PlanFile:
    """The file with every indicator named by its id, however it was written."""
    known = indicator_ids(file.indicators)
    targets = tuple(replace(target, indicator=known[folded(target.indicator)]) for target in file.targets)
    weights = {known[folded(name)]: weight for name, weight in file.score.weights.items()} if file.score else {}
    return replace(file, targets=targets, score=file.score and replace(file.score, weights=weights))
