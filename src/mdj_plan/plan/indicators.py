"""What an indicator may count or sum, over which facilities, and how it is named (contract 1, targets.yaml)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.fields import FIELDS
from mdj_plan.measures import multiple
from mdj_plan.names import folded
from mdj_plan.phrases import phrase
from mdj_plan.plan.columns import field_of
from mdj_plan.plan.refusals import unknown, wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mdj_plan.fields import Field
    from mdj_plan.plan.entries import Indicator, PlanFile
    from mdj_plan.plan.problems import Problem
    from mdj_plan.plan.yaml import Document, KeyPath


def indicator_ids(indicators: Iterable[Indicator]) -> dict[str, str]:
    """Indicators by all they may be called, folded: the id, else a name in either language that is no other's."""
    indicators = tuple(indicators)
    named: dict[str, set[str]] = {}
    for indicator in indicators:
        for name in (indicator.name.zh, indicator.name.en):
            named.setdefault(folded(name), set()).add(indicator.id)
    found = {name: min(ids) for name, ids in named.items() if name and len(ids) == 1}
    return found | {folded(indicator.id): indicator.id for indicator in indicators}


def crossed_indicators(file: PlanFile, document: Document) -> Iterator[Problem]:
    """Neither or both of count and sum, fields that there are not, units that do not fit, wheres that cannot hold."""
    columns = {**{column.id: field_of(column) for column in file.fields}, **FIELDS}
    for i, indicator in enumerate(file.indicators):
        path: KeyPath = ("indicators", i)
        if (indicator.count is None) == (indicator.sum is None):
            expected = phrase("either-count-or-sum")
            yield wrong(document, path, indicator.id, expected)
        if indicator.sum is not None:
            yield from _sum(indicator, indicator.sum, columns, document, path)
        for key, wanted in indicator.where.items():
            yield from _where(file, columns, document, (*path, "where", key), wanted)


def _sum(
    indicator: Indicator, name: str, columns: Mapping[str, Field], document: Document, path: KeyPath
) -> Iterator[Problem]:
    numeric = [field.id for field in columns.values() if field.numeric]
    if name not in numeric:
        yield unknown(document, (*path, "sum"), name, numeric)
        return
    measure = columns[name].measure
    if multiple(indicator.unit.zh, measure) is None:
        expected = phrase("measure-or-multiple", measure=measure)
        yield wrong(document, (*path, "unit"), indicator.unit.zh, expected)


def _where(
    file: PlanFile, columns: Mapping[str, Field], document: Document, path: KeyPath, wanted: str | tuple[str, ...]
) -> Iterator[Problem]:
    key = str(path[-1])
    askable = [f.id for f in columns.values() if f.type in {"text", "code", "unit", "choice", "choices"}]
    if key not in askable:
        yield unknown(document, path, key, askable, key=True)
        return
    if not wanted:
        yield wrong(document, path, "[]", phrase("at-least-one-entry"))
    allowed = _allowed(file, columns[key])
    for n, value in enumerate([wanted] if isinstance(wanted, str) else wanted):
        if allowed is not None and value not in allowed:
            yield unknown(document, path if isinstance(wanted, str) else (*path, n), value, allowed)


def _allowed(file: PlanFile, field: Field) -> list[str] | None:
    """The values that a field can have; None for any text."""
    if field.type == "unit":
        return [unit.id for unit in file.units if unit.kind == field.unit_kind]
    return [kept for _, kept in field.choices] or None
