"""Figures in digits; rounding, once and half up, where they are shown or compared as published (contract 3)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

Figure = int | Decimal | Fraction
PUBLISHED = 4
"""Decimals to which figures are published."""


def rounded(figure: Figure, places: int) -> Decimal:
    """The figure to so many decimals, half up (a tie goes away from zero)."""
    with localcontext(prec=80):
        exact = Decimal(figure.numerator) / Decimal(figure.denominator) if isinstance(figure, Fraction) else figure
        return Decimal(exact).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """A figure in digits: no exponent, no trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
