"""The workbook's lists: returns, findings, overlaps, the register of facilities, sources."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan import __version__
from mdj_plan.intake.cells import address
from mdj_plan.reports.views import kind_name, register_rows, source_cell
from mdj_plan.reports.views import sources as source_rows
from mdj_plan.reports.workbook_figures import measure

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment
    from mdj_plan.findings import Finding
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.reports.sheet import Paper, Sheet

_SHADES = {"received": "green", "late": "yellow", "partial": "yellow", "carried": "red", "missing": "red"}
_SEVERITIES = {"error": "red", "warning": "yellow", "note": "plain"}


def _row(sheet: Sheet, words: list[str], *, fill: dict[int, str] | None = None) -> None:
    for column, word in enumerate(words):
        sheet.text(column, word, fill=(fill or {}).get(column, ""))
    sheet.next(words)


def returns(paper: Paper, a: Assessment) -> None:
    """Who has reported: one row per unit, and per member where they report singly."""
    texts = paper.texts
    sheet = paper.sheet(texts("book-returns"), texts("book-returns-title"), (26, 14, 13, 13, 9, 8, 9, 46))
    heads = ("who", "status", "due", "received", "days", "version", "facilities", "file")
    sheet.heads([texts(f"book-{head}") for head in heads])
    for state in a.units:
        _returned(sheet, state)
    sheet.finish()


def _returned(sheet: Sheet, state: UnitState) -> None:
    texts = sheet.paper.texts
    word = texts(f"submission-{state.status}")
    if state.status == "carried":
        word += f" {state.return_period}"
    late = (state.received - state.due).days if state.status == "late" and state.received else 0
    received = state.received.isoformat() if state.received else ""
    words = [texts.words(state.unit.name), word, state.due.isoformat(), received, str(late) if late else ""]
    words += [str(state.version or ""), "" if state.facilities is None else str(state.facilities), state.file or ""]
    _row(sheet, words, fill={1: _SHADES[state.status]})
    for member in state.members:
        day = member.received.isoformat() if member.received else ""
        said = texts(f"submission-{member.status}")
        words = [f"　{member.member}", said, "", day, "", str(member.version or ""), "", member.file or ""]
        _row(sheet, words, fill={1: _SHADES[member.status]})


def findings(paper: Paper, a: Assessment) -> None:
    """What is wrong with the returns: business words first, technical columns last."""
    texts = paper.texts
    sheet = paper.sheet(texts("book-findings"), texts("book-findings-title"), (16, 9, 46, 38, 20, 38, 8, 24))
    heads = ("who", "severity", "wrong", "todo", "as-typed", "where", "code", "rule")
    sheet.heads([texts(f"book-{head}") for head in heads])
    ranked = sorted(a.findings, key=lambda f: f.severity.rank)
    for finding in ranked:
        _found(sheet, a, finding)
    if not ranked:
        sheet.note(texts("book-no-findings"))
    sheet.finish()


def _found(sheet: Sheet, a: Assessment, finding: Finding) -> None:
    texts = sheet.paper.texts
    unit = a.plan.units.get(finding.unit or "")
    who = texts.words(unit.name) if unit else texts("book-plan-itself")
    where = source_cell(finding.at.file, finding.at.sheet, finding.at.cell)
    words = [who, texts(f"severity-{finding.severity.value}"), texts.message(finding), texts.hint(finding)]
    words += [finding.value or "", where, finding.code, finding.rule]
    _row(sheet, words, fill={1: _SEVERITIES[finding.severity.value]})


def overlaps(paper: Paper, a: Assessment) -> None:
    """How much the units' figures together exceed the city's, and the facilities that several units claim."""
    texts = paper.texts
    sheet = paper.sheet(texts("book-overlaps"), texts("book-overlaps-title"), (30, 14, 14, 14, 34, 34))
    sheet.heads([texts(f"book-{head}") for head in ("indicator", "gross", "net-head", "overlap")], repeat=False)
    for indicator in a.plan.indicators.values():
        net = a.measure.actual(None, indicator, a.period).value
        if net is None:
            continue
        unit, by, form = measure(indicator)
        owners = [a.measure.actual(u.id, indicator, a.period).value for u in a.plan.participants]
        gross = sum((Fraction(value) for value in owners if value is not None), Fraction(0)) / by
        name = f"{texts.words(indicator.name)}（{unit}）"
        sheet.text(0, name)
        sheet.number(1, gross, form)
        sheet.number(2, Fraction(net) / by, form)
        g, n = address(sheet.row, 1), address(sheet.row, 2)
        sheet.formula(3, f"={g}-{n}", float(gross) - float(Fraction(net) / by), form)
        sheet.next([name])
    sheet.note(texts("book-gross-note"))
    sheet.row += 1
    sheet.heads([texts(f"book-{h}") for h in ("facility", "kind", "claims", "claimed-by", "credited-to")], repeat=False)
    names = {unit.id: texts.words(unit.name) for unit in a.plan.units.values()}
    for overlap in a.overlaps:
        values = overlap.facility.values
        claimed, credited = ("、".join(names[u] for u in ids) for ids in (overlap.claimed_by, overlap.credited_to))
        kind = kind_name(values.kind, texts)
        _row(sheet, [values.name or "", kind, str(len(overlap.claimed_by)), claimed, credited])
    if not a.overlaps:
        sheet.note(texts("book-no-overlaps"))
    sheet.finish()


def register(paper: Paper, a: Assessment) -> None:
    """The register: each facility once, its values, who claims it, and the cell of its first claim."""
    texts = paper.texts
    sheet = paper.sheet(texts("book-register"), texts("book-register-title"), (28, 11, 9, 14, 9, 12, 8, 10, 22, 34))
    heads = ("facility", "kind", "level", "titles", "state", "area", "tenants", "counts-head", "claimed-by", "where")
    sheet.heads([texts(f"book-{head}") for head in heads])
    for row in register_rows(a, texts):
        values, facility = row.facility.values, row.facility
        titles = "、".join(texts(f"demonstration-{title}") for title in values.demonstration or ())
        state = texts(f"state-{values.state or 'operating'}")
        words = [
            values.name or "",
            kind_name(values.kind, texts),
            texts(f"level-{values.level or 'none'}"),
            titles,
            state,
        ]
        for column, word in enumerate(words):
            sheet.text(column, word)
        sheet.number(5, values.area_m2 if values.area_m2 is None else Decimal(values.area_m2), "#,##0.0")
        sheet.number(6, values.tenants, "0")
        counts = texts("book-yes") if facility.measured else texts("book-no")
        claimed, where = "、".join(row.claimed_by), "\n".join(row.cells)
        for column, word in ((7, counts), (8, claimed), (9, where)):
            sheet.text(column, word)
        sheet.next([*words, "", "", counts, claimed, where])
    if not a.facilities:
        sheet.note(texts("book-no-facilities"))
    sheet.finish()


def sources(paper: Paper, a: Assessment) -> None:
    """What the workbook was made from: plan, period, tool, and every return with its hash."""
    texts = paper.texts
    sheet = paper.sheet(texts("book-sources"), texts("book-sources-title"), (26, 10, 40, 7, 13, 66))
    head = a.plan.file.plan
    sheet.note(texts("book-made-from", id=head.id, document=head.document or "", version=__version__))
    sheet.note(texts("book-made-for", period=str(a.period), as_of=str(a.as_of)))
    sheet.heads([texts(f"book-{head}") for head in ("who", "period", "file", "version", "received", "sha256")])
    for row in source_rows(a):
        who = texts.words(row.unit.name) + (f"（{row.member}）" if row.member else "")
        _row(sheet, [who, str(row.period), row.file, str(row.version), row.received, row.sha256])
    sheet.finish()
