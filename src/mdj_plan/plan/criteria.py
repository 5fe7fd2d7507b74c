"""Criteria of accreditation as data (contract 6.2): sets of them, each with its document and its time."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from mdj_plan.marks import Amount, Id, Name, Named, OneOrMore, Positive, Quarter, Some, Text, record

Kind = Literal["incubator", "makerspace", "science_park"]


@record
class Measured:
    """What is compared with `at_least`: a field (`of`), divided by another (`per`) and multiplied (`times`), or the
    full months since a date.

    `over: year`: the greater of the value now and that of the last fourth quarter. `remote` multiplies `at_least` for
    facilities in remote units.
    """

    of: Id | None = None
    per: Id | None = None
    times: Positive = Decimal(1)
    over: Literal["year"] | None = None
    months_since: Id | None = None
    at_least: Amount | None = None
    remote: Positive | None = None


@record
class Criterion(Measured):
    """One criterion: a measure of its own, or `any` of several."""

    id: Id
    name: Name
    any: tuple[Measured, ...] = ()
    note: Text | None = None

    @property
    def alternatives(self) -> tuple[Measured, ...]:
        """What may meet it: its own measure, or each of several."""
        return self.any or (self,)


@record
class CriteriaSet:
    """The criteria of one title: for facilities of a `kind` whose level is `below` that of the title.

    In force for periods from `from` to `until`; `counts_for` is the id of the indicator that a success raises.
    """

    id: Id
    name: Name
    document: Named | None = None
    from_: Quarter | None = None
    until: Quarter | None = None
    kind: Annotated[tuple[Kind, ...], OneOrMore(), Some()]
    below: Literal["national", "provincial", "municipal"] | None = None
    counts_for: Named | None = None
    criteria: Annotated[tuple[Criterion, ...], Some()]
    note: Text | None = None


@record
class CriteriaFile:
    """The whole of a criteria file: a list of sets."""

    sets: tuple[CriteriaSet, ...] = ()
