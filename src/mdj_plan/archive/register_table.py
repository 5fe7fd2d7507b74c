"""The register of aliases (contract 1, register.csv), read with the care of a return: which names mean one facility."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, NamedTuple

from mdj_plan.fields import CHOICES
from mdj_plan.names import listed
from mdj_plan.plan.problems import PlanError, Problem
from mdj_plan.sheets.tables.columns import Column, Kind
from mdj_plan.sheets.tables.kinds import TEXT

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.sheets.cells import Cell
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


def read_register(path: Path) -> tuple[Alias, ...]:
    """Every alias, in the file's order. Raises PlanError with every mistake in the table, or OSError."""
    from mdj_plan.sheets.tables.table import read_table  # with all that reads tables: not where the register is kept

    table = read_table(path, AliasRow)
    if table.slips:
        raise PlanError(map(Problem.of, table.slips))
    return tuple(Alias(row.kind, row.name, row.alias_kind or row.kind, row.alias) for row in table.rows)
