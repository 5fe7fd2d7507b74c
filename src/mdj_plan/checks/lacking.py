"""Rules about figures that are not there: V119, V120, S111.

What is blank is no zero: a sum over it is too low, and nobody sees it unless somebody says so.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from mdj_plan.checks.check import Check
from mdj_plan.findings import cells_joined
from mdj_plan.measure.actuals import admission
from mdj_plan.names import listed
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from mdj_plan.checks.case import Case
    from mdj_plan.findings import Finding
    from mdj_plan.intake.submission import Claim, Claims
    from mdj_plan.names import Words
    from mdj_plan.plan.model import Indicator, Plan

_STATED_OTHERWISE = frozenset({"kind", "state", "region", "department"})
"""Fields of a `where` that need no column: required (L102), told by V117, or the unit that reports."""


def without_size(case: Case) -> Iterator[Finding]:
    """V119: an operating maker space with neither area nor workplaces; at the first of these columns, else its name."""
    for _, claims in case.operating:
        sizeless = set(claims.blank("area_m2"))
        for at in sorted(sizeless.intersection(claims.blank("workplaces")) if sizeless else ()):
            claim = claims[at]
            if claim.kind == "makerspace":
                columns = claim.origin.columns
                field = next((name for name in ("area_m2", "workplaces") if name in columns), "name")
                yield case.of_row("V119", claim, field)


def figures_missing(case: Case) -> Iterator[Finding]:
    """V120: a number that a target sums is blank in operating rows, or its column is absent; one a field and return.

    A blank level or title is an answer. Where the column is not there at all nobody has answered: that is said too.
    """
    asked = _asked(case.plan)
    for _, rows in case.operating:
        for wanted in asked:
            lacking = wanted.lacking(rows)
            if lacking:
                yield _told(case, wanted, lacking)


def without_figures(case: Case) -> Iterator[Finding]:
    """S111: facilities in operation, and no figure in any row of the return, not even one that cannot be used."""
    figures = [field.id for field in case.plan.fields.values() if field.numeric]
    for filed, operating in case.operating:
        rows = filed.submission.claims
        if operating and all(len(rows.blank(name)) == len(rows) for name in figures):
            yield case.of_return("S111", filed.submission, rows=str(len(rows)))


class _Test(NamedTuple):
    """Whether an indicator admits a facility, by what it says in the fields asked."""

    asked: tuple[str, ...]
    admits: Callable[[tuple[Any, ...]], bool]


class _Wanted(NamedTuple):
    """A field that targets ask for, in facilities that any of `tests` admits; `summed`, or only looked at."""

    field: str
    indicators: tuple[Words, ...]
    tests: tuple[_Test, ...]
    summed: bool

    def lacking(self, claims: Claims) -> Claims:
        """Those among some claims that ought to state it and do not."""
        missing = claims.picked(claims.blank(self.field)) if self.summed else claims.lacking(self.field)
        admitted: set[int] = set()
        for test in self.tests if missing else ():
            admitted.update(at for at, said in enumerate(missing.each(*test.asked)) if test.admits(said))
        return missing.picked(sorted(admitted))


def _asked(plan: Plan) -> list[_Wanted]:
    """What the plan's targets ask of a return: the fields that they sum, then those that only a `where` looks at."""
    owed = {target.indicator for target in plan.owed}
    indicators = [indicator for indicator in plan.indicators.values() if indicator.id in owed]
    summed: dict[str, list[tuple[Indicator, _Test]]] = defaultdict(list)
    looked: dict[str, list[tuple[Indicator, _Test]]] = defaultdict(list)
    for indicator in indicators:
        if indicator.sum is not None:
            summed[indicator.sum].append((indicator, _test(indicator, set(indicator.where))))
        for name in indicator.where:
            if name not in _STATED_OTHERWISE:
                looked[name].append((indicator, _test(indicator, _STATED_OTHERWISE & set(indicator.where))))
    wanted = [_wanted(name, asking, summed=True) for name, asking in summed.items()]
    return wanted + [_wanted(name, asking, summed=False) for name, asking in looked.items() if name not in summed]


def _wanted(name: str, asking: Sequence[tuple[Indicator, _Test]], *, summed: bool) -> _Wanted:
    return _Wanted(name, tuple(i.name for i, _ in asking), tuple(test for _, test in asking), summed)


def _test(indicator: Indicator, names: AbstractSet[str]) -> _Test:
    """An indicator's test as far as the names of its `where` go that are asked."""
    asked = sorted(names)
    return _Test(tuple(asked), admission({name: indicator.where[name] for name in asked}, asked))


def _told(case: Case, wanted: _Wanted, lacking: Claims) -> Finding:
    with_cell = lacking.having(wanted.field)
    first = (with_cell or lacking)[0]
    return case.of_column(
        "V120",
        first.origin,
        wanted.field,
        at=first.at(wanted.field) if with_cell else None,
        variant="" if with_cell else "column" if wanted.summed else "looked",
        label=case.plan.fields[wanted.field].label,
        indicators=listed(wanted.indicators),
        rows=str(len(lacking)),
        cells=_cells(wanted.field, lacking),
    )


def _cells(field: str, claims: Iterable[Claim]) -> Words:
    """The cells of a field, sheet by sheet where there are several; the sheet alone where it lacks the column."""
    sheets: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in claims:
        sheets[claim.origin.sheet].append(claim)
    joined = {sheet: cells_joined(claim.at(field) for claim in of) for sheet, of in sheets.items()}
    if len(joined) == 1:
        return listed(joined.values())
    return listed("!".join(part for part in (sheet, cells) if part) for sheet, cells in joined.items())


RULES = (
    Check(("V119",), without_size, "return"),
    Check(("V120",), figures_missing, "return"),
    Check(("S111",), without_figures, "return"),
)
