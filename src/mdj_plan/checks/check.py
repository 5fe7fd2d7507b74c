"""A rule as a row: what it may raise, its function, what it needs. Rows stand below the functions of their family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mdj_plan.checks.case import Case
    from mdj_plan.findings import Finding


class Check(NamedTuple):
    """A rule: the codes it may raise, its function, and what it needs of a unit to be able to run: nothing but the
    period, a return for it that counts, or an earlier return too. Its limits stand in the catalogue, with its code.
    """

    codes: tuple[str, ...]
    run: Callable[[Case], Iterator[Finding]]
    needs: Literal["period", "return", "earlier return"]
