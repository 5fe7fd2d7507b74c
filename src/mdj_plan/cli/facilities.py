"""`mdj-plan facilities`: the register of a period, each facility once."""

from __future__ import annotations

from mdj_plan.cli.options import Asked, Format
from mdj_plan.cli.output import put

ASKS = ("period", "unit", "format")


def facilities(asked: Asked) -> int:
    """Show every facility, of the units asked for those that are credited to them."""
    from mdj_plan.reports.narrowed import of_units

    shown = of_units(asked.assessed(), asked.units)
    if asked.format is Format.TABLE:
        from mdj_plan.reports.screen.facilities import show_facilities

        show_facilities(shown, asked.texts)
    else:
        from mdj_plan.reports.data.facilities import facilities_csv, facilities_json

        write = facilities_json if asked.format is Format.JSON else facilities_csv
        put(write(shown, asked.texts))
    return 0
