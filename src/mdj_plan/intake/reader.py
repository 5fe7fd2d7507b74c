"""One file into one `Submission`, in stages: file → layout → values. Nothing raises for somebody's file."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mdj_plan.fields import CHOICES, COVER
from mdj_plan.findings import CATALOGUE, Finding, Severity
from mdj_plan.intake import door
from mdj_plan.intake.given import UNSTATED, Given
from mdj_plan.intake.layout.cover import parts
from mdj_plan.intake.layout.headers import vocabulary
from mdj_plan.intake.layout.survey import survey
from mdj_plan.intake.parse import Readers
from mdj_plan.intake.rows import read_claims, read_duties
from mdj_plan.intake.submission import NO_CLAIMS, Claims, Contact, Dated, DutyReport, Submission
from mdj_plan.intake.whose import Whose, whose
from mdj_plan.period import Period
from mdj_plan.plan.units import Directory
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Fault, as_typed, place
from mdj_plan.sheets.formats import content as formats
from mdj_plan.sheets.values import parsers as values
from mdj_plan.sheets.values.boxes import ticked

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mdj_plan.intake.handed import Opened
    from mdj_plan.intake.layout.entry import Entry
    from mdj_plan.intake.layout.headers import Vocabulary
    from mdj_plan.intake.layout.survey import Layout
    from mdj_plan.intake.layout.table import Table
    from mdj_plan.plan.model import Plan
    from mdj_plan.sheets.cells import Book, Cell

_REFUSED = frozenset({"F101", "F102", "F103", "F104", "F107", "L101", "L102", "L105", "L106", "L107", "L110"})
"""A return with one of these cannot count, and neither can one whose cover names an unknown unit (V113)."""
_UNQUOTED = frozenset({"open", "stray", "lines"})
"""The variants of F108 after which no row of the file can be trusted."""


class Reader(NamedTuple):
    """What reading needs of a plan, made once: its directory of units, its duties, the words of headers."""

    plan: Plan
    directory: Directory
    duties: Mapping[str, str]
    words: Vocabulary
    memory: dict[Any, Any]
    districts: frozenset[str]

    @classmethod
    def of(cls, plan: Plan) -> Reader:
        """The reader of returns to this plan."""
        duties = {}
        for duty in plan.file.duties:
            for name in (duty.id, duty.name.zh, duty.name.en):
                if name:
                    duties[name] = duty.id
        districts = {u.id for u in plan.file.units if u.kind == "district" and not u.lies_in_districts}
        return cls(plan, Directory(plan.file), duties, vocabulary(plan.synonyms, plan.fields), {}, frozenset(districts))

    def refused(self, file: str, fault: Fault, sha256: str = "", given: Given = UNSTATED) -> Submission:
        """A return that could not be read, with what is wrong with it; its names may still say whose it is."""
        return _submission(file, whose(file, None, self.directory, given=given), (fault,), sha256=sha256)

    def read(self, data: bytes, file: str, given: Given = UNSTATED) -> Submission:
        """Read a return. `file` is its path relative to the submissions folder: its name and folders may say whose.

        What is `given`, the office says of it; nothing in the return or its name speaks against that.
        """
        return self._of_book(formats.read_bytes(data, file.rsplit("/", 1)[-1]), data, file, given)

    def read_all(self, returns: Sequence[Opened]) -> list[Submission]:
        """Read several returns, each as `read` does; all their cells first.

        A small file is read in less time than the processor needs to fetch what reads it: what makes cells of bytes,
        and what understands them, are each fetched once for all of them.
        """
        books = [formats.read_bytes(data, file.rsplit("/", 1)[-1]) for data, file, _ in returns]
        return [self._of_book(book, *each) for book, each in zip(books, returns, strict=True)]

    def _of_book(self, book: Book, data: bytes, file: str, given: Given) -> Submission:
        sha256 = hashlib.sha256(data).hexdigest()
        if not book.sheets:
            owner = whose(file, None, self.directory, given=given)
            return _submission(file, owner, (*book.faults, *owner.faults), sha256=sha256)
        return self._understood(book, file, sha256, given)

    def _understood(self, book: Book, file: str, sha256: str, given: Given) -> Submission:
        layout = survey(book, self.words)
        owner = whose(file, layout, self.directory, self.districts, given)
        cover = _Cover(layout, since_1904=any(sheet.since_1904 for sheet in book.sheets))
        cutoff = cover.cutoff or (owner.period.last_day if owner.period else None)
        own = self.plan.units[owner.reporter.unit] if owner.reporter else None
        readers = Readers(self.plan.file, self.directory, cutoff, own, self.memory)
        claims, duties, faults = self._rows(layout.tables, file, readers)
        if cover.type == "nil" and any(claim.usable for claim in claims):
            faults.append(cover.contradicted(len(claims)))
        laid_out = [f for f in layout.faults if f.code != "L101" or cover.type == "normal"]
        return _submission(
            file,
            owner,
            (
                *book.faults,
                *laid_out,
                *map(self._with_example, _asked(owner.faults, laid_out)),
                *self._beyond(owner, layout),
                *cover.faults,
                *faults,
            ),
            sha256=sha256,
            type_=cover.type,
            claims=claims,
            duties=duties,
            received=cover.reported,
            cutoff=cutoff,
            declared=cover.declared,
            contact=cover.contact,
            dated=tuple(cover.dated),
        )

    def _rows(
        self, tables: Iterable[Table], file: str, readers: Readers
    ) -> tuple[Claims, tuple[DutyReport, ...], list[Fault]]:
        """The rows of all tables of a return, of facilities and of duties, and what is wrong with them."""
        claims: list[Claims] = []
        duties: list[DutyReport] = []
        faults: list[Fault] = []
        for table in tables:
            if table.kind == "facilities":
                rows, found = read_claims(self._without_seals(table), file, readers)
                claims.append(rows)
            else:
                reports, found = read_duties(table, file, readers, self.duties)
                duties += reports
            faults += found
        return Claims.joined(claims), tuple(duties), faults

    def _with_example(self, fault: Fault) -> Fault:
        """L106 with a period to show how it is written: the one that is likely meant, else one of the plan."""
        if fault.code != "L106":
            return fault
        near = dict(fault.args).get("near")
        period = Period.parse(str(near)) if near else min(self.plan.start.shift(1), self.plan.end)
        written = f"{period.year}年第{'一二三四'[period.quarter - 1]}季度"
        return fault._replace(args=(*fault.args, ("example", written), ("code", str(period))))

    def _beyond(self, owner: Whose, layout: Layout) -> Iterator[Fault]:
        """L110: a period after the plan's end, at the cover's 报告期 where there is one."""
        end = self.plan.end
        if owner.period is not None and owner.period > end and owner.agreed_period:
            args = (("stated", str(owner.period)), ("end", str(end)))
            entry = next(iter(layout.cover.get("period", ())), None)
            if entry is None:
                yield Fault("L110", value=str(owner.period), args=args)
            else:
                yield Fault("L110", entry.sheet, entry.row, entry.column, as_typed(entry.value), "", args)

    def _without_seals(self, table: Table) -> Table:
        """The table without rows that hold nothing but the name of a unit: a seal below it, or a heading in it."""
        if not table.alone:
            return table
        index = table.columns["name"].index
        seals = {row for row in table.alone if self.directory.find(as_typed(table.sheet.rows[row][index])) is not None}
        return replace(table, rows=[row for row in table.rows if row not in seals]) if seals else table


def _asked(faults: Iterable[Fault], laid_out: Iterable[Fault]) -> Iterator[Fault]:
    """What is wrong with unit and period; a file without any table is no return, and is not asked whose it is."""
    no_return = any(fault.code == "L101" for fault in laid_out)
    return (fault for fault in faults if not no_return or fault.code not in {"L105", "L106"})


def _since_1904(raw: Cell) -> values.Reading:
    """A day on the cover of a workbook whose days count from 1904."""
    return values.whole_day(values.since_1904(raw))


class _Cover:
    """The cover's dates and report type; what cannot be read is a fault."""

    def __init__(self, layout: Layout, *, since_1904: bool) -> None:
        self.layout = layout
        self.faults: list[Fault] = []
        self.dated: list[Dated] = []
        day = _since_1904 if since_1904 else values.whole_day
        self.cutoff: dt.date | None = self._first("cutoff", day)
        self.reported: dt.date | None = self._first("reported", day)
        self.type: str = self._first("type", _report_type) or "normal"

    def _first(self, name: str, read: Callable[[Cell], values.Reading]) -> Any:
        """The first statement of a cover field that can be read; None where there is none."""
        for entry in self.layout.cover.get(name, ()):
            (reading,) = door.read(COVER[name], [entry.value], read)
            if reading.code and len(cut := parts(entry.value)) > 1:
                (reading,) = door.read(COVER[name], cut[:1], read)
            if reading.code:
                args = (("field", COVER[name].label), *reading.args)
                typed = as_typed(entry.value)
                fault = Fault(reading.code, entry.sheet, entry.row, entry.column, typed, reading.variant, args)
                self.faults.append(fault)
            elif reading.value is not None:
                if COVER[name].type == "date":
                    self.dated.append(Dated(name, reading.value, entry))
                return reading.value
        return None

    @property
    def contact(self) -> Contact | None:
        """Whom to call, where the cover names anybody."""
        author, phone = (self._said(name) for name in ("author", "phone"))
        return Contact(author, phone) if author or phone else None

    def _said(self, name: str) -> str | None:
        """The first statement of a cover field that is not blank, as text."""
        return next(
            (said for entry in self.layout.cover.get(name, ()) if (said := values.text(entry.value).value)), None
        )

    @property
    def declared(self) -> Entry | None:
        """The statement of the report type."""
        return next(iter(self.layout.cover.get("type", ())), None)

    def contradicted(self, rows: int) -> Fault:
        """L107: a nil return that lists facilities."""
        entry = self.layout.cover["type"][0]
        typed = as_typed(entry.value)
        return Fault("L107", entry.sheet, entry.row, entry.column, typed, "nil", (("rows", str(rows)),))


def _report_type(raw: Cell) -> values.Reading:
    """One of the listed words, or the one that is ticked where all are printed."""
    return ticked(raw, CHOICES["type"]) or values.choice(raw, CHOICES["type"])


def _submission(
    file: str,
    owner: Whose,
    faults: Iterable[Fault],
    *,
    sha256: str,
    type_: str = "normal",
    claims: Claims = NO_CLAIMS,
    duties: tuple[DutyReport, ...] = (),
    received: dt.date | None = None,
    cutoff: dt.date | None = None,
    declared: Entry | None = None,
    dated: tuple[Dated, ...] = (),
    contact: Contact | None = None,
) -> Submission:
    faults = tuple(faults)
    names = _names(claims, faults)
    refused = not owner.certain or any(map(_refuses, faults))
    unit = owner.reporter.unit if owner.reporter else None
    return Submission(
        file=file,
        unit=unit,
        member=owner.reporter.member if owner.reporter else None,
        period=owner.period,
        version=owner.version,
        type=type_,
        claims=claims,
        duties=duties,
        findings=tuple(_attributed(f, file, unit, owner, names.get((f.sheet, f.row))) for f in faults),
        readable=not refused,
        received=received,
        cutoff=cutoff,
        periods=owner.periods,
        sha256=sha256,
        declared=declared,
        dated=dated,
        contact=contact,
    )


def _names(claims: Claims, faults: Iterable[Fault]) -> dict[tuple[str | None, int], str | None]:
    """The name, as typed, of the facility in each row that a fault is about; what a merged range spreads, as read."""
    rows = {fault.row for fault in faults}
    if not rows:
        return {}
    named = (table.claim(at) for table in claims.tables for at, row in enumerate(table.rows) if row in rows)
    return {(c.origin.sheet, c.row): c.typed("name") or c.name for c in named}


def _refuses(fault: Fault) -> bool:
    """Whether a return with this fault cannot count."""
    if fault.code == "F105":
        return not fault.warning
    return fault.code in _REFUSED or (fault.code == "F108" and fault.variant in _UNQUOTED)


def _attributed(fault: Fault, file: str, unit: str | None, owner: Whose, facility: str | None) -> Finding:
    """The fault as a finding. Where the period is in dispute, or cannot be meant, it belongs to none: no run passes it
    over.
    """
    severity = Severity.WARNING if fault.warning else CATALOGUE[fault.code].severity
    period = owner.period if owner.agreed_period and fault.code != "L110" else None
    at = place(file, fault.sheet, fault.row, fault.column)
    return Finding(
        fault.code, severity, at, fault.value, unit, period, fault.variant, fault.args, facility, fault.field
    )
