"""Returns as small tables: the first line names the fields, ``-`` is a blank, ``?约500`` a cell that cannot be used."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mdj_plan.archive.identities import Identities
from mdj_plan.fields import FIELDS
from mdj_plan.intake.claims import NO_CLAIMS, Claims, Origin, Rows
from mdj_plan.intake.submission import Submission
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from tests.checks.world import PLAN, QUOTAS
from tests.folders import lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.archive.ledger import Dropped
    from mdj_plan.plan.model import Plan

BY_NAME = Identities((), {})
"""Nothing but the names themselves says which facility is meant."""


def plan_in(folder: Path, text: str = PLAN) -> Plan:
    """The plan of `tests.checks.world`: east and west, a zone of two members, two departments."""
    return load_plan(lay_out(folder, text, QUOTAS))


def claims(table: str, file: str = "a.csv") -> Claims:
    """The rows of a table; what is not said is an operating incubator. Its second line is row 2 of the sheet."""
    head, *lines = (line.split() for line in table.strip().splitlines())
    columns: dict[str, list[Any]] = {"kind": ["incubator"] * len(lines), "state": ["operating"] * len(lines)}
    columns |= {name: [_value(name, line[i]) for line in lines] for i, name in enumerate(head)}
    flaws = {
        at: frozenset(name for name, cell in zip(head, line, strict=True) if cell.startswith("?"))
        for at, line in enumerate(lines)
    }
    typed = [["" if cell == "-" else cell.removeprefix("?") for cell in line] for line in lines]
    origin = Origin(file, None, {name: i for i, name in enumerate(head)}, [head, *typed])
    return Rows(origin, range(1, len(lines) + 1), columns, flaws, FIELDS).claims()


def _value(name: str, cell: str) -> object:
    if cell == "-" or cell.startswith("?"):
        return None
    return {"number": Decimal, "whole": int}.get(FIELDS[name].type, str)(cell)


def returned(table: str = "", by: str = "east 2021Q2", *, received: str = "", **more: Any) -> Submission:
    """A return that can count, by ``unit period [version [member]]``."""
    unit, period, version, member = (*by.split(), "1", "")[:4] if by.count(" ") == 1 else (*by.split(), "")[:4]
    stated = {
        "file": f"{period}/{unit}{member}.v{version}.csv",
        "period": Period.parse(period),
        "version": int(version),
        "member": member or None,
        "readable": True,
        "periods": frozenset({Period.parse(period)}),
        "received": dt.date.fromisoformat(received) if received else None,
    } | more
    rows = claims(table, str(stated["file"])) if table else NO_CLAIMS
    return Submission(unit=unit, claims=rows, **stated)  # type: ignore[arg-type] # as stated above


def dropped(rows: tuple[Dropped, ...]) -> list[tuple[int, str, int | None]]:
    """Each row that does not count: its number, the reason, the row that it repeats."""
    return [(d.claim.row + 1, d.reason, None if d.first is None else d.first.row + 1) for d in rows]
