"""Exact figures to numbers and texts for people: rounded once, half up, at display (docs/design.md, principle 8)."""

from __future__ import annotations

from fractions import Fraction

from mdj_plan.rounding import PUBLISHED, Figure, rounded

_MINUS = "−"


def json_number(figure: Figure | None) -> int | float | None:
    """To four decimals at most, as JSON writes numbers (contract 3); whole numbers without a point."""
    if figure is None or isinstance(figure, int):
        return figure
    exact = rounded(figure, PUBLISHED)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def shown(figure: Figure | None, places: int = 1, *, blank: str = "—") -> str:
    """For people: thousands separated, at most so many decimals, none where they are zero; `blank` for unknown."""
    if figure is None:
        return blank
    text = f"{rounded(figure, places):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return _MINUS + text[1:] if text.startswith("-") and text.strip("-0.,") else text.lstrip("-")


def percent(figure: Figure | None, places: int = 1, *, blank: str = "—") -> str:
    """A ratio as a percentage with one decimal, or as many as it takes: below 100 % nothing shows as 100.0 %."""
    if figure is None:
        return blank
    exact = Fraction(figure) * 100
    return shown_fixed(exact, honest_places(exact, places)) + "%"


def honest_places(percentage: Fraction, places: int = 1) -> int:
    """The decimals with which a percentage below 100 does not show as 100."""
    while percentage < 100 <= rounded(percentage, places):
        places += 1
    return places


def shown_fixed(figure: Figure | None, places: int = 1, *, blank: str = "—") -> str:
    """With exactly so many decimals."""
    if figure is None:
        return blank
    text = f"{rounded(figure, places):,f}"
    return _MINUS + text[1:] if text.startswith("-") and text.strip("-0.,") else text.lstrip("-")
