"""The thresholds of rules that a plan may move (contract 6.4, `rules:`), each with its default. The ground floor."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from mdj_plan.names import Words


class Limit(NamedTuple):
    """One threshold: its name in the plan, its default, and what it counts."""

    name: str
    default: Decimal
    measure: Words


_LIMITS = (
    ("X107", Limit("over", Decimal(20), Words("百分比", "per cent"))),
    ("V111", Limit("largest_area", Decimal(1_000_000), Words("平方米", "m²"))),
    ("V111", Limit("smallest_area", Decimal(50), Words("平方米", "m²"))),
    ("V111", Limit("most_tenants", Decimal(30), Words("户/千平方米", "firms per 1 000 m²"))),
)


def limits_of(code: str) -> dict[str, Limit]:
    """The thresholds of a rule by name; none for most rules."""
    return {limit.name: limit for rule, limit in _LIMITS if rule == code}


def limits() -> dict[str, dict[str, Decimal]]:
    """Every threshold's default, by code and name."""
    found: dict[str, dict[str, Decimal]] = {}
    for code, limit in _LIMITS:
        found.setdefault(code, {})[limit.name] = limit.default
    return found
