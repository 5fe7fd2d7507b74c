"""The findings that the office has accepted, until when and why (contract 5.4, exceptions.csv).

Read with the care of a return: what cannot be used is a finding at its line (P106), and its row has no effect.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, NamedTuple

from mdj_plan.archive.actions import existing
from mdj_plan.archive.recalled import NOWHERE, recalled
from mdj_plan.findings import CATALOGUE, Accepted, Finding, Location, ever_accepted, finding
from mdj_plan.intake.layout.headers import header, read_synonyms, vocabulary
from mdj_plan.intake.tables.columns import Column
from mdj_plan.intake.tables.kinds import QUARTER, TEXT
from mdj_plan.intake.tables.slips import in_words
from mdj_plan.intake.tables.table import OfficeTable, Slip, read_table
from mdj_plan.names import Words, listed, nearest
from mdj_plan.period import Period  # noqa: TC001 - the table's door asks the annotations
from mdj_plan.plan.units import Directory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mdj_plan.archive.identities import Identities
    from mdj_plan.findings import Argument
    from mdj_plan.kept.shelf import Shelf
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


class Exempt(NamedTuple):
    """A usable row: which findings it fits (None: any), why and until when, and where it stands."""

    code: str
    unit: str | None
    facility: str | None
    field: str | None
    accepted: Accepted
    at: Location


@dataclass(frozen=True)
class Exceptions:
    """What the office has accepted, in the order of the file, and what is wrong with its rows (P106)."""

    rows: tuple[Exempt, ...] = ()
    wrong: tuple[Finding, ...] = ()
    identities: Identities | None = None

    def fits(self, row: Exempt, found: Finding) -> bool:
        """Whether a row means a finding: the same code, and unit, facility and field wherever the row names them."""
        if row.code != found.code or row.unit not in {None, found.unit} or row.field not in {None, found.field}:
            return False
        if row.facility is None:
            return True
        return found.facility is not None and self._same(row.facility, found.facility)

    def _same(self, one: str, other: str) -> bool:
        return self.identities is not None and self.identities.agree(one, other)


NOTHING_ACCEPTED = Exceptions()


def read_exceptions(plan: Plan, identities: Identities, shelf: Shelf = NOWHERE) -> Exceptions:
    """The plan's table; nothing where there is none. Raises OSError where it cannot be opened."""
    path = existing(plan.exceptions)
    if path is None:
        return Exceptions(identities=identities)
    records = (Exempt, Exceptions)
    found = recalled(plan, path, shelf, records, lambda: understood(plan, read_table(path, Line, strict=True)))
    return replace(found, identities=identities)


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
    return Words(f"是不是“{name}”？", f"Is “{name}” meant?") if name else Words("", "")


def field_named(plan: Plan, typed: str) -> str | None:
    """The id of the field that a header of a return, or an id, names; None for none."""
    word = typed.strip()
    if word in plan.fields:
        return word
    key = header(word).key
    own = {header(field.header).key: field.id for field in plan.fields.values()}
    if key in own:
        return own[key]
    synonyms = read_synonyms(plan.headers) if plan.headers is not None else None
    return vocabulary(synonyms).named("facilities", word)[0]


def _unread(slip: Slip) -> Finding:
    """P106 of a row or table that could not be read, in the words of the reader of tables."""
    args = dict(slip.args)
    variant = {"table-blank": "blank", "table-wrong-value": "value"}.get(slip.name, "table")
    if variant == "table":
        return finding("P106", slip.at, variant=variant, args={"why": in_words(slip), "heads": listed(HEADS)})
    return finding("P106", slip.at, value=str(args.get("found", "")), variant=variant, args=args)


def accepting(found: Iterable[Finding], exceptions: Exceptions, period: Period) -> tuple[Finding, ...]:
    """The findings of a run at a period, those that the office has accepted marked as such."""
    if not exceptions.rows:
        return tuple(found)
    return tuple(_accepted(each, exceptions, period) for each in found)


def _accepted(found: Finding, exceptions: Exceptions, period: Period) -> Finding:
    when = found.period or period
    rows = (row for row in exceptions.rows if when <= row.accepted.until and exceptions.fits(row, found))
    row = next(rows, None)
    if row is None or not found.may_be_accepted:
        return found
    return found._replace(accepted=row.accepted)


def of_exceptions(
    exceptions: Exceptions, period: Period, now: Iterable[Finding], earlier: Iterable[Iterable[Finding]]
) -> Iterator[Finding]:
    """P106; P107: a row that ended before the period and would fit one of its findings (`now`); P108: a row in force
    that fits none of them, nor any of an earlier period (`earlier`, looked at only where it matters).
    """
    yield from exceptions.wrong
    may_be = [found for found in now if found.may_be_accepted]
    idle = []
    for row in exceptions.rows:
        fitting = any(exceptions.fits(row, found) for found in may_be)
        if row.accepted.until < period:
            if fitting:
                yield _about(row, "P107", until=str(row.accepted.until))
        elif not fitting:
            idle.append(row)
    for findings in earlier if idle else ():
        may_be = [found for found in findings if found.may_be_accepted]
        idle = [row for row in idle if not any(exceptions.fits(row, found) for found in may_be)]
        if not idle:
            break
    yield from (_about(row, "P108", until=str(row.accepted.until)) for row in idle)


def _about(row: Exempt, code: str, **args: Argument) -> Finding:
    return finding(code, row.at, value=row.code, unit=row.unit, args=args, facility=row.facility, field=row.field)
