"""The table of what the office has accepted (contract 5.4, exceptions.csv).

Read with the care of a return: what cannot be used is a finding at its line (P106), and its row has no effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from mdj_plan.archive.exceptions import Exceptions, Exempt
from mdj_plan.findings import CATALOGUE, Accepted, Finding, ever_accepted, finding
from mdj_plan.intake.layout.headers import vocabulary
from mdj_plan.names import Words, listed, nearest
from mdj_plan.period import Period  # noqa: TC001 - the table's door asks the annotations
from mdj_plan.phrases import phrase
from mdj_plan.plan.units import Directory
from mdj_plan.sheets.tables.columns import Column
from mdj_plan.sheets.tables.kinds import QUARTER, TEXT
from mdj_plan.sheets.tables.slips import in_words
from mdj_plan.sheets.tables.table import OfficeTable, Slip, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mdj_plan.findings import Argument
    from mdj_plan.plan.model import Plan

HEADS = ("规则", "单位", "载体名称", "字段", "理由", "批准人", "批准日期", "有效至")
"""The columns, as `accept` writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of the table as it stands; `row` counts from 0."""

    row: int
    rule: Annotated[
        str, Column(("规则", "代码", "问题代码", "rule", "code"), TEXT, required=True, needed=True, english="rule")
    ]
    unit: Annotated[str | None, Column(("单位", "责任单位", "填报单位", "unit"), TEXT)] = None
    facility: Annotated[str | None, Column(("载体名称", "载体", "facility"), TEXT)] = None
    field: Annotated[str | None, Column(("字段", "填报项", "field"), TEXT)] = None
    reason: Annotated[str, Column(("理由", "原因", "reason"), TEXT, required=True, needed=True, english="reason")]
    by: Annotated[str | None, Column(("批准人", "by"), TEXT)] = None
    on: Annotated[str | None, Column(("批准日期", "date"), TEXT)] = None
    note: Annotated[str | None, Column(("备注", "说明", "note"), TEXT)] = None
    until: Annotated[
        Period, Column(("有效至", "有效期至", "until"), QUARTER, required=True, needed=True, english="accepted until")
    ]


def read(plan: Plan, path: Path) -> Exceptions:
    """The exceptions in a file. Raises OSError where it cannot be opened."""
    return understood(plan, read_table(path, Line, strict=True))


def understood(plan: Plan, table: OfficeTable[Line]) -> Exceptions:
    """The exceptions that a table's rows state, by the plan's names; whose names agree is not known to them yet."""
    reader = _Reader(plan, table)
    rows = tuple(reader.rows())
    return Exceptions(rows, tuple(sorted(reader.wrong, key=lambda f: (f.at.row, f.at.column))))


class _Reader:
    """Makes sense of the rows, one by one."""

    def __init__(self, plan: Plan, table: OfficeTable[Line]) -> None:
        self.plan, self.table = plan, table
        self.directory = Directory(plan.file)
        self.wrong: list[Finding] = [_unread(slip) for slip in table.slips]

    def rows(self) -> Iterator[Exempt]:
        """The rows that can be used; what cannot is among `wrong`, once a row."""
        for line in self.table.rows:
            before = len(self.wrong)
            row = Exempt(
                self._code(line),
                self._unit(line),
                line.facility,
                self._field(line),
                Accepted(line.reason, line.by, line.until),
                self.table.at(line.row, "rule"),
            )
            if len(self.wrong) == before:
                yield row
        for line in self.table.partial:  # for what else is wrong with it
            if line.rule:
                self._code(line)
            self._unit(line)
            self._field(line)

    def _code(self, line: Line) -> str:
        word = line.rule.strip()
        code = next((c for c, rule in CATALOGUE.items() if word.casefold() in {c.casefold(), rule.rule}), None)
        if code is None:
            self._object(line, "rule", "code", near=_perhaps(nearest(word.upper(), CATALOGUE)))
        elif not ever_accepted(code):
            self._object(line, "rule", "never")
        return code or word

    def _unit(self, line: Line) -> str | None:
        if line.unit is None:
            return None
        found = self.directory.find(line.unit)
        if found is None:
            self._object(line, "unit", "unit", near=_perhaps(self.directory.suggestion(line.unit)))
        return found.unit if found is not None else None

    def _field(self, line: Line) -> str | None:
        if line.field is None:
            return None
        found = field_named(self.plan, line.field)
        if found is None:
            heads = [field.header for field in self.plan.fields.values()]
            self._object(line, "field", "field", near=_perhaps(nearest(line.field, [*heads, *self.plan.fields])))
        return found

    def _object(self, line: Line, field: str, variant: str, **args: Argument) -> None:
        at, typed = self.table.at(line.row, field), self.table.typed(line.row, field)
        self.wrong.append(finding("P106", at, value=typed, variant=variant, args=args))


def _perhaps(name: str | None) -> Words:
    """The question whether a name was meant; nothing without one."""
    return phrase("is-meant", name=name) if name else Words("", "")


def field_named(plan: Plan, typed: str) -> str | None:
    """The id of the field that a header of a return, or an id, names; None for none."""
    word = typed.strip()
    if word in plan.fields:
        return word
    return vocabulary(plan.synonyms, plan.fields).named("facilities", word)[0]


def _unread(slip: Slip) -> Finding:
    """P106 of a row or table that could not be read, in the words of the reader of tables."""
    args = dict(slip.args)
    variant = {"table-blank": "blank", "table-wrong-value": "value"}.get(slip.name, "table")
    if variant == "table":
        return finding("P106", slip.at, variant=variant, args={"why": in_words(slip), "heads": listed(HEADS)})
    return finding("P106", slip.at, value=str(args.get("found", "")), variant=variant, args=args)
