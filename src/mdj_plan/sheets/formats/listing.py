"""What a workbook part says of the whole: its sheets, the day that it counts from, whether it was ever calculated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple
from mdj_plan.sheets.formats.refusal import Refused

if TYPE_CHECKING:
    from mdj_plan.sheets.formats.package import Package


class Listed(NamedTuple):
    """A worksheet as the workbook lists it: its name, whether it is visible, its part."""

    name: str
    visible: bool
    part: str


class Contents(NamedTuple):
    """The worksheets in order; whether days count from 1904; whether the workbook asks for calculation at opening, in
    which case a zero that it keeps for a formula is no result.
    """

    sheets: tuple[Listed, ...]
    since_1904: bool = False
    kept: bool = False

    def checked(self, package: Package) -> Contents:
        """The same, where there are worksheets and each has its part. Raises Refused (F103)."""
        if not self.sheets:
            raise Refused("F103")
        absent = next((sheet.part for sheet in self.sheets if sheet.part not in package), None)
        if absent is not None:
            raise Refused("F103", value=absent)
        return self
