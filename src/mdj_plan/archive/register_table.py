"""The register of aliases (contract 1, register.csv), read with the care of a return: which names mean one facility."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from mdj_plan.fields import CHOICES
from mdj_plan.names import listed
from mdj_plan.plan.problems import PlanError, Problem
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.tables.columns import Column, Kind
from mdj_plan.sheets.tables.kinds import TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mdj_plan.sheets.cells import Cell
    from mdj_plan.sheets.tables.table import OfficeTable, Slip
    from mdj_plan.sheets.values.reading import Reading


class Alias(NamedTuple):
    """A claim of the kind `alias_kind` that bears the name `alias` means the facility `name` of the kind `kind`."""

    kind: str
    name: str
    alias_kind: str
    alias: str


def _kind(raw: Cell) -> Reading:
    from mdj_plan.sheets.values.parsers import choice

    return choice(raw, CHOICES["kind"])


KIND = Kind(_kind, listed(CHOICES["kind"]))
"""A kind of facility."""


@dataclass(frozen=True, slots=True)
class AliasRow:
    """A row of the table as it stands. `row` counts from 0; an `alias_kind` of None is the facility's own kind."""

    row: int
    name: Annotated[str, Column(("载体名称", "载体", "名称"), TEXT, required=True, needed=True, english="facility")]
    kind: Annotated[str, Column(("载体类型", "类型"), KIND, required=True, needed=True, english="kind")]
    alias: Annotated[str, Column(("别名", "曾用名", "又名"), TEXT, required=True, needed=True, english="alias")]
    alias_kind: Annotated[str | None, Column(("别名类型",), KIND)] = None
    basis: Annotated[str | None, Column(("依据", "理由", "说明"), TEXT)] = None
    note: Annotated[str | None, Column(("备注",), TEXT)] = None


def read_register(path: Path, compared: Callable[[str], str]) -> tuple[Alias, ...]:
    """Every alias, in the file's order; `compared` gives the form in which names are compared.

    Raises PlanError with every mistake in the table, an alias of two facilities among them, or OSError.
    """
    from mdj_plan.sheets.tables.table import read_table  # with all that reads tables: not where the register is kept

    table = read_table(path, AliasRow)
    slips = sorted([*table.slips, *_twice(table, compared)], key=lambda each: each.row)
    if slips:
        raise PlanError(map(Problem.of, slips))
    return tuple(Alias(row.kind, row.name, row.alias_kind or row.kind, row.alias) for row in table.rows)


def _twice(table: OfficeTable[AliasRow], compared: Callable[[str], str]) -> Iterator[Slip]:
    """Rows whose alias stands for another facility already: nobody can say which one a claim means."""
    from mdj_plan.sheets.tables.table import slip

    first: dict[tuple[str, str], AliasRow] = {}
    for row in table.rows:
        before = first.setdefault((row.alias_kind or row.kind, compared(row.alias)), row)
        if (before.kind, compared(before.name)) != (row.kind, compared(row.name)):
            at = table.at(row.row, "alias")
            yield slip("alias-of-another", at, found=row.alias, other=before.name, line=str(before.row + 1))
