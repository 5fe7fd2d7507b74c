"""How a value stands in a cell of the workbook: the number, and the form in which a person sees it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from mdj_plan.messages import messages
from mdj_plan.reports.tables.values import Amount, Points, Rate, Shortfall
from mdj_plan.reports.workbook.cells import figure_of, form_of

ZH, EN = messages("zh"), messages("en")


@pytest.mark.parametrize(
    ("value", "figure", "form"),
    [
        (Amount(1234), 1234, "#,##0"),
        (Amount(Decimal("12345.5"), 2, 10_000), Fraction("1.23455"), "#,##0.00"),
        (Amount(7, marks="*°"), 7, '#,##0"*""°"'),
        (Amount(None, 2), None, "#,##0.00"),
        (Rate(Fraction(1, 3)), Fraction(1, 3), "0.0%"),
        (Rate(Fraction(1, 3), 3), Fraction(1, 3), "0.000%"),
        (Rate(Fraction(9994, 10000)), Fraction(9994, 10000), "0.0%"),
        (Rate(Fraction(9996, 10000)), Fraction(9996, 10000), "0.00%"),  # one decimal would read 100.0%
        (Rate(Fraction(99999, 100000)), Fraction(99999, 100000), "0.000%"),
        (Rate(Fraction(10001, 10000)), Fraction(10001, 10000), "0.0%"),
        (Rate(None), None, "0.0%"),
        (Points(Fraction(-5, 2)), Fraction(-5, 2), "0.0"),
        (Points(Fraction(-5, 2), 2), Fraction(-5, 2), "0.00"),
    ],
)
def test_a_figure_and_its_form(value: Amount | Rate | Points, figure: int | Fraction | None, form: str) -> None:
    assert (figure_of(value), form_of(value, ZH)) == (figure, form)


def test_what_exceeds_the_target_is_said_in_words() -> None:
    over = Shortfall(Amount(-2))
    assert (figure_of(over), form_of(over, ZH), form_of(over, EN)) == (
        -2,
        '#,##0;"超额"#,##0"";#,##0',
        form_of(over, EN),
    )
    assert (over.told(ZH), Shortfall(Amount(2)).told(ZH), Shortfall(Amount(0)).told(ZH)) == ("超额2", "2", "0")
    assert Shortfall(Amount(Decimal(-25_000), 4, 10_000)).told(ZH) == "超额2.5"
