"""The workbook's lists: findings, overlaps, sums against the city's figures, the register of facilities."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.intake.cells import address
from mdj_plan.reports.measures import measure
from mdj_plan.reports.views import kind_name, register_rows, source_cell, whose
from mdj_plan.reports.widths import fitted

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment
    from mdj_plan.findings import Finding
    from mdj_plan.reports.workbook.sheet import Paper, Sheet

_SEVERITIES = {"error": "red", "warning": "yellow", "note": "plain", "accepted": "plain"}


def findings(paper: Paper, a: Assessment) -> None:
    """What is wrong with the returns, unit by unit: business words first, technical columns last."""
    texts = paper.texts
    groups = whose(a, texts)
    who = fitted((name for name, _ in groups), 14, 28)
    sheet = paper.sheet(texts("book-findings"), texts("book-findings-title"), [6, who, 8, 46, 38, 20, 38, 8, 24])
    heads = ("number", "who", "severity", "wrong", "todo", "as-typed", "where", "code", "rule")
    sheet.heads([texts(f"book-{head}") for head in heads], fixed=2, filtered=True)
    rows = [(name, finding) for name, members in groups for finding in members]
    for number, (name, finding) in enumerate(rows, 1):
        sheet.count(0, number)
        _found(sheet, name, finding)
    if not rows:
        sheet.note(texts("book-no-findings"))
    sheet.finish()


def _found(sheet: Sheet, name: str, finding: Finding) -> None:
    texts = sheet.paper.texts
    sheet.text(1, name)
    sheet.status(2, texts(f"severity-{finding.shown_as}"), _SEVERITIES[finding.shown_as])
    sheet.text(3, texts.message(finding))
    sheet.text(4, texts.hint(finding))
    sheet.text(5, finding.value or "")
    sheet.text(6, source_cell(finding.at.file, finding.at.sheet, finding.at.cell))
    sheet.text(7, finding.code, align="center")
    sheet.text(8, texts.about(finding.code, "title"))
    sheet.next()


def sums(paper: Paper, a: Assessment) -> None:
    """How much the units' figures together exceed the city's."""
    texts = paper.texts
    sheet = paper.sheet(texts("book-sums"), texts("book-sums-title"), [36, 16, 16, 16])
    sheet.heads([texts(f"book-{head}") for head in ("indicator", "gross", "net-head", "overlap")])
    for indicator in a.plan.indicators.values():
        net = a.measure.actual(None, indicator, a.period).value
        if net is None:
            continue
        unit, by, form = measure(indicator)
        owners = [a.measure.actual(u.id, indicator, a.period).value for u in a.plan.participants]
        gross = sum((Fraction(value) for value in owners if value is not None), Fraction(0)) / by
        sheet.text(0, f"{texts.words(indicator.name)}（{unit}）")
        sheet.number(1, gross, form)
        sheet.number(2, Fraction(net) / by, form)
        g, n = address(sheet.row, 1), address(sheet.row, 2)
        sheet.formula(3, f"={g}-{n}", float(gross) - float(Fraction(net) / by), form)
        sheet.next()
    sheet.note(texts("book-gross-note"))
    sheet.finish()


def register(paper: Paper, a: Assessment) -> None:
    """The register: each facility once, its values, who claims it, and the cell of its first claim."""
    texts, rows = paper.texts, register_rows(a, texts=paper.texts)
    facilities = fitted((row.facility.values.name or "" for row in rows), 24, 40)
    places = fitted((cell for row in rows for cell in row.cells), 34, 56)
    columns = [6, facilities, 12, 9, 14, 10, 12, 10, 10, 26, places]
    sheet = paper.sheet(texts("book-register"), texts("book-register-title"), columns)
    heads = ("number", "facility", "kind", "level", "titles", "state", "area", "tenants", "counts-head")
    sheet.heads([texts(f"book-{head}") for head in (*heads, "claimed-by", "where")], fixed=2, filtered=True)
    for number, row in enumerate(rows, 1):
        values = row.facility.values
        sheet.count(0, number)
        sheet.text(1, values.name or "")
        sheet.text(2, kind_name(values.kind, texts))
        sheet.text(3, texts(f"level-{values.level or 'none'}"))
        sheet.text(
            4, texts("book-listed").join(texts(f"demonstration-{title}") for title in values.demonstration or ())
        )
        sheet.text(5, texts(f"state-{values.state or 'operating'}"))
        sheet.number(6, values.area_m2 if values.area_m2 is None else Decimal(values.area_m2), "#,##0.0")
        sheet.number(7, values.tenants, "0")
        sheet.text(8, texts("book-yes") if row.facility.measured else texts("book-no"), align="center")
        sheet.text(9, texts("book-listed").join(row.claimed_by))
        sheet.text(10, "\n".join(row.cells))
        sheet.next()
    if not rows:
        sheet.note(texts("book-no-facilities"))
    sheet.finish()
