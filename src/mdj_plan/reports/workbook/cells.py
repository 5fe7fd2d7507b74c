"""A value in a cell of the workbook: a number in the form in which people read it, a live formula, a text."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.reports.figures import honest_places
from mdj_plan.reports.tables.values import Amount, Points, Rate, Shortfall, Status, told
from mdj_plan.sheets.cells import address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdj_plan.messages import Messages
    from mdj_plan.reports.tables.table import Column
    from mdj_plan.reports.tables.values import Value
    from mdj_plan.reports.workbook.sheet import Sheet

_Shown = Amount | Shortfall | Rate | Points


def write(
    sheet: Sheet, at: int, column: Column, value: Value, places: Mapping[str, int], *, centred: bool = False
) -> None:
    """Write a value into the column `at` of the sheet's present row; `places` are the sheet's columns by key.

    `centred`: where there is no figure, what stands in its place is centred.
    """
    texts = sheet.paper.texts
    formula = _formula(sheet.row, column, value, places)
    if isinstance(value, _Shown) and (formula or figure_of(value) is not None):
        _write_figure(sheet, at, value, formula)
    elif isinstance(value, Status):
        sheet.status(at, told(value, texts), value.colour)
    elif column.kind == "date" and isinstance(value, dt.date | None):
        sheet.date(at, value)
    elif column.kind == "count" and isinstance(value, int | None):
        sheet.count(at, value)
    else:
        sheet.text(at, told(value, texts, column.blank), align="center" if centred else _align(column, value))


def _write_figure(sheet: Sheet, at: int, value: _Shown, formula: str) -> None:
    figure, form = figure_of(value), form_of(value, sheet.paper.texts)
    if formula:
        sheet.formula(at, formula, "" if figure is None else float(figure), form)
    else:
        sheet.number(at, figure, form)


def _align(column: Column, value: Value) -> str:
    """What stands in place of a figure stands where figures do."""
    if column.kind in {"code", "status"}:
        return "center"
    return "right" if value is None or isinstance(value, _Shown) else "left"


def figure_of(value: _Shown) -> Fraction | None:
    """The figure that a cell holds, in the unit in which it is shown."""
    if isinstance(value, Shortfall):
        return value.amount.scaled
    if isinstance(value, Amount):
        return value.scaled
    return None if value.value is None else Fraction(value.value)


def form_of(value: _Shown, texts: Messages) -> str:
    """The number format: the decimals with which people see the figure, its marks behind it; of a rate as many as it
    takes not to show as reached what is not.
    """
    if isinstance(value, Shortfall):
        form = _decimals("#,##0", value.amount.places)
        before, _, after = texts("exceeded", n="|").partition("|")
        return f'{form};"{before}"{form}"{after}";{form}'
    if isinstance(value, Amount):
        return _decimals("#,##0", value.places) + "".join(f'"{mark}"' for mark in value.marks)
    if isinstance(value, Rate):
        return _decimals("0", honest_places(Fraction(value.value or 0) * 100, value.places)) + "%"
    return _decimals("0", value.places)


def _decimals(whole: str, places: int) -> str:
    return f"{whole}.{'0' * places}" if places else whole


def _formula(row: int, column: Column, value: Value, places: Mapping[str, int]) -> str:
    """The column's formula over this row's cells; "" where it has none or the sheet lacks a column it needs."""
    if not column.formula or value is None:
        return ""
    names = sorted(set(re.findall(r"{(\w+)}", column.formula)) - {"places"})
    if not places.keys() >= set(names):
        return ""
    at = {name: address(row, places[name]) for name in names}
    filled = column.formula.format(**at, places=getattr(value, "places", 1))
    return f'=IF(COUNT({",".join(at.values())})={len(names)},{filled},"")'
