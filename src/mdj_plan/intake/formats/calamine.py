"""calamine, called so that nothing it does to a bad file reaches the user as a crash."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from mdj_plan.intake.cells import Fault, Range

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

    from mdj_plan.intake.cells import Cell


class Unreadable(Exception):  # noqa: N818 - it says what the file is, not what went wrong with us
    """calamine cannot read the file: the fault to report."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def opened(data: bytes) -> CalamineWorkbook:
    """The workbook. Raises Unreadable."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise Unreadable(Fault("F102")) from None
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Unreadable(Fault("F103", value=str(error)[:80])) from None
    except BaseException as error:  # noqa: BLE001 - a panic derives from it; what is none is raised again
        raise _panic(error) from None


def rows_of(book: CalamineWorkbook, index: int) -> tuple[list[list[Cell]], tuple[Range, ...], CalamineSheet]:
    """Every row of a sheet from A1 on, and its merged ranges. Raises Unreadable."""
    from python_calamine import CalamineError

    try:
        sheet = book.get_sheet_by_index(index)
        merged = tuple(Range(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ())
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Unreadable(Fault("F103", value=str(error)[:80])) from None
    except BaseException as error:  # noqa: BLE001 - a panic derives from it; what is none is raised again
        raise _panic(error) from None
    return rows, merged, sheet


def without_booleans(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Booleans as the text that a spreadsheet shows."""
    return [[str(cell).upper() if isinstance(cell, bool) else cell for cell in row] for row in rows]


def _panic(error: BaseException) -> BaseException:
    """A panic inside calamine is a damaged file; anything else (Ctrl-C, no memory) stays what it is."""
    if type(error).__name__ == "PanicException":
        return Unreadable(Fault("F103", value="panic"))
    return error
